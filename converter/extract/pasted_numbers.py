"""Find line numbers that an author copied into a code block together with the code."""

from __future__ import annotations

import re

LEAST = 3
LEAST_WITH_DOTS = 5
"""Fewer lines may be numbered for another reason; more so where a dot or bracket stands behind the numbers."""
_NUMBERED = re.compile(r"[ \t]*(\d{1,5})(?:[.:|)]?(?:[ \t]|$)|[.:|)](?=\S))")
_PLAIN = re.compile(r"[ \t]*\d+(?:[ \t]|$)")
_ENUMERATED = re.compile(r"[ \t]*\d+[.)]")
_CODE = re.compile(r"\s*+(?:[/#*<}@\"']|--).*|.*(?:[;{}>)\\,(\[]|//.*)\s*+|.*(?:=|\(\)).*")
"""A line that looks like code: by its first characters, its last one, or an operator."""
_STATEMENT = re.compile(r"\s*+[/#*<}].*|.*[;{}>)\\,(]\s*+")
"""A line of code where a list of sentences may be, too."""
_IN_COLUMNS = re.compile(r"\s*+[^\t]++\t\s*+\S.*")
"""A row of a table with tabs between its cells."""


def without_numbers(code: str) -> str:
    """Return code without the line numbers that were copied with it; code without such numbers as it is.

    Every line must begin with a number, each one more than the one before (no editor's is 0); and a third of the
    lines must look like code, half of them with a dot or colon behind the numbers: a list of sentences, and a table
    whose first column counts, are none.
    """
    if not _NUMBERED.match(code.split("\n", 1)[0]):
        return code
    lines = code.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    if len(lines) < LEAST or (len(lines) < LEAST_WITH_DOTS and _ENUMERATED.match(lines[0])):
        return code
    starts: list[re.Match[str]] = []
    for line in lines:
        match = _NUMBERED.match(line)
        if match is None or (starts and int(match[1]) != int(starts[-1][1]) + 1):
            return code
        starts.append(match)
    rest = [line[match.end() :] for line, match in zip(lines, starts, strict=True)]
    filled = [line for line in rest if line.strip()]
    if not int(starts[0][1]) or not _is_code(filled, marked=not _PLAIN.match(lines[0])):
        return code
    return "\n".join(line.rstrip() for line in _without_margin(rest))


def _is_code(lines: list[str], *, marked: bool) -> bool:
    """Return whether lines are code; ``marked``: behind their numbers was a dot, a colon or another mark."""
    if all(map(_IN_COLUMNS.fullmatch, lines)):
        return False
    least, looks = (2, _STATEMENT) if marked else (3, _CODE)
    return sum(looks.fullmatch(line) is not None for line in lines) * least >= len(lines) > 0


def _without_margin(lines: list[str]) -> list[str]:
    """Return lines without the blanks that all of them begin with: they stood between number and code."""
    margin = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    return [line[margin:] for line in lines]

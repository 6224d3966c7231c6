"""Find line numbers that an author copied into a code block together with the code."""

from __future__ import annotations

import re

LEAST = 3
LEAST_WITH_DOTS = 5
"""Fewer lines may be numbered for another reason; more so where a dot or bracket stands behind the numbers."""
_NUMBERED = re.compile(r"[ \t]*(\d{1,5})(?:[.:|)]?(?:[ \t]|$)|[.:|)](?=\S))")
_PLAIN = re.compile(r"[ \t]*\d+(?:[ \t]|$)")
_ENUMERATED = re.compile(r"[ \t]*\d+[.)]")
_FIRST, _LAST = frozenset("/#*<}"), frozenset(";{}>)\\,(")
"""What a line of code begins or ends with where a sentence does not."""
_SIGNS = ("=", "()", "//")
"""What a line of code has where a sentence seldom does; a numbered list may."""


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
    lines = [line.strip() for line in lines]
    if all("\t" in line for line in lines):
        return False
    looks = sum(_is_statement(line) or (not marked and _has_signs(line)) for line in lines)
    return looks * (2 if marked else 3) >= len(lines)


def _is_statement(line: str) -> bool:
    return line[0] in _FIRST or line[-1] in _LAST


def _has_signs(line: str) -> bool:
    return line[0] in "@\"'" or line[-1] == "[" or line.startswith("--") or any(sign in line for sign in _SIGNS)


def _without_margin(lines: list[str]) -> list[str]:
    """Return lines without the blanks that all of them begin with: they stood between number and code."""
    margin = min((len(line) - len(line.lstrip(" ")) for line in lines if line.strip()), default=0)
    return [line[margin:] for line in lines]

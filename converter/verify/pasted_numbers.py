"""Know line numbers that an author copied together with code from numbers that are his."""

from __future__ import annotations

import re

from converter.verify import normalize

_NUMBER = re.compile(r"[ \t]*(\d{1,5})(?:([.:|)]?)(?:[ \t]|$)|([.:|)])(?=\S))(.*)")
_SIGNS = ("=", "()", "//")


def without_pasted_numbers(code: str) -> str:
    """Return code without line numbers that its author copied with it, on every line and without a gap.

    Numbers of sentences and of the rows of a table, and those that count from 0, are the author's.
    """
    first = code.lstrip()[:1]
    if first.isprintable() and not first.isdecimal():
        return code
    lines = normalize.code(code).split("\n")
    found = [match for match in map(_NUMBER.match, lines) if match]
    if len(found) < len(lines):
        return code
    mark = found[0][2] or found[0][3]
    numbers, rest = [int(match[1]) for match in found], [match[4] for match in found]
    counted = [*range(max(1, numbers[0]), numbers[0] + len(numbers))]
    if len(numbers) < (5 if mark in (".", ")") else 3) or numbers != counted:
        return code
    filled = [line.strip() for line in rest if line.strip()]
    likely = sum(_is_statement(line) or (not mark and _may_be_code(line)) for line in filled)
    if not likely or likely * (2 if mark else 3) < len(filled) or all("\t" in line for line in filled):
        return code
    margin = min(len(line) - len(line.lstrip(" ")) for line in rest if line.strip())
    return "\n".join(line[margin:] for line in rest)


def _is_statement(line: str) -> bool:
    return line[0] in "/#*<}" or line[-1] in ";{}>)\\,("


def _may_be_code(line: str) -> bool:
    return line[0] in "@\"'" or line[-1] == "[" or line.startswith("--") or any(sign in line for sign in _SIGNS)

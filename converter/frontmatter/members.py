"""Find which lines of a YAML block belong to which top-level key, without parsing it.

Only block style is read, as front matter is written: each key at the same indentation, and what belongs
to it on the lines below, indented deeper (or a list at the same indentation).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_END = r":(?=[ \t\r\n]|\Z)"
_BARE = rf"[^\s\"'#?\[\]{{}},&*!|>%@`-](?:[^\n:]++|(?!{_END}):)*+"
_KEY = re.compile(rf"^([ ]*+)(\"[^\"\n]*+\"|'[^'\n]*+'|{_BARE})[ \t]*+{_END}.*+", re.MULTILINE)
"""A line with a key; the groups are its indentation and the key as written (maybe with spaces behind it)."""
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_NO_CONTENT = re.compile(r"\s*(?:#.*)?\Z")


@dataclass(frozen=True, slots=True)
class Member:
    """A top-level key and what belongs to it.

    key: its name, without quotes.
    key_start, key_end: the offsets of the key as written.
    start, end: the offsets of all its lines.
    line: the index of its first line, counted from 0.
    """

    key: str
    key_start: int
    key_end: int
    start: int
    end: int
    line: int


def keys(text: str) -> list[str]:
    """Return the names of the top-level keys of a block, in order."""
    found = _KEY.findall(text)
    return [_name(key) for indent, key in found if indent == found[0][0]]


def members(text: str) -> list[Member]:
    """Return the top-level members of a block, in order."""
    found: list[Member] = []
    indent: str | None = None
    lines = [(match.start(), match[0]) for match in _LINE.finditer(text)]
    for number, (start, line) in enumerate(lines):
        match = _KEY.match(line)
        if match is None or (indent is not None and match[1] != indent):
            continue
        indent = match[1]
        end = _end(lines, number + 1, indent, text)
        key_start, key = start + match.start(2), match[2].rstrip(" \t")
        found.append(Member(_name(key), key_start, key_start + len(key), start, end, number))
    return found


def _name(key: str) -> str:
    """Return the name of a key as written: without quotes, or without the spaces behind it."""
    return key[1:-1] if key[0] in "\"'" else key.rstrip(" \t")


def _end(lines: list[tuple[int, str]], number: int, indent: str, text: str) -> int:
    """Return the offset behind the last line with content before the next line at a member's indentation."""
    last = number
    while number < len(lines):
        line = lines[number][1]
        if not _NO_CONTENT.match(line):
            inside = line[len(indent) :]
            if not (inside[:1] in (" ", "\t") or inside.startswith(("- ", "-\n", "-\r")) or inside[:1] in ("]", "}")):
                break
            last = number + 1
        number += 1
    return lines[last][0] if last < len(lines) else len(text)

"""The table of escapes for what is markup at the start of a line, and its use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import digits

from converter.serializer.escape.inline_text import InlineText


@dataclass(frozen=True, slots=True)
class LineRow:
    """A rule for text at the start of a line.

    name: what would be read as markup.  first: the characters that such a line may begin with.
    pattern: matches the line; group 1 is the character to escape.
    origin: the section of a spec, or the renderer's name for the syntax.
    lines: ``all``, or ``later`` (not the first line of a block).
    reference: write a character reference, for kramdown has no backslash escape for the character.
    """

    name: str
    first: str
    pattern: re.Pattern[str]
    origin: str
    lines: str = "all"
    reference: bool = False


LINE_ROWS: tuple[LineRow, ...] = (
    LineRow("heading", "#", re.compile(r"(#)#{0,5}(?:[ \t]|\Z)"), "CommonMark 4.2"),
    LineRow("quote", ">", re.compile(r"(>)"), "CommonMark 5.1"),
    LineRow("thematic break", "-*_", re.compile(r"(([-*_]))[ \t]*+(?:\2[ \t]*+){2,}+\Z"), "CommonMark 4.1"),
    LineRow(
        "bullet", "-+*", re.compile(r"([-+*])(?:[ \t|]|\Z)"), "CommonMark 5.2; kramdown LIST_START_UL, which takes |"
    ),
    LineRow("number", digits, re.compile(r"[0-9]+([.)])(?:[ \t|]|\Z)"), "CommonMark 5.2; kramdown LIST_START_OL"),
    LineRow(
        "underline", "-=", re.compile(r"([-=])[-=]*[ \t]*\Z"), "CommonMark 4.3; kramdown SETEXT_HEADER_START", "later"
    ),
    LineRow("delimiter row", "|:-", re.compile(r"([|:-])(?=.*-)[|: \t-]*\Z"), "GFM 4.10", "later"),
    LineRow("tilde fence", "~", re.compile(r"(~)~~"), "CommonMark 4.5"),
    LineRow("definition", ":", re.compile(r"(:)[ \t|]"), "kramdown DEFINITION_LIST_START"),
    LineRow("end of block", "^", re.compile(r"(\^)[ \t]*\Z"), "kramdown EOB_MARKER", reference=True),
)


LINE_STARTS = frozenset("#>-+=:" + digits)
"""First characters of lines in LINE_ROWS that no row for text anywhere in a line asks for."""


def _by_character(*kinds: str) -> dict[str, tuple[LineRow, ...]]:
    """Return the rows whose ``lines`` is one of ``kinds``, by the first character of the line."""
    return {
        first: tuple(row for row in LINE_ROWS if first in row.first and row.lines in kinds)
        for first in {char for row in LINE_ROWS for char in row.first}
    }


FIRST_LINE, LATER_LINE = _by_character("all"), _by_character("all", "later")


def escape_line_starts(inline: InlineText) -> None:
    """Escape text at the start of a block's lines that would be markup there."""
    start, rows = 0, FIRST_LINE
    for line in inline.text.split("\n"):
        for row in rows.get(line[:1], ()):
            if match := row.pattern.match(line):
                position = start + match.start(1)
                if not inline.roles[position] and match[0][-1] == "|":  # the star of an emphasis before a pipe
                    position += 1
                (inline.write_reference if row.reference else inline.escape)(position)
        start += len(line) + 1
        rows = LATER_LINE


def escape_plain_lines(text: str) -> str:
    """Return a block's text with the escapes that the starts of its lines need.

    The text holds nothing that SUSPECT matches, so that only the first character of a line can be markup.
    """
    first, *later = text.split("\n")
    if first[:1] in LINE_STARTS:
        first = _escape_plain_line(first, FIRST_LINE)
    escaped = [_escape_plain_line(line, LATER_LINE) if line[:1] in LINE_STARTS else line for line in later]
    return "\n".join([first, *escaped])


def _escape_plain_line(line: str, rows: Mapping[str, tuple[LineRow, ...]]) -> str:
    for row in rows.get(line[:1], ()):
        if match := row.pattern.match(line):
            position = match.start(1)
            return f"{line[:position]}\\{line[position:]}"
    return line

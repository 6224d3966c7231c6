"""What counts at the start of a line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from string import digits

from converter.serializer.escape.stretch import Stretch

HTML_BLOCKS = (
    "address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|"
    "fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|"
    "menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|source|summary|table|tbody|td|tfoot|th|thead|"
    "title|tr|track|ul"
)


@dataclass(frozen=True, slots=True)
class LineRow:
    """A shape at the start of a line; group 1 is the character to escape."""

    name: str
    first: str
    """What such a line may begin with."""
    pattern: re.Pattern[str]
    origin: str
    lines: str = "all"
    """``all``, ``first`` of the block only, or ``later`` only."""
    groups: int = 1
    """How many of the groups may be escaped instead: the first that is text is."""
    reference: bool = False
    """kramdown has no backslash escape for the character."""


LINES: tuple[LineRow, ...] = (
    LineRow("heading", "#", re.compile(r"(#)#{0,5}(?:[ \t]|\Z)"), "CommonMark 4.2"),
    LineRow("quote", ">", re.compile(r"(>)"), "CommonMark 5.1"),
    LineRow("rule", "-*_", re.compile(r"(([-*_]))[ \t]*+(?:\2[ \t]*+){2,}+\Z"), "CommonMark 4.1"),
    LineRow(
        "bullet", "-+*", re.compile(r"([-+*])(?:[ \t|]|\Z)"), "CommonMark 5.2; kramdown LIST_START_UL, which takes |"
    ),
    LineRow("number", digits, re.compile(r"[0-9]+([.)])(?:[ \t|]|\Z)"), "CommonMark 5.2; kramdown LIST_START_OL"),
    LineRow(
        "underline", "-=", re.compile(r"([-=])[-=]*[ \t]*\Z"), "CommonMark 4.3; kramdown SETEXT_HEADER_START", "later"
    ),
    LineRow("delimiter row", "|:-", re.compile(r"([|:-])(?=.*-)[|: \t-]*\Z"), "GFM 4.10", "later"),
    LineRow("backtick fence", "`", re.compile(r"(`)``+[^`]*\Z"), "CommonMark 4.5"),
    LineRow("tilde fence", "~", re.compile(r"(~)~~"), "CommonMark 4.5"),
    LineRow("definition", ":", re.compile(r"(:)[ \t|]"), "kramdown DEFINITION_LIST_START"),
    LineRow("footnote", "[", re.compile(r"\[\^[^\]]+\](:)"), "GFM footnotes"),
    LineRow(
        "reference",
        "[",
        re.compile(r"(\[)[^\]]*\](:)"),
        "CommonMark 4.7; kramdown LINK_DEFINITION_START",
        "first",
        groups=2,
    ),
    LineRow("abbreviation", "*", re.compile(r"(\*)\[.+?\](:)"), "kramdown ABBREV_DEFINITION_START", groups=2),
    LineRow("end of block", "^", re.compile(r"(\^)[ \t]*\Z"), "kramdown EOB_MARKER", reference=True),
    LineRow(
        "HTML block",
        "<",
        re.compile(
            rf"(<)(?:[!?]|/?(?:{HTML_BLOCKS})(?:[ \t>]|/>|\Z)|(?:script|pre|style|textarea)(?:[ \t>]|\Z))", re.I
        ),
        "CommonMark 4.6",
    ),
)


STARTS = frozenset("#>-+=:" + digits)
"""First characters of lines that are nothing suspicious elsewhere."""


def _keyed(*kinds: str) -> dict[str, tuple[LineRow, ...]]:
    """The rows for lines of a kind, by the first character of the line."""
    return {
        first: tuple(row for row in LINES if first in row.first and row.lines in kinds)
        for first in {char for row in LINES for char in row.first}
    }


FIRST, LATER = _keyed("all", "first"), _keyed("all", "later")


def lines(stretch: Stretch) -> None:
    """Escape what a block's lines must not begin with."""
    start, rows = 0, FIRST
    for line in stretch.text.split("\n"):
        for row in rows.get(line[:1], ()):
            if match := row.pattern.match(line):
                places = [start + match.start(group) for group in range(1, row.groups + 1)]
                position = next((place for place in places if stretch.literal[place]), places[0])
                (stretch.refer if row.reference else stretch.escape)(position)
        start += len(line) + 1
        rows = LATER


def plain_lines(text: str) -> str:
    """``lines`` for content whose text holds nothing of SUSPECT: only the first character of a line can count."""
    if "\n" in text:
        first, *later = text.split("\n")
        return "\n".join([_plain_line(first, FIRST), *[_plain_line(line, LATER) for line in later]])
    return _plain_line(text, FIRST) if text[:1] in STARTS else text


def _plain_line(line: str, rows: Mapping[str, tuple[LineRow, ...]]) -> str:
    if line[:1] in STARTS:
        for row in rows.get(line[:1], ()):
            if match := row.pattern.match(line):
                position = match.start(1)
                return f"{line[:position]}\\{line[position:]}"
    return line

"""`--help` in Chinese: lines are broken between characters, of which each takes two columns of the terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import east_asian_width

import click

NEVER_FIRST = "，。、；：！？）》”’」』】…,.;:!?)]}"
"""Characters that never begin a line."""
NEVER_LAST = "（《“‘「『【([{"
"""Characters that never end a line."""
_BEFORE, _BEHIND = re.escape(NEVER_LAST), re.escape(NEVER_FIRST)
UNIT = re.compile(rf"\s+|[{_BEFORE}]*+(?:[⺀-鿿＀-￯]|[^\s⺀-鿿＀-￯（《“]++)[{_BEHIND}]*+|[{_BEFORE}]++|\S")
"""What is kept on one line: whitespace, a Chinese character or a word, with the punctuation beside it."""
MOST_TERM = 30
"""Columns of the terms of a list of definitions; the text of a longer one begins on the next line."""
GAP = 2
"""Columns between a term and its text."""


class WideFormatter(click.HelpFormatter):
    """A formatter of help that knows how wide Chinese is."""

    def write_heading(self, heading: str) -> None:
        """Write the heading of a section."""
        self.write(f"{'':{self.current_indent}}{heading}：\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs, indented and broken into lines."""
        indent = " " * self.current_indent
        paragraphs = (" ".join(paragraph.split("\n")) for paragraph in text.split("\n\n"))
        blocks = ("\n".join(indent + line for line in lines(text, self.width - len(indent))) for text in paragraphs)
        self.write("\n\n".join(blocks) + "\n")

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = MOST_TERM, col_spacing: int = GAP) -> None:
        """Write a list of terms with their texts beside them."""
        rows = list(rows)
        column = min(max((columns(term) for term, _ in rows), default=0), col_max) + col_spacing
        indent, below = " " * self.current_indent, " " * (self.current_indent + column)
        for term, text in rows:
            first, *rest = lines(text, max(self.width - column - self.current_indent, 10)) or [""]
            apart = "\n" + below if columns(term) > col_max else " " * (column - columns(term))
            self.write("\n".join((f"{indent}{term}{apart}{first}".rstrip(), *(below + line for line in rest))) + "\n")


def columns(text: str) -> int:
    """Return how many columns a text takes."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in text)


def lines(text: str, most: int) -> list[str]:
    """Return a text broken into lines of at most so many columns (a longer word has a line of its own)."""
    found, line, used = [], "", 0
    for unit in UNIT.findall(text):
        size = columns(unit)
        if used + size > most and line.strip():
            found.append(line.rstrip())
            line, used = "", 0
        if line or not unit.isspace():
            line, used = line + unit, used + size
    return [*found, line.rstrip()] if line.strip() else found

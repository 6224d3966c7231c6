"""What verification speaks of: facts, differences, verdicts, balances."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Facet: TypeAlias = Literal[
    "text", "blocks", "spaces", "headings", "lists", "tables", "quotes", "code", "language", "images", "links",
    "formulas", "emphasis", "inline code", "conservation",
]  # fmt: skip
"""The kinds of facts that are compared."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One fact that the Markdown, rendered, does not give back.

    line: the line of the Markdown file where it is, or would be.
    what: what differs, in words (``image``, ``heading level``).
    was, now: what the source says and what the Markdown says; "" where there is nothing.
    subject: which heading, which item, ... where ``was`` and ``now`` do not show that.
    source_line: the line of the source that says so (0: not known).
    """

    facet: Facet
    line: int
    what: str
    was: str = ""
    now: str = ""
    subject: str = ""
    source_line: int = 0

    def __str__(self) -> str:
        if not self.now:
            return f"{self.what} missing: {_shown(self.was)}"
        if not self.was:
            return f"{self.what} added: {_shown(self.now)}"
        if self.subject:
            return f"{self.what} {_shown(self.was)} became {_shown(self.now)}: {_shown(self.subject)}"
        return f"{self.what} differs: {_quoted(self.was)} became {_quoted(self.now)}"


MOST_SHOWN = 100
"""How much of a text a message shows."""


def _shown(text: str) -> str:
    text = text.replace("\n", "⏎")
    return text if len(text) <= MOST_SHOWN else text[:MOST_SHOWN] + "…"


def _quoted(text: str) -> str:
    return f'"{_shown(text)}"'


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of a comparison.  ``score`` is the share of facts that came through: 1.0 for all of them."""

    differences: tuple[Difference, ...] = ()
    score: float = 1.0

    @property
    def perfect(self) -> bool:
        """True when the Markdown gives back all facts of the source, and no others."""
        return not self.differences


@dataclass(slots=True)
class Series:
    """The facts of one kind, in order: what each says, where it stands (line), after how much text."""

    values: list[Hashable] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)

    def add(self, value: Hashable, line: int, offset: int) -> None:
        """Append one fact."""
        self.values.append(value)
        self.lines.append(line)
        self.offsets.append(offset)

    def reserve(self, line: int, offset: int) -> int:
        """Append a fact whose value comes later, and return its place."""
        self.add(None, line, offset)
        return len(self.values) - 1

    def drop(self, place: int) -> None:
        """Take one fact out."""
        del self.values[place], self.lines[place], self.offsets[place]


@dataclass(slots=True)
class Facts:
    """What a reader gets from one document.

    text: every visible character, in order.  chunks: the same, by paragraphs, lines and code blocks;
    the values are (text, is it code).
    gaps: offsets in ``text`` where a blank parts two words; ``unsure``: where one may.
    styled, soft: emphasis and inline code that may be shown as such or not.
    media: addresses of players, which may have become links.  transferred: pictures that a note names.
    shifted: offsets do not count in ``text``, for a note of such a picture was pieced together.
    loose_code: places in ``code`` whose blanks are not the author's.
    has_formulas: some formula was drawn, so that a ``$`` in text may begin one too.
    """

    text: str = ""
    chunks: Series = field(default_factory=Series)
    headings: Series = field(default_factory=Series)
    lists: Series = field(default_factory=Series)
    tables: Series = field(default_factory=Series)
    quotes: Series = field(default_factory=Series)
    code: Series = field(default_factory=Series)
    languages: list[tuple[str, str]] = field(default_factory=list)
    images: Series = field(default_factory=Series)
    links: Series = field(default_factory=Series)
    formulas: Series = field(default_factory=Series)
    emphasis: Series = field(default_factory=Series)
    icode: Series = field(default_factory=Series)
    gaps: set[int] = field(default_factory=set)
    unsure: set[int] = field(default_factory=set)
    styled: set[Hashable] = field(default_factory=set)
    soft: set[Hashable] = field(default_factory=set)
    media: set[str] = field(default_factory=set)
    transferred: set[str] = field(default_factory=set)
    loose_code: set[int] = field(default_factory=set)
    prettified: bool = False
    shifted: bool = False
    has_formulas: bool = False

    @property
    def count(self) -> int:
        """How many facts there are."""
        kinds = (
            self.chunks, self.headings, self.lists, self.tables, self.quotes, self.code, self.images, self.links,
            self.formulas, self.emphasis, self.icode,
        )  # fmt: skip
        return sum(len(series.values) for series in kinds)

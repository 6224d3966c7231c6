"""Facts of a document: all that a reader gets from it, in the form in which two documents are compared."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

from lxml.etree import _Element


@dataclass(slots=True)
class Series:
    """The facts of one kind, in document order, as three lists of the same length.

    values: the facts.  lines: the line of each.  offsets: how many characters of ``Facts.text`` stand before each.
    """

    values: list[Hashable] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    offsets: list[int] = field(default_factory=list)

    def add(self, value: Hashable, line: int, offset: int) -> None:
        """Append one fact."""
        self.values.append(value)
        self.lines.append(line)
        self.offsets.append(offset)

    def reserve(self, line: int, offset: int) -> int:
        """Append a fact whose value is not known yet, and return its index."""
        self.add(None, line, offset)
        return len(self.values) - 1

    def fill_or_drop(self, index: int, value: Hashable) -> None:
        """Give a reserved fact its value, or remove it where the value is empty or None."""
        if value:
            self.values[index] = value
        else:
            del self.values[index], self.lines[index], self.offsets[index]


@dataclass(slots=True)
class Facts:
    """All facts of one document.

    text: all visible characters, in order, without whitespace.
    chunks: the same text by paragraphs, lines and code blocks; values are (text, is it code).
    headings: (level, text).  lists: (depth, marker, text) of each item.  tables: the filled cells of each row.
    quotes, code, formulas: texts.  languages: (declared, guessed) of each code block.
    images: (URL, alt text).  links: (URL, text).  emphasis: (kind, text).  inline_code: (text,).

    word_gaps: offsets in ``text`` where whitespace separates two words.  unsure_gaps: offsets where it may.
    optional_emphasis, optional_code: facts that the Markdown may have or not (bold by a style, ``kbd``).
    player_urls: URLs of players, which may have become links.
    transfer_urls: URLs of images that a note of a failed transfer names.
    offsets_shifted: offsets do not fit ``text``, for a note that was in several text nodes was removed from it.
    loose_code: indexes in ``code`` of blocks whose whitespace is not the author's.
    prettified: a pretty-printer laid out the source.
    has_formulas: the document draws formulas, so that a ``$`` in its text may begin one too.
    left_out: elements whose text is none of the article's, each with its offset in ``text``.
    whole: ``text``, and in it that of the elements that are left out.
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
    inline_code: Series = field(default_factory=Series)
    word_gaps: set[int] = field(default_factory=set)
    unsure_gaps: set[int] = field(default_factory=set)
    optional_emphasis: set[Hashable] = field(default_factory=set)
    optional_code: set[Hashable] = field(default_factory=set)
    player_urls: set[str] = field(default_factory=set)
    transfer_urls: set[str] = field(default_factory=set)
    loose_code: set[int] = field(default_factory=set)
    prettified: bool = False
    offsets_shifted: bool = False
    has_formulas: bool = False
    left_out: list[tuple[_Element, int]] = field(default_factory=list)
    whole: str = ""

    @property
    def players(self) -> Mapping[str, bool]:
        """For the URL of each player whether the document also links to it."""
        linked = (
            {str(value[0]) for value in self.links.values if isinstance(value, tuple)} if self.player_urls else set()
        )
        return {url: url in linked for url in self.player_urls}

    @property
    def count(self) -> int:
        """The number of facts."""
        kinds = (
            self.chunks, self.headings, self.lists, self.tables, self.quotes, self.code, self.images, self.links,
            self.formulas, self.emphasis, self.inline_code,
        )  # fmt: skip
        return sum(len(series.values) for series in kinds)

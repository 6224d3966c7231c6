"""Records facts: the walkers over articles and over rendered Markdown call the same methods for the same content."""

from __future__ import annotations

import re

from lxml.etree import _Element

from converter.verify import normalize
from converter.verify.facts import Facts
from converter.verify.inline_runs import LinkRuns, MarkRuns
from converter.verify.left_out import LeftOut
from converter.verify.open_blocks import OpenHeading, OpenItem, OpenList, OpenQuote

_FIRST_CJK = "\u2e80"
"""The first character of the scripts that write words without spaces; letters and digits before it are Latin."""
RULE = "———"
"""Text that stands for a thematic break."""


class Recorder:
    """Facts of a document, while it is walked.

    line: the current line.  whitespace: True behind whitespace.  The walker sets both.
    """

    def __init__(self, *, notes: bool, prettified: bool = False) -> None:
        """Begin a document.

        notes: it may hold notes of images that could not be transferred.
        prettified: whitespace at the edge of a text node may be the pretty-printer's.
        """
        self.facts = Facts(prettified=prettified)
        self.line = 0
        self.marks = MarkRuns(self.facts, notes=notes)
        self.links = LinkRuns(self.facts)
        self._notes, self._prettified = notes, prettified
        self._pieces: list[str] = []
        self._left_out = LeftOut(self.facts)
        self._length = 0
        self._last_character = ""
        self.whitespace = False
        self._block: list[str] = []
        self._block_start = self._block_line = 0
        self._items: list[list[str]] = []
        self._lists: list[OpenList] = []
        self._heading: OpenHeading | None = None

    # ----------------------------------------------------------------------------------------------
    # Text

    def text(self, text: str) -> None:
        """Record a piece of text with its whitespace; a note in it stands for the image that it names."""
        words = text.split()
        if not words:
            self.whitespace = self.whitespace or bool(text)
            return
        joined = words[0] if len(words) == 1 else "".join(words)
        if not normalize.is_seen(joined) or (self._notes and normalize.TRANSFER_SIGN in text):
            text = normalize.seen(normalize.TRANSFER_NOTE.sub(self._note, text) if self._notes else text)
            words = text.split()
            if not words:
                self.whitespace = self.whitespace or bool(text)
                return
            joined = "".join(words)
        if (last := self._last_character) < _FIRST_CJK and last.isalnum() and _is_latin(words[0][0]):
            if self._prettified:
                self.facts.unsure_gaps.add(self._length)
            elif self.whitespace or text[0].isspace():
                self.facts.word_gaps.add(self._length)
        self.whitespace = text[-1].isspace()
        if len(words) > 1:
            self._record_gaps(words)
        self._add(joined)
        self._last_character = joined[-1]

    def _note(self, match: re.Match[str]) -> str:
        """Record the image that a note names, which may become the content of a link, and return no text for it."""
        urls = normalize.NOTE_ADDRESS.findall(match[0])
        self.facts.transfer_urls.update(map(normalize.image, urls))
        if urls and (self.links.url or self.links.run is not None):
            self.links.add("", self.line, self._length)
        return ""

    def _record_gaps(self, words: list[str]) -> None:
        """Record the whitespace between the words of one piece of text."""
        offset, last = self._length + len(words[0]), words[0][-1]
        gaps = self.facts.word_gaps
        for word in words[1:]:
            if last < _FIRST_CJK and (first := word[0]) < _FIRST_CJK and last.isalnum() and first.isalnum():
                gaps.add(offset)
            offset += len(word)
            last = word[-1]

    def _add(self, text: str, *, marked: bool = True) -> None:
        """Add visible text ("": an image) to all that is open; no emphasis is around what is not ``marked``."""
        offset = self._length
        if text:
            if not self._block:
                self._block_start, self._block_line = offset, self.line
            self._block.append(text)
            self._write(text)
            if marked and (self.marks.depths or self.marks.runs):
                self.marks.add(text, self.line, offset, in_heading=self._heading is not None)
        if self.links.url or self.links.run is not None:
            self.links.add(text, self.line, offset)

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
        if self._items:
            self._items[-1].append(text)

    def _without_notes(self, text: str) -> str:
        return normalize.without_notes(text) if self._notes else text

    def end_line(self) -> None:
        """Record the end of a line or of a paragraph."""
        self._last_character, self.whitespace = "", False
        if self.marks.runs:
            self.marks.end_all()
        if self.links.run is not None:
            self.links.end()
        if self._block:
            text = self._without_notes("".join(self._block))
            self._block = []
            if text:
                self.facts.chunks.add((text, False), self._block_line, self._block_start)

    @property
    def offset(self) -> int:
        """The number of characters recorded so far."""
        return self._length

    @property
    def is_empty(self) -> bool:
        """True when nothing was recorded so far."""
        return not (self._length or self.facts.images.values)

    @property
    def piece_count(self) -> int:
        """The number of pieces of text recorded so far; an argument of ``text_since``."""
        return len(self._pieces)

    def text_since(self, start: int) -> str:
        """End the line and return the text recorded since ``piece_count`` was ``start``."""
        self.end_line()
        return self._text_since(start)

    def _text_since(self, start: int) -> str:
        return self._without_notes("".join(self._pieces[start:]))

    def finish(self) -> Facts:
        """End the document and return all its facts."""
        self.end_line()
        text = "".join(self._pieces)
        self.facts.whole = self._left_out.whole(self._pieces)
        self.facts.text = normalize.TRANSFER_NOTE.sub(self._note, text) if self._notes else text
        self.facts.offsets_shifted = len(self.facts.text) != len(text)
        return self.facts

    # ----------------------------------------------------------------------------------------------
    # Leaves

    def leave_out(self, element: _Element) -> None:
        """Record that the text of an element is no part of the article."""
        self._left_out.add(element, len(self._pieces), self._length)

    def image(self, src: str, alt: str) -> None:
        """Record an image ("" as ``src``: none)."""
        if not src:
            return
        self.facts.images.add((src, alt), self.line, self._length)
        self.marks.end_closed()
        self._add("")
        if self._lists:
            self._lists[-1].filled = True

    def formula(self, tex: str, *, display: bool) -> None:
        """Record an inline or display formula ("" as ``tex``: none)."""
        tex = normalize.formula(tex)
        if not tex:
            return
        self.facts.formulas.add(tex, self.line, self._length)
        if display and not self._heading:
            self.end_line()
            self._add(f"${tex}$", marked=False)
            self.end_line()
        else:
            self._add(f"${tex}$")
            self._last_character, self.whitespace = "", False

    def thematic_break(self) -> None:
        """Record a thematic break."""
        self.begin_block()
        self.facts.chunks.add((RULE, False), self.line, self._length)

    def code(self, text: str, declared: str, guess: str, *, loose: bool = False) -> None:
        """Record a code block, its declared and its guessed language; ``loose``: its whitespace is not the author's."""
        text = normalize.code(text)
        if not text:
            self.end_line()
            return
        self.begin_block()
        if loose:
            self.facts.loose_code.add(len(self.facts.code.values))
        self.facts.code.add(text, self.line, self._length)
        self.facts.languages.append((declared, guess))
        text = normalize.squash(text)
        self.facts.chunks.add((text, True), self.line, self._length)
        self._write(text)

    # ----------------------------------------------------------------------------------------------
    # Blocks

    def begin_block(self) -> None:
        """End the line, and the heading around it: no heading of Markdown holds lists, quotes, code or tables."""
        self.end_line()
        heading, self._heading = self._heading, None
        while heading is not None:
            self._record_heading(heading)
            heading = heading.outer

    def open_heading(self, level: int) -> OpenHeading:
        """Begin a heading, which ends the one around it, and return what ``close_heading`` needs."""
        self.end_line()
        if self._heading is not None:
            self._record_heading(self._heading)
        self._heading = OpenHeading(level, len(self._pieces), self.line, self._heading)
        return self._heading

    def close_heading(self, heading: OpenHeading) -> None:
        """End a heading."""
        self.end_line()
        self._record_heading(heading)
        outer = heading.outer
        self._heading = outer if outer is not None and not outer.ended else None

    def _record_heading(self, heading: OpenHeading) -> None:
        if not heading.ended and (text := self._text_since(heading.start)):
            self.facts.headings.add((heading.level, text), heading.line, self._length - len(text))
        heading.ended = True

    @property
    def in_heading(self) -> bool:
        """True inside a heading, where paragraphs and boxes end no line."""
        return self._heading is not None

    def open_quote(self) -> OpenQuote:
        """Begin a block quote, and return what ``close_quote`` needs."""
        self.begin_block()
        return OpenQuote(self.facts.quotes.reserve(self.line, self._length), len(self._pieces))

    def close_quote(self, quote: OpenQuote) -> None:
        """End a block quote."""
        self.end_line()
        self.facts.quotes.fill_or_drop(quote.index, self._text_since(quote.start))

    def open_list(self, *, ordered: bool, start: int) -> None:
        """Begin a list; ``start`` is the number of its first item."""
        self.begin_block()
        if self._lists and self._items and self._items[-1]:
            self._lists[-1].filled = True
        self._lists.append(OpenList(ordered, start))

    def close_list(self) -> None:
        """End the innermost list."""
        self.end_line()
        self._lists.pop()

    def open_item(self) -> OpenItem:
        """Begin a list item, and return what ``close_item`` needs."""
        self.begin_block()
        parent = self._lists[-1] if self._lists else OpenList(False, 1)
        depth = 1 + sum(outer.filled for outer in self._lists[:-1])
        self._items.append([])
        return OpenItem(self.facts.lists.reserve(self.line, self._length), parent, depth)

    def close_item(self, item: OpenItem, checked: str) -> None:
        """End a list item; ``checked`` is ``x`` or a space for a task, "" for any other item."""
        self.end_line()
        parent = item.parent
        text = self._without_notes("".join(self._items.pop()))
        marker = f"{parent.next_number}." if parent.ordered else f"[{checked}]" if checked else "-"
        if text:
            parent.filled = True
            parent.next_number += 1
        self.facts.lists.fill_or_drop(item.index, (item.depth, marker, text) if text else None)

    def table_row(self, cells: list[str], line: int, offset: int) -> None:
        """Record a row of a table: the texts of its filled cells."""
        if cells:
            self.facts.tables.add(tuple(cells), line, offset)


def _is_latin(character: str) -> bool:
    """Return True for a Latin letter or a digit: whitespace between two of them separates words."""
    return character < _FIRST_CJK and character.isalnum()

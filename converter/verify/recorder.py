"""The one place where facts are written down: sources and renderings are told to it in the same words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from converter.verify import text as same
from converter.verify.values import Facts, Series

FAR = "\u2e80"
"""The first character of the scripts that do not part words by blanks; letters and digits before it are Latin."""
PLAIN_KINDS = frozenset(("code", "soft"))
"""Marks that count in headings too, and whose text is compared to the last character."""


@dataclass(slots=True)
class OpenList:
    """A list that is being told: its kind, number of its next item, whether an item of it showed anything."""

    ordered: bool
    number: int
    filled: bool = False


class Recorder:
    """Facts while they are gathered.  ``line`` is where the teller stands."""

    def __init__(self, *, notes: bool, loose: bool) -> None:
        """Begin a document.

        notes: it may hold notes of pictures that could not be copied.
        loose: a blank at the edge of a piece of text is not the author's.
        """
        self.facts = Facts()
        self.line = 0
        self._notes, self._loose = notes, loose
        self._out: list[str] = []
        self._length = 0
        self._last = ""
        self._blank = False
        self._block: list[str] = []
        self._block_start = self._block_line = 0
        self._items: list[list[str]] = []
        self._lists: list[OpenList] = []
        self._depths: dict[str, int] = {}
        self._runs: dict[str, tuple[list[str], int, int]] = {}
        self._hrefs: list[str] = []
        self._href = ""
        self._link: tuple[str, list[str], int, int] | None = None
        self._heading = False

    # ----------------------------------------------------------------------------------------------
    # Text

    def blank(self) -> None:
        """Blanks and nothing else."""
        self._blank = True

    def text(self, text: str) -> None:
        """A piece of text with its blanks; a note in it stands for the picture that it names."""
        words = text.split()
        if not words:
            self._blank = self._blank or bool(text)
            return
        whole = words[0] if len(words) == 1 else "".join(words)
        if (self._notes and same.TRANSFER_SIGN in text) or same.seen(whole) != whole:
            text = same.seen(same.TRANSFER_NOTE.sub(self._note, text) if self._notes else text)
            words = text.split()
            if not words:
                self._blank = self._blank or bool(text)
                return
            whole = "".join(words)
        last, first = self._last, words[0][0]
        if last and last < FAR and first < FAR and last.isalnum() and first.isalnum():
            if self._loose:
                self.facts.unsure.add(self._length)
            elif self._blank or text[0].isspace():
                self.facts.gaps.add(self._length)
        self._blank = text[-1].isspace()
        if len(words) > 1:
            self._gaps(words)
        self._add(whole)
        self._last = whole[-1]

    def _note(self, match: re.Match[str]) -> str:
        self.facts.transferred.update(map(same.image, same.NOTE_ADDRESS.findall(match[0])))
        return ""

    def _gaps(self, words: list[str]) -> None:
        """Note the blanks between the words of one piece."""
        place, last = self._length, FAR
        for word in words:
            if last < FAR and word[0] < FAR and last.isalnum() and word[0].isalnum():
                self.facts.gaps.add(place)
            place += len(word)
            last = word[-1]

    def _add(self, text: str, *, image: bool = False) -> None:
        """Visible text (or, with ``image``, a picture) in the current context."""
        if text:
            if not self._block:
                self._block_start, self._block_line = self._length, self.line
            self._out.append(text)
            self._block.append(text)
            self._length += len(text)
            if self._items:
                self._items[-1].append(text)
            if self._depths or self._runs:
                self._mark(text)
        if self._link is not None and self._link[0] != self._href:
            self._close_link()
        if self._href:
            if self._link is None:
                self._link = (self._href, [], self.line, self._length - len(text))
            self._link[1].append("\ufffc" if image else text)

    def _mark(self, text: str) -> None:
        """Add text to the runs of the marks that are open, and end those of the marks that are not."""
        for kind in tuple(self._runs):
            if kind not in self._depths:
                self._close_run(kind)
        for kind in self._depths:
            if not self._heading or kind in PLAIN_KINDS:
                if kind not in self._runs:
                    self._runs[kind] = ([], self.line, self._length - len(text))
                self._runs[kind][0].append(text)

    def _close_run(self, kind: str) -> None:
        pieces, line, offset = self._runs.pop(kind)
        text = self._clean("".join(pieces))
        if kind == "soft":
            self.facts.soft.add((text,))
        elif kind == "code":
            if text:
                self.facts.icode.add((text,), line, offset)
        elif text := same.trimmed(text):
            if kind.startswith("styled-"):
                self.facts.styled.add((kind.removeprefix("styled-"), text))
            else:
                self.facts.emphasis.add((kind, text), line, offset)

    def _close_link(self) -> None:
        assert self._link is not None
        href, pieces, line, offset = self._link
        self._link = None
        if pieces:
            self.facts.links.add((href, "".join(pieces).replace("\ufffc", "")), line, offset)

    def _clean(self, text: str) -> str:
        return same.without_notes(text) if self._notes else text

    def end(self) -> None:
        """The end of a line or a paragraph."""
        self._last, self._blank = "", False
        if self._runs:
            for kind in tuple(self._runs):
                self._close_run(kind)
        if self._link is not None:
            self._close_link()
        if self._block:
            text = self._clean("".join(self._block))
            self._block = []
            if text:
                self.facts.chunks.add((text, False), self._block_line, self._block_start)

    # ----------------------------------------------------------------------------------------------
    # Marks and links

    def open(self, kind: str) -> None:
        """Emphasis begins: ``strong``, ``em``, ``del``, ``sup``, ``sub``, ``code``, ``soft``, ``styled-...``."""
        self._depths[kind] = self._depths.get(kind, 0) + 1

    def close(self, kind: str) -> None:
        """It ends."""
        depth = self._depths[kind] - 1
        if depth:
            self._depths[kind] = depth
        else:
            del self._depths[kind]

    def open_link(self, href: str) -> None:
        """A link begins ("": one that leads nowhere)."""
        self._hrefs.append(href)
        self._href = href

    def close_link(self) -> None:
        """It ends."""
        self._hrefs.pop()
        self._href = self._hrefs[-1] if self._hrefs else ""

    # ----------------------------------------------------------------------------------------------
    # Leaves

    def image(self, src: str, alt: str) -> None:
        """A picture."""
        if not src:
            return
        self.facts.images.add((src, alt), self.line, self._length)
        for kind in tuple(self._runs):
            if kind not in self._depths:
                self._close_run(kind)
        self._add("", image=True)
        if self._lists:
            self._lists[-1].filled = True

    def formula(self, tex: str, *, display: bool) -> None:
        """A formula, in the line or displayed."""
        tex = same.squash(tex)
        if not tex:
            return
        self.facts.formulas.add(tex, self.line, self._length)
        if display and not self._heading:
            self.end()
            self._add(f"${tex}$")
            self.end()
        else:
            self._add(f"${tex}$")
            self._last, self._blank = "", False

    def rule(self) -> None:
        """A thematic break."""
        self.end()
        self.facts.chunks.add(("———", False), self.line, self._length)

    def code(self, text: str, declared: str, guess: str, *, loose: bool = False) -> None:
        """A code block; ``loose``: its blanks are not the author's."""
        self.end()
        text = same.code(text)
        if not text:
            return
        if loose:
            self.facts.loose_code.add(len(self.facts.code.values))
        self.facts.code.add(text, self.line, self._length)
        self.facts.languages.append((declared, guess))
        text = same.squash(text)
        self.facts.chunks.add((text, True), self.line, self._length)
        self._out.append(text)
        self._length += len(text)
        if self._items:
            self._items[-1].append(text)

    # ----------------------------------------------------------------------------------------------
    # Blocks

    def open_heading(self) -> tuple[int, int, bool]:
        """A heading begins; what this gives back goes to close_heading."""
        self.end()
        outer, self._heading = self._heading, True
        return len(self._out), self.line, outer

    def close_heading(self, level: int, opened: tuple[int, int, bool]) -> None:
        """It ends."""
        start, line, self._heading = opened
        self.end()
        if text := self._since(start):
            self.facts.headings.add((level, text), line, self._length - len(text))

    @property
    def in_heading(self) -> bool:
        """True inside a heading, where blocks are no blocks."""
        return self._heading

    def open_quote(self) -> tuple[int, int]:
        """A block quote begins; what this gives back goes to close_quote."""
        self.end()
        return len(self._out), self.facts.quotes.reserve(self.line, self._length)

    def close_quote(self, opened: tuple[int, int]) -> None:
        """It ends."""
        self.end()
        start, place = opened
        self._settle(self.facts.quotes, place, self._since(start))

    def open_list(self, *, ordered: bool, start: int) -> None:
        """A list begins."""
        self.end()
        if self._lists and self._items and self._items[-1]:
            self._lists[-1].filled = True
        self._lists.append(OpenList(ordered, start))

    def close_list(self) -> None:
        """It ends."""
        self.end()
        self._lists.pop()

    def open_item(self) -> tuple[int, OpenList, int]:
        """An item begins; what this gives back goes to close_item."""
        self.end()
        here = self._lists[-1] if self._lists else OpenList(False, 1)
        depth = 1 + sum(outer.filled for outer in self._lists[:-1])
        self._items.append([])
        return self.facts.lists.reserve(self.line, self._length), here, depth

    def close_item(self, opened: tuple[int, OpenList, int], checked: str) -> None:
        """It ends; ``checked`` is ``x`` or a blank for a task, "" for any other item."""
        self.end()
        place, here, depth = opened
        text = self._clean("".join(self._items.pop()))
        kind = f"{here.number}." if here.ordered else f"[{checked}]" if checked else "-"
        if text:
            here.filled = True
            here.number += 1
        self._settle(self.facts.lists, place, (depth, kind, text) if text else None)

    def row(self, cells: list[str], line: int, offset: int) -> None:
        """A table's row: the texts of its filled cells."""
        if cells:
            self.facts.tables.add(tuple(cells), line, offset)

    @property
    def mark(self) -> int:
        """A place to give to ``since``."""
        return len(self._out)

    @property
    def offset(self) -> int:
        """How much text there is so far."""
        return self._length

    def since(self, mark: int) -> str:
        """What was told since a mark was taken."""
        self.end()
        return self._since(mark)

    def _since(self, start: int) -> str:
        return self._clean("".join(self._out[start:]))

    @staticmethod
    def _settle(series: Series, place: int, value: object) -> None:
        """Give a reserved fact its value, or take it back where there is none."""
        if value:
            series.values[place] = value
        else:
            series.drop(place)

    def finish(self) -> Facts:
        """All facts; nothing more is told."""
        self.end()
        text = "".join(self._out)
        self.facts.text = same.TRANSFER_NOTE.sub(self._note, text) if self._notes else text
        self.facts.shifted = len(self.facts.text) != len(text)
        return self.facts

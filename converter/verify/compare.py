"""Two sets of facts held against each other; what differs, as a person would say it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from converter.verify import messages
from converter.verify.sequences import at, only, opcodes, tightened, without_autolinks
from converter.verify.values import Difference, Facet, Facts, Series, Verdict

MOST = 200
"""How many differences of one document are told; more would not be read."""
BEHIND = 1 << 30
"""A line behind every other."""
Chunk: TypeAlias = tuple[str, bool]


def compare(source: Facts, got: Facts, *, any_language: str = "") -> Verdict:
    """Hold the facts of a rendering against those of its source.

    any_language: what a code block may be called whose source names no language.
    """
    differences = sorted(_Comparison(source, got, any_language).all(), key=lambda difference: difference.line)
    if not differences:
        return Verdict()
    facts = max(source.count, got.count, 1)
    return Verdict(tuple(differences[:MOST]), max(0.0, 1 - len(differences) / facts))


class _Comparison:
    """The state of one comparison."""

    def __init__(self, source: Facts, got: Facts, any_language: str) -> None:
        self.source, self.got, self.any_language = source, got, any_language
        self.same_text = source.text == got.text
        self.aligned = self.same_text and not source.shifted and not got.shifted
        self.chunk_codes = opcodes(source.chunks.values, got.chunks.values)

    def all(self) -> Iterator[Difference]:
        code = [*self.code()]
        yield from code
        yield from self.text(code_differs=bool(code))
        for facet in (
            self.languages, self.spaces, self.headings, self.lists, self.tables, self.quotes, self.images, self.links,
            self.formulas, self.emphasis, self.inline_code,
        ):  # fmt: skip
            yield from facet()

    def line_of(self, offset: int, source_line: int = BEHIND) -> int:
        """The Markdown line where what stands at an offset of the source's text is, or would be.

        source_line: tells what stands at the end of a paragraph from what begins the next one.
        """
        chunks = self.source.chunks
        chunk = max(0, bisect_right(chunks.offsets, offset) - 1)
        ended = chunk and chunks.offsets[chunk] == offset and chunks.lines[chunk] > source_line
        if ended and not self._is_code(chunk - 1):
            chunk -= 1
        lines = self.got.chunks.lines
        for _, first, last, start, stop in self.chunk_codes:
            if first <= chunk < max(last, first + 1):
                return at(lines, min(start + chunk - first, max(start, stop - 1)))
            if first > chunk:
                break
        return lines[-1] if lines else 1

    def _is_code(self, chunk: int) -> bool:
        value: Any = self.source.chunks.values[chunk]
        return bool(value[1])

    # ----------------------------------------------------------------------------------------------
    # Text

    def text(self, *, code_differs: bool) -> Iterator[Difference]:
        """Characters that changed, and paragraphs that were joined or parted."""
        source, got = self.source.chunks, self.got.chunks
        for kind, first, last, start, stop in self.chunk_codes:
            if kind == "equal":
                continue
            old: list[Chunk] = source.values[first:last]  # type: ignore[assignment]
            new: list[Chunk] = got.values[start:stop]  # type: ignore[assignment]
            same_words = "".join(text for text, _ in old) == "".join(text for text, _ in new)
            codes = [is_code for _, is_code in (*old, *new)]
            if code_differs and (all(codes) or (same_words and any(codes))):
                continue
            yield from self._text(range(first, last), range(start, stop), same_words=same_words)

    def _text(self, was: range, now: range, *, same_words: bool) -> Iterator[Difference]:
        """Differences of chunks that stand in for each other."""
        old = [self._words(self.source, place) for place in was]
        new = [self._words(self.got, place) for place in now]
        lines, source_lines = self.got.chunks.lines, self.source.chunks.lines
        line = at(lines, now.start)
        if same_words:
            told = messages.ends(old), messages.ends(new)
            yield Difference("blocks", line, "line break", *told, "", at(source_lines, was.start))
        elif len(old) == len(new):
            for one, other, place, source_place in zip(old, new, now, was, strict=True):
                if one != other:
                    told = messages.changed(one, other)
                    yield Difference("text", lines[place], "text", *told, "", source_lines[source_place])
        elif not old:
            for text, place in zip(new, now, strict=True):
                yield Difference("text", lines[place], "text", "", text)
        elif not new:
            for text, place in zip(old, was, strict=True):
                yield Difference("text", line, "text", text, "", "", source_lines[place])
        else:
            told = messages.changed(" ⏎ ".join(old), " ⏎ ".join(new))
            yield Difference("text", line, "text", *told, "", at(source_lines, was.start))

    @staticmethod
    def _words(facts: Facts, place: int) -> str:
        chunk: Any = facts.chunks.values[place]
        return str(chunk[0]) if chunk[1] else messages.spaced(facts, chunk[0], facts.chunks.offsets[place])

    def spaces(self) -> Iterator[Difference]:
        """Blanks between words; only where all else of the text is the same, for they go by offset."""
        if not self.aligned:
            return
        text, had, has = self.source.text, self.source.gaps, self.got.gaps
        for offset in sorted((had ^ has) - self.source.unsure):
            was, now = (" ", "") if offset in had else ("", " ")
            told = messages.around(text, offset, was), messages.around(text, offset, now)
            yield Difference("spaces", self.line_of(offset), "space", *told)

    # ----------------------------------------------------------------------------------------------
    # Blocks

    def headings(self) -> Iterator[Difference]:
        pair = self.source.headings, self.got.headings
        yield from self.series("headings", "heading", *pair, messages.heading, messages.heading_change)

    def lists(self) -> Iterator[Difference]:
        yield from self.series(
            "lists", "list item", self.source.lists, self.got.lists, messages.item, messages.item_change
        )

    def tables(self) -> Iterator[Difference]:
        pair = self.source.tables, self.got.tables
        yield from self.series("tables", "table row", *pair, messages.row, messages.row_change, messages.spaced_all)

    def quotes(self) -> Iterator[Difference]:
        yield from self.series("quotes", "block quote", self.source.quotes, self.got.quotes, str, None, messages.spaced)

    def code(self) -> Iterator[Difference]:
        source, got = self.source.code, self.got.code
        if self.source.loose_code and source.values != got.values:
            got = replace(got, values=tightened(self.source, self.got))
        for difference in self.series("code", "code block", source, got, str, messages.code_change, messages.as_is):
            yield replace(difference, line=difference.line + messages.line_in_code(difference.what))

    def languages(self) -> Iterator[Difference]:
        """Declared languages; only where the code blocks pair up, for they go by position."""
        if len(self.source.languages) != len(self.got.languages):
            return
        pairs = zip(self.source.languages, self.got.languages, strict=True)
        for place, ((declared, guess), (got, _)) in enumerate(pairs):
            if got != declared and (declared or got not in (guess, self.any_language)):
                lines = self.got.code.lines[place], self.source.code.lines[place]
                yield Difference("language", lines[0], "language of code block", declared, got, "", lines[1])

    # ----------------------------------------------------------------------------------------------
    # Inlines

    def images(self) -> Iterator[Difference]:
        source, got = self.source.images, self.got.images
        pictures: list[Any] = source.values
        if spare := self.source.transferred - {src for src, _ in pictures}:
            got = only(got, lambda value: value[0] not in spare)
        yield from self.series("images", "image", source, got, messages.image, messages.image_change, messages.as_is)
        if self.aligned and source.values == got.values:
            for place, (was, now) in enumerate(zip(source.offsets, got.offsets, strict=True)):
                if was != now:
                    text, line = self.source.text, got.lines[place]
                    told = messages.around(text, was, " ▣ "), messages.around(text, now, " ▣ ")
                    yield Difference("images", line, "place of image", *told, "", source.lines[place])

    def links(self) -> Iterator[Difference]:
        source, got = self.source.links, self.got.links
        if source.values != got.values:
            got = without_autolinks(source, got)
        yield from self.series("links", "link", source, got, messages.link, messages.link_change)

    def formulas(self) -> Iterator[Difference]:
        pair = self.source.formulas, self.got.formulas
        yield from self.series("formulas", "formula", *pair, str, messages.formula_change, messages.as_is)

    def emphasis(self) -> Iterator[Difference]:
        pair = self.source.emphasis, self.got.emphasis
        yield from self.bag("emphasis", *pair, self.source.styled, messages.emphasis)

    def inline_code(self) -> Iterator[Difference]:
        yield from self.bag("inline code", self.source.icode, self.got.icode, self.source.soft, messages.inline_code)

    # ----------------------------------------------------------------------------------------------
    # The two ways to compare

    def series(
        self,
        facet: Facet,
        what: str,
        source: Series,
        got: Series,
        show: Callable[[Any], str],
        change: Callable[[Any, Any], messages.Change | None] | None,
        readable: Callable[[Facts, Any, int], Hashable] = messages.spaced_last,
    ) -> Iterator[Difference]:
        """Facts whose order counts.

        show: a fact in words.  change: see ``wording``; None: a change is one fact gone, another come.
        readable: a fact with the blanks between its words.
        """
        if source.values == got.values:
            return
        for kind, first, last, start, stop in opcodes(source.values, got.values):
            if kind == "equal":
                continue
            old = [readable(self.source, source.values[place], source.offsets[place]) for place in range(first, last)]
            new = [readable(self.got, got.values[place], got.offsets[place]) for place in range(start, stop)]
            pairs = min(len(old), len(new)) if change else 0
            for place in range(pairs):
                assert change is not None
                told = change(old[place], new[place])
                if told is None and self.same_text:
                    told = what, show(old[place]), show(new[place]), ""
                if told is not None:
                    yield Difference(facet, got.lines[start + place], *told, source.lines[first + place])
            for place in range(pairs, len(old)):
                source_line = source.lines[first + place]
                line = self.line_of(source.offsets[first + place], source_line)
                yield Difference(facet, line, what, show(old[place]), "", "", source_line)
            for place in range(pairs, len(new)):
                yield Difference(facet, got.lines[start + place], what, "", show(new[place]))

    def bag(
        self, facet: Facet, source: Series, got: Series, optional: set[Hashable], show: Callable[[Any], tuple[str, str]]
    ) -> Iterator[Difference]:
        """Facts whose number counts; optional ones may be there more often than in the source."""
        if source.values == got.values:
            return
        had, has = Counter(source.values), Counter(got.values)
        missing, added = had - has, has - had
        for place, value in enumerate(source.values):
            if missing[value] > 0:
                missing[value] -= 1
                what, text = show(messages.spaced_last(self.source, value, source.offsets[place]))
                yield Difference(facet, self.line_of(source.offsets[place]), what, text, "", "", source.lines[place])
        for place, value in enumerate(got.values):
            if added[value] > 0 and value not in optional:
                added[value] -= 1
                what, text = show(messages.spaced_last(self.got, value, got.offsets[place]))
                yield Difference(facet, got.lines[place], what, "", text)

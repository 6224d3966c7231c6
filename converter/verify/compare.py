"""Compare the facts of the rendered Markdown with those of the source; say in words what differs."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Hashable, Iterator
from dataclasses import replace
from typing import Any, TypeAlias

from converter.verify import messages
from converter.verify.facts import Facts, Series
from converter.verify.sequences import filtered, line_at, opcodes, with_source_whitespace, without_autolinks
from converter.verify.verdict import Difference, Facet, Verdict

MOST_DIFFERENCES = 200
"""How many differences of one document are reported; nobody would read more."""
AFTER_ALL = 1 << 30
"""A line number greater than all others."""
Chunk: TypeAlias = tuple[str, bool]


def compare(source: Facts, rendered: Facts, *, any_language: str | None = "") -> Verdict:
    """Compare the facts of rendered Markdown with those of its source.

    any_language: the language that a code block may have whose source names none ("": no language, None: any).
    """
    differences = sorted(_Comparison(source, rendered, any_language).all(), key=lambda difference: difference.line)
    if not differences:
        return Verdict()
    facts = max(source.count, rendered.count, 1)
    return Verdict(tuple(differences[:MOST_DIFFERENCES]), max(0.0, 1 - len(differences) / facts))


class _Comparison:
    """The state of one comparison."""

    def __init__(self, source: Facts, rendered: Facts, any_language: str | None) -> None:
        self.source, self.rendered, self.any_language = source, rendered, any_language
        self.same_text = source.text == rendered.text
        self.aligned = self.same_text and not source.offsets_shifted and not rendered.offsets_shifted
        self.chunk_codes = opcodes(source.chunks.values, rendered.chunks.values)

    def all(self) -> Iterator[Difference]:
        code = [*self.code()]
        yield from code
        yield from self.text(code_differs=bool(code))
        for facet in (
            self.languages, self.spaces, self.headings, self.lists, self.tables, self.quotes, self.images, self.links,
            self.formulas, self.emphasis, self.inline_code,
        ):  # fmt: skip
            yield from facet()

    def line_of(self, offset: int, source_line: int = AFTER_ALL) -> int:
        """Return the Markdown line where a fact of the source is, or would be.

        offset: where the fact is in the source's text.  source_line: its line, which decides between the end of
        one paragraph and the start of the next.
        """
        chunks = self.source.chunks
        chunk = max(0, bisect_right(chunks.offsets, offset) - 1)
        ended = chunk and chunks.offsets[chunk] == offset and chunks.lines[chunk] > source_line
        if ended and not self._is_code(chunk - 1):
            chunk -= 1
        lines = self.rendered.chunks.lines
        for _, first, last, start, stop in self.chunk_codes:
            if first <= chunk < max(last, first + 1):
                return line_at(lines, min(start + chunk - first, max(start, stop - 1)))
            if first > chunk:
                break
        return lines[-1] if lines else 1

    def _is_code(self, chunk: int) -> bool:
        value: Any = self.source.chunks.values[chunk]
        return bool(value[1])

    # ----------------------------------------------------------------------------------------------
    # Text

    def text(self, *, code_differs: bool) -> Iterator[Difference]:
        """Yield text that changed, and paragraphs that were joined or split."""
        source, rendered = self.source.chunks, self.rendered.chunks
        for kind, first, last, start, stop in self.chunk_codes:
            if kind == "equal":
                continue
            old: list[Chunk] = source.values[first:last]  # type: ignore[assignment]
            new: list[Chunk] = rendered.values[start:stop]  # type: ignore[assignment]
            same_words = "".join(text for text, _ in old) == "".join(text for text, _ in new)
            codes = [is_code for _, is_code in (*old, *new)]
            if code_differs and (all(codes) or (same_words and any(codes))):
                continue
            yield from self._text(range(first, last), range(start, stop), same_words=same_words)

    def _text(self, was: range, now: range, *, same_words: bool) -> Iterator[Difference]:
        """Yield the differences between chunks of the source and those that replace them."""
        old = [self._words(self.source, index) for index in was]
        new = [self._words(self.rendered, index) for index in now]
        lines, source_lines = self.rendered.chunks.lines, self.source.chunks.lines
        line = line_at(lines, now.start)
        if same_words:
            shown = messages.ends(old), messages.ends(new)
            yield Difference("blocks", line, "line break", *shown, "", line_at(source_lines, was.start))
        elif len(old) == len(new):
            for one, other, index, source_index in zip(old, new, now, was, strict=True):
                if one != other:
                    shown = messages.changed(one, other)
                    yield Difference("text", lines[index], "text", *shown, "", source_lines[source_index])
        elif not old:
            for text, index in zip(new, now, strict=True):
                yield Difference("text", lines[index], "text", "", text)
        elif not new:
            for text, index in zip(old, was, strict=True):
                yield Difference("text", line, "text", text, "", "", source_lines[index])
        else:
            shown = messages.changed(" ⏎ ".join(old), " ⏎ ".join(new))
            yield Difference("text", line, "text", *shown, "", line_at(source_lines, was.start))

    @staticmethod
    def _words(facts: Facts, index: int) -> str:
        chunk: Any = facts.chunks.values[index]
        return str(chunk[0]) if chunk[1] else messages.spaced(facts, chunk[0], facts.chunks.offsets[index])

    def spaces(self) -> Iterator[Difference]:
        """Yield whitespace between words that differs; only where all other text is the same: offsets are compared."""
        if not self.aligned:
            return
        text, had, has = self.source.text, self.source.word_gaps, self.rendered.word_gaps
        for offset in sorted((had ^ has) - self.source.unsure_gaps):
            was, now = (" ", "") if offset in had else ("", " ")
            shown = messages.around(text, offset, was), messages.around(text, offset, now)
            yield Difference("spaces", self.line_of(offset), "space", *shown)

    # ----------------------------------------------------------------------------------------------
    # Blocks

    def headings(self) -> Iterator[Difference]:
        pair = self.source.headings, self.rendered.headings
        yield from self.ordered("headings", "heading", *pair, messages.heading, messages.heading_change)

    def lists(self) -> Iterator[Difference]:
        yield from self.ordered(
            "lists", "list item", self.source.lists, self.rendered.lists, messages.item, messages.item_change
        )

    def tables(self) -> Iterator[Difference]:
        pair = self.source.tables, self.rendered.tables
        yield from self.ordered("tables", "table row", *pair, messages.row, messages.row_change, messages.spaced_all)

    def quotes(self) -> Iterator[Difference]:
        yield from self.ordered(
            "quotes", "block quote", self.source.quotes, self.rendered.quotes, str, None, messages.spaced
        )

    def code(self) -> Iterator[Difference]:
        source, rendered = self.source.code, self.rendered.code
        if self.source.loose_code and source.values != rendered.values:
            rendered = replace(rendered, values=with_source_whitespace(self.source, self.rendered))
        for difference in self.ordered(
            "code", "code block", source, rendered, str, messages.code_change, messages.as_is
        ):
            yield replace(difference, line=difference.line + messages.line_in_code(difference.what))

    def languages(self) -> Iterator[Difference]:
        """Yield languages that differ; only where both have the same number of code blocks: indexes are compared."""
        if len(self.source.languages) != len(self.rendered.languages):
            return
        pairs = zip(self.source.languages, self.rendered.languages, strict=True)
        for index, ((declared, guess), (language, _)) in enumerate(pairs):
            if language != declared and (declared or not self._allows(language, guess)):
                lines = self.rendered.code.lines[index], self.source.code.lines[index]
                yield Difference("language", lines[0], "language of code block", declared, language, "", lines[1])

    def _allows(self, language: str, guess: str) -> bool:
        """Return whether a code block may have a language whose source names none."""
        return self.any_language is None or language in (guess, self.any_language)

    # ----------------------------------------------------------------------------------------------
    # Inlines

    def images(self) -> Iterator[Difference]:
        source, rendered = self.source.images, self.rendered.images
        images: list[Any] = source.values
        if spare := self.source.transfer_urls - {src for src, _ in images}:
            rendered = filtered(rendered, lambda value: value[0] not in spare)
        yield from self.ordered(
            "images", "image", source, rendered, messages.image, messages.image_change, messages.as_is
        )
        if self.aligned and source.values == rendered.values:
            for index, (was, now) in enumerate(zip(source.offsets, rendered.offsets, strict=True)):
                if was != now:
                    text, line = self.source.text, rendered.lines[index]
                    shown = messages.around(text, was, " ▣ "), messages.around(text, now, " ▣ ")
                    yield Difference("images", line, "position of image", *shown, "", source.lines[index])

    def links(self) -> Iterator[Difference]:
        source, rendered = self.source.links, self.rendered.links
        if source.values != rendered.values:
            rendered = without_autolinks(source, rendered)
        yield from self.ordered("links", "link", source, rendered, messages.link, messages.link_change)

    def formulas(self) -> Iterator[Difference]:
        pair = self.source.formulas, self.rendered.formulas
        yield from self.ordered("formulas", "formula", *pair, str, messages.formula_change, messages.as_is)

    def emphasis(self) -> Iterator[Difference]:
        pair = self.source.emphasis, self.rendered.emphasis
        yield from self.unordered("emphasis", *pair, self.source.optional_emphasis, messages.emphasis)

    def inline_code(self) -> Iterator[Difference]:
        pair = self.source.inline_code, self.rendered.inline_code
        yield from self.unordered("inline code", *pair, self.source.optional_code, messages.inline_code)

    # ----------------------------------------------------------------------------------------------
    # Comparisons of one kind of facts

    def ordered(
        self,
        facet: Facet,
        what: str,
        source: Series,
        rendered: Series,
        show: Callable[[Any], str],
        change: Callable[[Any, Any], messages.Change | None] | None,
        readable: Callable[[Facts, Any, int], Hashable] = messages.spaced_last,
    ) -> Iterator[Difference]:
        """Yield the differences between facts whose order counts.

        what: name of one such fact.  show: returns a fact in words.  change: returns the change of one fact, see
        ``messages``; None: a change is reported as one fact missing and one added.
        readable: returns a fact with the whitespace between its words.
        """
        if source.values == rendered.values:
            return
        for kind, first, last, start, stop in opcodes(source.values, rendered.values):
            if kind == "equal":
                continue
            old = [readable(self.source, source.values[index], source.offsets[index]) for index in range(first, last)]
            new = [
                readable(self.rendered, rendered.values[index], rendered.offsets[index]) for index in range(start, stop)
            ]
            pairs = min(len(old), len(new)) if change else 0
            for index in range(pairs):
                assert change is not None
                shown = change(old[index], new[index])
                if shown is None and self.same_text:
                    shown = what, show(old[index]), show(new[index]), ""
                if shown is not None:
                    yield Difference(facet, rendered.lines[start + index], *shown, source.lines[first + index])
            for index in range(pairs, len(old)):
                source_line = source.lines[first + index]
                line = self.line_of(source.offsets[first + index], source_line)
                yield Difference(facet, line, what, show(old[index]), "", "", source_line)
            for index in range(pairs, len(new)):
                yield Difference(facet, rendered.lines[start + index], what, "", show(new[index]))

    def unordered(
        self,
        facet: Facet,
        source: Series,
        rendered: Series,
        optional: set[Hashable],
        show: Callable[[Any], tuple[str, str]],
    ) -> Iterator[Difference]:
        """Yield the differences between facts whose number counts; optional ones may be more than in the source."""
        if source.values == rendered.values:
            return
        had, has = Counter(source.values), Counter(rendered.values)
        missing, added = had - has, has - had
        for index, value in enumerate(source.values):
            if missing[value] > 0:
                missing[value] -= 1
                what, text = show(messages.spaced_last(self.source, value, source.offsets[index]))
                yield Difference(facet, self.line_of(source.offsets[index]), what, text, "", "", source.lines[index])
        for index, value in enumerate(rendered.values):
            if added[value] > 0 and value not in optional and not _is_part(value, optional):
                added[value] -= 1
                what, text = show(messages.spaced_last(self.rendered, value, rendered.offsets[index]))
                yield Difference(facet, rendered.lines[index], what, "", text)


def _is_part(value: Hashable, optional: set[Hashable]) -> bool:
    """Return True for emphasis of a part of what a style emphasises."""
    if not isinstance(value, tuple) or len(value) < 2:
        return False
    kind, text = value
    return any(isinstance(one, tuple) and one[0] == kind and text in one[1] for one in optional)

"""Two sets of facts held against each other; what differs, as a person would say it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from typing import TypeAlias

from converter.verify import text as same
from converter.verify.values import Difference, Facet, Facts, Series, Verdict

MOST = 200
"""How many differences of one document are told; more would not be read."""
CONTEXT = 12
"""How much of the text around a change is shown."""

Opcode: TypeAlias = tuple[str, int, int, int, int]


def compare(source: Facts, got: Facts, *, any_language: str = "") -> Verdict:
    """Hold the facts of a rendering against those of its source.

    any_language: what a code block may be called whose source names no language.
    """
    differences = tuple(sorted(_Comparison(source, got, any_language).all(), key=lambda difference: difference.line))
    if not differences:
        return Verdict()
    facts = max(source.count, got.count, 1)
    return Verdict(differences[:MOST], max(0.0, 1 - len(differences) / facts))


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
        yield from self.languages()
        yield from self.spaces()
        yield from self.headings()
        yield from self.lists()
        yield from self.tables()
        yield from self.quotes()
        yield from self.images()
        yield from self.links()
        yield from self.formulas()
        yield from self.emphasis()
        yield from self.inline_code()

    # ----------------------------------------------------------------------------------------------
    # Places

    def line_of(self, offset: int) -> int:
        """The Markdown line where what stands at an offset of the source's text is, or would be."""
        chunk = max(0, bisect_right(self.source.chunks.offsets, offset) - 1)
        lines = self.got.chunks.lines
        for _, first, last, start, stop in self.chunk_codes:
            if first <= chunk < max(last, first + 1):
                place = start + chunk - first
                return _at(lines, min(place, max(start, stop - 1)))
            if first > chunk:
                break
        return lines[-1] if lines else 1

    def found(self, facet: Facet, what: str, source: Series, place: int, was: str, now: str = "") -> Difference:
        """A difference about a fact of the source."""
        line = self.line_of(source.offsets[place])
        return Difference(facet, line, what, was, now, source.lines[place])

    # ----------------------------------------------------------------------------------------------
    # Text

    def text(self, *, code_differs: bool) -> Iterator[Difference]:
        """Characters that changed, and paragraphs that were joined or parted."""
        source, got = self.source.chunks, self.got.chunks
        for kind, first, last, start, stop in self.chunk_codes:
            if kind == "equal":
                continue
            old, new = _texts(source.values[first:last]), _texts(got.values[start:stop])
            codes = [is_code for _, is_code in (*source.values[first:last], *got.values[start:stop])]
            if code_differs and (all(codes) or (any(codes) and "".join(old) == "".join(new))):
                continue
            line = _at(got.lines, start if start < stop else max(0, start - 1))
            source_line = _at(source.lines, first)
            yield from _text_differences(old, new, line, source_line, got.lines[start:stop], source.lines[first:last])

    def spaces(self) -> Iterator[Difference]:
        """Blanks between words; only where all else of the text is the same, for they go by offset."""
        if not self.aligned:
            return
        text = self.source.text
        for offset in sorted(self.source.gaps - self.got.gaps - self.source.unsure):
            yield Difference("spaces", self.line_of(offset), "space", _around(text, offset, " "), _around(text, offset))
        for offset in sorted(self.got.gaps - self.source.gaps - self.source.unsure):
            yield Difference("spaces", self.line_of(offset), "space", _around(text, offset), _around(text, offset, " "))

    # ----------------------------------------------------------------------------------------------
    # Blocks

    def headings(self) -> Iterator[Difference]:
        yield from self.series("headings", "heading", self.source.headings, self.got.headings, _heading, _heading_change)

    def lists(self) -> Iterator[Difference]:
        yield from self.series("lists", "list item", self.source.lists, self.got.lists, _item, _item_change)

    def tables(self) -> Iterator[Difference]:
        yield from self.series("tables", "table row", self.source.tables, self.got.tables, _row, _row_change)

    def quotes(self) -> Iterator[Difference]:
        yield from self.series("quotes", "block quote", self.source.quotes, self.got.quotes, str, None)

    def code(self) -> Iterator[Difference]:
        source, got = self.source.code, self.got.code
        if self.source.loose_code and source.values != got.values:
            got = replace(got, values=self._tightened())
        yield from self.series("code", "code block", source, got, str, _code_change)

    def _tightened(self) -> list[Hashable]:
        """Code of the rendering, by the source's blanks where those are not the author's."""
        loose = {_loose(text, self.source.prettified): text for text in self._loose_codes()}
        return [loose.get(_loose(str(text), self.source.prettified), text) for text in self.got.code.values]

    def _loose_codes(self) -> Iterator[str]:
        return (str(self.source.code.values[place]) for place in self.source.loose_code)

    def languages(self) -> Iterator[Difference]:
        """Declared languages; only where the code blocks pair up, for they go by position."""
        if len(self.source.languages) != len(self.got.languages):
            return
        pairs = zip(self.source.languages, self.got.languages, strict=True)
        for place, ((declared, guess), (got, _)) in enumerate(pairs):
            if got != declared and (declared or got not in (guess, self.any_language)):
                line = _at(self.got.code.lines, place)
                source_line = self.source.code.lines[place]
                yield Difference("language", line, "language of code block", declared, got, source_line)

    # ----------------------------------------------------------------------------------------------
    # Inlines

    def images(self) -> Iterator[Difference]:
        source, got = self.source.images, self.got.images
        if spare := self.source.transferred - {src for src, _ in source.values}:  # type: ignore[misc]
            got = _only(got, lambda value: value[0] not in spare)  # type: ignore[index]
        yield from self.series("images", "image", source, got, _image, _image_change)
        if self.aligned and source.values == got.values:
            for place, (was, now) in enumerate(zip(source.offsets, got.offsets, strict=True)):
                if was != now:
                    told = (_around(self.source.text, was, " ▣ "), _around(self.source.text, now, " ▣ "))
                    yield Difference("images", got.lines[place], "place of image", *told, source.lines[place])

    def links(self) -> Iterator[Difference]:
        source, got = self.source.links, self.got.links
        if source.values != got.values:
            got = _without_autolinks(source, got)
        yield from self.series("links", "link", source, got, _link, _link_change)

    def formulas(self) -> Iterator[Difference]:
        yield from self.series("formulas", "formula", self.source.formulas, self.got.formulas, str, _plain_change)

    def emphasis(self) -> Iterator[Difference]:
        yield from self.bag("emphasis", self.source.emphasis, self.got.emphasis, self.source.styled, _emphasis)

    def inline_code(self) -> Iterator[Difference]:
        yield from self.bag("inline code", self.source.icode, self.got.icode, self.source.soft, _inline_code)

    # ----------------------------------------------------------------------------------------------
    # The two ways to compare

    def series(
        self,
        facet: Facet,
        what: str,
        source: Series,
        got: Series,
        show: Callable[..., str],
        change: Callable[..., tuple[str, str, str] | None] | None,
    ) -> Iterator[Difference]:
        """Facts whose order counts.

        show: a fact in words.  change: (what differs, was, now) of a pair; None for a change of the text
        alone, which is told once, as text.
        """
        if source.values == got.values:
            return
        for kind, first, last, start, stop in opcodes(source.values, got.values):
            if kind == "equal":
                continue
            pairs = min(last - first, stop - start) if change else 0
            for place in range(pairs):
                was, now = source.values[first + place], got.values[start + place]
                told = change(was, now) if change else None
                if told is not None:
                    line, source_line = got.lines[start + place], source.lines[first + place]
                    yield Difference(facet, line, *told, source_line)
                elif self.same_text:
                    line, source_line = got.lines[start + place], source.lines[first + place]
                    yield Difference(facet, line, what, show(was), show(now), source_line)
            for place in range(first + pairs, last):
                yield self.found(facet, what, source, place, show(source.values[place]))
            for place in range(start + pairs, stop):
                yield Difference(facet, got.lines[place], what, "", show(got.values[place]))

    def bag(
        self, facet: Facet, source: Series, got: Series, optional: set[Hashable], show: Callable[..., tuple[str, str]]
    ) -> Iterator[Difference]:
        """Facts whose number counts; optional ones may be there more often than in the source."""
        if source.values == got.values:
            return
        had, has = Counter(source.values), Counter(got.values)
        missing, added = had - has, has - had
        for place, value in enumerate(source.values):
            if missing[value] > 0:
                missing[value] -= 1
                what, shown = show(value)
                yield self.found(facet, what, source, place, shown)
        for place, value in enumerate(got.values):
            if added[value] > 0 and value not in optional:
                added[value] -= 1
                what, shown = show(value)
                yield Difference(facet, got.lines[place], what, "", shown)


# --------------------------------------------------------------------------------------------------
# Facts in words


def _heading(value: tuple[int, str]) -> str:
    return "#" * value[0] + " " + value[1]


def _heading_change(was: tuple[int, str], now: tuple[int, str]) -> tuple[str, str, str] | None:
    if was[0] != now[0]:
        return f"level of heading {now[1][:40]}", str(was[0]), str(now[0])
    return None


def _item(value: tuple[int, str, str]) -> str:
    return "  " * (value[0] - 1) + value[1] + " " + value[2]


def _item_change(was: tuple[int, str, str], now: tuple[int, str, str]) -> tuple[str, str, str] | None:
    if was[0] != now[0]:
        return f"depth of list item {now[2][:40]}", str(was[0]), str(now[0])
    if was[1] != now[1]:
        return f"marker of list item {now[2][:40]}", was[1], now[1]
    return None


def _row(value: tuple[str, ...]) -> str:
    return " | ".join(value)


def _row_change(was: tuple[str, ...], now: tuple[str, ...]) -> tuple[str, str, str] | None:
    if len(was) == len(now):
        changed = [(old, new) for old, new in zip(was, now, strict=True) if old != new]
        if len(changed) == 1:
            return "table cell", *changed[0]
    return "table row", _row(was), _row(now)


def _code_change(was: str, now: str) -> tuple[str, str, str]:
    old, new = was.split("\n"), now.split("\n")
    for number, (one, other) in enumerate(zip(old, new, strict=False), 1):
        if one != other:
            return f"line {number} of code block", one or "(blank)", other or "(blank)"
    return "number of lines of code block", str(len(old)), str(len(new))


def _image(value: tuple[str, str]) -> str:
    return _full(value[0])


def _image_change(was: tuple[str, str], now: tuple[str, str]) -> tuple[str, str, str]:
    if was[0] == now[0]:
        return f"alternative text of image {_full(was[0])}", was[1] or "(none)", now[1] or "(none)"
    return "image", _full(was[0]), _full(now[0])


def _full(url: str) -> str:
    return "https:" + url if url.startswith("//") else url


def _link(value: tuple[str, str]) -> str:
    return f"[{value[1]}]({value[0]})"


def _link_change(was: tuple[str, str], now: tuple[str, str]) -> tuple[str, str, str]:
    if was[0] == now[0]:
        return f"text of link to {now[0]}", was[1] or "(a picture)", now[1] or "(a picture)"
    if was[1] == now[1]:
        return f"address of link {now[1]}", was[0], now[0]
    return "link", _link(was), _link(now)


def _plain_change(was: str, now: str) -> tuple[str, str, str]:
    return "formula", was, now


MARKS = {
    "strong": "bold", "em": "italic", "del": "struck-out text", "sup": "superscript", "sub": "subscript",
}  # fmt: skip


def _emphasis(value: tuple[str, str]) -> tuple[str, str]:
    return MARKS[value[0]], value[1]


def _inline_code(value: str) -> tuple[str, str]:
    return "inline code", value


# --------------------------------------------------------------------------------------------------
# Sequences


def opcodes(was: Sequence[Hashable], now: Sequence[Hashable]) -> list[Opcode]:
    """How one sequence becomes the other, as difflib says it; equal ends are compared without it."""
    if was == now:
        return [("equal", 0, len(was), 0, len(now))]
    head, most = 0, min(len(was), len(now))
    while head < most and was[head] == now[head]:
        head += 1
    tail = 0
    while tail < most - head and was[-1 - tail] == now[-1 - tail]:
        tail += 1
    matcher = SequenceMatcher(None, was[head : len(was) - tail], now[head : len(now) - tail], autojunk=most > 2000)
    codes: list[Opcode] = [("equal", 0, head, 0, head)] if head else []
    codes.extend((kind, a + head, b + head, c + head, d + head) for kind, a, b, c, d in matcher.get_opcodes())
    if tail:
        codes.append(("equal", len(was) - tail, len(was), len(now) - tail, len(now)))
    return codes


def _only(series: Series, keep: Callable[[Hashable], bool]) -> Series:
    places = [place for place, value in enumerate(series.values) if keep(value)]
    return Series(
        [series.values[place] for place in places],
        [series.lines[place] for place in places],
        [series.offsets[place] for place in places],
    )


def _without_autolinks(source: Series, got: Series) -> Series:
    """Links without those that a renderer made of bare addresses."""
    spare = Counter(got.values) - Counter(source.values)
    dropped: Counter[Hashable] = Counter()
    for value, count in spare.items():
        if same.is_own_address(*value):  # type: ignore[misc]
            dropped[value] = count

    def keep(value: Hashable) -> bool:
        dropped[value] -= 1
        return dropped[value] < 0

    return _only(got, keep) if dropped else got


def _loose(code: str, prettified: bool) -> str:
    """Code whose blanks inside a line count as one, or (prettified) for nothing."""
    if prettified:
        return re.sub(r"[ \t]+|\n(?=[ \t]*\n)", "", code)
    return re.sub(r"(?<=\S)[ \t]+", " ", code)


def _at(lines: list[int], place: int) -> int:
    return lines[min(place, len(lines) - 1)] if lines else 1


def _around(text: str, offset: int, between: str = "") -> str:
    return text[max(0, offset - CONTEXT) : offset] + between + text[offset : offset + CONTEXT]


# --------------------------------------------------------------------------------------------------
# Text


def _texts(chunks: list[Hashable]) -> list[str]:
    return [text for text, _ in chunks]  # type: ignore[misc]


def _text_differences(
    old: list[str], new: list[str], line: int, source_line: int, lines: list[int], source_lines: list[int]
) -> Iterator[Difference]:
    """Differences of chunks that stand in for each other."""
    was, now = "".join(old), "".join(new)
    if was == now:
        yield _boundary(old, new, line, source_line)
    elif len(old) == len(new):
        for one, other, place, source_place in zip(old, new, lines, source_lines, strict=True):
            if one != other:
                yield Difference("text", place, "text", *_changed(one, other), source_place)
    elif not old or not new:
        places = lines or [line] * len(old)
        for place, text in zip(places, old or new, strict=True):
            yield Difference("text", place, "text", text if old else "", "" if old else text, source_line)
    else:
        yield Difference("text", line, "text", *_changed(was, now), source_line)


def _boundary(old: list[str], new: list[str], line: int, source_line: int) -> Difference:
    """Paragraphs (or lines) run together, or parted."""
    if len(old) > len(new):
        return Difference("blocks", line, "line break", _ends(old), _ends(new), source_line)
    return Difference("blocks", line, "line break", _ends(old), _ends(new), source_line)


def _ends(texts: list[str]) -> str:
    return " ⏎ ".join(text if len(text) <= 2 * CONTEXT else f"{text[:CONTEXT]}…{text[-CONTEXT:]}" for text in texts[:4])


def _changed(was: str, now: str) -> tuple[str, str]:
    """The parts of two texts that differ, with some of what is around them."""
    most = min(len(was), len(now))
    head = next((place for place in range(most) if was[place] != now[place]), most)
    tail = next((place for place in range(most - head) if was[-1 - place] != now[-1 - place]), most - head)
    first = max(0, head - CONTEXT)
    return was[first : len(was) - tail + CONTEXT if tail > CONTEXT else None], now[
        first : len(now) - tail + CONTEXT if tail > CONTEXT else None
    ]

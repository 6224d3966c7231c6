"""Sequences of facts held against each other."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from typing import Any, TypeAlias

from converter.verify import text as same
from converter.verify.values import Facts, Series

Opcode: TypeAlias = tuple[str, int, int, int, int]
LONG = 2000
"""Length from which on difflib may leave out what is frequent."""


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
    matcher = SequenceMatcher(None, was[head : len(was) - tail], now[head : len(now) - tail], autojunk=most > LONG)
    codes: list[Opcode] = [("equal", 0, head, 0, head)] if head else []
    codes.extend((kind, a + head, b + head, c + head, d + head) for kind, a, b, c, d in matcher.get_opcodes())
    if tail:
        codes.append(("equal", len(was) - tail, len(was), len(now) - tail, len(now)))
    return codes


def aligned(source: Facts, got: Facts) -> list[tuple[int, int]]:
    """(line of the rendering, line of the source) of each paragraph or line that both have."""
    lines: list[tuple[int, int]] = []
    for _, first, last, start, stop in opcodes(source.chunks.values, got.chunks.values):
        count = min(last - first, stop - start)
        lines += zip(got.chunks.lines[start : start + count], source.chunks.lines[first : first + count], strict=True)
    return lines


def only(series: Series, keep: Callable[[Any], bool]) -> Series:
    """The facts of a series that are to be kept."""
    places = [place for place, value in enumerate(series.values) if keep(value)]
    return Series(
        [series.values[place] for place in places],
        [series.lines[place] for place in places],
        [series.offsets[place] for place in places],
    )


def without_autolinks(source: Series, got: Series) -> Series:
    """Links without those that a renderer made of bare addresses."""
    spare = Counter(got.values) - Counter(source.values)
    dropped = Counter({value: count for value, count in spare.items() if same.is_own_address(*value)})  # type: ignore[misc]

    def keep(value: Hashable) -> bool:
        dropped[value] -= 1
        return dropped[value] < 0

    return only(got, keep) if dropped else got


def tightened(source: Facts, got: Facts) -> list[Hashable]:
    """Code of a rendering, by the source's blanks where those are not the author's."""

    def loose(code: Hashable) -> str:
        if source.prettified:
            return re.sub(r"[ \t]+|\n(?=[ \t]*\n)", "", str(code))
        return re.sub(r"(?<=\S)[ \t]+", " ", str(code))

    known = {loose(source.code.values[place]): source.code.values[place] for place in source.loose_code}
    return [known.get(loose(code), code) for code in got.code.values]


def at(lines: list[int], place: int) -> int:
    """The line of a place, or of the last one there is."""
    return lines[min(place, len(lines) - 1)] if lines else 1

"""Compare two sequences of facts, and bring facts of the Markdown into the form that the source has."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from difflib import SequenceMatcher
from typing import Any, TypeAlias

from converter.verify import normalize
from converter.verify.facts import Facts, Series

Opcode: TypeAlias = tuple[str, int, int, int, int]
LONG = 2000
"""Length of a sequence from which on difflib may ignore frequent values, to be fast enough."""


def opcodes(was: Sequence[Hashable], now: Sequence[Hashable]) -> list[Opcode]:
    """Return how one sequence becomes the other, as ``difflib`` does; equal starts and ends are found without it."""
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


def aligned_lines(source: Facts, rendered: Facts) -> list[tuple[int, int]]:
    """Return (line of the Markdown, line of the source) of each paragraph or line that both have."""
    lines: list[tuple[int, int]] = []
    for _, first, last, start, stop in opcodes(source.chunks.values, rendered.chunks.values):
        count = min(last - first, stop - start)
        pairs = zip(
            rendered.chunks.lines[start : start + count], source.chunks.lines[first : first + count], strict=True
        )
        lines += pairs
    return lines


def filtered(series: Series, keep: Callable[[Any], bool]) -> Series:
    """Return the facts of a series that are to be kept."""
    indexes = [index for index, value in enumerate(series.values) if keep(value)]
    return Series(
        [series.values[index] for index in indexes],
        [series.lines[index] for index in indexes],
        [series.offsets[index] for index in indexes],
    )


def without_autolinks(source: Series, rendered: Series) -> Series:
    """Return the rendered links without those that the renderer made of bare URLs."""
    spare = Counter(rendered.values) - Counter(source.values)
    dropped = Counter(
        {value: count for value, count in spare.items() if normalize.is_autolink(*value)}  # type: ignore[misc]
    )

    def keep(value: Hashable) -> bool:
        dropped[value] -= 1
        return dropped[value] < 0

    return filtered(rendered, keep) if dropped else rendered


def with_source_whitespace(source: Facts, rendered: Facts) -> list[Hashable]:
    """Return the rendered code blocks; those that differ from loose code only in whitespace get the source's."""

    def key(code: Hashable) -> str:
        if source.prettified:
            return re.sub(r"[ \t]+|\n(?=[ \t]*\n)", "", str(code))
        return re.sub(r"(?<=\S)[ \t]+", " ", str(code))

    known = {key(source.code.values[index]): source.code.values[index] for index in source.loose_code}
    return [known.get(key(code), code) for code in rendered.code.values]


def line_at(lines: list[int], index: int) -> int:
    """Return the line at an index, or the last line where the index is behind the end (1 where there is none)."""
    return lines[min(index, len(lines) - 1)] if lines else 1

"""Literal ``*``, ``_`` and ``~`` beside each other and beside the writer's own emphasis."""

from __future__ import annotations

import re
from collections import Counter

from converter.serializer.delimiters import (
    READINGS,
    Run,
    can_close,
    can_open,
    kramdown_can_close,
    kramdown_can_open,
    pairs,
    surroundings,
)
from converter.serializer.escape.stretch import LINKED, Stretch


def _runs(stretch: Stretch, char: str) -> list[Run]:
    """Runs of a character that are delimiters, own or bare; text that touches own markup is escaped."""
    own = {d.start: d.length for d in stretch.delimiters if d.char == char}
    runs: list[Run] = []
    text, position = stretch.text, stretch.text.find(char)
    while position >= 0:
        mine = position in own
        run = Run(position, own.get(position, 1), mine)
        if mine or stretch.bare(position):
            _append(stretch, runs, run)
        position = text.find(char, position + run.length)
    return runs


def _append(stretch: Stretch, runs: list[Run], run: Run) -> None:
    last = runs[-1] if runs else None
    if last is None or last.start + last.length != run.start:
        runs.append(run)
    elif last.own == run.own:
        last.length += run.length
    elif run.own:
        _escape_run(stretch, last)
        runs[-1] = run
    else:
        _escape_run(stretch, run)


def emphasis(stretch: Stretch, char: str) -> None:
    """Runs of ``char`` that would be emphasis, or spoil the writer's own."""
    if _all_own(stretch, char) and _simple(stretch, char):
        return
    runs = _runs(stretch, char)
    literal = [run for run in runs if not run.own]
    if len(literal) != len(runs) and char == "~":
        for run in literal:
            _escape_run(stretch, run)
        return
    if char != "~":
        for run in literal:
            _shorten(stretch, run)
    mixed = len(literal) != len(runs)
    if char == "_":
        literal = [run for run in literal if not _in_a_word(stretch.text, run)]
    if len(literal) > 1 or (literal and stretch.links) or char == "~":
        _pair_literals(stretch, char, literal)
    if mixed:
        _keep_own(stretch, char, runs)


def _in_a_word(text: str, run: Run) -> bool:
    """Whether underscores stand in a word as in ``snake_case``, where no renderer reads them as emphasis."""
    end = run.start + run.length
    return run.length < 3 and text[end : end + 1].isalnum() and text[max(run.start - 1, 0) : run.start].isalpha()


def _shorten(stretch: Stretch, run: Run) -> None:
    """Four in a row are emphasis to kramdown: ``*`` around ``**``."""
    while run.length > 3:
        stretch.escape(run.start)
        run.start, run.length = run.start + 1, run.length - 1


def _escape_run(stretch: Stretch, run: Run) -> None:
    for position in range(run.start, run.start + run.length):
        stretch.escape(position)


def _kramdown(stretch: Stretch, char: str, run: Run) -> tuple[bool, bool]:
    """Whether kramdown lets a run open and close: of three and more characters, some stand next to another."""
    text, end = stretch.text, run.start + run.length
    if run.length > 2:
        return True, True
    before, after = text[max(0, run.start - 2) : run.start], text[end : end + 1]
    return kramdown_can_open(char, before, after), kramdown_can_close(char, before[-1:], after)


def _pair_literals(stretch: Stretch, char: str, runs: list[Run]) -> None:
    """Escape each run that could open an emphasis that a later one could close, from the last to the first."""
    closers: set[tuple[int, int]] = set()  # (reading, length class)
    by_length = char == "~" and not stretch.delimiters  # cmark-gfm drops what stands between tildes that do not match
    ahead = _Ahead(stretch, char)
    for run in reversed(runs):
        kind = min(run.length, 2) if by_length else 0
        sides = [surroundings(stretch.text, run.start, run.start + run.length, past) for _, past in READINGS]
        ways = [can_open(char, *around, punct) for around, (punct, _) in zip(sides, READINGS, strict=True)]
        opens, closes = _kramdown(stretch, char, run)
        ways.append(opens)
        if (opens and ahead.beside_own(run)) or any(w and (reading, kind) in closers for reading, w in enumerate(ways)):
            _escape_run(stretch, run)
            continue
        for reading, (around, (punct, _)) in enumerate(zip(sides, READINGS, strict=True)):
            if can_close(char, *around, punct):
                closers.add((reading, kind))
        if closes:
            closers.add((len(READINGS), kind))


CLOSING = {"*": re.compile(r"\*"), "_": re.compile(r"_(?![^\W_])"), "~": re.compile(r"~~")}


class _Ahead:
    """What stands behind a run, asked from the last run to the first: each character is looked at once."""

    def __init__(self, stretch: Stretch, char: str) -> None:
        self.text, self.literal, self.char = stretch.text, stretch.literal, char
        self.start = self.end = self.after = len(stretch.text)
        self.closing = False
        self.tildes = stretch.text.rfind("~~") if char == "~" else -1

    def beside_own(self, run: Run) -> bool:
        """Whether kramdown would pair a run with own markup: in a link's text, one in its address; tildes, any."""
        if self.char == "~" and run.length > 1:
            return self.tildes >= run.start + run.length and not self.literal[self.tildes]
        return self.literal[run.start] >= LINKED and self._closed(run.start)

    def _closed(self, start: int) -> bool:
        """Whether what could close stands between the next own character and the end of the link."""
        end = self.literal.find(0, start, self.start)
        end = end if end >= 0 else self.end
        after = self.literal.find(1, end, self.end)
        if after >= 0:
            self.closing, self.after = False, after
        if not self.closing:
            limit = min(self.after, self.end + 1)
            self.closing = CLOSING[self.char].search(self.text, end, limit) is not None
        self.start, self.end = start, end
        return self.closing


def _keep_own(stretch: Stretch, char: str, runs: list[Run]) -> None:
    """Escape what disturbs the writer's own emphasis; where that is not enough, say so."""
    if not all(run.own for run in runs):
        _kramdown_thieves(stretch, char, runs)
    for _ in range(2):
        left = [run for run in runs if run.own or stretch.bare(run.start)]
        if _as_meant(stretch, char, left):
            return
        for run in left:
            if not run.own:
                _escape_run(stretch, run)
    stretch.broken = True


def _all_own(stretch: Stretch, char: str) -> bool:
    """Whether no ``char`` is text."""
    return stretch.text.count(char) == sum([each.length for each in stretch.delimiters if each.char == char])


def _as_meant(stretch: Stretch, char: str, runs: list[Run]) -> bool:
    """Whether CommonMark pairs the own delimiters as they were meant, and nothing else."""
    if all(run.own for run in runs) and _simple(stretch, char):
        return True
    index = {p: i for i, run in enumerate(runs) for p in range(run.start, run.start + run.length) if run.own}
    ends: dict[int, list[int]] = {}
    for delimiter in stretch.delimiters:
        if delimiter.char == char:
            ends.setdefault(delimiter.pair, []).append(index[delimiter.start])
            ends[delimiter.pair].append(delimiter.length)
    meant = sorted((opener, closer, length) for opener, length, closer, _ in ends.values())
    for punct, past in READINGS:
        for run in runs:
            around = surroundings(stretch.text, run.start, run.start + run.length, past)
            run.opens, run.closes = can_open(char, *around, punct), can_close(char, *around, punct)
        if sorted(pairs(runs)) != meant:
            return False
    return True


def _simple(stretch: Stretch, char: str) -> bool:
    """Whether no own delimiter touches or holds another: then each pair is read as meant."""
    last = -1
    opened = False
    for delimiter in stretch.delimiters:
        if delimiter.char != char:
            continue
        if delimiter.opens is opened or delimiter.start == last:
            return False
        opened, last = delimiter.opens, delimiter.start + delimiter.length
    return True


def _kramdown_thieves(stretch: Stretch, char: str, runs: list[Run]) -> None:
    """Literal runs that would close an own emphasis in kramdown, or open one that an own delimiter closes."""
    own = iter(sorted((d for d in stretch.delimiters if d.char == char), key=lambda d: d.start))
    waiting = next(own, None)
    opened: Counter[int] = Counter()
    after = Counter(d.length for d in stretch.delimiters if d.char == char)
    for run in runs:
        while waiting is not None and waiting.start < run.start + run.length:
            after[waiting.length] -= 1
            opened[waiting.length] = max(0, opened[waiting.length] + (1 if waiting.opens else -1))
            waiting = next(own, None)
        if run.own or not stretch.bare(run.start):
            continue
        opens, closes = _kramdown(stretch, char, run)
        closes = closes and any(n <= run.length for n in opened if opened[n])
        if closes or (opens and any(after[n] and not opened[n] and n <= run.length for n in after)):
            _escape_run(stretch, run)

"""Delimiter runs: which runs of ``*``, ``_`` or ``~`` a renderer would read as emphasis.

Two readings exist: CommonMark's (spec 6.2: flanking, rule of three) and kramdown's (an opener is
followed by no blank, a closer preceded by none).  CommonMark counts as punctuation what Unicode calls
P (up to 0.30) or P and S (0.31 on), and cmark-gfm looks past tildes; all are asked.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

ASCII_PUNCTUATION = frozenset(string.punctuation)
KRAMDOWN_BLANK = frozenset(" \t\n\r\f\v")


@lru_cache(maxsize=4096)
def punctuation(char: str) -> bool:
    """Whether a character is punctuation to every version of CommonMark."""
    return char in ASCII_PUNCTUATION or unicodedata.category(char)[0] == "P"


@lru_cache(maxsize=4096)
def punctuation_or_symbol(char: str) -> bool:
    """Whether a character is punctuation to CommonMark 0.31."""
    return char in ASCII_PUNCTUATION or unicodedata.category(char)[0] in "PS"


Punctuation = Callable[[str], bool]
READINGS: tuple[tuple[Punctuation, str], ...] = ((punctuation, "~"), (punctuation, ""), (punctuation_or_symbol, ""))
"""CommonMark's rules as the renderers apply them: what is punctuation, and what is looked past around a run."""


def surroundings(text: str, start: int, end: int, past: str) -> tuple[str, str]:
    """The characters around a run, "" at an edge; those in ``past`` do not count."""
    start -= 1
    while start >= 0 and past and text[start] in past:
        start -= 1
    size = len(text)
    while end < size and past and text[end] in past:
        end += 1
    return text[start] if start >= 0 else "", text[end] if end < size else ""


def left_flanking(before: str, after: str, punct: Punctuation) -> bool:
    """CommonMark 6.2; ``before`` and ``after`` are the characters around the run ("" at an edge)."""
    if not after or after.isspace():
        return False
    return not punct(after) or not before or before.isspace() or punct(before)


def can_open(char: str, before: str, after: str, punct: Punctuation) -> bool:
    """Whether CommonMark lets a run of ``char`` open emphasis (rules 1, 2, 5, 6)."""
    if not left_flanking(before, after, punct):
        return False
    return char != "_" or not left_flanking(after, before, punct) or punct(before)


def can_close(char: str, before: str, after: str, punct: Punctuation) -> bool:
    """Whether CommonMark lets a run of ``char`` close emphasis (rules 3, 4, 7, 8)."""
    if not left_flanking(after, before, punct):
        return False
    return char != "_" or not left_flanking(before, after, punct) or punct(after)


def kramdown_can_open(char: str, before: str, after: str) -> bool:
    """Whether kramdown tries emphasis at a run; ``before`` is up to two characters."""
    if not after or after in KRAMDOWN_BLANK:
        return False
    return char != "_" or not (before[-1:].isalpha() or (before[-1:] == "-" and before[:1].isalpha()))


def kramdown_can_close(char: str, before: str, after: str) -> bool:
    """Whether kramdown lets a run of ``char`` close emphasis."""
    return bool(before) and before not in KRAMDOWN_BLANK and (char != "_" or not after.isalnum())


@dataclass(slots=True)
class Run:
    """A run of one delimiter character: where it stands, and whether it is the writer's own markup."""

    start: int
    length: int
    own: bool
    opens: bool = False
    closes: bool = False
    left: int = 0

    def both(self) -> bool:
        """Whether the rule of three applies to it."""
        return self.opens and self.closes


def pairs(runs: Sequence[Run]) -> list[tuple[int, int, int]]:
    """(opener, closer, number of characters) of each emphasis that CommonMark makes of the runs.

    The procedure "process emphasis" of the spec's appendix, on runs of one character.
    """
    for run in runs:
        run.left = run.length
    found: list[tuple[int, int, int]] = []
    openers: list[int] = []
    bottom: dict[tuple[bool, int], int] = {}
    for index, closer in enumerate(runs):
        while closer.closes and closer.left:
            kind = (closer.opens, closer.length % 3)
            place = _opener(runs, openers, closer, bottom.get(kind, 0))
            if place < 0:
                bottom[kind] = len(openers)
                break
            del openers[place + 1 :]
            opener = runs[openers[place]]
            count = 2 if opener.left >= 2 and closer.left >= 2 else 1
            opener.left -= count
            closer.left -= count
            found.append((openers[place], index, count))
            if not opener.left:
                openers.pop()
            for other, height in bottom.items():
                bottom[other] = min(height, len(openers))
        if closer.opens and closer.left:
            openers.append(index)
    return found


def _opener(runs: Sequence[Run], openers: Sequence[int], closer: Run, bottom: int) -> int:
    for place in range(len(openers) - 1, bottom - 1, -1):
        opener = runs[openers[place]]
        thirds = (opener.length + closer.length) % 3 == 0 and (opener.length % 3 or closer.length % 3)
        if not (thirds and (opener.both() or closer.both())):
            return place
    return -1

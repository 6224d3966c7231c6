"""The rules by which renderers read delimiter runs of ``*``, ``_`` and ``~`` as emphasis.

Two sets of rules exist: CommonMark's (spec 6.2: flanking, the rule of three) and kramdown's (no whitespace follows
an opening run, none precedes a closing one).  CommonMark counts as punctuation what Unicode calls
P (up to 0.30) or P and S (0.31 on), and cmark-gfm looks past tildes;
the serializer asks for all of them.
"""

from __future__ import annotations

import string
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

ASCII_PUNCTUATION = frozenset(string.punctuation)
KRAMDOWN_WHITESPACE = frozenset(" \t\n\r\f\v")


@lru_cache(maxsize=4096)
def is_punctuation(char: str) -> bool:
    """Return whether a character is punctuation to every version of CommonMark."""
    return char in ASCII_PUNCTUATION or unicodedata.category(char)[0] == "P"


@lru_cache(maxsize=4096)
def is_punctuation_or_symbol(char: str) -> bool:
    """Return whether a character is punctuation to CommonMark 0.31."""
    return char in ASCII_PUNCTUATION or unicodedata.category(char)[0] in "PS"


SIGNS = frozenset("#%&*@\\_-")
"""Punctuation to Unicode that is no punctuation of a sentence: emphasis of it means something."""


def is_no_word(text: str) -> bool:
    """Return whether a text is nothing but whitespace and punctuation of sentences: emphasis of it shows nothing."""
    for char in text:
        if char.isalnum() or not (char.isspace() or (unicodedata.category(char)[0] == "P" and char not in SIGNS)):
            return False
    return True


PunctuationTest = Callable[[str], bool]
READINGS: tuple[tuple[PunctuationTest, str], ...] = (
    (is_punctuation, "~"),
    (is_punctuation, ""),
    (is_punctuation_or_symbol, ""),
)
"""CommonMark's rules as the renderers apply them: what is punctuation, and what is skipped around a run."""


def surroundings(text: str, start: int, end: int, skipped: str) -> tuple[str, str]:
    """Return the characters before and after a run of a text ("" at an edge), those in ``skipped`` left out."""
    start -= 1
    while start >= 0 and skipped and text[start] in skipped:
        start -= 1
    size = len(text)
    while end < size and skipped and text[end] in skipped:
        end += 1
    return text[start] if start >= 0 else "", text[end] if end < size else ""


def left_flanking(before: str, after: str, is_punct: PunctuationTest) -> bool:
    """Return whether a run is left-flanking (CommonMark 6.2).

    ``before`` and ``after`` are the characters around it ("" at an edge).  A run is right-flanking when it is
    left-flanking with the two exchanged.
    """
    if not after or after.isspace():
        return False
    return not is_punct(after) or not before or before.isspace() or is_punct(before)


def can_open(char: str, before: str, after: str, is_punct: PunctuationTest) -> bool:
    """Return whether CommonMark lets a run of ``char`` open emphasis (6.2, rules 1, 2, 5, 6)."""
    if not left_flanking(before, after, is_punct):
        return False
    return char != "_" or not left_flanking(after, before, is_punct) or is_punct(before)


def can_close(char: str, before: str, after: str, is_punct: PunctuationTest) -> bool:
    """Return whether CommonMark lets a run of ``char`` close emphasis (6.2, rules 3, 4, 7, 8)."""
    if not left_flanking(after, before, is_punct):
        return False
    return char != "_" or not left_flanking(before, after, is_punct) or is_punct(after)


def kramdown_can_open(char: str, before: str, after: str) -> bool:
    """Return whether kramdown tries emphasis at a run of ``char``; ``before`` is up to two characters."""
    if not after or after in KRAMDOWN_WHITESPACE:
        return False
    return char != "_" or not (before[-1:].isalpha() or (before[-1:] == "-" and before[:1].isalpha()))


def kramdown_can_close(char: str, before: str, after: str) -> bool:
    """Return whether kramdown lets a run of ``char`` close emphasis."""
    return bool(before) and before not in KRAMDOWN_WHITESPACE and (char != "_" or not after.isalnum())


@dataclass(slots=True)
class Run:
    """A run of one delimiter character.

    start, length: the index of its first character, and how many there are.
    is_markup: it belongs to the serializer's markup (else to the article's text).
    opens, closes: CommonMark lets it open or close emphasis.  remaining: characters not paired so far.
    """

    start: int
    length: int
    is_markup: bool
    opens: bool = False
    closes: bool = False
    remaining: int = 0

    def opens_and_closes(self) -> bool:
        """Return whether the rule of three applies to the run (CommonMark 6.2, rules 9 and 10)."""
        return self.opens and self.closes


def pair_runs(runs: Sequence[Run]) -> list[tuple[int, int, int]]:
    """Return (index of the opener, index of the closer, characters) of each emphasis that CommonMark makes.

    ``runs`` are all runs of one character.  This is "process emphasis" of the spec's appendix.
    """
    for run in runs:
        run.remaining = run.length
    pairs: list[tuple[int, int, int]] = []
    openers: list[int] = []
    openers_bottom: dict[tuple[bool, int], int] = {}
    for index, closer in enumerate(runs):
        while closer.closes and closer.remaining:
            kind = (closer.opens, closer.length % 3)
            opener_index = _opener(runs, openers, closer, openers_bottom.get(kind, 0))
            if opener_index < 0:
                openers_bottom[kind] = len(openers)
                break
            del openers[opener_index + 1 :]
            opener = runs[openers[opener_index]]
            count = 2 if opener.remaining >= 2 and closer.remaining >= 2 else 1
            opener.remaining -= count
            closer.remaining -= count
            pairs.append((openers[opener_index], index, count))
            if not opener.remaining:
                openers.pop()
            for other, height in openers_bottom.items():
                openers_bottom[other] = min(height, len(openers))
        if closer.opens and closer.remaining:
            openers.append(index)
    return pairs


def _opener(runs: Sequence[Run], openers: Sequence[int], closer: Run, openers_bottom: int) -> int:
    """Return the index in ``openers`` of the last run that a closer pairs with, -1 for none."""
    for opener_index in range(len(openers) - 1, openers_bottom - 1, -1):
        opener = runs[openers[opener_index]]
        thirds = (opener.length + closer.length) % 3 == 0 and (opener.length % 3 or closer.length % 3)
        if not (thirds and (opener.opens_and_closes() or closer.opens_and_closes())):
            return opener_index
    return -1

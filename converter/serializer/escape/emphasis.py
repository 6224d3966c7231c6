"""Runs of ``*``, ``_`` and ``~`` in text that would be emphasis, alone or with the serializer's delimiters."""

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
    pair_runs,
    surroundings,
)
from converter.serializer.escape.inline_text import IN_LINK, IN_MARKUP, IN_TEXT, InlineText


def _runs(inline: InlineText, char: str) -> list[Run]:
    """Return the delimiter runs of a character, in order; text that touches the serializer's markup is escaped."""
    markup = {d.start: d.length for d in inline.delimiters if d.char == char}
    runs: list[Run] = []
    text, position = inline.text, inline.text.find(char)
    while position >= 0:
        is_markup = position in markup
        run = Run(position, markup.get(position, 1), is_markup)
        if is_markup or inline.is_unescaped(position):
            _append(inline, runs, run)
        position = text.find(char, position + run.length)
    return runs


def _append(inline: InlineText, runs: list[Run], run: Run) -> None:
    """Add a run to the runs before it; one character of text makes a longer run of the text that it follows."""
    last = runs[-1] if runs else None
    if last is None or last.start + last.length != run.start:
        runs.append(run)
    elif last.is_markup == run.is_markup:
        last.length += run.length
    elif run.is_markup:
        _escape_run(inline, last)
        runs[-1] = run
    else:
        _escape_run(inline, run)


def escape_delimiter_runs(inline: InlineText, char: str) -> None:
    """Escape runs of ``char`` in text that would be emphasis, or would change the serializer's emphasis."""
    if _is_markup_only(inline, char) and _is_flat(inline, char):
        return
    runs = _runs(inline, char)
    text_runs = [run for run in runs if not run.is_markup]
    if len(text_runs) != len(runs) and char == "~":
        for run in text_runs:
            _escape_run(inline, run)
        return
    if char != "~":
        for run in text_runs:
            _shorten_run(inline, run)
    mixed = len(text_runs) != len(runs)
    if char == "_":
        text_runs = [run for run in text_runs if not _is_in_word(inline.text, run)]
    if char in inline.formulas:  # of the pair of a text's and a formula's only the text's can be escaped
        for run in text_runs:
            if _may_pair(inline, char, run):
                _escape_run(inline, run)
        text_runs = [run for run in text_runs if inline.is_unescaped(run.start)]
    if len(text_runs) > 1 or (text_runs and inline.links) or char == "~":
        _escape_pairs(inline, char, text_runs)
    if mixed:
        _protect_emphasis(inline, char, runs)


def _is_in_word(text: str, run: Run) -> bool:
    """Return whether underscores stand in a word (``snake_case``), where no renderer reads them as emphasis."""
    end = run.start + run.length
    return run.length < 3 and text[end : end + 1].isalnum() and text[max(run.start - 1, 0) : run.start].isalpha()


def _shorten_run(inline: InlineText, run: Run) -> None:
    """Escape the first characters of a run of more than three, which is ``*`` around ``**`` to kramdown."""
    while run.length > 3:
        inline.escape(run.start)
        run.start, run.length = run.start + 1, run.length - 1


def _escape_run(inline: InlineText, run: Run) -> None:
    """Escape every character of a run."""
    for position in range(run.start, run.start + run.length):
        inline.escape(position)


def _may_pair(inline: InlineText, char: str, run: Run) -> bool:
    """Return whether any renderer lets a run open or close emphasis."""
    if any(_kramdown_opens_and_closes(inline, char, run)):
        return True
    for is_punct, skipped in READINGS:
        sides = surroundings(inline.text, run.start, run.start + run.length, skipped)
        if can_open(char, *sides, is_punct) or can_close(char, *sides, is_punct):
            return True
    return False


def _kramdown_opens_and_closes(inline: InlineText, char: str, run: Run) -> tuple[bool, bool]:
    """Return whether kramdown lets a run open emphasis, and whether it lets it close some.

    A run of three and more characters can do both, for some of them stand beside another one.
    """
    text, end = inline.text, run.start + run.length
    if run.length > 2:
        return True, True
    before, after = text[max(0, run.start - 2) : run.start], text[end : end + 1]
    return kramdown_can_open(char, before, after), kramdown_can_close(char, before[-1:], after)


def _escape_pairs(inline: InlineText, char: str, runs: list[Run]) -> None:
    """Escape each run of text that could open an emphasis that a later run could close.

    The walk goes from the last run to the first, and keeps for each reading which lengths could close.  Of a pair
    of ``**``, ``__`` or ``~~`` both are escaped: the second needs no escape then, but a half pair is hard to read.
    """
    bare: list[Run] = []  # runs of two characters that are not escaped
    closers: set[tuple[int, int]] = set()  # (index of the reading, kind of length)
    by_length = char == "~" and not inline.delimiters  # cmark-gfm drops what stands between tildes that do not match
    ahead = _TextAhead(inline, char)
    for run in reversed(runs):
        kind = min(run.length, 2) if by_length else 0
        sides = [surroundings(inline.text, run.start, run.start + run.length, skipped) for _, skipped in READINGS]
        can_open_in = [
            can_open(char, *sides_of_run, is_punct) for sides_of_run, (is_punct, _) in zip(sides, READINGS, strict=True)
        ]
        opens, closes = _kramdown_opens_and_closes(inline, char, run)
        can_open_in.append(opens)
        if (opens and ahead.pairs_with_markup(run)) or any(
            possible and (reading, kind) in closers for reading, possible in enumerate(can_open_in)
        ):
            _escape_run(inline, run)
            if run.length == 2 and bare:
                _escape_run(inline, bare.pop())
            continue
        if run.length == 2:
            bare.append(run)
        for reading, (sides_of_run, (is_punct, _)) in enumerate(zip(sides, READINGS, strict=True)):
            if can_close(char, *sides_of_run, is_punct):
                closers.add((reading, kind))
        if closes:
            closers.add((len(READINGS), kind))


CLOSING = {"*": re.compile(r"\*"), "_": re.compile(r"_(?![^\W_])"), "~": re.compile(r"~~")}


class _TextAhead:
    """The text behind a run; asked from the last run to the first, it looks at each character once."""

    def __init__(self, inline: InlineText, char: str) -> None:
        self.text, self.roles, self.char = inline.text, inline.roles, char
        self.start = self.end = self.after = len(inline.text)
        self.closing = False
        self.tildes = inline.text.rfind("~~") if char == "~" else -1

    def pairs_with_markup(self, run: Run) -> bool:
        """Return whether kramdown would pair a run of text with the serializer's markup.

        A run in a link's text is paired with one in the link's URL, two tildes with any two that follow.
        """
        if self.char == "~" and run.length > 1:
            return self.tildes >= run.start + run.length and not self.roles[self.tildes]
        return self.roles[run.start] >= IN_LINK and self._closed(run.start)

    def _closed(self, start: int) -> bool:
        """Return whether a delimiter that could close stands between the next markup and the end of the link."""
        end = self.roles.find(IN_MARKUP, start, self.start)
        end = end if end >= 0 else self.end
        after = self.roles.find(IN_TEXT, end, self.end)
        if after >= 0:
            self.closing, self.after = False, after
        if not self.closing:
            limit = min(self.after, self.end + 1)
            self.closing = CLOSING[self.char].search(self.text, end, limit) is not None
        self.start, self.end = start, end
        return self.closing


def _protect_emphasis(inline: InlineText, char: str, runs: list[Run]) -> None:
    """Escape text that changes the serializer's emphasis; set ``emphasis_fails`` where that is not enough."""
    if not all(run.is_markup for run in runs):
        _escape_kramdown_pairs(inline, char, runs)
    for _ in range(2):
        remaining = [run for run in runs if run.is_markup or inline.is_unescaped(run.start)]
        if _pairs_as_intended(inline, char, remaining):
            return
        for run in remaining:
            if not run.is_markup:
                _escape_run(inline, run)
    inline.emphasis_fails = True


def _is_markup_only(inline: InlineText, char: str) -> bool:
    """Return whether every ``char`` is the serializer's markup."""
    return inline.text.count(char) == sum([each.length for each in inline.delimiters if each.char == char])


def _pairs_as_intended(inline: InlineText, char: str, runs: list[Run]) -> bool:
    """Return whether CommonMark pairs the serializer's delimiters as intended, and nothing else."""
    if all(run.is_markup for run in runs) and _is_flat(inline, char):
        return True
    index = {p: i for i, run in enumerate(runs) for p in range(run.start, run.start + run.length) if run.is_markup}
    ends: dict[int, list[int]] = {}
    for delimiter in inline.delimiters:
        if delimiter.char == char:
            ends.setdefault(delimiter.pair, []).append(index[delimiter.start])
            ends[delimiter.pair].append(delimiter.length)
    intended = sorted((opener, closer, length) for opener, length, closer, _ in ends.values())
    for is_punct, skipped in READINGS:
        for run in runs:
            sides_of_run = surroundings(inline.text, run.start, run.start + run.length, skipped)
            run.opens, run.closes = can_open(char, *sides_of_run, is_punct), can_close(char, *sides_of_run, is_punct)
        if sorted(pair_runs(runs)) != intended:
            return False
    return True


def _is_flat(inline: InlineText, char: str) -> bool:
    """Return whether no emphasis of the serializer touches or holds another: each is then read as intended."""
    last = -1
    opened = False
    for delimiter in inline.delimiters:
        if delimiter.char != char:
            continue
        if delimiter.opens is opened or delimiter.start == last:
            return False
        opened, last = delimiter.opens, delimiter.start + delimiter.length
    return True


def _escape_kramdown_pairs(inline: InlineText, char: str, runs: list[Run]) -> None:
    """Escape runs of text that kramdown would pair with one of the serializer's delimiters."""
    markup = iter(sorted((d for d in inline.delimiters if d.char == char), key=lambda d: d.start))
    waiting = next(markup, None)
    opened: Counter[int] = Counter()
    after = Counter(d.length for d in inline.delimiters if d.char == char)
    for run in runs:
        while waiting is not None and waiting.start < run.start + run.length:
            after[waiting.length] -= 1
            opened[waiting.length] = max(0, opened[waiting.length] + (1 if waiting.opens else -1))
            waiting = next(markup, None)
        if run.is_markup or not inline.is_unescaped(run.start):
            continue
        opens, closes = _kramdown_opens_and_closes(inline, char, run)
        closes = closes and any(n <= run.length for n in opened if opened[n])
        if closes or (opens and any(after[n] and not opened[n] and n <= run.length for n in after)):
            _escape_run(inline, run)

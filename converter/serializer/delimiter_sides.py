"""Decides whether every renderer reads the ends of an emphasis, by the characters beside them."""

from __future__ import annotations

from collections.abc import Iterator

from converter.serializer.delimiters import (
    READINGS,
    PunctuationTest,
    can_close,
    can_open,
    is_punctuation_or_symbol,
    kramdown_can_close,
    kramdown_can_open,
)
from converter.serializer.pieces import CLOSE, MARKUP, OPEN, Piece

FORMULA_CHARACTER = "\ue000"
"""Stands for the text of a formula: a word to sites that take formulas out first, punctuation to all others."""


def opens(pieces: list[Piece], index: int, char: str) -> bool:
    """Return whether every renderer lets a delimiter of ``char`` at an index open emphasis."""
    after = _side(pieces, index, 1, char, "")[:1]
    if char != "_" and _is_word_character(after):
        return True
    before = _side(pieces, index, -1, char, "")[-2:]
    if not kramdown_can_open(char, before, after):
        return False
    readings = _readings(pieces, index, char, before[-1:], after)
    return all(can_open(char, before, after, is_punct) for before, after, is_punct in readings)


def closes(pieces: list[Piece], index: int, char: str) -> bool:
    """Return whether every renderer lets a delimiter of ``char`` at an index close emphasis."""
    before = _side(pieces, index, -1, char, "")[-1:]
    if char != "_" and _is_word_character(before):
        return True
    after = _side(pieces, index, 1, char, "")[:1]
    if not kramdown_can_close(char, before, after):
        return False
    readings = _readings(pieces, index, char, before, after)
    return all(can_close(char, before, after, is_punct) for before, after, is_punct in readings)


def _side(pieces: list[Piece], index: int, step: int, char: str, skipped: str) -> str:
    """Return characters on one side of the delimiter run that a piece is part of; ``step`` is -1 or 1."""
    side = ""
    index += step
    while 0 <= index < len(pieces) and len(side) < 2:
        piece = pieces[index]
        text = piece.text[:8] if step > 0 else piece.text[-8:]
        if piece.kind == MARKUP and piece.text[0] == "$":
            text = FORMULA_CHARACTER
        if not side and piece.kind in (OPEN, CLOSE) and piece.text[0] in ("~" if char == "~" else "*_"):
            text = ""
        if step > 0:
            side = side + text if side else text.lstrip(skipped) if skipped else text
        else:
            side = text + side if side else text.rstrip(skipped) if skipped else text
        index += step
    return side


def _readings(
    pieces: list[Piece], index: int, char: str, last: str, first: str
) -> Iterator[tuple[str, str, PunctuationTest]]:
    """Yield the characters before and after a delimiter run, and the test for punctuation, as renderers see them.

    last, first: these characters where none is skipped.
    """
    for is_punct, skipped in READINGS:
        before, after = last, first
        if skipped and skipped in (last, first):
            before, after = _side(pieces, index, -1, char, skipped)[-1:], _side(pieces, index, 1, char, skipped)[:1]
        yield before, after, is_punct
        if FORMULA_CHARACTER in before + after:
            yield before.replace(FORMULA_CHARACTER, "$"), after.replace(FORMULA_CHARACTER, "$"), is_punct


def _is_word_character(char: str) -> bool:
    """Return whether ``*`` or ``~`` beside a character can open or close, whatever is on its other side."""
    return bool(char) and not char.isspace() and char != FORMULA_CHARACTER and not is_punctuation_or_symbol(char)

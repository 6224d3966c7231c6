"""Spaces beside emphasis, from a pretty-printer: ``**TCP(IP)** 协议`` is read as emphasis, and without it is not."""

from __future__ import annotations

import re

from converter.serializer.delimiter_sides import closes, opens
from converter.serializer.pieces import HARD_BREAK, MARKUP, OPEN, TEXT, Piece

TAG = re.compile(r"<[^<>]*+>")
FIRST_CJK = "\u2e80"
"""The first character of the scripts that do not separate words by spaces."""
TEXTLESS = ("$", "[^")
"""How markup begins that is no text: formulas and references to notes."""


def keep_spaces(pieces: list[Piece], opening: int, closing: int) -> None:
    """Put a space beside each end of an emphasis that is not read without one, if both ends are read then."""
    char = pieces[opening].text[0]
    if opens(pieces, opening, char) and closes(pieces, closing, char):
        return
    before = [(piece, piece.text) for piece in (_text_outside(pieces, opening, -1), _text_outside(pieces, closing, 1))]
    if not opens(pieces, opening, char) and _may_hold_space(pieces, opening):
        before[0][0].text += " "
    if not closes(pieces, closing, char) and _may_hold_space(pieces, closing):
        before[1][0].text = " " + before[1][0].text
    if not (opens(pieces, opening, char) and closes(pieces, closing, char)):
        for piece, text in before:
            piece.text = text


def _text_outside(pieces: list[Piece], end: int, step: int) -> Piece:
    """Return the text outside an end of emphasis, and outside the ends of other emphasis beside it."""
    index = outside = end + step
    while 0 <= index < len(pieces) and (pieces[index].kind == pieces[end].kind or pieces[index].kind == TEXT):
        if pieces[index].kind == TEXT:
            outside = index
            if pieces[index].text:
                break
        index += step
    return pieces[outside]


def _may_hold_space(pieces: list[Piece], end: int) -> bool:
    """Return whether a space may stand beside an end of emphasis: not in a word or URL, nor between CJK letters."""
    inside = 1 if pieces[end].kind == OPEN else -1
    chars = _shown_beside(pieces, end, inside) + _shown_beside(pieces, end, -inside)
    return not chars.isascii() and not (chars.isalpha() and len(chars) == 2 and min(chars) >= FIRST_CJK)


def _shown_beside(pieces: list[Piece], end: int, step: int) -> str:
    """Return the character of the text on one side of an end of emphasis; formulas and notes are looked past."""
    text = ""
    while not text and 0 <= end + step < len(pieces):
        end += step
        piece = pieces[end]
        if piece.kind in (TEXT, HARD_BREAK) or (piece.kind == MARKUP and not piece.text.startswith(TEXTLESS)):
            text = TAG.sub("", piece.text).strip("`") if piece.kind == MARKUP else piece.text
    return text[:1] if step > 0 else text[-1:]

"""Write emphasis so that every renderer reads it: the characters around a delimiter decide.

``**注意：**请`` is no emphasis (CommonMark 6.2, flanking).  Punctuation at the edge is moved out (``**注意**：请``);
where that is not possible, the emphasis becomes an HTML tag, which every renderer reads anywhere.
"""

from __future__ import annotations

import unicodedata
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
from converter.serializer.pieces import CLOSE, HARD_BREAK, LINK_CLOSE, LINK_OPEN, MARKUP, OPEN, TEXT, Piece

FORMULA_CHARACTER = "\ue000"
"""Stands for the text of a formula: a word to sites that take formulas out first, punctuation to all others."""


def resolve_emphasis(pieces: list[Piece], symbol: str) -> None:
    """Make every emphasis one that all renderers read; ``pieces`` is changed in place.

    Whitespace and punctuation move out of its edges, emphasis of nothing is dropped, and what cannot be read
    as emphasis becomes an HTML tag.  ``symbol`` is the option ``strong_em_symbol``, ``*`` or ``_``.
    """
    if OPEN not in [piece.kind for piece in pieces]:
        return
    _trim_edges(pieces)
    ends = _ends(pieces)
    for opening, closing in ends:
        char = symbol if pieces[opening].text[0] == "*" else "~"
        if _holds_linked_image(pieces, opening, closing) or (char == "~" and _unstrikable(pieces, opening, closing)):
            pieces[opening].as_html()
            pieces[closing].as_html()
            continue
        for choice in dict.fromkeys((char, pieces[opening].text[0])):
            if _opens(pieces, opening, choice) and _closes(pieces, closing, choice):
                for index in (opening, closing):
                    pieces[index].text = choice * len(pieces[index].text)
                break
        else:
            pieces[opening].as_html()
            pieces[closing].as_html()


def _unstrikable(pieces: list[Piece], opening: int, closing: int) -> bool:
    """Return whether tildes in or before a strikethrough would end it elsewhere (kramdown STRIKETHROUGH_MATCH)."""
    touches = opening > 0 and pieces[opening - 1].text.endswith("~")
    return touches or any("~~" in piece.text or piece.text.endswith("~") for piece in pieces[opening + 1 : closing])


def _holds_linked_image(pieces: list[Piece], opening: int, closing: int) -> bool:
    """Return whether an emphasis holds an image in a link: goldmark up to 1.5 loses that emphasis."""
    depth = 0
    for piece in pieces[opening + 1 : closing]:
        if piece.kind == LINK_OPEN:
            if depth and piece.text == "![":
                return True
            depth += 1
        elif piece.kind == LINK_CLOSE:
            depth -= 1
    return False


def _ends(pieces: list[Piece]) -> list[tuple[int, int]]:
    """Return (index of the opening, index of the closing piece) of each emphasis, inner ones before outer ones."""
    opened: list[int] = []
    pairs: list[tuple[int, int]] = []
    for index, piece in enumerate(pieces):
        if piece.kind == OPEN:
            opened.append(index)
        elif piece.kind == CLOSE:
            pairs.append((opened.pop(), index))
    return pairs


def _trim_edges(pieces: list[Piece]) -> None:
    """Move whitespace, hard breaks and punctuation out of the edges of emphasis; drop emphasis of nothing."""
    out: list[Piece] = []
    for piece in pieces:
        if piece.kind == TEXT and out and out[-1].kind == OPEN:
            _move_left(out, piece)
            if not piece.text:
                continue
        elif piece.kind == HARD_BREAK and out and out[-1].kind == OPEN:
            _insert(out, piece)
            continue
        out.append(piece)
    pieces[:] = out
    out = []
    for piece in reversed(pieces):
        if piece.kind == TEXT and out and out[-1].kind == CLOSE:
            _move_right(out, piece)
            if not piece.text:
                continue
        elif piece.kind == HARD_BREAK and out and out[-1].kind == CLOSE:
            _insert(out, piece)
            continue
        elif piece.kind == OPEN and out and out[-1].kind == CLOSE and out[-1].pair == piece.pair:
            out.pop()
            continue
        out.append(piece)
    pieces[:] = out[::-1]


def _insert(out: list[Piece], piece: Piece) -> None:
    """Insert a piece before the ends of emphasis that ``out`` ends with."""
    index = len(out)
    while index and out[index - 1].kind in (OPEN, CLOSE) and out[index - 1].kind == out[-1].kind:
        index -= 1
    out.insert(index, piece)


def _move_left(out: list[Piece], piece: Piece) -> None:
    """Move what an emphasis must not begin with from its text to before it; ``out`` ends with the opening."""
    index = len(out)
    while index and out[index - 1].kind == OPEN:
        index -= 1
    before = out[index - 1].text[-1:] if index else ""
    text = piece.text
    cut = len(text) - len(text.lstrip())
    if before and not cut and not before.isspace() and not is_punctuation_or_symbol(before):
        cut = _punctuation_length(text)
    if cut and (cut < len(text) or text.isspace()):
        out.insert(index, Piece(TEXT, text[:cut]))
        piece.text = text[cut:]


def _punctuation_length(text: str) -> int:
    """Return how many characters of punctuation a text begins with, 0 where a symbol (``++``, ``™``) is among them.

    Punctuation may stand outside of the emphasis as well, a symbol is part of the word.
    """
    size = 0
    while size < len(text) and is_punctuation_or_symbol(text[size]):
        if unicodedata.category(text[size])[0] == "S":
            return 0
        size += 1
    return size


def _move_right(out: list[Piece], piece: Piece) -> None:
    """Move what an emphasis must not end with to behind it; ``out`` is reversed and ends with the closing."""
    index = len(out)
    while index and out[index - 1].kind == CLOSE:
        index -= 1
    after = out[index - 1].text[:1] if index else ""
    text = piece.text
    cut = len(text.rstrip())
    if after and cut == len(text) and not after.isspace() and not is_punctuation_or_symbol(after):
        cut -= _punctuation_length(text[::-1])
    if cut < len(text) and (cut or text.isspace()):
        out.insert(index, Piece(TEXT, text[cut:]))
        piece.text = text[:cut]


def _sides(pieces: list[Piece], index: int, char: str, skipped: str) -> tuple[str, str]:
    """Return up to two characters before and one after the delimiter run that a piece is part of."""
    return _side(pieces, index, -1, char, skipped)[-2:], _side(pieces, index, 1, char, skipped)[:1]


def _side(pieces: list[Piece], index: int, step: int, char: str, skipped: str) -> str:
    """Return characters on one side of the delimiter run that a piece is part of; ``step`` is -1 or 1."""
    side = ""
    index += step
    while 0 <= index < len(pieces) and len(side) < 2:
        piece = pieces[index]
        text = piece.text[:8] if step > 0 else piece.text[-8:]
        if piece.kind == MARKUP and piece.text[0] == "$":
            text = FORMULA_CHARACTER
        if not side and piece.kind in (OPEN, CLOSE) and (text[0] in "*_") == (char != "~") and text[0] != "<":
            text = ""
        if step > 0:
            side = side + text if side else text.lstrip(skipped) if skipped else text
        else:
            side = text + side if side else text.rstrip(skipped) if skipped else text
        index += step
    return side


def _readings(pieces: list[Piece], index: int, char: str) -> Iterator[tuple[str, str, PunctuationTest]]:
    """Yield the characters before and after a delimiter run, and the test for punctuation, as renderers see them."""
    for is_punct, skipped in READINGS:
        before, after = _sides(pieces, index, char, skipped)
        yield before[-1:], after, is_punct
        if FORMULA_CHARACTER in before[-1:] + after:
            yield before[-1:].replace(FORMULA_CHARACTER, "$"), after.replace(FORMULA_CHARACTER, "$"), is_punct


def _is_word_character(char: str) -> bool:
    """Return whether ``*`` or ``~`` beside a character can open or close, whatever is on its other side."""
    return bool(char) and not char.isspace() and char != FORMULA_CHARACTER and not is_punctuation_or_symbol(char)


def _opens(pieces: list[Piece], index: int, char: str) -> bool:
    """Return whether every renderer lets a delimiter of ``char`` at an index open emphasis."""
    after = _side(pieces, index, 1, char, "")[:1]
    if char != "_" and _is_word_character(after):
        return True
    before = _side(pieces, index, -1, char, "")[-2:]
    if not kramdown_can_open(char, before, after):
        return False
    return all(can_open(char, before, after, is_punct) for before, after, is_punct in _readings(pieces, index, char))


def _closes(pieces: list[Piece], index: int, char: str) -> bool:
    """Return whether every renderer lets a delimiter of ``char`` at an index close emphasis."""
    before = _side(pieces, index, -1, char, "")[-1:]
    if char != "_" and _is_word_character(before):
        return True
    if not kramdown_can_close(char, before, _side(pieces, index, 1, char, "")[:1]):
        return False
    return all(can_close(char, before, after, is_punct) for before, after, is_punct in _readings(pieces, index, char))

"""Emphasis that renders: each delimiter settled against the characters around it.

``**注意：**请`` is no emphasis (CommonMark 6.2, flanking): punctuation at the edge moves out, and where
that is not possible the emphasis becomes an HTML tag, which every renderer reads anywhere.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from converter.serializer.delimiters import (
    READINGS,
    Punctuation,
    can_close,
    can_open,
    kramdown_can_close,
    kramdown_can_open,
    punctuation_or_symbol,
)
from converter.serializer.pieces import BREAK, CLOSE, LINK_CLOSE, LINK_OPEN, OPEN, OWN, TEXT, Piece

FORMULA = "\ue000"
"""Stands for a formula: a word to sites that take formulas out first, punctuation to all others."""


def settle(pieces: list[Piece], symbol: str) -> None:
    """Move edges out of emphasis, drop emphasis of nothing, and turn into tags what cannot be read as emphasis."""
    if OPEN not in [piece.kind for piece in pieces]:
        return
    _trim(pieces)
    ends = _ends(pieces)
    for opening, closing in ends:
        char = symbol if pieces[opening].text[0] == "*" else "~"
        if _holds_linked_image(pieces, opening, closing) or (char == "~" and _unstrikable(pieces, opening, closing)):
            pieces[opening].as_html()
            pieces[closing].as_html()
            continue
        for choice in dict.fromkeys((char, pieces[opening].text[0])):
            if _opens(pieces, opening, choice) and _closes(pieces, closing, choice):
                for place in (opening, closing):
                    pieces[place].text = choice * len(pieces[place].text)
                break
        else:
            pieces[opening].as_html()
            pieces[closing].as_html()


def _unstrikable(pieces: list[Piece], opening: int, closing: int) -> bool:
    """Whether tildes in or around a strikethrough would end it elsewhere (kramdown STRIKETHROUGH_MATCH)."""
    touches = opening > 0 and pieces[opening - 1].text.endswith("~")
    return touches or any("~~" in piece.text or piece.text.endswith("~") for piece in pieces[opening + 1 : closing])


def _holds_linked_image(pieces: list[Piece], opening: int, closing: int) -> bool:
    """Whether an image in a link stands in an emphasis: goldmark up to 1.5 loses that emphasis."""
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
    """(opening, closing) of each emphasis, the inner before the outer."""
    opened: list[int] = []
    found: list[tuple[int, int]] = []
    for place, piece in enumerate(pieces):
        if piece.kind == OPEN:
            opened.append(place)
        elif piece.kind == CLOSE:
            found.append((opened.pop(), place))
    return found


def _trim(pieces: list[Piece]) -> None:
    """Move blanks, breaks and offending punctuation out of the edges; take out emphasis of nothing."""
    out: list[Piece] = []
    for piece in pieces:
        if piece.kind == TEXT and out and out[-1].kind == OPEN:
            _move_left(out, piece)
            if not piece.text:
                continue
        elif piece.kind == BREAK and out and out[-1].kind == OPEN:
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
        elif piece.kind == BREAK and out and out[-1].kind == CLOSE:
            _insert(out, piece)
            continue
        elif piece.kind == OPEN and out and out[-1].kind == CLOSE and out[-1].pair == piece.pair:
            out.pop()
            continue
        out.append(piece)
    pieces[:] = out[::-1]


def _insert(out: list[Piece], piece: Piece) -> None:
    """Put a piece before the ends of emphasis that ``out`` ends with."""
    place = len(out)
    while place and out[place - 1].kind in (OPEN, CLOSE) and out[place - 1].kind == out[-1].kind:
        place -= 1
    out.insert(place, piece)


def _move_left(out: list[Piece], piece: Piece) -> None:
    """Take from the start of emphasised text what must not stand there; ``out`` ends with the opening."""
    place = len(out)
    while place and out[place - 1].kind == OPEN:
        place -= 1
    before = out[place - 1].text[-1:] if place else ""
    text = piece.text
    cut = len(text) - len(text.lstrip())
    if before and not cut and not before.isspace() and not punctuation_or_symbol(before):
        cut = _edge(text)
    if cut and (cut < len(text) or text.isspace()):
        out.insert(place, Piece(TEXT, text[:cut]))
        piece.text = text[cut:]


def _edge(text: str) -> int:
    """How many characters of punctuation a text begins with; none where a symbol (``++``, ``™``) is among them.

    Punctuation may stand outside of the emphasis as well, a symbol is part of the word.
    """
    size = 0
    while size < len(text) and punctuation_or_symbol(text[size]):
        if unicodedata.category(text[size])[0] == "S":
            return 0
        size += 1
    return size


def _move_right(out: list[Piece], piece: Piece) -> None:
    """The same at the end; ``out`` is reversed and ends with the closing."""
    place = len(out)
    while place and out[place - 1].kind == CLOSE:
        place -= 1
    after = out[place - 1].text[:1] if place else ""
    text = piece.text
    cut = len(text.rstrip())
    if after and cut == len(text) and not after.isspace() and not punctuation_or_symbol(after):
        cut -= _edge(text[::-1])
    if cut < len(text) and (cut or text.isspace()):
        out.insert(place, Piece(TEXT, text[cut:]))
        piece.text = text[:cut]


def _sides(pieces: list[Piece], place: int, char: str, past: str) -> tuple[str, str]:
    """Up to two characters before and one after the run of delimiters that a piece is part of."""
    return _side(pieces, place, -1, char, past)[-2:], _side(pieces, place, 1, char, past)[:1]


def _side(pieces: list[Piece], place: int, step: int, char: str, past: str) -> str:
    found = ""
    place += step
    while 0 <= place < len(pieces) and len(found) < 2:
        piece = pieces[place]
        text = piece.text[:8] if step > 0 else piece.text[-8:]
        if piece.kind == OWN and piece.text[0] == "$":
            text = FORMULA
        if not found and piece.kind in (OPEN, CLOSE) and (text[0] in "*_") == (char != "~") and text[0] != "<":
            text = ""
        if step > 0:
            found = found + text if found else text.lstrip(past) if past else text
        else:
            found = text + found if found else text.rstrip(past) if past else text
        place += step
    return found


def _readings(pieces: list[Piece], place: int, char: str) -> Iterator[tuple[str, str, Punctuation]]:
    """The characters before and after a run of delimiters as each renderer sees them."""
    for punct, past in READINGS:
        before, after = _sides(pieces, place, char, past)
        yield before[-1:], after, punct
        if FORMULA in before[-1:] + after:
            yield before[-1:].replace(FORMULA, "$"), after.replace(FORMULA, "$"), punct


def _part_of_a_word(char: str) -> bool:
    """Whether a delimiter other than ``_`` may stand outside of a character, whatever is beyond."""
    return bool(char) and not char.isspace() and char != FORMULA and not punctuation_or_symbol(char)


def _opens(pieces: list[Piece], place: int, char: str) -> bool:
    after = _side(pieces, place, 1, char, "")[:1]
    if char != "_" and _part_of_a_word(after):
        return True
    before = _side(pieces, place, -1, char, "")[-2:]
    if not kramdown_can_open(char, before, after):
        return False
    return all(can_open(char, before, after, punct) for before, after, punct in _readings(pieces, place, char))


def _closes(pieces: list[Piece], place: int, char: str) -> bool:
    before = _side(pieces, place, -1, char, "")[-1:]
    if char != "_" and _part_of_a_word(before):
        return True
    if not kramdown_can_close(char, before, _side(pieces, place, 1, char, "")[:1]):
        return False
    return all(can_close(char, before, after, punct) for before, after, punct in _readings(pieces, place, char))

"""Put the ends of emphasis where renderers can read them: whitespace, punctuation and links change sides.

``**注意：**请`` and ``**【重点】**先看`` are no emphasis (CommonMark 6.2, flanking).  Sentence punctuation and whole
pairs of brackets or quotation marks may stand outside as well (``**注意**：请``, ``【**重点**】先看``), and a bracket
whose partner does already; one bracket alone and what belongs to a word (``--help``) may not.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from converter.serializer.delimiter_sides import closes, opens
from converter.serializer.delimiters import is_no_word
from converter.serializer.emphasis_spaces import keep_spaces
from converter.serializer.pieces import CLOSE, HARD_BREAK, LINK_CLOSE, LINK_OPEN, MARKUP, OPEN, TEXT, Piece

SENTENCE_PUNCTUATION = frozenset("，。、；：！？…—．｡､,;:!?.")
"""Punctuation that is no part of a word; all of it is punctuation to every version of CommonMark."""
PAIRS: Mapping[str, str] = MappingProxyType(
    {pair[0]: pair[1] for pair in "() [] （） ［］ 【】 〔〕 〖〗 「」 『』 《》 〈〉 “” ‘’ «» \"\" ''".split()}
)
"""Brackets and quotation marks: the opening and the closing one."""
OPENING_OF: Mapping[str, str] = MappingProxyType({right: left for left, right in PAIRS.items()})
SILENT_MARKUP = ("<br", "<img", "<a id", "<!--", " ")
"""How markup begins that shows no text."""


def place_edges(pieces: list[Piece], *, prettified: bool = False) -> None:
    """Move what must not be at an edge of emphasis out of it; drop emphasis of nothing; ``pieces`` is changed.

    prettified: the source has whitespace at every edge of an element, so that a space may stand there.
    """
    _drop_empty(pieces)
    _trim_whitespace(pieces)
    if _move_into_links(pieces):
        _trim_whitespace(pieces)
    _move_punctuation(pieces, prettified=prettified)
    if _move_into_links(pieces):
        _trim_whitespace(pieces)


def emphases(pieces: list[Piece]) -> Iterator[tuple[int, int]]:
    """Yield (index of the opening, index of the closing piece) of each emphasis, inner ones before outer ones."""
    opened: list[int] = []
    for index, piece in enumerate(pieces):
        if piece.kind == OPEN:
            opened.append(index)
        elif piece.kind == CLOSE:
            yield opened.pop(), index


def _drop_empty(pieces: list[Piece]) -> None:
    """Drop emphasis without a word: of nothing, of whitespace, images or punctuation (``**，**``).

    A strikethrough is kept if it shows anything: that a comma was struck out means something.
    """
    dropped: set[int] = set()
    opened: list[tuple[int, bool, bool]] = []  # index, and whether there is a word, or anything to see, inside
    for index, piece in enumerate(pieces):
        if piece.kind == OPEN:
            opened.append((index, False, False))
        elif not opened:
            continue
        elif piece.kind != CLOSE:
            start, word, seen = opened[-1]
            shows = piece.kind != HARD_BREAK and not piece.text.isspace()
            opened[-1] = (start, word or _holds_word(piece), seen or shows)
        else:
            start, word, seen = opened.pop()
            if not (seen if piece.tag == "del" else word):
                dropped |= {start, index}
            if opened:
                outer, outer_word, outer_seen = opened[-1]
                opened[-1] = (outer, outer_word or word, outer_seen or seen)
    if dropped:
        pieces[:] = [piece for index, piece in enumerate(pieces) if index not in dropped]


def _holds_word(piece: Piece) -> bool:
    """Return whether a piece shows more than whitespace and punctuation."""
    if piece.kind == TEXT:
        return not is_no_word(piece.text)
    return piece.kind == MARKUP and not piece.text.startswith(SILENT_MARKUP)


def _trim_whitespace(pieces: list[Piece]) -> None:
    """Move whitespace and hard breaks out of the edges of emphasis."""
    pieces[:] = _trimmed(pieces, OPEN)
    pieces[:] = _trimmed(pieces[::-1], CLOSE)[::-1]


def _trimmed(pieces: list[Piece], end: int) -> list[Piece]:
    """Return the pieces with whitespace that follows ends of emphasis of one kind moved before them."""
    out: list[Piece] = []
    for piece in pieces:
        if not out or out[-1].kind != end or piece.kind not in (TEXT, HARD_BREAK):
            out.append(piece)
            continue
        rest = "" if piece.kind == HARD_BREAK else piece.text.lstrip() if end == OPEN else piece.text.rstrip()
        if size := len(piece.text) - len(rest):
            index = len(out)
            while index and out[index - 1].kind == end:
                index -= 1
            space = piece.text[:size] if end == OPEN else piece.text[len(rest) :]
            out.insert(index, Piece(piece.kind, space))
        if rest:
            piece.text = rest
            out.append(piece)
    return out


def _move_into_links(pieces: list[Piece]) -> bool:
    """Move emphasis around exactly one link into it (``[**text**](url)``); return whether any was moved.

    Strikethrough stays: Hugo fails on one inside of other markup in a heading.
    """
    link_ends: dict[int, int] = {}
    opened: list[int] = []
    for index, piece in enumerate(pieces):
        if piece.kind == LINK_OPEN:
            opened.append(index)
        elif piece.kind == LINK_CLOSE:
            link_ends[opened.pop()] = index
    moved = False
    for opening, closing in emphases(pieces) if link_ends else ():
        if link_ends.get(opening + 1) == closing - 1 and pieces[opening].tag != "del":
            pieces[opening], pieces[opening + 1] = pieces[opening + 1], pieces[opening]
            pieces[closing], pieces[closing - 1] = pieces[closing - 1], pieces[closing]
            link_ends[opening] = closing
            moved = True
    return moved


def _move_punctuation(pieces: list[Piece], *, prettified: bool) -> None:
    """Move sentence punctuation and whole pairs out of emphasis that some renderer would not read otherwise.

    Where that is not enough, a prettified source gets back a space that it has there (``**TCP(IP)** 协议``).
    """
    padded: list[Piece] = []  # text stands before each opening and behind each closing, to take what is moved
    for piece in pieces:
        if piece.kind == OPEN:
            padded.append(Piece(TEXT, ""))
        padded.append(piece)
        if piece.kind == CLOSE:
            padded.append(Piece(TEXT, ""))
    for opening, closing in emphases(padded):
        _free_edges(padded, opening, closing)
        if prettified:
            keep_spaces(padded, opening, closing)
    pieces[:] = [piece for piece in padded if piece.text or piece.kind != TEXT]


def _free_edges(pieces: list[Piece], opening: int, closing: int) -> None:
    """Move punctuation out of one emphasis until it can be read, or nothing more may be moved."""
    char = pieces[opening].text[0]
    for is_read, end, move in ((opens, opening, _move_left), (closes, closing, _move_right)):
        while not is_read(pieces, end, char):
            if not move(pieces, opening, closing) and not _move_pair(pieces, opening, closing):
                break


def _texts(pieces: list[Piece], opening: int, closing: int) -> str:
    """Return the text of an emphasis."""
    return "".join([piece.text for piece in pieces[opening + 1 : closing] if piece.kind == TEXT])


def _move_left(pieces: list[Piece], opening: int, closing: int) -> bool:
    """Move sentence punctuation, or a bracket that is closed behind the emphasis, from its start to before it."""
    first = pieces[opening + 1]
    text = first.text if first.kind == TEXT else ""
    cut = _leading_punctuation(text)
    if not cut and text[:1] in PAIRS and _partner(_texts(pieces, opening, closing)) is None:
        cut = int(_holds_first(_text_beside(pieces, closing, 1), PAIRS[text[0]], text[0]))
    if cut == len(text) and opening + 2 == closing:
        return False
    if cut:
        pieces[opening - 1].text += text[:cut]
        first.text = text[cut:]
    return cut > 0


def _move_right(pieces: list[Piece], opening: int, closing: int) -> bool:
    """Move sentence punctuation, or a bracket that is opened before the emphasis, from its end to behind it."""
    last = pieces[closing - 1]
    text = last.text if last.kind == TEXT else ""
    cut = trailing_punctuation(text)
    if not cut and text[-1:] in OPENING_OF and _partner(_texts(pieces, opening, closing), -1) is None:
        cut = int(_holds_first(_text_beside(pieces, opening, -1)[::-1], OPENING_OF[text[-1]], text[-1]))
    if cut == len(text) and opening + 2 == closing:
        return False
    if cut:
        pieces[closing + 1].text = text[-cut:] + pieces[closing + 1].text
        last.text = text[:-cut]
    return cut > 0


def _text_beside(pieces: list[Piece], index: int, step: int) -> str:
    """Return the text beside an end of emphasis: what was moved there, and the text behind it."""
    further = index + 2 * step
    text = pieces[further].text if 0 <= further < len(pieces) and pieces[further].kind == TEXT else ""
    moved = pieces[index + step].text
    return moved + text if step > 0 else text + moved


def _holds_first(text: str, wanted: str, other: str) -> bool:
    """Return whether a text holds one character, and no other one before it."""
    position = text.find(wanted)
    return position >= 0 and (wanted == other or other not in text[:position])


def _leading_punctuation(text: str) -> int:
    """Return the length of the sentence punctuation, and the space behind it, that a text begins with.

    ASCII punctuation before an ASCII character is part of a word (``.NET``, ``:root``).
    """
    size = 0
    while size < len(text) and text[size] in SENTENCE_PUNCTUATION:
        size += 1
    after = text[size : size + 1]
    if not size or (text[size - 1].isascii() and after.isascii() and not after.isspace()):
        return 0
    return len(text) - len(text[size:].lstrip())


def trailing_punctuation(text: str) -> int:
    """Return the length of the sentence punctuation, and the space before it, that a text ends with."""
    size = len(text)
    while size and text[size - 1] in SENTENCE_PUNCTUATION:
        size -= 1
    return len(text) - len(text[:size].rstrip()) if size < len(text) else 0


def _move_pair(pieces: list[Piece], opening: int, closing: int) -> bool:
    """Move the brackets around the whole of an emphasis, and sentence punctuation behind them, out; return whether."""
    first, last = pieces[opening + 1], pieces[closing - 1]
    if first.kind != TEXT or last.kind != TEXT or first.text[:1] not in PAIRS:
        return False
    cut = trailing_punctuation(last.text)
    text = _texts(pieces, opening, closing)
    partner = _partner(text[: len(text) - cut])
    if partner is None or partner != len(text) - cut - 1 or (first is not last and cut == len(last.text)):
        return False
    if partner == 1 and opening + 2 == closing:
        return False
    pieces[opening - 1].text += first.text[0]
    first.text = first.text[1:]
    end = len(last.text) - cut - 1
    pieces[closing + 1].text = last.text[end:] + pieces[closing + 1].text
    last.text = last.text[:end]
    return True


def _partner(text: str, step: int = 1) -> int | None:
    """Return the index of what closes the bracket that a text begins with; None if nothing does.

    step -1: of what opens the bracket that the text ends with.
    """
    text = text[::step]
    mark = text[0]
    other = PAIRS[mark] if step > 0 else OPENING_OF[mark]
    if mark == other:
        found = text.find(other, 1)
        return found if found > 0 else None
    depth = 0
    for index, char in enumerate(text):
        if char in (mark, other):
            depth += 1 if char == mark else -1
            if not depth:
                return index
    return None

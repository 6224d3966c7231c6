"""Write emphasis so that every renderer reads it.

``emphasis_edges`` puts the ends of each emphasis where they can be read; where that is not possible, the emphasis
becomes an HTML tag, which every renderer reads anywhere.
"""

from __future__ import annotations

from converter.serializer.delimiter_sides import closes, opens
from converter.serializer.emphasis_edges import emphases, place_edges
from converter.serializer.pieces import CLOSE, LINK_CLOSE, LINK_OPEN, OPEN, Piece


def resolve_emphasis(pieces: list[Piece], symbol: str, *, prettified: bool = False) -> None:
    """Make every emphasis one that all renderers read; ``pieces`` is changed in place.

    Whitespace and punctuation move out of its edges, emphasis of nothing is dropped, and what cannot be read
    as emphasis becomes an HTML tag.  ``symbol`` is the option ``strong_em_symbol``, ``*`` or ``_``.
    prettified: the source has whitespace at every edge of an element, so that a space may stand there.
    """
    if OPEN not in [piece.kind for piece in pieces]:
        return
    place_edges(pieces, prettified=prettified)
    spans = list(emphases(pieces))
    for opening, closing in spans:
        char = symbol if pieces[opening].text[0] == "*" else "~"
        _write_ends(pieces, opening, closing, tuple(dict.fromkeys((char, pieces[opening].text[0]))))
    if _part_triple_runs(pieces, spans):
        for opening, closing in spans:
            if pieces[opening].text[0] != "<":
                _write_ends(pieces, opening, closing, (pieces[opening].text[0],))


def _write_ends(pieces: list[Piece], opening: int, closing: int, choices: tuple[str, ...]) -> None:
    """Write the ends of an emphasis with the first of some characters that every renderer reads, else as HTML."""
    char = next((choice for choice in choices if _is_readable(pieces, opening, closing, choice)), "")
    for index in (opening, closing):
        if char:
            pieces[index].text = char * len(pieces[index].text)
        else:
            pieces[index].as_html()


def _part_triple_runs(pieces: list[Piece], spans: list[tuple[int, int]]) -> bool:
    """Write HTML for a strong text that begins with an em but ends before it, if another one follows; return whether.

    In ``***a** b* **c**`` kramdown pairs the first ``**`` with the last one.
    """
    closings = dict(spans)
    last = max((opening for opening, _ in spans if pieces[opening].tag == "strong"), default=-1)
    parted = False
    for opening, closing in spans:
        inner = closings.get(opening + 1, closing - 1)
        if inner == closing - 1 or last < inner or pieces[opening].tag != "em":
            continue
        if pieces[opening].text[0] == pieces[opening + 1].text[0] != "<":
            pieces[opening + 1].as_html()
            pieces[inner].as_html()
            parted = True
    return parted


def _is_readable(pieces: list[Piece], opening: int, closing: int, char: str) -> bool:
    """Return whether every renderer reads an emphasis that is written with ``char``."""
    if _holds_linked_image(pieces, opening, closing) or _follows_emphasis(pieces, opening):
        return False
    if char == "~" and _unstrikable(pieces, opening, closing):
        return False
    return opens(pieces, opening, char) and closes(pieces, closing, char)


def _follows_emphasis(pieces: list[Piece], opening: int) -> bool:
    """Return whether an opening touches the closing of another emphasis: ``**a***b*`` is read in different ways."""
    before = pieces[opening - 1] if opening else None
    return before is not None and before.kind == CLOSE and before.text[0] in "*_" and pieces[opening].text[0] in "*_"


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

"""The pieces of a block's inline content: the article's text and the serializer's markup."""

from __future__ import annotations

import re
from dataclasses import dataclass

TAGS = re.compile(r"<[^<>]*>")
TEXT, MARKUP, OPEN, CLOSE, HARD_BREAK, LINK_OPEN, LINK_CLOSE, ALT_TEXT, FORMULA = range(9)


@dataclass(slots=True)
class Piece:
    """A part of inline content that is one thing to the escapes.

    kind: TEXT, ALT_TEXT and FORMULA are the article's characters; OPEN and CLOSE are the ends of an emphasis,
    LINK_OPEN and LINK_CLOSE of a link or an image; HARD_BREAK is one; all else is MARKUP.
    text: the characters.  pair, tag: of an end of emphasis, a number that both ends have, and the canonical tag.
    """

    kind: int
    text: str
    pair: int = 0
    tag: str = ""

    def as_html(self) -> None:
        """Turn this end of an emphasis into an HTML tag (other pieces stay as they are)."""
        if self.kind == OPEN:
            self.text = f"<{self.tag}>"
        elif self.kind == CLOSE:
            self.text = f"</{self.tag}>"


def resolve_breaks(pieces: list[Piece]) -> None:
    """Drop hard breaks at the end, and write ``<br>`` for those that end no line with something on it.

    Two hard breaks in a row would make an empty line, which ends the block.  Behind a backslash, goldmark sees no break
    in one: it would be an escape of what begins the next line.
    """
    while pieces and pieces[-1].kind == HARD_BREAK:
        pieces.pop()
    if HARD_BREAK not in [piece.kind for piece in pieces]:
        return
    empty, before = True, ""
    for piece in pieces:
        if piece.kind != HARD_BREAK:
            empty = empty and (piece.kind == OPEN or (piece.kind == MARKUP and not TAGS.sub("", piece.text).strip()))
        elif empty:
            piece.kind, piece.text = MARKUP, "<br>"
        else:
            empty = True
            if before[-1:] == "\\":
                piece.text = "  \n"
        before = piece.text or before

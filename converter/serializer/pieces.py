"""The pieces of a line: text, own markup, ends of emphasis, ends of links."""

from __future__ import annotations

from dataclasses import dataclass

TEXT, OWN, OPEN, CLOSE, BREAK, LINK_OPEN, LINK_CLOSE, ALT, TEX = range(9)


@dataclass(slots=True)
class Piece:
    """``kind`` is one of the names above; ``pair`` and ``tag`` belong to the ends of an emphasis."""

    kind: int
    text: str
    pair: int = 0
    tag: str = ""

    def as_html(self) -> None:
        """Write this end of an emphasis as an HTML tag (nothing happens to other pieces)."""
        if self.kind == OPEN:
            self.text = f"<{self.tag}>"
        elif self.kind == CLOSE:
            self.text = f"</{self.tag}>"

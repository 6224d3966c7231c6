"""Formulas as GitHub reads them: it renders Markdown first, and sees no ``$`` that touches a word."""

from __future__ import annotations

import re

from converter.serializer.fences import fence_around
from converter.serializer.harmful_code import is_harmful
from converter.serializer.pieces import MARKUP, TEXT, Piece
from converter.serializer.tex import BARE_URL, portable_tex

PLAIN_TEX = re.compile(r"(?:[^\W_]_(?=[^\W_])|\\(?=[A-Za-z])|\{(?!:)|[^\\`*_<>&\[\]|~$@#{])+\Z")
"""TeX that holds no Markdown: it arrives as it is between ``$``, too."""
BESIDE_FORMULA = re.compile(r"[\s!-#%-/:-@\[\]^_{-~]")
"""Characters beside which GitHub sees a ``$``: whitespace and ASCII punctuation, no dollar, backslash or backtick."""


def github_inline(tex: str) -> str:
    """Return a formula that stands in a line (TeX on one line): between dollars, or as code between dollars."""
    if PLAIN_TEX.match(tex) and not BARE_URL.search(tex):
        return f"${tex}$"
    return "$`" + _harmless(tex).replace("`", r"\lq ") + "`$"


def github_display(tex: str) -> str:
    """Return a display formula as a block of its own."""
    lines = [line.rstrip() for line in _harmless(tex).split("\n") if line.strip()]
    fence = fence_around("\n".join(lines))
    return "\n".join([f"{fence}math", *lines, fence])


def _harmless(tex: str) -> str:
    """Return TeX that does no harm where a renderer does not see that it is code."""
    return portable_tex(tex) if is_harmful(tex) else tex


def is_formula(piece: Piece) -> bool:
    """Return whether a piece is a formula, in a document that has formulas."""
    return piece.kind == MARKUP and piece.text[:1] == "$"


def space_formulas(pieces: list[Piece]) -> None:
    """Put spaces between formulas and what stands beside them, where GitHub needs them; ``pieces`` is changed."""
    spaced: list[Piece] = []
    after_formula = False
    for piece in pieces:
        if not piece.text:
            continue
        formula = is_formula(piece)
        edge = spaced[-1].text[-1] if spaced else " "
        beside = edge if formula and not after_formula else piece.text[0]
        if spaced and (formula or after_formula) and not BESIDE_FORMULA.match(beside):
            spaced.append(Piece(TEXT, " "))
        spaced.append(piece)
        after_formula = formula
    pieces[:] = spaced

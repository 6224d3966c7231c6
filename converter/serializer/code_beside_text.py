"""Code spans that some renderer would not read as code because of what stands beside them.

marked (Hexo) looks for the end of emphasis before it surely knows what is code: it hides code, links and tags by a
pattern that takes a backslash before a backtick for an escape and ``< b `c>`` for a tag, and it looks for the end of
struck-out text in code, too.  So where there is emphasis, or text or a formula that could begin some, no code holds
what could end it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from converter.model import Inline
from converter.serializer.escape.bare_urls import is_rest_of_mail_address
from converter.serializer.pieces import MARKUP, Piece

ENDS = re.compile(r"[*~]|_(?![^\W_])")
BEGINS = re.compile(r"[*~]|(?<![^\W_])_")


def is_misread(code: str, before: Piece, begun: frozenset[str]) -> bool:
    """Return whether some renderer would not read a code span behind a piece as code.

    begun: for marked, what ``begun`` returns of the whole block.
    """
    if (before.kind == MARKUP and before.text[-1] == "`") or before.text == "~~":
        return True  # a fence to kramdown
    return (
        is_fence(code, before.text) or is_rest_of_mail_address(code, before.text) or not begun.isdisjoint(may_end(code))
    )


def is_fence(code: str, before: str) -> bool:
    """Return whether kramdown would take a code span for a fence: it begins a line, with three backticks or more."""
    return "``" in code and before[-1:] in ("", "\n")


def may_end(code: str) -> frozenset[str]:
    """Return the characters of emphasis that code could end."""
    return frozenset(ENDS.findall(code))


def begun(children: Iterable[Inline], symbol: str) -> frozenset[str]:
    """Return the characters of emphasis that inline content has, or could begin outside of its code.

    symbol: what emphasis is written with where all renderers read that (the option ``strong_em_symbol``).
    """
    found: set[str] = set()
    for child in children:
        if isinstance(child, str):
            found.update(BEGINS.findall(child))
        elif child.tag != "code":
            found.update(("*", symbol) if child.tag in ("em", "strong") else "~" if child.tag == "del" else ())
            found |= begun(child.children, symbol)
    return frozenset(found)

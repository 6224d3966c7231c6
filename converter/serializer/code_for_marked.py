"""Code beside emphasis for marked (Hexo), which looks for the end of emphasis before it surely knows what is code.

It hides code, links and tags by a pattern that takes a backslash before a backtick for an escape and ``< b `c>`` for a
tag, and looks for the end of struck-out text in code, too.  So where there is emphasis, or text or a formula that could
begin some, no code holds what could end it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from converter.model import Inline

ENDS = re.compile(r"[*~]|_(?![^\W_])")
BEGINS = re.compile(r"[*~]|(?<![^\W_])_")


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

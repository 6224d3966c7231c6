"""Read what the attributes of an element say about it: chrome, a class with a handler, emphasis, hidden."""

from __future__ import annotations

import re
from collections.abc import Container

from converter.cleaner.runs import EM, STRONG, STYLED_EM, STYLED_STRONG, Mark, Marks
from converter.rules.chrome import Chrome
from converter.rules.math import MATHJAX_PREFIXES, TEX_ATTRIBUTES
from converter.sites.tables import ADDRESS_MARKERS, CLASS_ROWS

MEANINGFUL_ATTRIBUTES = frozenset(("class", "class_", "hidden", "id", "name", "style", *TEX_ATTRIBUTES))
"""Attributes that may change what an element is; an element without them is not looked at further."""
REMOVING_ATTRIBUTES = (("hidden", "", "chrome/hidden"), *(("class_", row.name, row.rule) for row in ADDRESS_MARKERS))
"""Attributes that remove an element: name, value ("" for any value), rule."""
RARE_NAMES = frozenset((*(name for name, _, _ in REMOVING_ATTRIBUTES), *TEX_ATTRIBUTES))
"""Attributes that few elements have."""

_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_EMPHASIS = (
    (STYLED_STRONG, re.compile(r"(?<![\w-])font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)),
    (STYLED_EM, re.compile(r"(?<![\w-])font-style\s*:\s*(?:italic|oblique)", re.IGNORECASE)),
)
_NO_EMPHASIS = {
    STRONG: re.compile(r"(?<![\w-])font-weight\s*:\s*(?:normal|lighter|[1-4]00)", re.IGNORECASE),
    EM: re.compile(r"(?<![\w-])font-style\s*:\s*normal", re.IGNORECASE),
}


def class_row(value: str, handled: Container[str]) -> Chrome | str | None:
    """Return what the value of a ``class`` attribute asks for, by the first class that asks for anything.

    The answer is a row of CLASS_ROWS (the element is removed), one of the ``handled`` classes (its handler is to be
    called; ``MathJax`` for each class that begins with one of MATHJAX_PREFIXES), or None.
    """
    for name in value.split():
        if row := CLASS_ROWS.get(name):
            return row
        if name in handled:
            return name
        if name.startswith(MATHJAX_PREFIXES):
            return "MathJax"
    return None


def marks_of_style(style: str) -> Marks | None:
    """Return the emphasis that the value of a ``style`` attribute gives; None when it hides the element."""
    lowered = style.lower()
    if "none" in lowered and _HIDDEN.search(style):
        return None
    return tuple(mark for mark, pattern in _EMPHASIS if pattern.search(style)) if "font-" in lowered else ()


def is_undone(mark: Mark, style: str) -> bool:
    """Return whether the ``style`` of an element takes back the emphasis of its tag: Google Docs, icons in ``i``."""
    pattern = _NO_EMPHASIS.get(mark)
    return pattern is not None and pattern.search(style) is not None

"""Read the text of parsed elements, in C."""

from __future__ import annotations

from lxml.etree import _Element, tostring


def text_of(element: _Element) -> str:
    """Return all text in an element, in order; the text behind it (``tail``) is not part of it."""
    return tostring(element, method="text", encoding="unicode", with_tail=False)

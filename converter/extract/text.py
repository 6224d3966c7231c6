"""Text of parsed elements, gathered in C."""

from __future__ import annotations

from lxml.etree import _Element, tostring


def text_of(element: _Element) -> str:
    """All text below an element, in order."""
    return tostring(element, method="text", encoding="unicode", with_tail=False)

"""Read the text of parsed elements, in C."""

from __future__ import annotations

from lxml.etree import _Element, tostring

from converter.extract.whitespace import visible


def is_first(element: _Element, container: _Element) -> bool:
    """Return whether no text of a container stands before an element in it."""
    node: _Element | None = element
    while node is not None and node is not container:
        before, parent = node.getprevious(), node.getparent()
        while before is not None:
            if visible(before.tail or "") or (isinstance(before.tag, str) and visible(text_of(before))):
                return False
            before = before.getprevious()
        if parent is not None and visible(parent.text or ""):
            return False
        node = parent
    return True


def text_of(element: _Element) -> str:
    """Return all text in an element, in order; the text behind it (``tail``) is not part of it."""
    if not len(element):
        return element.text or ""
    return tostring(element, method="text", encoding="unicode", with_tail=False)

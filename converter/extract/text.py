"""Read the text of parsed elements, in C."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml.etree import _Element, iterwalk, tostring

from converter.extract.whitespace import visible
from converter.rules.chrome import SILENT

NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")
"""Characters that libxml2 reads from a reference such as ``&#1;``, and that lxml refuses to write into a tree."""


def settable(text: str) -> str:
    """Return text that an element can be given: without characters that XML does not have."""
    return text if text.isprintable() else NOT_XML.sub("", text)


def detach(element: _Element) -> None:
    """Take an element out of its parent and leave the text behind it."""
    parent, before = element.getparent(), element.getprevious()
    assert parent is not None
    if before is None:
        parent.text = settable((parent.text or "") + (element.tail or ""))
    else:
        before.tail = settable((before.tail or "") + (element.tail or ""))
    element.tail = None
    parent.remove(element)


def positions(text: str, char: str) -> Iterator[int]:
    """Yield the index of each occurrence of a character.

    C looks for a character of Chinese some fifty times faster than for a word or a pattern.
    """
    index = text.find(char)
    while index >= 0:
        yield index
        index = text.find(char, index + 1)


def holds_any(text: str, words: Iterable[str]) -> bool:
    """Return whether a text holds one of some words; their first characters are looked for first (``positions``)."""
    for word in words:
        if word[0] in text and word in text:
            return True
    return False


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
    count = len(element)
    if not count:
        return element.text or ""
    if count == 1 and not len(only := element[0]) and isinstance(only.tag, str):  # ``<pre><code>`` for example
        return f"{element.text or ''}{only.text or ''}{only.tail or ''}"
    return tostring(element, method="text", encoding="unicode", with_tail=False)


def shown_text_of(element: _Element) -> str:
    """Return the text in an element without that of scripts and styles in it; of a script or style, its own."""
    if not len(element):
        return element.text or ""
    if element.tag in SILENT or not _holds_silent(element):
        return text_of(element)
    parts = []
    walker = iterwalk(element, events=("start", "end"))
    for event, node in walker:
        if event == "end":
            parts.append(node.tail or "" if node is not element else "")
        elif node.tag in SILENT:
            walker.skip_subtree()
        else:
            parts.append(node.text or "")
    return "".join(parts)


def _holds_silent(element: _Element) -> bool:
    """Return whether there is a script or a style in an element that has children."""
    if len(element) == 1 and not len(only := element[0]):
        return only.tag in SILENT
    return next(element.iter(*SILENT), None) is not None

"""Detect sources that BeautifulSoup's pretty-printer wrote.

The newer dumps went through ``prettify``: each tag and each text stands on a line of its own, so whitespace at the
edges of a text is not the author's (``extract.whitespace`` says what is done about it).
"""

from __future__ import annotations

from itertools import islice

from lxml.etree import _Element

from converter.extract.whitespace import visible

_SAMPLED_TAGS = ("p", "td", "h1", "h2", "h3", "h4", "div", "strong", "b", "font", "a", "ul", "ol", "tr", "center")
_SAMPLE_SIZE = 40


def is_prettified(article: _Element) -> bool:
    """Return whether BeautifulSoup's pretty-printer wrote the source.

    The printer indents the content of an element by one space more than its closing tag, but behind a ``pre`` it no
    longer indents.  The first 40 elements of common kinds are looked at: more than 70 % of those that can tell must
    have the printer's layout, and more than 5 % must be indented.
    """
    indented = fitting = foreign = 0
    for element in islice(article.iter(*_SAMPLED_TAGS), _SAMPLE_SIZE):
        indent = _indent(element)
        if indent is not None:
            indented += indent > 0
            fitting += indent >= 0
            foreign += indent < 0
            if foreign == 12 or (fitting == 29 and indented > 2):  # the rest of the sample cannot change the answer
                break
    judged = fitting + foreign
    return indented > 0.05 * judged and fitting > 0.7 * judged


def _indent(element: _Element) -> int | None:
    """Return how far an element's content is indented: -1 if not as the printer does, None if it cannot be told."""
    text = element.text
    if not text:
        return None
    if text[0] == "\n":
        indent = len(text) - len(text[1:].lstrip(" ")) - 1
        has_children = len(element) > 0
        last_text = (element[-1].tail or "") if has_children else text
        if last_text.rpartition("\n")[2] == " " * (indent - (has_children or visible(text))):
            return indent
    if next(element.iterancestors("pre"), None) is None:  # the usual case, decided in C
        return -1
    return None if any(ancestor.tag == "pre" for ancestor in islice(element.iterancestors(), 5)) else -1

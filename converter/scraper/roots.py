"""Find the element of a page that holds the article."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from converter.rules.roots import Root
from converter.sites.tables import ROOTS


def find_root(tree: etree._Element, body: str) -> etree._Element:
    """Return the element that holds the article: the first row of ROOTS with a match, or the body.

    Of several matches of a row it is the first with text in it.  ``body`` is what tree was parsed from:
    it says without a walk which rows cannot match.
    """
    for row in ROOTS:
        if row.value in body:
            matches = _matches(tree, row)
            first = next(matches, None)
            if first is not None:
                return first if _has_text(first) else next(filter(_has_text, matches), first)
    found = tree.find("body")
    return tree if found is None else found


def _matches(tree: etree._Element, row: Root) -> Iterator[etree._Element]:
    if not row.attribute:
        yield from tree.iter(row.value)
        return
    for element in tree.iter("div", "article", "section", "main", "td", "span"):
        value = element.get(row.attribute)
        if value is not None and row.value in value and row.value in value.split():
            yield element


def _has_text(element: etree._Element) -> bool:
    for text in element.itertext():
        if not text.isspace():
            return True
    return False

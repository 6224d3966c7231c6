"""The article's element in a page."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from converter.rules.roots import ROOTS, Root


def find_root(tree: etree._Element, body: str) -> etree._Element:
    """Return the element that holds the article: the first row of ROOTS with a match, or the body.

    ``body`` is the text that tree was parsed from: it says without a walk which rows cannot match.
    """
    for row in ROOTS:
        if row.value in body:
            matches = list(_matches(tree, row)) if body.count(row.value) > 1 else _first(tree, row)
            if matches:
                return matches[0] if len(matches) == 1 else max(matches, key=_weight)
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


def _first(tree: etree._Element, row: Root) -> list[etree._Element]:
    element = next(_matches(tree, row), None)
    return [] if element is None else [element]


def _weight(element: etree._Element) -> int:
    return sum(map(len, element.itertext()))

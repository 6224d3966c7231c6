"""Find the elements of a page that hold the article."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from lxml import etree

from converter.rules.roots import Root
from converter.sites.record import Site
from converter.sites.tables import ROOTS, WRAPPERS

MOST_LINKS = 0.5
"""Share of its text that an article may have in links; lists of recommendations have more."""
MUCH_MORE = 2
"""How many times the text of a candidate another must have to be taken in its place."""


def find_roots(tree: etree._Element, body: str, sites: Sequence[Site] = ()) -> list[etree._Element]:
    """Return the elements that hold the article, or the body where no row of ROOTS has a match; never none.

    An element that only one site writes around its articles is an article wherever it stands, and several are
    several articles.  Of the others the first row with a match is taken, and of its matches the one with most
    text outside of links, unless it is a list of links, or small beside the match of another row.
    ``body`` is what tree was parsed from: it says without a walk how often a row can match.  ``sites`` are a user's
    own: their rows come first, and are believed.
    """
    own = [row for site in sites for row in site.roots]
    rows = (row for row in (*own, *ROOTS) if row.value in body)
    empty: list[etree._Element] = []
    for row in rows:
        matches = list(islice(_matches(tree, row), body.count(row.value)))
        filled = [element for element in matches if _has_text(element)]
        if not filled:
            empty += matches
        elif row.attribute == "id" or row.value in WRAPPERS or row in own:
            return _outermost(filled)
        else:
            return [_best(filled, [element for other in rows for element in _matches(tree, other)])]
    found = tree.find("body")
    return empty[:1] or [tree if found is None else found]


def _matches(tree: etree._Element, row: Root) -> Iterator[etree._Element]:
    if not row.attribute:
        yield from (element for element in tree.iter(row.value) if _is_inside(element, row.inside))
        return
    for element in tree.iter("div", "article", "section", "main", "td", "span"):
        value = element.get(row.attribute)
        if value is not None and row.value in value and row.value in value.split() and _is_inside(element, row.inside):
            yield element


def _is_inside(element: etree._Element, name: str) -> bool:
    """Return whether an element around this one has a class; True for no class."""
    return not name or any(name in around.get("class", "").split() for around in element.iterancestors())


def _outermost(elements: list[etree._Element]) -> list[etree._Element]:
    """Return the elements that are in no other one of them."""
    if len(elements) == 1:
        return elements
    known = set(elements)
    return [element for element in elements if known.isdisjoint(element.iterancestors())]


def _best(matches: list[etree._Element], others: list[etree._Element]) -> etree._Element:
    """Return the match with most text outside of links, or one of the others that is more like an article."""
    if len(matches) == 1 and not others:
        return matches[0]
    best = max(matches, key=_plain_size)
    size, in_links = _sizes(best)
    rivals = [element for element in others if best not in element.iterancestors()]
    if in_links <= MOST_LINKS * (size + in_links):
        around = set(best.iterancestors())
        rivals = [element for element in rivals if element not in around and _plain_size(element) > MUCH_MORE * size]
    return max(rivals, key=_plain_size) if rivals and _plain_size(max(rivals, key=_plain_size)) > size else best


def _plain_size(element: etree._Element) -> int:
    return _sizes(element)[0]


def _sizes(element: etree._Element) -> tuple[int, int]:
    """Return the number of characters outside of links and in links, whitespace and scripts aside."""
    total = _characters(element)
    skipped = sum(_characters(inner) for inner in element.iter("script", "style", "noscript"))
    links = sum(_characters(inner) for inner in _outermost([*filter(_is_closed, element.iter("a"))]))
    return total - skipped - links, links


def _is_closed(link: etree._Element) -> bool:
    """Return whether a link was closed: one that was left open holds what follows, which is no list of links."""
    return next(link.iter("p", "pre", "ul", "ol", "table", "h1", "h2", "h3"), None) is None


def _characters(element: etree._Element) -> int:
    return sum(len(text) - text.count(" ") - text.count("\n") for text in element.itertext())


def _has_text(element: etree._Element) -> bool:
    for text in element.itertext():
        if not text.isspace():
            return True
    return False

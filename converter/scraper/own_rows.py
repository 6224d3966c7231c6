"""Apply the rows of a user's own sites to a parsed page, before any stage looks at it.

What they name is changed in the tree, so that the tables of the stages stay those of all sites: a page costs more only
where there are own rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from lxml import etree

from converter.extract import urls
from converter.extract.limits import holds_more
from converter.extract.text import detach, shown_text_of
from converter.model import Finding
from converter.rules.cards import COMMON_LINK_CARDS
from converter.sites.record import Site

LONGEST_ADDRESS = 2000
"""Characters from which on no pattern of a user is tried on an address (``options/own_patterns``)."""


def apply_rows(tree: etree._Element, sites: Sequence[Site], first_line: int = 1) -> tuple[Finding, ...]:
    """Change a tree by the rows of sites and return a finding for each change.

    first_line: the line of the file that the tree begins on.
    """
    if not sites:
        return ()
    rows = _Rows(sites)
    gone: set[etree._Element] = set()
    found = []
    for element in list(tree.iterdescendants(etree.Element)):
        parent = element.getparent()
        if parent is None or parent in gone:
            gone.add(element)
        else:
            line = first_line - 1 + (element.sourceline or 1)
            found += [Finding(rule, text, kept, line) for rule, text, kept in rows.changes(element)]
            if element.getparent() is not parent:
                gone.add(element)
    return tuple(found)


class _Rows:
    """The rows of some sites, by what finds them."""

    def __init__(self, sites: Sequence[Site]) -> None:
        self.by_class = {row.name: row for site in sites for row in site.chrome_by_class}
        self.by_id = {row.name: row for site in sites for row in site.chrome_by_id}
        self.redirects = tuple(row for site in sites for row in site.redirects)
        self.keyword_links = tuple(row for site in sites for row in site.keyword_links)
        self.furniture_images = tuple(row for site in sites for row in site.furniture_images)
        self.equation_servers = tuple(row for site in sites for row in site.equation_servers)
        self.formula_servers = tuple(re.compile(pattern) for site in sites for pattern in site.formula_servers)
        self.link_cards = dict(row for site in sites for row in site.link_cards)

    def changes(self, element: etree._Element) -> Iterator[tuple[str, str, str | None]]:
        """Change an element, or take it out; yield (rule, text before, text kept)."""
        names = element.get("class", "").split()
        row = next(filter(None, map(self.by_class.get, names)), None) or self.by_id.get(element.get("id", ""))
        if row is not None:
            if not holds_more(element, row):
                text = " ".join(shown_text_of(element).split())
                detach(element)
                yield row.rule, text, None
                return
            yield "chrome/kept", row.name, row.name
        if element.tag == "a":
            yield from self._link(element)
        elif element.tag == "img":
            yield from self._image(element)

    def _link(self, element: etree._Element) -> Iterator[tuple[str, str, str]]:
        address = urls.clean_url(element.get("href", ""))
        target, rule = urls.redirect_target(address, self.redirects)
        if target:
            element.set("href", target)
            yield rule, address, target
        address = target or address
        tried = self.keyword_links if len(address) < LONGEST_ADDRESS else ()
        rule = next((rule for rule, pattern in tried if pattern.match(address)), "")
        if rule:
            element.attrib.pop("href")
            yield rule, address, ""
        for box in element.iter(etree.Element) if self.link_cards else ():
            if wanted := next(filter(None, map(self.link_cards.get, box.get("class", "").split())), ""):
                _mark_card(box, wanted)
                break

    def _image(self, element: etree._Element) -> Iterator[tuple[str, str, str | None]]:
        source = urls.image_source(urls.attributes_of(element, urls.IMAGE_ATTRIBUTES))
        if rule := urls.button_rule(source, self.furniture_images):
            detach(element)
            yield rule, "", None
        elif tex := urls.server_tex(source, self.equation_servers) or urls.query_tex(source, self.formula_servers):
            element.tag = "span"
            element.attrib.clear()
            element.set("data-tex", tex)


def _mark_card(box: etree._Element, wanted: str) -> None:
    """Give a card in a link, and the titles on it, the classes of a card that is known everywhere."""
    card, title = COMMON_LINK_CARDS[0]
    for node in box.iter(etree.Element):
        if wanted in node.get("class", "").split():
            node.set("class", f"{title} {node.get('class')}")
    box.set("class", f"{card} {box.get('class')}")

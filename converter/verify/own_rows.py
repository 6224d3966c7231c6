"""What a user's own sites name as no part of an article is none for verification, either.

The elements are found here once more, and each must keep to its limit, so that a row of a user's that takes sentences
or code of an author is a difference.
"""

from __future__ import annotations

import re
from copy import deepcopy
from dataclasses import replace
from urllib.parse import parse_qs, unquote_plus, urlsplit

from lxml.etree import _Element

from converter.options import Options
from converter.rules.limits import LimitName
from converter.verify.chrome_limits import is_chrome
from converter.verify.image_sources import source_of
from converter.verify.known_addresses import LINK_CARDS
from converter.verify.parsed_source import ParsedSource

LONGEST_ADDRESS = 2000
"""Characters from which on no pattern of a user is tried on an address, as in the conversion."""


def without_own_rows(source: ParsedSource, options: Options) -> ParsedSource:
    """Return a source as readers see it without what the options' own sites name."""
    if not options.sites:
        return source
    body = deepcopy(source.body)
    limits: dict[tuple[str, str], LimitName] = {}
    for site in options.sites:
        limits |= {("class", row.name): row.holds for row in site.chrome_by_class}
        limits |= {("id", row.name): row.holds for row in site.chrome_by_id}
    for element in list(body.iter("*")):
        if element is body or element.getparent() is None:
            continue
        named = [("class", name) for name in element.get("class", "").split()] + [("id", element.get("id", ""))]
        holds = next((limits[name] for name in named if name in limits), None)
        if (holds is not None and is_chrome(holds, element)) or (element.tag == "img" and _is_button(element, options)):
            _take_out(element)
        elif element.tag == "a":
            _follow(element, options)
            _mark_card(element, options)
        elif element.tag == "img":
            _read_formula(element, options)
    return replace(source, body=body)


def _take_out(element: _Element) -> None:
    """Take an element out; what stands behind it stays."""
    parent = element.getparent()
    assert parent is not None
    gap = element.makeelement("span")
    gap.tail = element.tail
    parent.replace(element, gap)


def _follow(link: _Element, options: Options) -> None:
    """Let a link lead to what a redirect leads to; one that is no author's leads nowhere."""
    href = link.get("href", "").strip()
    for site in options.sites:
        for _, start, field in site.redirects:
            place = href.partition("//")[2].removeprefix("www.")
            target = parse_qs(urlsplit(href).query).get(field, [""])[0]
            if place.startswith((f"{start}?", f"{start}/")) and target.startswith(("http:", "https:", "//")):
                href = target
        if len(href) < LONGEST_ADDRESS and any(pattern.match(href) for _, pattern in site.keyword_links):
            href = ""
    if href:
        link.set("href", href)
    elif "href" in link.attrib:
        del link.attrib["href"]


def _mark_card(link: _Element, options: Options) -> None:
    """Give a card in a link, and its title, the classes of a card that verification knows."""
    box_class, title_class = next(iter(LINK_CARDS.items()))
    for site in options.sites:
        for box, title in site.link_cards:
            for node in link.iter("*"):
                if box in node.get("class", "").split():
                    for inner in node.iter("*"):
                        if title in inner.get("class", "").split():
                            inner.set("class", f"{inner.get('class')} {title_class}")
                    node.set("class", f"{node.get('class')} {box_class}")
                    return


def _is_button(image: _Element, options: Options) -> bool:
    source = source_of(image).lower()
    return any(part in source for site in options.sites for _, parts in site.furniture_images for part in parts)


def _read_formula(image: _Element, options: Options) -> None:
    source = source_of(image)
    for start, field in (row for site in options.sites for row in site.equation_servers):
        if start in source and (tex := parse_qs(urlsplit(source).query).get(field, [""])[0].strip().strip("$").strip()):
            _draw(image, tex)
            return
    server, _, query = source.partition("?")
    if query and any(re.search(part, server) for site in options.sites for part in site.formula_servers):
        _draw(image, unquote_plus(query).strip().strip("$").strip())


def _draw(image: _Element, tex: str) -> None:
    """Let an image be the formula that it draws."""
    tail = image.tail
    image.clear()
    image.tag, image.tail = "span", tail
    image.set("data-tex", tex)

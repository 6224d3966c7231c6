"""Read what a whole page says of itself, by the rows of METADATA."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from lxml import etree

from converter.extract.addresses import article_id, permanent_address, web_address
from converter.extract.text import shown_text_of, text_of
from converter.model import Meta
from converter.rules.metadata import KEYWORD_NAMES, SELECTOR, Field, MetaRow
from converter.scraper.dates import normal_date
from converter.scraper.origin import kind_name, license_name
from converter.sites.record import Site
from converter.sites.tables import (
    CATEGORY_ADDRESSES,
    CATEGORY_LINKS,
    DESCRIPTION_LEADS,
    METADATA,
    TAG_LINKS,
    TITLE_KEYWORDS,
    TITLE_NAMES,
)

_SCRIPT = re.compile(
    r"\b(?:var\s+|window\.)?(\w+)\s*=\s*(?:\"((?:[^\"\\\n]|\\.)*+)\"|'((?:[^'\\\n]|\\.)*+)'|(\d+))\s*(?:[;,\n]|$)"
)
_LEAD = re.compile(rf"^(?:{'|'.join(DESCRIPTION_LEADS)})")
_START = 4096
"""Characters at the start of a page in which the comment of the program that saved it stands."""

_LONGEST_HELD = 2000
"""Characters of a value in which patterns look; those of a user are safe on so many (``options/own_patterns``)."""

_COUNTS: tuple[Field, ...] = ("views", "likes", "favorites", "comments")
_COUNT = re.compile(r"(\d[\d,]{0,14}(?:\.\d{1,3})?)\s?([kKwW万]?)")
_FACTORS = {"k": 1_000, "w": 10_000, "万": 10_000}
_SEPARATORS = re.compile(r"(?<!\s)\s*+[,，、;；]\s*+")


def page_meta(tree: etree._Element, body: str, sites: tuple[Site, ...] = ()) -> Meta:
    """Return the metadata of a whole page, from its head, its scripts and its header.

    body: its HTML.  sites: a user's own, whose rows are asked first.
    """
    page = PageReader(tree, body, sites)
    found = {field: page.first(field) for field in _NORMAL}
    tags, categories = _labels(page, found["title"])
    url = permanent_address(found["url"], sites)
    return Meta(
        title=found["title"],
        url=url,
        article_id=article_id(url, sites) or found["article_id"],
        date=found["date"] or found["updated"],
        updated=found["updated"] if found["updated"] > found["date"] > "" else "",
        author=found["author"],
        description=found["description"],
        tags=tags,
        categories=categories,
        kind=found["kind"],
        license=found["license"],
        column=found["column"],
        views=_number(found["views"]),
        likes=_number(found["likes"]),
        favorites=_number(found["favorites"]),
        comments=_number(found["comments"]),
    )


def clean_title(title: str, sites: tuple[Site, ...] = ()) -> str:
    """Return a page's title without what sites add to it: ``_keyword-CSDN博客``, `` - 博客园``."""
    bare = _plan(sites if len(title) < _LONGEST_HELD else ()).site_name.sub("", title)
    ending = title[len(bare) :]
    for row in TITLE_KEYWORDS:
        if row.name in ending and not ending.startswith(" "):
            return row.pattern.sub("", bare) or bare
    return bare


def plain(text: str) -> str:
    """Return text on one line, without whitespace at its ends."""
    return " ".join(text.split())


class PageReader:
    """All that the rows of METADATA may ask one page for, collected once: elements, ``meta``, JSON-LD, scripts."""

    def __init__(self, tree: etree._Element, body: str, sites: tuple[Site, ...] = ()) -> None:
        self.sites = sites
        self.plan = _plan(sites)
        self.start = body[:_START]
        self.elements = _index(tree, self.plan.wanted)
        self.metas = _meta_elements(tree)
        self.json, self.scripts = _script_values(tree)

    def first(self, field: Field) -> str:
        """Return the first usable value of a field; empty for none."""
        return next(filter(None, map(self.usable, self.plan.rows[field])), "")

    def usable(self, row: MetaRow) -> str:
        """Return what a row finds, in the normal form of its field; empty for nothing usable."""
        normal = _NORMAL[row.field]
        found = next(filter(None, (normal(_held(row, value)) for value in self._values(row))), "")
        return clean_title(found, self.sites) if row.names_site else found

    def first_kind(self, selectors: tuple[str, ...]) -> list[etree._Element]:
        """Return the elements of the first selector that has any."""
        return next((self.elements[selector] for selector in selectors if selector in self.elements), [])

    def _values(self, row: MetaRow) -> Iterator[str]:
        if row.holder == "text":
            yield from (text_of(element) for element in self.elements.get(row.name, ()))
        elif row.holder == "attribute":
            selector, _, attribute = row.name.partition("@")
            yield from (element.get(attribute, "") for element in self.elements.get(selector, ()))
        elif row.holder == "comment":
            words = r"\s+".join(map(re.escape, row.name.split()))
            yield from re.findall(rf"<!--\s*{words}\s*(?:\(\d+\))?\s*(\S+)", self.start)
        else:
            values: Mapping[str, str] = {"meta": self.metas, "json": self.json, "script": self.scripts}[row.holder]
            yield values.get(row.name, "")


def _meta_elements(tree: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    tags: list[str] = []
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or _microdata_name(element)
        if name == "article:tag":
            tags.append(element.get("content", ""))
        elif name:
            found.setdefault(name.lower(), element.get("content", ""))
    return {**found, "article:tag": ",".join(tags)} if tags else found


def _microdata_name(element: etree._Element) -> str:
    return f"itemprop:{name}" if (name := element.get("itemprop")) else ""


def _script_values(tree: etree._Element) -> tuple[dict[str, str], dict[str, str]]:
    json_values: dict[str, str] = {}
    variables: dict[str, str] = {}
    for element in tree.iter("script"):
        text = text_of(element)
        if element.get("type", "").strip().lower() == "application/ld+json":
            json_values.update(_json_members(text))
        elif "=" in text:
            for match in _SCRIPT.finditer(text):
                variables.setdefault(match[1], _unquoted(match))
    return json_values, variables


def _json_members(text: str) -> dict[str, str]:
    try:
        data: Any = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return {}
    if isinstance(data, list):
        data = data[0] if data else {}
    if not isinstance(data, dict):
        return {}
    author = data.get("author")
    if isinstance(author, dict):
        data = {**data, "author.name": author.get("name")}
    return {key: html.unescape(value) for key, value in data.items() if isinstance(value, str)}


def _number(digits: str) -> int | None:
    return int(digits) if digits else None


def count_of(text: str) -> str:
    """Return the first number in a text in digits; ``2.5k`` and ``10w+`` (万) are multiplied; empty for none."""
    match = _COUNT.search(text)
    if match is None:
        return ""
    return str(round(float(match[1].replace(",", "")) * _FACTORS.get(match[2].lower(), 1)))


def _unquoted(match: re.Match[str]) -> str:
    text = match[2] or match[3] or match[4] or ""
    if "\\" not in text:
        return html.unescape(text)
    try:
        return html.unescape(str(json.loads(f'"{text}"', strict=False)))
    except ValueError:
        return text


class _Selector(NamedTuple):
    """A selector of the tables, read: ``tag`` ("": any) whose ``attribute`` ("": the tag alone) holds ``word``.

    ``text`` is the whole selector, ``around`` what stands before its space and must be around the element.
    """

    text: str
    tag: str
    attribute: str
    word: str
    around: _Selector | None = None

    def means(self, element: etree._Element) -> bool:
        """Return whether the selector means an element; what must be around it is looked for in all its ancestors."""
        if self.tag and self.tag != element.tag:
            return False
        if self.attribute and self.word not in element.get(self.attribute, "").split():
            return False
        return self.around is None or any(map(self.around.means, element.iterancestors()))


def _read(selector: str) -> _Selector:
    before, _, last = selector.rpartition(" ")
    match = SELECTOR.fullmatch(last)
    assert match is not None, f"not a selector: {selector}"
    tag, by_id, by_class, attribute, value = match.groups()
    around = _read(before) if before else None
    if by_id or by_class:
        return _Selector(selector, tag, "id" if by_id else "class", by_id or by_class, around)
    return _Selector(selector, tag, attribute or "", value or tag, around)


class _Plan(NamedTuple):
    """What is looked for in a page: the rows of each field, the selectors by (attribute, word), names of sites."""

    rows: Mapping[Field, tuple[MetaRow, ...]]
    wanted: Mapping[tuple[str, str], list[_Selector]]
    site_name: re.Pattern[str]


@lru_cache(maxsize=4)  # a process converts the posts of one run
def _plan(sites: tuple[Site, ...]) -> _Plan:
    """Return what is looked for where a user has own sites."""
    rows = (*(row for site in sites for row in site.metadata), *METADATA)
    named = (row.name.partition("@")[0] for row in rows if row.holder in ("text", "attribute"))
    links = (selector for site in sites for selector in (*site.tag_links, *site.category_links))
    wanted: dict[tuple[str, str], list[_Selector]] = {}
    for text in dict.fromkeys((*named, *links, *TAG_LINKS, *CATEGORY_LINKS)):
        selector = _read(text)
        wanted.setdefault((selector.attribute, selector.word), []).append(selector)
    names = "|".join((*(name for site in sites for name in site.title_names), *TITLE_NAMES))
    return _Plan(
        {field: tuple(row for row in rows if row.field == field) for field in _NORMAL},
        wanted,
        re.compile(rf"(?<!\s)\s*+[-_|–]\s*+(?:{names})\s*+$", re.IGNORECASE),
    )


def _index(tree: etree._Element, wanted: Mapping[tuple[str, str], list[_Selector]]) -> dict[str, list[etree._Element]]:
    """Walk the page once and return the elements that each selector means."""
    found: dict[str, list[etree._Element]] = {}
    for element in tree.iter(etree.Element):
        keys = [("", str(element.tag))]
        keys.extend((name, word) for name in _ATTRIBUTES if (value := element.get(name)) for word in value.split())
        for key in keys:
            for selector in wanted.get(key, ()):
                if selector.means(element):
                    found.setdefault(selector.text, []).append(element)
    return found


def _held(row: MetaRow, value: str) -> str:
    if not row.pattern:
        return value
    match = re.search(
        row.pattern, plain(value)[:_LONGEST_HELD]
    )  # many blanks between optional parts take the square of their time
    return match[match.lastindex or 0] if match else ""


def _labels(page: PageReader, title: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return tags and categories; keywords count as tags only where a page has no links to tags."""
    own = page.sites
    links = page.first_kind((*(selector for site in own for selector in site.tag_links), *TAG_LINKS))
    marks = (*(part for site in own for part in site.category_addresses), *CATEGORY_ADDRESSES)
    categories = [link for link in links if any(mark in link.get("href", "") for mark in marks)]
    told = set(categories)
    tags = _names(link for link in links if link not in told)
    if not links:
        keywords = next((page.metas[name] for name in KEYWORD_NAMES if page.metas.get(name)), "")
        tags = tuple(dict.fromkeys(word for word in _SEPARATORS.split(plain(keywords)) if word and word != title))
    selectors = (*(selector for site in own for selector in site.category_links), *CATEGORY_LINKS)
    return tags, _names(categories or page.first_kind(selectors))


def _names(elements: Iterable[etree._Element]) -> tuple[str, ...]:
    texts = (plain(shown_text_of(element)).lstrip("# ") for element in elements)
    return tuple(dict.fromkeys(text for text in texts if text))


_NORMAL: Mapping[Field, Callable[[str], str]] = {
    "title": plain,
    "url": web_address,
    "article_id": plain,
    "date": normal_date,
    "updated": normal_date,
    "author": plain,
    "description": lambda text: _LEAD.sub("", plain(text)),
    "kind": kind_name,
    "license": license_name,
    "column": plain,
    **dict.fromkeys(_COUNTS, count_of),
}
_ATTRIBUTES = ("id", "class", "itemprop", "rel")

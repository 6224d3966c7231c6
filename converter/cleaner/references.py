"""Read what an article refers to further down, before the walk over it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from lxml.etree import _Element

from converter.extract import urls
from converter.extract.contents import has_own_text, is_toc_part
from converter.extract.text import text_of
from converter.rules.chrome import COMMON_CLASSES

_FOOTNOTE_CLASSES = frozenset(("footnote-ref", "footnote"))
_ARROWS = frozenset("↩↑⤴↵⏎^")
"""The arrows that links from a footnote back to the text show; a variation selector may follow."""
_PERMALINK_SIGNS = frozenset(("", "#", "¶", "§", "🔗"))
_TITLED = ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "figcaption")
_BACKREF_CLASSES = frozenset(row.name for row in COMMON_CLASSES if row.rule == "footnote/backref")


class References(NamedTuple):
    """Facts of an article that must be known before the walk reaches them.

    anchors: names that links inside the article lead to, as ``urls.fragment`` writes them.
    footnote_ids: ``id`` of each footnote that the text refers to.
    permalinks: the links of headings to themselves.
    has_tex_scripts: the TeX of formulas stands in ``script`` elements (MathJax).
    has_inputs: there are ``input`` elements, which may be the checkboxes of tasks.
    """

    anchors: frozenset[str]
    footnote_ids: frozenset[str]
    permalinks: frozenset[_Element]
    has_tex_scripts: bool
    has_inputs: bool


def read_references(article: _Element, *, with_toc: bool) -> References:
    """Return the references of an article; ``with_toc`` counts the links of a generated table of contents."""
    anchors: set[str] = set()
    referred: set[str] = set()
    has_tex_scripts = has_inputs = False
    permalinks: set[_Element] = set()
    generated: dict[_Element, bool] = {}
    titles: dict[_Element, frozenset[str]] = {}
    for element in article.iter("a", "input", "script"):
        if element.tag == "a":
            href = element.get("href", "")
            if href[:1] == "#" != href:
                if _is_permalink(element, titles):
                    permalinks.add(element)
                elif not _leads_back(element) and (with_toc or not _is_in_toc(element, generated)):
                    anchors.add(urls.fragment(href[1:]))
                if _is_footnote_reference(element):
                    referred.add(href[1:])
        elif element.tag == "input":
            has_inputs = True
        elif element.get("type", "").startswith("math/tex"):
            has_tex_scripts = True
    items = (item.get("id", "") for item in article.iter("li")) if referred else ()
    footnote_ids = frozenset(referred.intersection(items))
    return References(frozenset(anchors), footnote_ids, frozenset(permalinks), has_tex_scripts, has_inputs)


def _leads_back(link: _Element) -> bool:
    """Return whether a link leads from a footnote back to the text: it goes, and needs no anchor there."""
    return not _BACKREF_CLASSES.isdisjoint(link.get("class", "").split()) or is_arrow_back(link)


def is_arrow_back(link: _Element) -> bool:
    """Return whether a link shows only an arrow and leads to what looks like the reference to a footnote."""
    name = link.get("href", "").removeprefix("#").removeprefix("user-content-")
    return name.startswith("fnref") and text_of(link).strip().rstrip("\ufe0e\ufe0f") in _ARROWS


def _is_permalink(link: _Element, titles: dict[_Element, frozenset[str]]) -> bool:
    """Return whether a link in a heading, term or caption leads there, and shows only a sign (Sphinx, VuePress, Hexo).

    What it leads to is the heading, or what begins with it.  ``titles`` remembers the anchors of each heading.
    """
    if text_of(link).strip() not in _PERMALINK_SIGNS or next(link.iter("img"), None) is not None:
        return False
    title = next(link.iterancestors(*_TITLED), None)
    if title is None:
        return False
    if title not in titles:
        before = title.getprevious()
        titles[title] = _anchors((*title.iter(), *(() if before is None else (before,))))
    target = urls.fragment(link.get("href", "")[1:])
    return target in titles[title] or target in _anchors(islice(link.iterancestors(), 5))


def _anchors(elements: Iterable[_Element]) -> frozenset[str]:
    """Return the names of elements to which a link may lead, as ``urls.fragment`` writes them."""
    names = (name for element in elements for name in (element.get("id"), element.get("name")) if name)
    return frozenset(map(urls.fragment, names))


def _is_in_toc(link: _Element, generated: dict[_Element, bool]) -> bool:
    """Return whether a link stands in a generated table of contents; ``generated`` remembers it of what is around."""
    answer = False
    asked: list[_Element] = []
    for around in link.iterancestors():
        if around in generated:
            answer = generated[around]
            break
        asked.append(around)
        if "toc" in around.get("class", "").split():
            answer = not has_own_text(around)
            break
        if is_toc_part(around):
            answer = True
            break
    generated.update(dict.fromkeys(asked, answer))
    return answer


def _is_footnote_reference(link: _Element) -> bool:
    """Return whether a link leads to a footnote: markdown-it, kramdown, cmark-gfm or GitHub made it."""
    parent = link.getparent()
    if parent is None or parent.tag != "sup":
        return False
    names = f"{parent.get('class', '')} {link.get('class', '')}".split()
    return not _FOOTNOTE_CLASSES.isdisjoint(names) or link.get("data-footnote-ref") is not None

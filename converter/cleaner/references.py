"""Read what an article refers to further down, before the walk over it."""

from __future__ import annotations

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
    has_tex_scripts: the TeX of formulas stands in ``script`` elements (MathJax).
    has_inputs: there are ``input`` elements, which may be the checkboxes of tasks.
    """

    anchors: frozenset[str]
    footnote_ids: frozenset[str]
    has_tex_scripts: bool
    has_inputs: bool


def read_references(article: _Element, *, with_toc: bool) -> References:
    """Return the references of an article; ``with_toc`` counts the links of a generated table of contents."""
    anchors: set[str] = set()
    referred: set[str] = set()
    has_tex_scripts = has_inputs = False
    generated: dict[_Element, bool] = {}
    for element in article.iter("a", "input", "script"):
        if element.tag == "a":
            href = element.get("href", "")
            if href[:1] == "#" != href:
                if not _leads_back(element) and (with_toc or not _is_in_toc(element, generated)):
                    anchors.add(urls.fragment(href[1:]))
                if _is_footnote_reference(element):
                    referred.add(href[1:])
        elif element.tag == "input":
            has_inputs = True
        elif element.get("type", "").startswith("math/tex"):
            has_tex_scripts = True
    items = (item.get("id", "") for item in article.iter("li")) if referred else ()
    return References(frozenset(anchors), frozenset(referred.intersection(items)), has_tex_scripts, has_inputs)


def _leads_back(link: _Element) -> bool:
    """Return whether a link leads from a footnote back to the text, or to where it is: it goes, and needs no anchor."""
    names = link.get("class", "").split()
    return not _BACKREF_CLASSES.isdisjoint(names) or is_arrow_back(link) or is_permalink(link)


def is_arrow_back(link: _Element) -> bool:
    """Return whether a link shows only an arrow and leads to what looks like the reference to a footnote."""
    name = link.get("href", "").removeprefix("#").removeprefix("user-content-")
    return name.startswith("fnref") and text_of(link).strip().rstrip("\ufe0e\ufe0f") in _ARROWS


def is_permalink(link: _Element) -> bool:
    """Return whether a link in a heading, term or caption leads there, and shows only a sign (Sphinx, VuePress, Hexo).

    What it leads to is the heading, or what begins with it.
    """
    if text_of(link).strip() not in _PERMALINK_SIGNS or next(link.iter("img"), None) is not None:
        return False
    title = next(link.iterancestors(*_TITLED), None)
    if title is None:
        return False
    around = (link, *islice(link.iterancestors(), 5))
    before = () if (previous := title.getprevious()) is None else (previous,)
    names = {name for node in (*title.iter(), *around, *before) for name in (node.get("id"), node.get("name")) if name}
    return urls.fragment(link.get("href", "")[1:]) in map(urls.fragment, names)


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

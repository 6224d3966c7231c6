"""Recognise what editors generate: cards of links, tables of contents."""

from __future__ import annotations

from itertools import islice
from urllib.parse import unquote

from lxml.etree import XPath, _Element

from converter.rules.contents import TOC_BREAK_ID, TOC_ID_END, TOC_LABELS
from converter.verify import normalize
from converter.verify.known_addresses import LINK_CARDS

_ENTRY = "self::a or self::ul or self::ol or self::h1 or self::h2 or self::h3 or self::h4 or self::h5 or self::h6"
_AROUND = XPath(f"count(ancestor::*[{_ENTRY}])")
_BESIDE_ENTRIES = XPath(f"descendant::text()[count(ancestor::*[{_ENTRY}]) = $around]")
"""Texts with no more entries and titles around them than their box has."""


_SIGNS_OF_HEADINGS = frozenset(("#", "¶", "§", "🔗"))
_HEADED = ("h1", "h2", "h3", "h4", "h5", "h6", "dt", "caption", "figcaption")


def card_text(link: _Element) -> str:
    """Return the title on the card in a link, or its first text; "" for a link without a card."""
    if not len(link):
        return ""
    holders = [node for node in link.iter("*") if node.get("class")]
    wanted = {title for node in holders for box, title in LINK_CARDS.items() if box in _words(node)}
    if not wanted:
        return ""
    texts = ["".join(node.itertext()) for node in holders if wanted & _words(node)]
    shown = (text for text in texts if normalize.squash(text))
    title = next(shown, "") or link.get("data-link-title") or link.get("title")
    return title or next((text for node in link.iter("*") if normalize.squash(text := node.text or "")), "")


def is_sign_of_heading(link: _Element, known: dict[_Element, set[str]]) -> bool:
    """Return True for a link that shows only a sign in a heading, term or caption, and leads to where it is.

    ``known`` remembers the names of each heading.
    """
    target, text = link.get("href") or "", "".join(link.itertext()).strip()
    if target[:1] != "#" or text not in _SIGNS_OF_HEADINGS or link.find(".//img") is not None:
        return False
    holder = next(link.iterancestors(*_HEADED), None)
    if holder is None:
        return False
    if holder not in known:
        near = (*islice(holder.iterancestors(), 5), *islice(holder.itersiblings(preceding=True), 1))
        names = (node.get(name) or "" for node in (*holder.iter("*"), *near) for name in ("id", "name"))
        known[holder] = {" ".join(unquote(name).split()) for name in names}
    return " ".join(unquote(target[1:]).split()) in known[holder]


def is_in_contents(element: _Element, name: str) -> bool:
    """Return True for the label, an entry or the break of a generated table of contents; ``name`` is its id."""
    if not name.endswith(TOC_ID_END):
        return False
    if element.tag == "hr":
        return name == TOC_BREAK_ID
    whole = normalize.squash("".join(element.itertext()))
    if not whole or whole.casefold() in TOC_LABELS:
        return next(element.iter("img", "pre", "svg", "table"), None) is None
    linked = ["".join(link.itertext()) for link in element.iter("a") if "#" in (link.get("href") or "")]
    return whole == normalize.squash("".join(linked))


def is_list_of_contents(box: _Element) -> bool:
    """Return True for a box of links or lists with no text beside them and its label: nobody wrote in it."""
    if next(box.iter("a", "ul"), None) is None:
        return False
    own = normalize.squash("".join(_BESIDE_ENTRIES(box, around=_AROUND(box))))
    return not own or own.casefold() in TOC_LABELS


def _words(element: _Element) -> set[str]:
    return set((element.get("class") or "").split())

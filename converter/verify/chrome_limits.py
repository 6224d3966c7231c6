"""Find out what an element of chrome hides: what was left open holds the article, and hides nothing."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import XPath, _Element

from converter.rules.limits import BUTTON_LABELS, CODE_TAGS, LIMITS, TOOLBAR_SOURCE, Limit, LimitName
from converter.verify import normalize
from converter.verify.image_sources import source_of
from converter.verify.known_chrome import BY_TAG

_TOOLBAR = "source of a toolbar"
_UNSEEN = frozenset(("svg", _TOOLBAR, *(tag for tag, holds in BY_TAG.items() if holds == "anything")))
_TEXTS = XPath("descendant::text()")
_FORMULAS = XPath("boolean(descendant::script[starts-with(@type, 'math/tex')])")
_MOST_AROUND = 8
"""How many elements of chrome inside each other can each hide something."""


class ChromeLimits:
    """Decides for the elements of one article, and remembers which of them hide nothing."""

    def __init__(self) -> None:
        self.open: set[_Element] = set()

    def hides(self, holds: LimitName, element: _Element) -> bool:
        """Return True if an element that may hold no more than a limit is chrome, and not the article."""
        if self.open and sum(up in self.open for up in element.iterancestors()) >= _MOST_AROUND:
            return False
        if is_chrome(holds, element):
            return True
        self.open.add(element)
        return False


def is_chrome(holds: LimitName, element: _Element) -> bool:
    """Return True if an element holds no more than a limit allows."""
    return holds == "anything" or _is_title(element) or is_within(LIMITS[holds], element)


def _is_title(element: _Element) -> bool:
    """Return True for a label that says the same as the title of its element."""
    title = normalize.squash(element.get("title") or "")
    return bool(title) and title == normalize.squash("".join(element.itertext())) and element.find(".//img") is None


def is_within(limit: Limit, element: _Element) -> bool:
    """Return True if what an element shows is within a limit."""
    if _FORMULAS(element):
        return False
    text = " ".join("".join(_texts(element, limit)).split())
    if len(text) > limit.characters or (limit.never and limit.never.search(text)):
        return False
    return not any(_is_content(found, element, limit) for found in element.iter(*limit.tags))


def _texts(element: _Element, limit: Limit) -> Iterator[str]:
    """Yield the texts of an element that the limit is about."""
    for text in _TEXTS(element):
        holder = text.getparent()
        if text.is_tail:
            holder = holder.getparent()
        around = {_seen_tag(up) for up in _upward(holder, element)}
        if around.isdisjoint(_UNSEEN) and not (limit.beside_links and "a" in around):
            yield text


def _seen_tag(element: _Element) -> str:
    """Return the tag of an element; a ``pre`` with the source of a toolbar has a name of its own."""
    source = element.tag == "pre" and TOOLBAR_SOURCE.search("".join(element.itertext()))
    return _TOOLBAR if source else str(element.tag)


def _upward(holder: _Element, top: _Element) -> Iterator[_Element]:
    """Yield an element and those around it, below ``top``."""
    while holder is not top:
        yield holder
        above = holder.getparent()
        assert above is not None
        holder = above


def _is_content(found: _Element, element: _Element, limit: Limit) -> bool:
    """Return True if an element of a tag that the limit names shows something that is no button."""
    around = {_seen_tag(up) for up in _upward(found, element)}
    if found is element or not around.isdisjoint(_UNSEEN):
        return False
    if limit.beside_links and "a" in around and found.tag not in CODE_TAGS:
        return False
    match found.tag:
        case "img":
            return is_picture(found)
        case "br":
            return bool(normalize.squash(found.tail or ""))
        case "video" | "audio" | "iframe":
            return True
    return bool(normalize.squash("".join(found.itertext()))) or any(map(is_picture, found.iter("img")))


def is_picture(img: _Element) -> bool:
    """Return True for an image that is no icon, and no button of a toolbar."""
    for side in (img.get("width"), img.get("height")):
        digits = (side or "").strip().removesuffix("px")
        if digits.isdecimal() and int(digits[:6]) <= 48:
            return False
    links = [(up.get("href") or "#") for up in img.iterancestors("a")]
    if links and links[0].startswith(("#", "javascript:")):
        return False
    return img.get("alt") not in BUTTON_LABELS and normalize.image(source_of(img)) != ""

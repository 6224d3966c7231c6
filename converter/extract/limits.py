"""Find out whether an element holds more than the row that names it lets it hold."""

from __future__ import annotations

from lxml.etree import _Element, iterwalk

from converter.extract.text import text_of
from converter.extract.urls import IMAGE_ATTRIBUTES, attributes_of, button_rule, image_source
from converter.extract.whitespace import visible
from converter.rules.chrome import TAG_ROWS, Chrome
from converter.rules.limits import BUTTON_LABELS, CODE_TAGS, LIMITS, TOOLBAR_SOURCE, Limit

ICON_SIZE = 48
"""Images up to so many pixels wide or high are icons."""


_SENTENCES = Limit(never=LIMITS["labels"].never, beside_links=True)


def holds_more(element: _Element, row: Chrome) -> bool:
    """Return whether an element holds more than a row lets it hold: it is not what the row means then."""
    if row.holds == "anything" or not (len(element) or element.text) or _is_named(element):
        return False
    return exceeds(element, LIMITS[row.holds])


def holds_sentences(element: _Element) -> bool:
    """Return whether an element holds a sentence that is no link."""
    return exceeds(element, _SENTENCES)


def _is_named(element: _Element) -> bool:
    """Return whether the text of an element is its title, so that it is the label of a button."""
    title = element.get("title", "").split()
    return bool(title) and text_of(element).split() == title and next(element.iter("img"), None) is None


def exceeds(element: _Element, limit: Limit) -> bool:
    """Return whether what an element shows is more than a limit allows."""
    pieces: list[str] = []
    links = 0
    if element.text:
        pieces.append(element.text)
    walker = iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walker:
        if node is element:
            continue
        if event == "start":
            if _is_silent(node):
                if node.get("type", "").startswith("math/tex"):
                    return True
                walker.skip_subtree()
                continue
            links += node.tag == "a"
            counts = not (limit.beside_links and links)
            if node.tag in limit.tags and (counts or node.tag in CODE_TAGS) and _shows(node):
                return True
            if counts and node.text:
                pieces.append(node.text)
        else:
            if event == "end":
                links -= node.tag == "a"
            if node.tail and not (limit.beside_links and links):
                pieces.append(node.tail)
    text = " ".join("".join(pieces).split())
    return len(text) > limit.characters or (limit.never is not None and limit.never.search(text) is not None)


def _is_silent(element: _Element) -> bool:
    """Return whether nothing of an element is shown, whatever it holds, or a toolbar's source."""
    if element.tag == "pre":
        return TOOLBAR_SOURCE.search(text_of(element)) is not None
    row = TAG_ROWS.get(str(element.tag))
    return element.tag == "svg" or (row is not None and row.holds == "anything")


def _shows(element: _Element) -> bool:
    """Return whether an element that may be content shows anything."""
    if element.tag == "img":
        return is_picture(element)
    if element.tag in ("video", "audio", "iframe"):
        return True
    if element.tag == "br":
        return visible(element.tail or "")
    return visible(text_of(element)) or any(_shows(image) for image in element.iter("img"))


def is_picture(image: _Element) -> bool:
    """Return whether an image is content: no icon, and no button (a link that leads nowhere is around it)."""
    sizes = (image.get(name, "").strip().removesuffix("px") for name in ("width", "height"))
    if any(size.isdecimal() and int(size[:6]) <= ICON_SIZE for size in sizes):
        return False
    link = next(image.iterancestors("a"), None)
    is_button = link is not None and link.get("href", "#").startswith(("#", "javascript:"))
    if image.get("alt") in BUTTON_LABELS:
        return False
    source = image_source(attributes_of(image, IMAGE_ATTRIBUTES))
    return bool(source) and not is_button and not button_rule(source)

"""Read link cards: boxes in a link with the title, description, icon and address of the page that it leads to."""

from __future__ import annotations

from lxml.etree import Element, _Element

from converter.extract.text import text_of
from converter.sites.tables import LINK_CARDS


def card_title(link: _Element) -> str:
    """Return the title on the card that a link is, on one line; "" for a link that is no card, or shows nothing.

    Where the title's element is missing or empty, the attributes of the link are asked, then the card's first text.
    """
    for box in link.iter(Element):
        for name in box.get("class", "").split():
            if wanted := LINK_CARDS.get(name):
                title = next((text for text in _texts(box, wanted) if text), "")
                return title or _one_line(link.get("data-link-title") or link.get("title") or _first_text(box))
    return ""


def _texts(box: _Element, wanted: str) -> list[str]:
    """Return the texts of the elements of a class in a box, each on one line."""
    return [_one_line(text_of(node)) for node in box.iter(Element) if wanted in node.get("class", "").split()]


def _first_text(box: _Element) -> str:
    """Return the first text in a box, "" for none."""
    return next((text for node in box.iter(Element) if (text := _one_line(node.text or ""))), "")


def _one_line(text: str) -> str:
    return " ".join(text.split())

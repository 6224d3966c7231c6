"""Recognise elements that show something without text: pictures, drawings, players, formulas, marks of a cut."""

from __future__ import annotations

from lxml.etree import _Element

from converter.extract.drawings import inline_drawing
from converter.extract.limits import is_picture
from converter.rules.more import MORE_TAG

_PLAYERS = frozenset(("video", "audio", "iframe", "object", "embed"))
_WORDLESS = frozenset((*_PLAYERS, MORE_TAG, "img", "svg", "script", "noscript"))
_LEAST_PLAYER = 2
"""Pixels of a player's side up to which it counts readers and shows nothing."""


def wordless_content(element: _Element) -> str:
    """Return what an element by itself shows that is no text: an address, TeX, ``svg``; "" for nothing.

    Icons, buttons and images that count readers are nothing.
    """
    tag = element.tag
    if tag not in _WORDLESS:
        return ""
    if tag == MORE_TAG:
        return MORE_TAG
    if tag == "img":
        return (element.get("src") or "img") if is_picture(element) else ""
    if tag in _PLAYERS:
        return "" if _is_tiny(element) else element.get("src") or element.get("data") or ""
    if tag == "svg":
        return "svg" if inline_drawing(element) else ""
    if tag == "script" and element.get("type", "").startswith("math/tex"):
        return (element.text or "").strip()
    if tag == "noscript":
        return next(filter(None, map(wordless_content, element.iter("img"))), "")
    return ""


def _is_tiny(element: _Element) -> bool:
    sides = (element.get(name, "").strip().removesuffix("px") for name in ("width", "height"))
    return any(side.isdecimal() and int(side[:6]) <= _LEAST_PLAYER for side in sides)

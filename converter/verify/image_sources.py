"""Find the address of an image: loaded, lazy, in a set, or of the picture around it."""

from __future__ import annotations

import re

from lxml.etree import _Element

from converter.rules.urls import LAZY_SOURCES, OTHER_NAME, PICTURE_ADDRESS, PLACEHOLDER

_PICTURE_DATA = 500
"""Characters of a ``data:`` image from which on it is a picture."""
_FIRST = re.compile(r"[^\s,]\S*")


def source_of(img: _Element) -> str:
    """Return the address that an image has, "" for none; one that a ``noscript`` behind it repeats has none."""
    source = _own_source(img)
    if not source or (len(source) < _PICTURE_DATA and PLACEHOLDER.search(source)):
        source = _of_picture(img) or source
    behind = img.getnext()
    if behind is not None and behind.tag == "noscript" and behind.find(".//img") is not None:
        return "" if PLACEHOLDER.search(source) else source
    return source


def pictures_without_scripts(element: _Element) -> list[_Element]:
    """Return the images of a ``noscript`` that no image beside it shows."""
    for beside in (element.getprevious(), element.getnext()):
        if beside is not None and beside.tag != "noscript":
            sources = list(map(_own_source, beside.iter("img")))
            if any(source and not PLACEHOLDER.search(source) for source in sources):
                return []
    return list(element.iter("img"))


def _own_source(img: _Element) -> str:
    loaded = (img.get("src") or "").strip()
    if loaded and not PLACEHOLDER.search(loaded):
        return loaded
    for name in LAZY_SOURCES:
        if img.get(name):
            return img.get(name, "")
    if len(loaded) >= _PICTURE_DATA:
        return loaded
    addresses = (_address(str(name), str(value)) for name, value in dict(img.attrib).items())
    if found := next((address for address in addresses if address), ""):
        return found
    return _first(img.get("srcset") or "") or loaded


def _address(name: str, value: str) -> str:
    """Return the picture's address that an attribute holds, "" for none."""
    if OTHER_NAME.search(name):
        return ""
    address = _first(value) if "srcset" in name else value.strip()
    return address if PICTURE_ADDRESS.fullmatch(address) else ""


def _of_picture(img: _Element) -> str:
    picture = next(img.iterancestors("picture"), None)
    for source in () if picture is None else picture.iter("source"):
        if address := _first(source.get("srcset") or source.get("data-srcset") or source.get("src") or ""):
            return address
    return ""


def _first(candidates: str) -> str:
    """Return the first address of a ``srcset``."""
    found = _FIRST.search(candidates)
    return found[0].rstrip(",") if found else ""

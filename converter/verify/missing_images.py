"""Find the images of a file that the Markdown does not have, whatever row or rule may have removed them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml.etree import _Element

from converter.verify.furniture import is_furniture
from converter.verify.known_addresses import LINK_CARDS
from converter.verify.local_addresses import short
from converter.verify.verdict import Difference
from converter.verify.whole_file import WholeFile

_BUTTONS = frozenset(("复制代码", "收藏代码"))
"""Alternative texts of buttons of a code block."""
_NO_PICTURE = re.compile(
    r"icon|latex|codecogs|/(?:eq|equation|math)\?|cht=tx|tex\.cgi\?|/media/math/render/|wikimedia\.org/math/"
    r"|button|avatar|emoji|loading|spinner|blank|/release/|linkcard",
    re.IGNORECASE,
)
"""Parts of the address or class of an image that is a sign, a button or a formula."""


def missing_images(file: WholeFile, within: _Element, shown: frozenset[str]) -> Iterator[Difference]:
    """Yield the images within an element that have an address anywhere, and none of them in the Markdown."""
    for image, urls in file.images:
        if not (address := lost_address(image, urls, shown)):
            continue
        for up in image.iterancestors():
            if _is_button(up):
                break
            if up is within:
                yield Difference("selection", 0, "image with an address", address, "", "", image.sourceline or 0)
                break
            if is_furniture(up) or not LINK_CARDS.keys().isdisjoint(up.get("class", "").split()):
                break


def lost_address(image: _Element, urls: Iterable[str], shown: frozenset[str]) -> str:
    """Return an address of an image of which the Markdown has none, "" for any other image."""
    if image.get("width") == image.get("height") == "1" or image.get("alt") in _BUTTONS:  # counts readers, or acts
        return ""
    found = [url for url in urls if url and not _NO_PICTURE.search(url)]
    if (
        not found
        or any(url in shown or short(url) in shown for url in found)
        or _NO_PICTURE.search(image.get("class", ""))
    ):
        return ""
    return found[0]


def _is_button(link: _Element) -> bool:
    """Return True for a link that leads nowhere: an image in it is a button."""
    return link.tag == "a" and link.get("href", "#").startswith(("#", "javascript:"))

"""Find the drawings (SVG) of a source, and the labels that readers see in them."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from urllib.parse import unquote, unquote_to_bytes

from lxml import etree
from lxml.etree import _Element

from converter.rules.svg import (
    DATA_START,
    FORMULA_HOLDER,
    ICON_CLASS,
    ICON_HOLDERS,
    ICON_SIZE,
    SHAPES,
    UNDRAWN,
    WORDLESS,
)
from converter.verify import normalize

ADDRESS = "drawing"
"""The URL of each drawing in facts: its file has a name that depends on its content."""
_FILE = re.compile(r"(?:[^:?#]*/)?[^:/?#]+\.[0-9a-f]{12}\.svg")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_PIXELS = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*", re.IGNORECASE)
_DRAWN = frozenset((*(name.lower() for name in SHAPES), "foreignobject"))
_UNDRAWN = frozenset(name.lower() for name in UNDRAWN)
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)


def is_drawing(address: str) -> bool:
    """Return whether an image of the Markdown is a drawing: a ``data:`` URL, or a file that is named by its content."""
    return address.startswith(DATA_START) or _FILE.fullmatch(address) is not None


def labels_of(svg: _Element) -> str | None:
    """Return the visible characters of an inline ``svg``; None where it is hidden, a sign or a formula's glyph."""
    sizes = [svg.get(name, "").strip() for name in ("width", "height")]
    numbers = [float(found[1]) for size in sizes if (found := _PIXELS.fullmatch(size[:40]))]
    holder = svg.getparent()
    if holder is not None and holder.tag == FORMULA_HOLDER:
        return None if _HIDDEN.search(svg.get("style", "")) or not _has_all_glyphs(svg) else ""
    if _HIDDEN.search(svg.get("style", "")) or any(size.endswith(("em", "ex")) for size in sizes):
        return None
    if (len(numbers) == 2 and max(numbers) <= ICON_SIZE) or not _draws(svg):
        return None
    labels = normalize.alternative("".join(_words(svg)))
    return labels if labels or not _is_sign(svg, numbers) else None


def _has_all_glyphs(svg: _Element) -> bool:
    """Return whether a formula that MathJax drew draws something, and all that it refers to stands in it."""
    wanted = {address for node in svg.iter() if (address := node.get("href") or node.get("xlink:href"))}
    return _draws(svg) and wanted <= {"#" + node.get("id", "") for node in svg.iter()}


def labels_of_data(address: str, alt: str) -> str | None:
    """Return the alt text of an image that is a drawing in a ``data:`` URL; None for another image, or an empty one."""
    head, _, body = address.partition(",")
    try:
        data = base64.b64decode(unquote(body) + "==") if head.endswith(";base64") else unquote_to_bytes(body)
        root = etree.fromstring(data, _PARSER)
    except (ValueError, etree.XMLSyntaxError):
        return None
    return alt if root is not None and _name(root) == "svg" and _draws(root) else None


def _name(element: _Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _words(svg: _Element) -> Iterator[str]:
    """Yield the texts that a drawing shows; of what a ``switch`` chooses from, the first."""
    walk = etree.iterwalk(svg, events=("start", "end", "comment", "pi"))
    for event, node in walk:
        if node is svg:
            continue
        name, parent = _name(node), node.getparent()
        is_other = _name(parent) == "switch" and node.getprevious() is not None if parent is not None else False
        if event == "start":
            if name in WORDLESS or is_other:
                walk.skip_subtree()
            else:
                yield node.text or ""
        elif event == "end" and name not in WORDLESS and not is_other:
            yield node.tail or ""


def _draws(svg: _Element) -> bool:
    """Return whether anything of a drawing is drawn by itself."""
    undrawn = 0
    for event, node in etree.iterwalk(svg, events=("start", "end")):
        name = _name(node)
        if name in _UNDRAWN:
            undrawn += 1 if event == "start" else -1
        elif not undrawn and name in _DRAWN and node is not svg:
            return True
    return False


def _is_sign(svg: _Element, numbers: list[float]) -> bool:
    """Return whether a drawing without a word is a sign of the page."""
    if ICON_CLASS.search(svg.get("class", "")) or any(up.tag in ICON_HOLDERS for up in svg.iterancestors()):
        return True
    box = [part for part in re.split(r"[\s,]+", svg.get("viewbox") or svg.get("viewBox") or "") if part][2:]
    square = (len(box) == 2 and box[0] == box[1]) or (len(numbers) == 2 and numbers[0] == numbers[1])
    return square or sum(_name(node) in SHAPES for node in svg.iter()) < 2

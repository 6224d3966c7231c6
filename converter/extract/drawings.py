"""Find out which SVG of an article is a drawing, and give it as a file, as a ``data:`` URL, and its labels as text."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from copy import deepcopy
from urllib.parse import unquote, unquote_to_bytes

from lxml import etree
from lxml.etree import _Element

from converter.extract.svg import NUMBER, name_of, written
from converter.rules.svg import (
    DATA_START,
    FORMULA_HOLDER,
    ICON_CLASS,
    ICON_HOLDERS,
    ICON_SIZE,
    SHAPES,
    WORDLESS,
)

_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
)
_TAG = re.compile(rb"<[^\s/<>!?](?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+")
_VALUE = re.compile(rb"\"[^\"]*+\"|'[^']*+'")
_LONG_TAG, _MOST_ATTRIBUTES = 2000, 500
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_EX_PIXELS = 8
"""Pixels of one ``ex`` in text of the usual size."""
_DATA = f"{DATA_START};base64,"


def inline_drawing(element: _Element) -> str:
    """Return an inline ``svg`` as the text of a file; "" for one that is hidden, an icon or a formula's glyph.

    A formula of MathJax 3 without its source is a drawing, if all its glyphs are in it.
    """
    if _HIDDEN.search(element.get("style", "")):
        return ""
    if (parent := element.getparent()) is not None and parent.tag == FORMULA_HOLDER:
        return _drawn_formula(element)
    if _is_small(element):
        return ""
    if not drawn_text(element) and _is_icon(element):
        return ""
    return written(element)


def _drawn_formula(element: _Element) -> str:
    """Return a formula as the text of a file; "" for one whose glyphs stand elsewhere in the page."""
    names = {f"#{node.get('id')}" for node in element.iter() if node.get("id")}
    if any((node.get("href") or node.get("xlink:href")) not in names for node in element.iter("use")):
        return ""
    formula = deepcopy(element)
    for side in ("width", "height"):
        if (size := NUMBER.match(formula.get(side, "").strip().removesuffix("ex"))) is not None:
            formula.set(side, f"{float(size[1]) * _EX_PIXELS:.2f}")
    return written(formula)


def sanitize(data: bytes) -> bytes:
    """Return an SVG file without what could run or fetch anything; b"" if nothing of it is left, or it is no SVG."""
    if b"\0" in data[:8] or _has_excess(data):
        return b""
    try:
        root = etree.fromstring(data, _PARSER)
    except (etree.XMLSyntaxError, ValueError):
        return b""
    return written(root).encode() if name_of(root) == "svg" else b""


def _has_excess(data: bytes) -> bool:
    """Return whether a tag has more attributes than any drawing: the parser takes quadratic time for them."""
    long = (match[0] for match in _TAG.finditer(data) if len(match[0]) > _LONG_TAG)
    return any(len(_VALUE.findall(tag)) > _MOST_ATTRIBUTES for tag in long)


def data_url(svg: str) -> str:
    """Return a drawing as a ``data:`` URL (RFC 2397)."""
    return _DATA + base64.b64encode(svg.encode()).decode()


def sanitized_data_url(address: str) -> str:
    """Return the ``data:`` URL of a drawing, made safe; "" for any other URL, and if nothing is left of it."""
    data = data_url_content(address) if address[: len(DATA_START)].lower() == DATA_START else b""
    svg = sanitize(data).decode()
    return data_url(svg) if svg else ""


def data_url_content(address: str) -> bytes:
    """Return the content of a ``data:`` URL (RFC 2397); b"" if it cannot be decoded."""
    head, _, body = address.partition(",")
    try:
        if head.lower().endswith(";base64"):
            return base64.b64decode("".join(unquote(body).split()) + "==")
        return unquote_to_bytes(body)
    except ValueError:
        return b""


def drawn_text(element: _Element) -> str:
    """Return the text that a drawing shows, on one line."""
    shown = (text for node in _shown(element) for text in (node.text, node.tail) if text)
    return " ".join(" ".join(shown).split())


def _shown(element: _Element) -> Iterator[_Element]:
    """Yield the elements of a drawing whose text is visible; of the ways that a ``switch`` gives, the first."""
    waiting = [iter(element)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif isinstance(child.tag, str) and name_of(child) not in WORDLESS:
            yield child
            waiting.append(iter(child[:1] if name_of(child) == "switch" else child))


def _is_small(element: _Element) -> bool:
    """Return True if a drawing has the size of an icon, or of glyphs (those are measured in ems)."""
    sizes = [element.get(name, "") for name in ("width", "height")]
    if any(size.rstrip().endswith(("em", "ex")) for size in sizes):
        return True
    numbers = [float(match[1]) for size in sizes if (match := NUMBER.match(size))]
    return len(numbers) == 2 and max(numbers) <= ICON_SIZE


def _is_icon(element: _Element) -> bool:
    """Return whether a drawing without a word is a sign: by its name, in a link or button, square, or of one shape."""
    if ICON_CLASS.search(element.get("class", "")) or any(up.tag in ICON_HOLDERS for up in element.iterancestors()):
        return True
    box = element.get("viewbox", element.get("viewBox", "")).replace(",", " ").split()[2:]
    sides = [element.get(name, "") for name in ("width", "height")]
    if any(len(set(pair)) == 1 for pair in (box, sides) if len(pair) == 2 and all(map(NUMBER.match, pair))):
        return True
    return sum(name_of(node) in SHAPES for node in element.iter()) < 2

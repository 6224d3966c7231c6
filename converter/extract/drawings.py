"""Make SVG safe to stand alone as a file, from an article's own HTML or from a file.

Only what the tables of ``rules/svg`` name is copied into a new tree: no script, no handler, no address
that leads out of the drawing.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from urllib.parse import unquote, unquote_to_bytes

from lxml import etree
from lxml.etree import QName, _Element

from converter.rules.svg import (
    ATTRIBUTES,
    ELEMENTS,
    LOCAL_REFERENCE,
    SHAPES,
    SILENT,
    STUB,
    STYLE_ESCAPES,
    UNDRAWN,
)
from converter.rules.urls import SAFE_DATA

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
ICON_SIZE = 48
"""Drawings no larger than this in both directions are buttons and icons."""

_HREF = f"{{{XLINK}}}href"
_PARSER = etree.XMLParser(
    resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
)
_NUMBER = re.compile(
    r"\s*+(-?(?:[0-9]{1,20}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:e[+-]?[0-9]{1,2})?)\s*+(?:px)?\s*+$", re.IGNORECASE
)
"""A number of SVG, in pixels: one that is longer or larger is none that a drawing has."""
_TAG = re.compile(rb"<[^\s/<>!?](?:[^<>\"']++|\"[^\"<]*+\"|'[^'<]*+')*+")
_VALUE = re.compile(rb"\"[^\"]*+\"|'[^']*+'")
_LONG_TAG, _MOST_ATTRIBUTES = 2000, 500
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_ELEMENTS = {name.lower(): name for name in ELEMENTS}
_ATTRIBUTES = {name.lower(): name for name in ATTRIBUTES}
_DATA_START = "data:image/svg+xml"
_DATA = f"{_DATA_START};base64,"
_LINE = 1.2
"""Distance of the lines of a label, in ems."""
_DEEP = 200


def inline_drawing(element: _Element) -> str:
    """Return an inline ``svg`` as the text of a file; "" for one that is hidden, an icon or a formula's glyph."""
    if _HIDDEN.search(element.get("style", "")) or _is_small(element):
        return ""
    return _written(element)


def sanitize(data: bytes) -> bytes:
    """Return an SVG file without what could run or fetch anything; b"" if nothing of it is left, or it is no SVG."""
    if b"\0" in data[:8] or _has_excess(data):
        return b""
    try:
        root = etree.fromstring(data, _PARSER)
    except (etree.XMLSyntaxError, ValueError):
        return b""
    return _written(root).encode() if _name(root) == "svg" else b""


def _has_excess(data: bytes) -> bool:
    """Return whether a tag has more attributes than any drawing: the parser takes quadratic time for them."""
    long = (match[0] for match in _TAG.finditer(data) if len(match[0]) > _LONG_TAG)
    return any(len(_VALUE.findall(tag)) > _MOST_ATTRIBUTES for tag in long)


def data_url(svg: str) -> str:
    """Return a drawing as a ``data:`` URL (RFC 2397)."""
    return _DATA + base64.b64encode(svg.encode()).decode()


def sanitized_data_url(address: str) -> str:
    """Return the ``data:`` URL of a drawing, made safe; "" for any other URL, and if nothing is left of it."""
    data = data_url_content(address) if address[: len(_DATA_START)].lower() == _DATA_START else b""
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
    """Yield the elements of a drawing whose text is visible."""
    waiting = [iter(element)]
    while waiting:
        child = next(waiting[-1], None)
        if child is None:
            waiting.pop()
        elif isinstance(child.tag, str) and _name(child) not in ("style", "title", "desc", "script", "defs"):
            yield child
            waiting.append(iter(child))


def _name(element: _Element) -> str:
    return QName(element).localname.lower() if isinstance(element.tag, str) else ""


def _is_small(element: _Element) -> bool:
    """Return True if a drawing has the size of an icon, or of glyphs (those are measured in ems)."""
    sizes = [element.get(name, "") for name in ("width", "height")]
    if any(size.rstrip().endswith(("em", "ex")) for size in sizes):
        return True
    numbers = [float(match[1]) for size in sizes if (match := _NUMBER.match(size))]
    return len(numbers) == 2 and max(numbers) <= ICON_SIZE


def _written(source: _Element) -> str:
    root = etree.Element(f"{{{SVG}}}svg", nsmap={None: SVG, "xlink": XLINK})
    _attributes(source, root)
    _children(source, root, 0)
    _without_nested_uses(root)
    _sized(root)
    return etree.tostring(root, encoding="unicode") if _draws(root) else ""


def _draws(root: _Element) -> bool:
    return any(
        QName(node).localname in SHAPES
        and not node.get("id", "").startswith(STUB)
        and not any(QName(holder).localname in UNDRAWN for holder in node.iterancestors())
        for node in root.iter()
    )


class _Content:
    """The content of an element while it is written: children and text are added at its end.

    Text is kept until a child follows it, because a longer text for an element is a copy of the text it had.
    """

    def __init__(self, element: _Element) -> None:
        self._element = element
        self._last: _Element | None = None
        self._texts: list[str] = []
        self._draws_text = QName(element).localname in ("text", "tspan", "textPath")

    def add_text(self, text: str | None) -> None:
        """Add text; whitespace only where text is drawn."""
        if text and (self._draws_text or not text.isspace()):
            self._texts.append(text)

    def add_child(self, name: str, attributes: Mapping[str, str] = MappingProxyType({})) -> _Element:
        """Add an element and return it."""
        self.finish()
        self._last = etree.SubElement(self._element, f"{{{SVG}}}{name}", attributes)
        return self._last

    def finish(self) -> None:
        """Put the text that was added last in its place."""
        text, self._texts = "".join(self._texts), []
        if text and self._last is not None:
            self._last.tail = text
        elif text:
            self._element.text = text


def _children(source: _Element, target: _Element, depth: int) -> None:
    content = _Content(target)
    _add_children(source, content, depth)
    content.finish()


def _add_children(source: _Element, content: _Content, depth: int) -> None:
    content.add_text(source.text)
    for child in source:
        name = _name(child)
        if name and depth < _DEEP:
            _add_child(child, name, content, depth + 1)
        content.add_text(child.tail)


def _add_child(child: _Element, name: str, content: _Content, depth: int) -> None:
    if name in SILENT:
        return
    if name == "foreignobject":
        _label(child, content)
    elif name == "style":
        if css := _style("".join(str(text) for text in child.itertext())):
            content.add_child("style").text = css
    elif name in _ELEMENTS:
        copy = content.add_child(_ELEMENTS[name])
        _attributes(child, copy)
        _children(child, copy, depth)
    else:
        _add_children(child, content, depth)


def _attributes(source: _Element, target: _Element) -> None:
    for given, value in source.items():
        name = given.rpartition("}")[2].rpartition(":")[2].lower()
        if name == "href":
            if value.startswith("#") or SAFE_DATA.match(value):
                target.set(_HREF, value)
        elif name in _ATTRIBUTES and (safe := _style(value) if "(" in value or name == "style" else value):
            target.set(_ATTRIBUTES[name], safe)


def _style(css: str) -> str:
    """Return a style or attribute whose references lead into the drawing; "" if any other is in it."""
    css = LOCAL_REFERENCE.sub(r"url(#\1)", css)
    if STYLE_ESCAPES.search(css) or css.lower().count("url(") != css.count("url(#"):
        return ""
    return css


def _label(source: _Element, content: _Content) -> None:
    """Add a label that was HTML (as mermaid writes labels) as SVG text: its lines, in the middle of its box."""
    lines = [" ".join(line.split()) for line in _lines(source)]
    lines = [line for line in lines if line]
    if not lines:
        return
    width, height = (_number(source.get(name, "")) for name in ("width", "height"))
    left, top = (_number(source.get(name, "")) for name in ("x", "y"))
    middle = f"{left + width / 2:g}"
    text = content.add_child(
        "text", {"x": middle, "y": f"{top + height / 2:g}", "text-anchor": "middle", "dominant-baseline": "central"}
    )
    for number, line in enumerate(lines):
        shift = _LINE if number else -_LINE * (len(lines) - 1) / 2
        etree.SubElement(text, f"{{{SVG}}}tspan", {"x": middle, "dy": f"{shift:g}em"}).text = line


def _lines(element: _Element) -> list[str]:
    """Return the lines of a label: a line ends where a `br` or a block is."""
    lines: list[list[str]] = [[element.text or ""]]
    waiting = [(element, iter(element))]
    while waiting:
        parent, children = waiting[-1]
        child = next(children, None)
        if child is not None:
            name = _name(child)
            if name in ("br", "div", "p"):
                lines.append([])
            lines[-1].append((child.text or "") if name and name not in SILENT else "")
            waiting.append((child, iter(child if name and name not in SILENT else ())))
            continue
        waiting.pop()
        if waiting:
            if _name(parent) in ("div", "p"):
                lines.append([])
            lines[-1].append(parent.tail or "")
    return ["".join(parts) for parts in lines]


def _number(value: str) -> float:
    match = _NUMBER.match(value)
    return float(match[1]) if match else 0.0


def _without_nested_uses(root: _Element) -> None:
    """Remove each ``use`` inside what a ``use`` refers to: a few such can draw a million shapes."""
    uses = list(root.iter(f"{{{SVG}}}use"))
    referred = {use.get(_HREF, "")[1:] for use in uses}
    for use in uses:
        if any(node.get("id") in referred for node in (use, *use.iterancestors())):
            parent = use.getparent()
            assert parent is not None
            parent.remove(use)


def _sized(root: _Element) -> None:
    """Give a drawing that fills its page (``width="100%"``) the size it was drawn in."""
    box = root.get("viewBox", "").replace(",", " ").split()
    if len(box) == 4 and any(not _NUMBER.match(root.get(name, "")) for name in ("width", "height")):
        root.set("width", box[2])
        root.set("height", box[3])

"""Copy an SVG tree into a new one that is safe to stand alone as a file.

Only what the tables of ``rules/svg`` name is copied: no script, no handler, no address that leads out of the
drawing.  Labels in HTML become text, because a file that is shown as an image draws no HTML.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from types import MappingProxyType

from lxml import etree
from lxml.etree import _Element

from converter.extract.text import settable
from converter.rules.svg import (
    ATTRIBUTES,
    ELEMENTS,
    LOCAL_REFERENCE,
    MERMAID_ID,
    MERMAID_STYLE,
    SHAPES,
    SILENT,
    STUB,
    STYLE_ESCAPES,
    UNDRAWN,
    WORDS,
)
from converter.rules.urls import SAFE_DATA

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"
NUMBER = re.compile(
    r"\s*+(-?(?:[0-9]{1,20}(?:\.[0-9]{0,40})?|\.[0-9]{1,40})(?:e[+-]?[0-9]{1,2})?)\s*+(?:px)?\s*+$", re.IGNORECASE
)
"""A number of SVG, in pixels: one that is longer or larger is none that a drawing has."""

_HREF = f"{{{XLINK}}}href"
_ELEMENTS = {name.lower(): name for name in ELEMENTS}
_ATTRIBUTES = {name.lower(): name for name in ATTRIBUTES}
_LINE = 1.2
"""Distance of the lines of a label, in ems."""
_DEEP = 200


def name_of(element: _Element) -> str:
    """Return the name of an element in lower case, without its namespace; "" for a comment."""
    return _local_name(element).lower()


def _local_name(element: _Element) -> str:
    """Return the name of an element without its namespace; QName refuses names that the parser of HTML lets through."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def written(source: _Element) -> str:
    """Return a drawing as the text of a file; "" for one that draws nothing."""
    root = etree.Element(f"{{{SVG}}}svg", nsmap={None: SVG, "xlink": XLINK})
    _attributes(source, root)
    _children(source, root, 0)
    _without_nested_uses(root)
    _sized(root)
    _styled(root)
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode") if _draws(root) else ""


def _draws(root: _Element) -> bool:
    return any(
        _local_name(node) in SHAPES
        and not node.get("id", "").startswith(STUB)
        and not any(_local_name(holder) in UNDRAWN for holder in node.iterancestors())
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
        self._draws_text = _local_name(element) in ("text", "tspan", "textPath")

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
        text, self._texts = settable("".join(self._texts)), []
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
    for child in source[:]:
        name = name_of(child)
        if name and depth < _DEEP:
            _add_child(child, name, content, depth + 1)
        content.add_text(child.tail)


def _add_child(child: _Element, name: str, content: _Content, depth: int) -> None:
    if name in SILENT:
        return
    if name == "foreignobject":
        _label(child, content)
    elif name == "style":
        if css := _style(unescape("".join(str(text) for text in child.itertext()))):
            content.add_child("style").text = settable(css)
    elif name in WORDS:
        copy = content.add_child(name)
        _attributes(child, copy)
        copy.text = settable("".join(child.itertext(etree.Element)))
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
                target.set(_HREF, settable(value))
        elif name in _ATTRIBUTES and (safe := _style(value) if "(" in value or name == "style" else value):
            target.set(_ATTRIBUTES[name], settable(safe))


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
        etree.SubElement(text, f"{{{SVG}}}tspan", {"x": middle, "dy": f"{shift:g}em"}).text = settable(line)


def _lines(element: _Element) -> list[str]:
    """Return the lines of a label: a line ends where a `br` or a block is."""
    lines: list[list[str]] = [[element.text or ""]]
    waiting = [(element, iter(element))]
    while waiting:
        parent, children = waiting[-1]
        child = next(children, None)
        if child is not None:
            name = name_of(child)
            if name in ("br", "div", "p"):
                lines.append([])
            lines[-1].append((child.text or "") if name and name not in SILENT else "")
            waiting.append((child, iter(child if name and name not in SILENT else ())))
            continue
        waiting.pop()
        if waiting:
            if name_of(parent) in ("div", "p"):
                lines.append([])
            lines[-1].append(parent.tail or "")
    return ["".join(parts) for parts in lines]


def _number(value: str) -> float:
    match = NUMBER.match(value)
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
    if len(box) == 4 and any(not NUMBER.match(root.get(name, "")) for name in ("width", "height")):
        root.set("width", box[2])
        root.set("height", box[3])


def _styled(root: _Element) -> None:
    """Give a drawing of mermaid without a style the colours of mermaid: the page had them in a file of its own."""
    if root.get("id", "").startswith(MERMAID_ID) and next(root.iter(f"{{{SVG}}}style"), None) is None:
        style = etree.Element(f"{{{SVG}}}style")
        style.text = MERMAID_STYLE
        root.insert(0, style)

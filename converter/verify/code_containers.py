"""Find code in an article, whatever editor or highlighter wrote it: its text and its language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.etree import XPath, _Element

from converter.rules import code as rules
from converter.rules.chrome import CODE_BOXES, TAG_ROWS
from converter.sites.tables import CLASS_ROWS
from converter.verify import normalize
from converter.verify.chrome_limits import is_chrome
from converter.verify.walker import BLOCKS

_ONLY_TEXT = XPath("not(descendant::*[not(self::span or self::code)])")
_CLASSES = XPath("descendant::*/@class")
_NAMED = re.compile(r"(?:^|[\s;])(?:language|lang)-([\w+#.-]+)")
_BRUSH = re.compile(r"brush:\s*([\w+#-]+)")
_LAYOUT = re.compile(r"[\r\n]+\s*")
_LABELS = XPath("descendant::*[contains(concat(' ', @class, ' '), ' tools ')]//*[self::strong or self::b]")


def class_names(element: _Element) -> list[str]:
    """Return the class names of an element."""
    return (element.get("class") or "").split()


def text_of(element: _Element) -> str:
    """Return the text of preformatted content; ``br`` and block edges end a line, gutters and buttons are left out."""
    if _ONLY_TEXT(element) and not any(
        name in CLASS_ROWS for value in set(_CLASSES(element)) for name in value.split()
    ):
        return "".join(element.itertext())
    pieces: list[str] = [element.text or ""]
    stack = [iter(element)]
    open_elements: list[_Element] = []
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
            if open_elements:
                _close(open_elements.pop(), pieces)
        elif child.tag == "br":
            pieces.append("\n" + (child.tail or ""))
        elif _is_left_out(child):
            pieces.append(child.tail or "")
        else:
            _end_line(child, pieces)
            pieces.append(child.text or "")
            stack.append(iter(child))
            open_elements.append(child)
    return "".join(pieces)


def continues_code(element: _Element) -> bool:
    """Return True for a line of code behind another one, in a highlighter's box."""
    before = element.getprevious()
    if before is None or not (_is_loose_line(element) and _is_loose_line(before)):
        return False
    return not normalize.squash(before.tail or "")


def _is_loose_line(element: _Element) -> bool:
    """Return True for a line of code in a highlighter's box of which the container of the lines is not known."""
    if element.tag != "div" or "line" not in class_names(element):
        return False
    return any(not CODE_BOXES.isdisjoint(class_names(up)) for up in islice(element.iterancestors(), 6))


def _is_left_out(element: _Element) -> bool:
    if not isinstance(element.tag, str):
        return True
    row = TAG_ROWS.get(element.tag) or next(filter(None, map(CLASS_ROWS.get, class_names(element))), None)
    return row is not None and is_chrome(row, element)


def _close(element: _Element, pieces: list[str]) -> None:
    _end_line(element, pieces)
    pieces.append(element.tail or "")


def _end_line(element: _Element, pieces: list[str]) -> None:
    if element.tag in BLOCKS:
        last = next((piece for piece in reversed(pieces) if piece), "\n")
        if not last.endswith("\n"):
            pieces.append("\n")


def _lines(elements: list[_Element]) -> str:
    """Return the code of elements that hold one line each; line ends inside them are layout."""
    return "\n".join(_LAYOUT.sub(" ", text_of(element).strip("\r\n")).rstrip() for element in elements)


def code_of(element: _Element) -> str | None:
    """Return the code that an element is the container of, None where it is no container."""
    find = CONTAINERS.get(str(element.tag))
    return find(element) if find else None


def _numbered_list(element: _Element) -> str | None:
    parent = element.getparent()
    boxed = parent is not None and "dp-highlighter" in class_names(parent)
    if boxed or any(name in rules.NUMBERED_LISTS or name.startswith("dp-") for name in class_names(element)):
        return _lines(element.findall("li"))
    return None


def _line_boxes(element: _Element) -> str | None:
    if _is_loose_line(element):
        lines = [element]
        while (behind := lines[-1].getnext()) is not None and continues_code(behind):
            lines.append(behind)
        return _lines(lines)
    if "lines" not in class_names(element):
        return None
    lines = [child for child in element if "line" in class_names(child)]
    cells = [_first_with(line, "td", rules.LINE_CELLS) for line in lines]
    return _lines([line if cell is None else cell for line, cell in zip(lines, cells, strict=True)]) if lines else None


def _table(element: _Element) -> str | None:
    if "hljs-ln" in class_names(element):
        return _lines(list(element.iter("tr")))
    if _first_with(element, "td", rules.GUTTER_CELLS) is None:
        return None
    cell = _first_with(element, "td", rules.CODE_CELLS)
    if cell is None:
        return None
    boxes = [box for box in cell.iter("*") if not rules.LINE_BOXES.isdisjoint(class_names(box))]
    inner = cell.find(".//pre")
    return _lines(boxes) if boxes else text_of(cell if inner is None else inner)


def _text_area(element: _Element) -> str | None:
    if element.get("name") == "code" or "brush" in (element.get("class") or ""):
        return "".join(element.itertext())
    return None


def _first_with(element: _Element, tag: str, wanted: frozenset[str]) -> _Element | None:
    return next((child for child in element.iter(tag) if not wanted.isdisjoint(class_names(child))), None)


CONTAINERS = {"pre": text_of, "ol": _numbered_list, "div": _line_boxes, "table": _table, "textarea": _text_area}
"""Functions that return the code of an element or None, by tag."""
AUTHORED = frozenset(("pre", "textarea"))
"""Tags of containers whose whitespace is the author's, even in prettified sources."""


def languages(element: _Element) -> tuple[str, str]:
    """Return the declared language of a code container and the one that a highlighter guessed; "" for none."""
    code = element if element.tag == "code" else element.find(".//code")
    near = " ; ".join(node.get("class") or "" for node in (code, element, element.getparent()) if node is not None)
    if match := _NAMED.search(near) or _BRUSH.search(near):
        return normalize.language(match[1]), ""
    for holder in _holders(element):
        own = class_names(holder)
        if "dp-highlighter" in own:
            return normalize.language(
                _label(holder) or next((name[3:] for name in own if name.startswith("bg_")), "")
            ), ""
        if "syntaxhighlighter" in own or "highlight" in own or (holder is element and element.get("name") is not None):
            rest = (normalize.language(name) for name in own if name not in rules.HIGHLIGHTER_WORDS)
            return next(filter(None, rest), ""), ""
    guesses = (
        map(normalize.language, class_names(code)) if code is not None and "hljs" in class_names(code) else iter(())
    )
    return "", next(filter(None, guesses), "")


def _holders(element: _Element) -> Iterator[_Element]:
    yield element
    yield from islice(element.iterancestors(), 5)


def _label(holder: _Element) -> str:
    label = next(iter(_LABELS(holder)), None)
    return "" if label is None else "".join(label.itertext()).strip().strip("[]")

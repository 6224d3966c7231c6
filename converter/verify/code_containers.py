"""Find code in an article, whatever editor or highlighter wrote it: its text and its language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.etree import XPath, _Element

from converter.rules import code as rules
from converter.rules.limits import LimitName
from converter.verify import normalize
from converter.verify.chrome_limits import is_chrome
from converter.verify.known_chrome import BY_CLASS, BY_TAG
from converter.verify.walker import BLOCKS

_ONLY_TEXT = XPath("not(descendant::*[not(self::span or self::code)])")
_TEXT = XPath("string()", smart_strings=False)
_CLASSES = XPath("descendant::*/@class", smart_strings=False)
_NAMED = re.compile(
    r"(?:^|[\s;])(?:(?:language|lang|highlight-(?:source|text))[-:]|highlight-(?=[\w+#.-]++ notranslate))([\w+#.-]+)"
)
_BRUSH = re.compile(r"brush:\s*\[?([\w+#-]+)")
_LAYOUT = re.compile(r"(?<![ \t])[ \t]*+[\r\n][ \t\r\n]*+")
_LABELS = XPath("descendant::*[contains(concat(' ', @class, ' '), ' tools ')]//*[self::strong or self::b]")


def class_names(element: _Element) -> list[str]:
    """Return the class names of an element."""
    return (element.get("class") or "").split()


def text_of(element: _Element) -> str:
    """Return the text of preformatted content; ``br`` and block edges end a line, gutters and buttons are left out."""
    if not len(element):
        return element.text or ""
    named = {name for value in set(_CLASSES(element)) for name in value.split()}
    if element.tag == "pre" and len(element) > 1 and (lines := _code_lines(element)) is not None:
        return lines
    if _ONLY_TEXT(element) and named.isdisjoint(BY_CLASS) and named.isdisjoint(rules.GUTTERS_IN_CODE):
        return str(_TEXT(element))
    inner = _only_table(element)
    if inner is not None and (code := code_of(inner)) is not None:
        return code
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


def _code_lines(element: _Element) -> str | None:
    """Return the text of a ``pre`` that holds a ``code`` for each line, as WeChat's do; None for any other."""
    lines = list(element)
    if any(line.tag != "code" or line.get("class") != lines[0].get("class") for line in lines):
        return None
    text = element.text or ""
    for line in lines:
        text += text_of(line) + (line.tail or "" if line.tail or line is lines[-1] else "")
        if not line.tail and line is not lines[-1] and not text.endswith("\n"):
            text += "\n"
    return text


def _only_table(element: _Element) -> _Element | None:
    """Return the table or hljs-ln list that is all that an element shows, None for any other content."""
    while True:
        if normalize.squash((element.text or "") + "".join(child.tail or "" for child in element)):
            return None
        shown = [child for child in element if not _is_left_out(child)]
        if len(shown) != 1:
            return None
        element = shown[0]
        if element.tag == "table" or "hljs-ln" in class_names(element):
            return element


def lines_from(element: _Element) -> list[_Element]:
    """Return an element and the lines of code behind it that belong to it."""
    lines = [element]
    while (behind := lines[-1].getnext()) is not None and continues_code(behind):
        lines.append(behind)
    return lines


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
    return any(not rules.LINE_HOLDERS.isdisjoint(class_names(up)) for up in islice(element.iterancestors(), 6))


def _is_left_out(element: _Element) -> bool:
    if not isinstance(element.tag, str):
        return True
    holds = BY_TAG.get(element.tag) or next(filter(None, map(_limit_in_code, class_names(element))), None)
    return holds is not None and is_chrome(holds, element)


def _limit_in_code(name: str) -> LimitName | None:
    """Return what an element of a class may hold that is no code, None for a class that code may have."""
    gutter = rules.GUTTERS_IN_CODE.get(name)
    return BY_CLASS.get(name) or (gutter.holds if gutter else None)


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
    return "\n".join(map(_one_line, elements))


def _one_line(element: _Element) -> str:
    boxes = [box for box in element.iter("div", "td") if not rules.LINE_BOXES.isdisjoint(class_names(box))]
    shown = [box for box in boxes if not _is_left_out(box)]
    line = shown[0] if len(shown) == 1 else element
    text, pasted = text_of(line), [text_of(box) for box in line.iter("pre")]
    if len(pasted) > 1 and normalize.squash("".join(pasted)) == normalize.squash(text):
        return "\n".join(pasted)
    if found := _LAYOUT.match(text):
        text = text[found.end() :]
    return _LAYOUT.sub(" ", text).rstrip()


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
        return _lines(lines_from(element))
    if rules.DIAGRAM in class_names(element) and not len(element) and "\n" in (element.text or "").strip():
        return (element.text or "").strip()
    if "lines" not in class_names(element):
        return None
    lines = [child for child in element if "line" in class_names(child)]
    cells = [_first_with(line, "td", rules.LINE_CELLS) for line in lines]
    return _lines([line if cell is None else cell for line, cell in zip(lines, cells, strict=True)]) if lines else None


def _table(element: _Element) -> str | None:
    if "hljs-ln" in class_names(element):
        return _lines(list(element.iter("tr")))
    own = [cell for cell in element.iter("td") if next(cell.iterancestors("table"), None) is element]
    rows = [cell for cell in own if not rules.ROW_CELLS.isdisjoint(class_names(cell))]
    if len(rows) > 1 or (rows and rows[0].find(".//pre") is None):
        return _lines(rows)
    cells = own[:3]
    if any(not rules.GUTTER_CELLS.isdisjoint(class_names(cell)) for cell in own):
        cell = _first_with(element, "td", rules.CODE_CELLS)
    elif len(cells) == 2 and cells[1].find(".//pre") is not None and _is_count(cells[0]):
        cell = cells[1]
    else:
        cell = None
    if cell is None:
        return None
    boxes = [box for box in cell.iter("*") if not rules.LINE_BOXES.isdisjoint(class_names(box))]
    if boxes:
        return _lines(boxes)
    inner, whole = cell.find(".//pre"), text_of(cell)
    if inner is None:
        return whole
    code = text_of(inner)
    if normalize.squash(code) == normalize.squash(whole):
        return code
    return "\n".join(line for line in whole.split("\n") if normalize.squash(line))


def _is_count(cell: _Element) -> bool:
    return normalize.squash("".join(cell.itertext())).isdecimal()


def _text_area(element: _Element) -> str | None:
    text = "".join(element.itertext())
    names = element.get("class") or ""
    marked = element.get("name") == "code" or "brush" in names or "code" in names.split()
    return text if marked or "\n" in text.strip() else None


def _first_with(element: _Element, tag: str, wanted: frozenset[str]) -> _Element | None:
    return next((child for child in element.iter(tag) if not wanted.isdisjoint(class_names(child))), None)


CONTAINERS = {
    **dict.fromkeys(("pre", "xmp", "listing"), text_of),
    "ol": _numbered_list,
    "div": _line_boxes,
    "table": _table,
    "textarea": _text_area,
}
"""Functions that return the code of an element or None, by tag."""
TAGS = frozenset((*CONTAINERS, "section"))
"""Tags of elements that may hold code: containers, and boxes that say so by their style."""
AUTHORED = frozenset(("pre", "xmp", "listing", "textarea"))
"""Tags of containers whose whitespace is the author's, even in prettified sources."""


def languages(element: _Element) -> tuple[str, str]:
    """Return the declared language of a code container and the one that a highlighter guessed; "" for none."""
    if rules.DIAGRAM in class_names(element):
        return rules.DIAGRAM, ""
    codes = list(islice(element.iter("code"), 2))
    code = codes[0] if codes else None
    nearest = [*codes, *islice(_holders(element), 3)]
    near = " ; ".join(node.get("class") or "" for node in nearest)
    if match := _NAMED.search(near) or _BRUSH.search(near):
        return normalize.language(match[1]), ""
    for node in nearest:
        for value in (node.get(attribute) or "" for attribute in rules.LANGUAGE_ATTRIBUTES):
            if value.strip().lower().split("-")[0] not in ("", *rules.NATURAL_LANGUAGES) and normalize.language(value):
                return normalize.language(value), ""
    for holder in _holders(element):
        own = class_names(holder)
        if "dp-highlighter" in own:
            return normalize.language(
                _label(holder) or next((name[3:] for name in own if name.startswith("bg_")), "")
            ), ""
        if "syntaxhighlighter" in own or "highlight" in own or (holder is element and element.get("name") is not None):
            rest = map(normalize.language, own)
            return next((name for name in rest if name and name not in rules.HIGHLIGHTER_WORDS), ""), ""
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

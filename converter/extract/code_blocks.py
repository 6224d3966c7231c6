"""Read code from the containers that editors and highlighters put it in: its exact text and its language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from lxml.etree import XPath, _Element, iterwalk, tostring

from converter.extract.limits import holds_more
from converter.extract.text import text_of
from converter.extract.whitespace import visible
from converter.rules.chrome import CODE_BOXES, TAG_ROWS
from converter.rules.code import (
    CODE_CELLS,
    GUTTER_CELLS,
    HIGHLIGHTER_WORDS,
    LANGUAGES,
    LINE_BOXES,
    LINE_CELLS,
    NUMBERED_LISTS,
    UNDECLARED,
)
from converter.sites.tables import CLASS_ROWS

_BESIDE_TOKENS = re.compile(
    r"<(?!/|code[ />]|span(?: class=\"(?:token |hljs-(?!ln-))[^\"]*\")?(?: style=\"[^\"]*\")?/?>)"
)
"""A tag in serialized code that is none of a highlighted word's: without one, C can gather the text."""
_DECLARED = re.compile(r"(?:^|[\s;])(?:language|lang)-([\w+#.-]+)")
_BRUSH = re.compile(r"brush:\s*([\w+#-]+)")
_LABEL = XPath("descendant::*[contains(concat(' ', @class, ' '), ' tools ')]//*[self::strong or self::b]")
_LINE_LAYOUT = re.compile(r"[\r\n]+\s*")
_BLOCKS_IN_CODE = frozenset(
    """p div section article header footer main nav aside figure figcaption address center dl dt dd fieldset form
    legend details summary ul ol li menu dir blockquote pre table caption colgroup thead tbody tfoot tr td th h1 h2 h3
    h4 h5 h6 hr body html option textarea""".split()
)


def classes(element: _Element) -> list[str]:
    """Return the class names of an element."""
    return element.get("class", "").split()


# --------------------------------------------------------------------------------------------------
# Text


def exact_text(element: _Element) -> str:
    """Return the text of preformatted content: breaks and edges of blocks are line ends, gutters and buttons left out.

    Line ends are ``\\n``, U+00A0 is a space.  The last line end is removed, and so is what only the markup
    brings in: the line end behind ``<pre>`` (HTML 13.1.2.5), whitespace behind ``</code>``.
    """
    text = text_of(element) if _is_highlighted_only(element) else "".join(_gathered(element))
    if len(element) == 1 and element[0].tag == "code" and (tail := element[0].tail) and tail.isspace():
        text = text.removesuffix(tail)
    return normal_code(text.removeprefix("\n"))


def _is_highlighted_only(element: _Element) -> bool:
    """Return True if an element holds nothing but text and highlighted words."""
    return _BESIDE_TOKENS.search(tostring(element, encoding="unicode", with_tail=False), 1) is None


def _gathered(element: _Element) -> list[str]:
    """Return the visible text of an element in pieces, line ends where a browser shows them; no piece is empty."""
    pieces: list[str] = [element.text] if element.text else []
    walker = iterwalk(element, events=("start", "end", "comment", "pi"))
    skipped: _Element | None = None
    for event, node in walker:
        if node is element:
            continue
        if event == "start":
            if _is_left_out(node):
                skipped = node
                walker.skip_subtree()
            else:
                _begin(node, pieces)
            continue
        if node is not skipped and node.tag in _BLOCKS_IN_CODE:
            _end_line(pieces)
        if node.tail:
            pieces.append(node.tail)
    return pieces


def _begin(element: _Element, pieces: list[str]) -> None:
    if element.tag == "br":
        pieces.append("\n")
    elif element.tag in _BLOCKS_IN_CODE:
        _end_line(pieces)
    if element.text:
        pieces.append(element.text)


def _is_left_out(element: _Element) -> bool:
    """Return True for an element that is no code: a gutter, a button or a fold marker, by its class or tag."""
    row = TAG_ROWS.get(str(element.tag)) or next(filter(None, map(CLASS_ROWS.get, classes(element))), None)
    return row is not None and not holds_more(element, row)


def _end_line(pieces: list[str]) -> None:
    if pieces and not pieces[-1].endswith("\n"):
        pieces.append("\n")


def normal_code(text: str) -> str:
    """Return code with ``\\n`` line ends and plain spaces, without the end of its last line."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\xa0", " ").removesuffix("\n")


def _line(element: _Element) -> str:
    """Return the code of a highlighter's box of one line: line ends inside are layout."""
    return _LINE_LAYOUT.sub(" ", "".join(_gathered(element)).strip("\r\n")).rstrip()


def joined_lines(elements: list[_Element]) -> str:
    """Return the code of elements that hold one line each."""
    return normal_code("\n".join(_line(element) for element in elements))


# --------------------------------------------------------------------------------------------------
# Containers other than <pre>: each function returns the code, or None for an element that is no such container


def numbered_list(element: _Element) -> str | None:
    """Return the code of an ``<ol>`` with an item for each line: google-code-prettify, dp.SyntaxHighlighter 1."""
    names = classes(element)
    parent = element.getparent()
    if not (
        any(name in NUMBERED_LISTS or name.startswith("dp-") for name in names)
        or (parent is not None and "dp-highlighter" in classes(parent))
    ):
        return None
    return joined_lines(element.findall("li"))


def line_boxes(element: _Element) -> str | None:
    """Return the code of ``.lines > .line``: SyntaxHighlighter 2 with a table for each line."""
    lines = [child for child in element if "line" in classes(child)]
    if not lines:
        return None
    cells = [_with_class(line, "td", LINE_CELLS) for line in lines]
    return joined_lines([line if cell is None else cell for line, cell in zip(lines, cells, strict=True)])


def is_line_in_box(element: _Element) -> bool:
    """Return whether an element is one line of code in a highlighter's box: SyntaxHighlighter 2 and 3."""
    return "line" in classes(element) and any(
        not CODE_BOXES.isdisjoint(classes(holder)) for holder in islice(element.iterancestors(), 6)
    )


def is_line_behind_line(element: _Element) -> bool:
    """Return whether a line of code stands behind another one, with nothing between them."""
    before = element.getprevious()
    return before is not None and not visible(before.tail or "") and "line" in classes(before)


def neighbouring_lines(first: _Element) -> list[_Element]:
    """Return a line of code and those behind it, up to the first element that is no line."""
    found = [first]
    for element in first.itersiblings():
        if not is_line_behind_line(element) or "line" not in classes(element):
            break
        found.append(element)
    return found


def gutter_table(element: _Element) -> str | None:
    """Return the code of a table with line numbers: SyntaxHighlighter 3, Crayon, Pygments, Hexo, hljs-ln."""
    if "hljs-ln" in classes(element):
        return joined_lines(list(element.iter("tr")))
    if _with_class(element, "td", GUTTER_CELLS) is None:
        return None
    cell = _with_class(element, "td", CODE_CELLS)
    if cell is None:
        return None
    boxes = [box for box in cell.iter() if isinstance(box.tag, str) and not LINE_BOXES.isdisjoint(classes(box))]
    if boxes:
        return joined_lines(boxes)
    inner = cell.find(".//pre")
    return exact_text(cell if inner is None else inner)


def _with_class(element: _Element, tag: str, names: frozenset[str]) -> _Element | None:
    return next((child for child in element.iter(tag) if not names.isdisjoint(classes(child))), None)


def text_area(element: _Element) -> str | None:
    """Return the code of a ``<textarea>`` that dp.SyntaxHighlighter would have replaced."""
    if element.get("name") != "code" and "brush" not in element.get("class", ""):
        return None
    return normal_code(text_of(element))


# --------------------------------------------------------------------------------------------------
# Language


def language(element: _Element) -> str:
    """Return the language that a code container declares, by the name that highlighters share; "" for none.

    A bare ``hljs x`` is the highlighter's guess, often wrong (avrasm, lasso), and is ignored.
    """
    code = next(element.iter("code"), None)
    parent = element.getparent()
    near = " ; ".join([node.get("class", "") for node in (code, element, parent) if node is not None])
    if match := _DECLARED.search(near) or _BRUSH.search(near):
        return canonical(match[1])
    for holder in _upward(element, 6):
        names = classes(holder)
        if "dp-highlighter" in names:
            return canonical(_label(holder) or next((name[3:] for name in names if name.startswith("bg_")), ""))
        if (
            "syntaxhighlighter" in names
            or "highlight" in names
            or (holder is element and element.get("name") is not None)
        ):
            return next(filter(None, (canonical(name) for name in names if name not in HIGHLIGHTER_WORDS)), "")
    return ""


def _label(holder: _Element) -> str:
    """Return the language on a dp.SyntaxHighlighter toolbar: ``[java]``."""
    label = next(iter(_LABEL(holder)), None)
    return "" if label is None else text_of(label).strip().strip("[]")


def _upward(element: _Element, most: int) -> Iterator[_Element]:
    node: _Element | None = element
    while node is not None and most:
        yield node
        node, most = node.getparent(), most - 1


def canonical(name: str) -> str:
    """Return the name of a language that highlighters share; "" for a word that names none."""
    name = name.lower().strip().rstrip(";")
    return "" if name in UNDECLARED or not name.isprintable() or " " in name else LANGUAGES.get(name, name)

"""Read code from the containers that editors and highlighters put it in: its exact text."""

from __future__ import annotations

import re
from itertools import islice

from lxml.etree import _Element, iterwalk, tostring

from converter.extract.limits import holds_more
from converter.extract.text import text_of
from converter.extract.whitespace import squashed, visible
from converter.rules.chrome import TAG_ROWS
from converter.rules.code import (
    CODE_CELLS,
    GUTTER_CELLS,
    GUTTERS_IN_CODE,
    LINE_BOXES,
    LINE_CELLS,
    LINE_HOLDERS,
    NUMBERED_LISTS,
    ROW_CELLS,
)
from converter.sites.tables import CLASS_ROWS

_BESIDE_TOKENS = re.compile(
    r"<(?!/|code[ />]|span(?: class=\"(?:token |hljs-(?!ln-))[^\"]*\")?(?: style=\"[^\"]*\")?/?>)"
)
"""A tag in serialized code that is none of a highlighted word's: without one, C can gather the text."""
_LINE_LAYOUT = re.compile(r"(?<![ \t])[ \t]*+[\r\n][ \t\r\n]*+")
_COUNTED = re.compile(r"\s*\d+(?:\s+\d+)*\s*")
_BLOCKS_IN_CODE = frozenset(
    """p div section article header footer main nav aside figure figcaption address center dl dt dd fieldset form
    legend details summary ul ol li menu dir blockquote pre table caption colgroup thead tbody tfoot tr td th h1 h2 h3
    h4 h5 h6 hr body html option textarea""".split()
)


_LEFT_OUT = frozenset((*CLASS_ROWS, *GUTTERS_IN_CODE))


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
    if _is_highlighted_only(element) and not _has_code_lines(element):
        text = text_of(element)
    elif (inner := _inner_container(element)) is not None:
        return inner
    else:
        text = "".join(gathered(element))
    if len(element) == 1 and element[0].tag == "code" and (tail := element[0].tail) and tail.isspace():
        text = text.removesuffix(tail)
    return normal_code(text.removeprefix("\n"))


def _is_highlighted_only(element: _Element) -> bool:
    """Return True if an element holds nothing but text and highlighted words."""
    count = len(element)
    if not count or (count == 1 and (only := element[0]).tag == "code" and not len(only)):
        return True
    return _BESIDE_TOKENS.search(tostring(element, encoding="unicode", with_tail=False), 1) is None


def _has_code_lines(element: _Element) -> bool:
    """Return True if an element is a ``pre`` with a ``code`` for each line, and nothing between: WeChat.

    SyntaxHighlighter has a ``code`` for each word of a line; its lines are no ``pre``.
    """
    if len(element) < 2 or element[0].tag != "code" or element.tag != "pre":
        return False
    names = {child.get("class") for child in element}
    return len(names) == 1 and all(child.tag == "code" for child in element)


def _inner_container(element: _Element) -> str | None:
    """Return the code of a table with line numbers, or of hljs-ln, that is all that an element shows; else None."""
    while True:
        shown = [child for child in element if isinstance(child.tag, str) and not _is_left_out(child)]
        if len(shown) != 1 or visible(element.text or "") or any(visible(child.tail or "") for child in element):
            return None
        element = shown[0]
        if element.tag == "table":
            return gutter_table(element)
        if "hljs-ln" in classes(element):
            return numbered_list(element)


def gathered(element: _Element) -> list[str]:
    """Return the visible text of an element in pieces, line ends where a browser shows them; no piece is empty."""
    pieces: list[str] = [element.text] if element.text else []
    code_lines = _has_code_lines(element)
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
        if node is not skipped and (
            node.tag in _BLOCKS_IN_CODE or (code_lines and not node.tail and node.getparent() is element)
        ):
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
    row = TAG_ROWS.get(str(element.tag))
    if row is None:
        names = classes(element)
        row = next((CLASS_ROWS.get(name) or GUTTERS_IN_CODE[name] for name in names if name in _LEFT_OUT), None)
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
    """Return the code of a highlighter's box of one line: line ends inside are layout, and so is what they begin.

    A box with several ``pre`` and nothing beside them holds code that was pasted into the line, with lines of its own.
    """
    line = _innermost_line(element)
    text = "".join(gathered(line))
    if len(pasted := [exact_text(box) for box in line.iter("pre")]) > 1 and squashed("".join(pasted)) == squashed(text):
        return "\n".join(pasted)
    layout = _LINE_LAYOUT.match(text)
    return _LINE_LAYOUT.sub(" ", text[layout.end() :] if layout else text).rstrip()


def _innermost_line(element: _Element) -> _Element:
    """Return the only box inside a box of one line that says to be the line's code, else the box itself."""
    boxes = [box for box in element.iter("div", "td") if not LINE_BOXES.isdisjoint(classes(box))]
    found = [box for box in boxes if not _is_left_out(box)]
    return found[0] if len(found) == 1 else element


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
    """Return whether an element is one line of code in a highlighter's box: SyntaxHighlighter 2 and 3, Doxygen."""
    return "line" in classes(element) and any(
        not LINE_HOLDERS.isdisjoint(classes(holder)) for holder in islice(element.iterancestors(), 6)
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
    """Return the code of a table with line numbers: SyntaxHighlighter 3, Crayon, Pygments, Hexo, hljs-ln, GitHub."""
    if "hljs-ln" in classes(element):
        return joined_lines(list(element.iter("tr")))
    cells = _own_cells(element)
    lines = [cell for cell in cells if (names := cell.get("class")) and not ROW_CELLS.isdisjoint(names.split())]
    if len(lines) > 1 or (lines and lines[0].find(".//pre") is None):
        return joined_lines(lines)
    cell = _cell_beside_numbers(element, cells)
    if cell is None:
        return None
    boxes = [box for box in cell.iter() if isinstance(box.tag, str) and not LINE_BOXES.isdisjoint(classes(box))]
    if boxes:
        return joined_lines(boxes)
    inner = cell.find(".//pre")
    return exact_text(cell) if inner is None else _text_of_cell(cell, inner)


def _text_of_cell(cell: _Element, inner: _Element) -> str:
    """Return the code of a cell with a ``pre``: all lines of the cell where some stand beside it."""
    code, whole = exact_text(inner), exact_text(cell)
    if squashed(code) == squashed(whole):
        return code
    return "\n".join(line for line in whole.split("\n") if visible(line))


def _cell_beside_numbers(table: _Element, cells: list[_Element]) -> _Element | None:
    """Return the cell with the code beside line numbers; None for a table (``cells`` are its own) that is no code."""
    gutter = _with_class(table, "td", GUTTER_CELLS)
    if gutter is not None and gutter in cells:
        return _with_class(table, "td", CODE_CELLS)
    if len(cells) == 2 and cells[1].find(".//pre") is not None and _COUNTED.fullmatch(text_of(cells[0])):
        return cells[1]
    return None


def _own_cells(table: _Element) -> list[_Element]:
    """Return the cells of a table without those of tables in its cells."""
    cells = list(table.iter("td"))
    if next(table.iterdescendants("table"), None) is None:
        return cells
    return [cell for cell in cells if next(cell.iterancestors("table"), None) is table]


def _with_class(element: _Element, tag: str, names: frozenset[str]) -> _Element | None:
    for child in element.iter(tag):
        if (own := child.get("class")) and not names.isdisjoint(own.split()):
            return child
    return None


def text_area(element: _Element) -> str | None:
    """Return the code of a ``textarea`` that a highlighter would have replaced, or that has several lines."""
    text = normal_code(text_of(element)).removeprefix("\n")
    names = element.get("class", "")
    if element.get("name") == "code" or "brush" in names or "code" in names.split() or "\n" in text.strip():
        return text
    return None

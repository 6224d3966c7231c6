"""Add tables: those that only lay out a page, and those with data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from lxml.etree import _Element

from converter.cleaner.code_blocks import add_code
from converter.cleaner.flow import Flow
from converter.cleaner.runs import Marks
from converter.cleaner.walk import EXTRA_DEPTH, Cleaner
from converter.extract import code_blocks
from converter.extract.text import text_of
from converter.extract.whitespace import visible
from converter.model import NO_ATTRIBUTES, Inline, Node
from converter.rules.chrome import SILENT

MAX_SPAN = 1000
"""Spans beyond this are errors and would only make the table huge."""

_GROUPS = frozenset(("thead", "tbody", "tfoot", "form"))
_ALIGNMENTS = frozenset(("left", "center", "right"))


class Grid:
    """The rows and cells of one ``table``, without those of tables inside it.

    rows: the ``td`` and ``th`` elements of each row.
    outside: the caption, and what else stands outside the cells (elements and text), in order.
    is_layout: the table only lays out other content: it holds tables, or it has no header row and no row with two
        filled cells.
    """

    def __init__(self, table: _Element) -> None:
        """Read a ``table`` element."""
        self.outside: list[_Element | str] = []
        self.rows: list[list[_Element]] = []
        self._read(table)
        has_tables = next(table.iterdescendants("table"), None) is not None
        has_header = len(self.rows) > 1 and any(cell.tag == "th" for cell in self.rows[0])
        self.is_layout = has_tables or not (has_header or any(sum(map(is_filled, row)) > 1 for row in self.rows))

    def _read(self, table: _Element) -> None:
        """Read rows, and the rows of groups; what stands between them goes to ``outside``, as a browser does."""
        self._add_outside(table.text)
        iterators: list[Iterator[_Element]] = [iter(_as_shown(table))]
        groups: list[_Element] = []
        while iterators:
            child = next(iterators[-1], None)
            if child is None:
                iterators.pop()
                if groups:
                    self._add_outside(groups.pop().tail)
            elif child.tag in _GROUPS:
                self._add_outside(child.text)
                iterators.append(iter(child))
                groups.append(child)
            else:
                if child.tag == "tr":
                    self.rows.append(self._cells(child))
                elif isinstance(child.tag, str):
                    self.outside.append(child)
                self._add_outside(child.tail)

    def _cells(self, row: _Element) -> list[_Element]:
        """Return the cells of a row."""
        self._add_outside(row.text)
        cells: list[_Element] = []
        for child in row[:]:
            if child.tag in ("td", "th"):
                cells.append(child)
            elif isinstance(child.tag, str):
                self.outside.append(child)
            self._add_outside(child.tail)
        return cells

    def _add_outside(self, text: str | None) -> None:
        """Add text that stands outside the cells, if it shows anything."""
        if text and not text.isspace() and visible(text):
            self.outside.append(text)


def _as_shown(table: _Element) -> Iterable[_Element]:
    """Return the children of a table as a browser shows them: the foot last, wherever HTML 4 had it, the head first."""
    foot = table.find("tfoot")
    if foot is None:
        return table
    head = table.find("thead")
    return sorted(table, key=lambda child: (child is foot) - (child is head))


def is_filled(cell: _Element) -> bool:
    """Return whether a cell has text or an image."""
    return visible(text_of(cell)) or next(cell.iter("img"), None) is not None


def table_node(rows: list[list[tuple[_Element, list[Inline]]]]) -> Node | None:
    """Return a table of rows of cells, each with its content; None for a table without any.

    Rows without content are left out, but an empty head stays: the row below it is no header.
    """
    kept: list[Node | str] = []
    filled = [any(content for _, content in row) for row in rows]
    for index, row in enumerate(rows):
        if filled[index] or (index == 0 and any(filled) and row and all(cell.tag == "th" for cell, _ in row)):
            kept.append(Node("tr", [Node(str(cell.tag), content, _attributes(cell)) for cell, content in row]))
    return Node("table", kept) if kept else None


def _attributes(cell: _Element) -> Mapping[str, str]:
    """Return the alignment and spans of a cell."""
    return dict(_read_attributes(cell)) if cell.keys() else NO_ATTRIBUTES


def _read_attributes(cell: _Element) -> Iterator[tuple[str, str]]:
    """Yield (name, value) of the alignment and the spans that a cell's attributes or style give."""
    align = cell.get("align", "").lower()
    if not align and "text-align" in (style := cell.get("style", "")):
        align = style.partition("text-align")[2].strip(" :").partition(";")[0].strip().lower()
    if align in _ALIGNMENTS:
        yield "align", align
    for name in ("colspan", "rowspan"):
        value = cell.get(name, "")
        if value.isdecimal() and value.isascii() and 1 < int(value[:9]) <= MAX_SPAN:
            yield name, str(int(value[:9]))


def visit_table(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Add a ``table`` as a table; as a code block if it is code beside line numbers; if it is layout, its content."""
    if add_code(cleaner, code_blocks.gutter_table(element), element, flow):
        return
    flow.close_paragraph()
    depth += 2 * EXTRA_DEPTH
    grid = Grid(element)
    if grid.is_layout:
        cleaner.walk(element, flow, marks, depth)
        flow.close_paragraph()
        return
    for content in grid.outside:
        if isinstance(content, str):
            cleaner.add_text(content, flow, marks)
        elif content.tag in SILENT:
            cleaner.tag_handlers[str(content.tag)](cleaner, content, flow, marks, depth)
        else:
            flow.close_paragraph()
            cleaner.walk(content, flow, marks, depth)
            flow.close_paragraph()
    flow.close_paragraph()
    rows = [[_cell(cleaner, cell, marks, depth) for cell in row] for row in grid.rows]
    if node := table_node([[cell for cell in row if cell is not None] for row in rows]):
        node.origin = element if cleaner.keep_origin else None
        flow.add_block(node)


def _cell(cleaner: Cleaner, cell: _Element, marks: Marks, depth: int) -> tuple[_Element, list[Inline]] | None:
    """Return a cell with its content: inlines if that is all, else blocks; None for a cell that is not shown."""
    inner = cleaner.new_flow(single_line=True)
    inner_marks = cleaner.apply_attributes(cell, names, inner, marks) if (names := cell.keys()) else marks
    if inner_marks is None:
        return None
    cleaner.walk(cell, inner, inner_marks, depth)
    blocks = inner.finish()
    if len(blocks) == 1 and blocks[0].tag == "p":
        return cell, blocks[0].children
    return cell, [*blocks]

"""Tables: which are layout, and the grid of those that are not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml.etree import _Element

from converter.cleaner.code_blocks import add_code
from converter.cleaner.flow import Flow
from converter.cleaner.runs import Marks
from converter.cleaner.walk import DEEPER, Cleaner
from converter.extract import code_blocks
from converter.extract.text import text_of
from converter.extract.whitespace import visible
from converter.model import NO_ATTRIBUTES, Inline, Node

MAX_SPAN = 1000
"""Spans beyond this are nonsense and would only make the table huge."""

_GROUPS = frozenset(("thead", "tbody", "tfoot", "form"))
_ALIGNMENTS = frozenset(("left", "center", "right"))


class Grid:
    """Rows of cells of one table, without those of tables inside it.

    ``is_layout``: it holds tables, or it has no header and no row with two filled cells: a frame for
    something else.
    ``strays``: the caption, and what stands outside the cells.
    """

    def __init__(self, table: _Element) -> None:
        self.strays: list[_Element | str] = []
        self.rows: list[list[_Element]] = []
        self._gather(table)
        nested = next(table.iterdescendants("table"), None) is not None
        headed = len(self.rows) > 1 and any(cell.tag == "th" for cell in self.rows[0])
        self.is_layout = nested or not (headed or any(sum(map(is_filled, row)) > 1 for row in self.rows))

    def _gather(self, table: _Element) -> None:
        """Take in the groups of rows; what stands between rows and cells goes before the table, as in a browser."""
        self._stray(table.text)
        groups: list[Iterator[_Element]] = [iter(table)]
        within: list[_Element] = []
        while groups:
            child = next(groups[-1], None)
            if child is None:
                groups.pop()
                if within:
                    self._stray(within.pop().tail)
            elif child.tag in _GROUPS:
                self._stray(child.text)
                groups.append(iter(child))
                within.append(child)
            else:
                if child.tag == "tr":
                    self.rows.append(self._cells(child))
                elif isinstance(child.tag, str):
                    self.strays.append(child)
                self._stray(child.tail)

    def _cells(self, row: _Element) -> list[_Element]:
        self._stray(row.text)
        cells: list[_Element] = []
        for child in row:
            if child.tag in ("td", "th"):
                cells.append(child)
            elif isinstance(child.tag, str):
                self.strays.append(child)
            self._stray(child.tail)
        return cells

    def _stray(self, text: str | None) -> None:
        if text and visible(text):
            self.strays.append(text)


def is_filled(cell: _Element) -> bool:
    """True when a cell has words or a picture."""
    return visible(text_of(cell)) or next(cell.iter("img"), None) is not None


def table_node(rows: list[list[tuple[_Element, list[Inline]]]]) -> Node | None:
    """A canonical table of cells and what they hold; rows with nothing in them are left out."""
    kept: list[Node | str] = []
    for row in rows:
        if any(content for _, content in row):
            kept.append(Node("tr", [Node(str(cell.tag), content, _attributes(cell)) for cell, content in row]))
    return Node("table", kept) if kept else None


def _attributes(cell: _Element) -> Mapping[str, str]:
    """Alignment and spans of a cell."""
    return dict(_read_attributes(cell)) if cell.keys() else NO_ATTRIBUTES


def _read_attributes(cell: _Element) -> Iterator[tuple[str, str]]:
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
    """``table``: code beside its gutter, a layout to unwrap, or a table."""
    if add_code(cleaner, code_blocks.gutter_table(element), element, flow):
        return
    flow.flush()
    depth += 2 * DEEPER
    grid = Grid(element)
    if grid.is_layout:
        cleaner.walk(element, flow, marks, depth)
        flow.flush()
        return
    for stray in grid.strays:
        if isinstance(stray, str):
            cleaner.text(stray, flow, marks)
        else:
            flow.flush()
            cleaner.walk(stray, flow, marks, depth)
            flow.flush()
    flow.flush()
    rows = [[_cell(cleaner, cell, marks, depth) for cell in row] for row in grid.rows]
    if node := table_node([[cell for cell in row if cell is not None] for row in rows]):
        node.origin = element if cleaner.keep_origin else None
        flow.blocks.append(node)


def _cell(cleaner: Cleaner, cell: _Element, marks: Marks, depth: int) -> tuple[_Element, list[Inline]] | None:
    """A cell and what it holds: inlines when that is all, else blocks; None for one that is not shown."""
    inner = cleaner.flow(in_line=True)
    own = cleaner.inspect(cell, names, inner, marks) if (names := cell.keys()) else marks
    if own is None:
        return None
    cleaner.walk(cell, inner, own, depth)
    blocks = inner.finish()
    if len(blocks) == 1 and blocks[0].tag == "p":
        return cell, blocks[0].children
    return cell, [*blocks]

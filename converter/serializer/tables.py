"""Tables: pipe tables (GFM 4.10), or clean HTML where a table has spans, or blocks in its cells.

A row alone stands below an empty head, for the first row of a pipe table is its head.
"""

from __future__ import annotations

import re

from converter.model import BLOCKS, Inline, Node
from converter.serializer import hexo
from converter.serializer.context import Context
from converter.serializer.escape import Place
from converter.serializer.harmful_code import is_row_calm
from converter.serializer.html import to_html
from converter.serializer.inlines import write_inlines
from converter.serializer.links import text_of

CELL = Place(block=False, cell=True)
CELL_BESIDE_MARKUP = Place(block=False, cell=True, beside_markup=True)
DELIMITER_CELLS = {"": "---", "left": ":---", "center": ":---:", "right": "---:"}
MOST_MISSING = 64
"""The most cells that a row is filled up with: renderers add the rest, and a table of uneven rows stays short."""
KRAMDOWN_SEPARATOR = re.compile(r"(?=.*-)[+|: \t-]*\Z|(?=.*=)[|+: \t=]*\Z", re.S)
"""A row that kramdown takes for a line between two parts of a table (TABLE_SEP_LINE, TABLE_FSEP_LINE)."""


def write_table(node: Node, context: Context) -> str:
    """Return the Markdown of a ``table``: a pipe table, or HTML."""
    grid = _cells(node)
    if not _is_pipe_table(grid):
        return to_html((node,))
    if len(grid) == 1:
        grid.insert(0, [])  # a row alone would be the head
    width = max(map(len, grid))
    grid[0] += [Node("td")] * (width - len(grid[0]))
    lines = [_row(row, width, context) for row in grid]
    lines.insert(1, "| " + " | ".join(_delimiter_cell(grid, column) for column in range(width)) + " |")
    return "\n".join(lines)


def is_html(node: Node) -> bool:
    """Return whether a table is written as HTML."""
    return not _is_pipe_table(_cells(node))


def _is_pipe_table(grid: list[list[Node]]) -> bool:
    """Return whether a table can be a pipe table: all its cells fit, and it is no head or cell alone."""
    if len(grid) == 1 and (len(grid[0]) < 2 or any(cell.tag == "th" for cell in grid[0])):
        return False  # a head alone is no table everywhere
    return all(_fits_pipe_table(cell) for row in grid for cell in row)


def _cells(node: Node) -> list[list[Node]]:
    """Return the cells of each row of a table."""
    rows = [row for row in node.children if isinstance(row, Node)]
    return [[cell for cell in row.children if isinstance(cell, Node)] for row in rows]


def _delimiter_cell(grid: list[list[Node]], column: int) -> str:
    """Return a column's cell of the delimiter row.

    It has the alignment of the column's first cell that names one, of the table's first two rows.
    """
    for row in grid[:2]:
        if column < len(row) and (align := row[column].attributes.get("align", "")) in DELIMITER_CELLS and align:
            return DELIMITER_CELLS[align]
    return DELIMITER_CELLS[""]


def _row(row: list[Node], width: int, context: Context) -> str:
    """Return one line of a pipe table with ``width`` cells."""
    place = CELL if is_row_calm(row) else CELL_BESIDE_MARKUP
    cells = [write_inlines(_content(cell), context, place) for cell in row]
    cells += [""] * min(width - len(cells), MOST_MISSING)
    line = f"| {' | '.join(cells)} |"
    if not line.isprintable():
        line = line.translate(hexo.SIGNS)
    if KRAMDOWN_SEPARATOR.match(line):
        position = min(line.find(char) for char in "-=" if char in line)
        line = f"{line[:position]}\\{line[position:]}"
    return line


def _content(cell: Node) -> list[Inline]:
    """Return the inline nodes of a cell, with a break between its paragraphs."""
    if len(cell.children) == 1:
        only = cell.children[0]
        return only.children if isinstance(only, Node) and only.tag == "p" else cell.children
    nodes: list[Inline] = []
    for child in cell.children:
        if isinstance(child, Node) and child.tag == "p":
            if nodes:
                nodes.append(Node("br"))
            nodes.extend(child.children)
        else:
            nodes.append(child)
    return nodes


BLOCK_TAGS = BLOCKS - {"p", "math"}


def _fits_pipe_table(cell: Node) -> bool:
    """Return whether a pipe table can hold a cell: inline content or paragraphs, no span, no pipe in a formula."""
    if cell.attributes and ("colspan" in cell.attributes or "rowspan" in cell.attributes):
        return False
    stack = [child for child in cell.children if isinstance(child, Node)]
    while stack:
        node = stack.pop()
        if node.tag in BLOCK_TAGS or (node.tag == "math" and "|" in text_of(node)):
            return False
        stack += [child for child in node.children if isinstance(child, Node)]
    return True

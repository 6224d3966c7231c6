"""Tables: pipe tables where they can say it, clean HTML where spans or blocks need it."""

from __future__ import annotations

import re

from converter.model import BLOCKS, Inline, Node
from converter.serializer.context import Context
from converter.serializer.escape import Place
from converter.serializer.html import to_html
from converter.serializer.inlines import write_inlines
from converter.serializer.links import words_of

CELL = Place(block=False, cell=True)
RULES = {"": "---", "left": ":---", "center": ":---:", "right": "---:"}
MOST_MISSING = 64
"""Cells that a row is filled up with; every renderer does the rest, and rows of ragged tables stay short."""
LIKE_SEPARATOR = re.compile(r"(?=.*-)[+|: \t-]*\Z|(?=.*=)[|+: \t=]*\Z", re.S)
"""A row that kramdown takes for a separator (TABLE_SEP_LINE, TABLE_FSEP_LINE)."""


def write_table(node: Node, context: Context) -> str:
    """The Markdown of a table."""
    rows = [row for row in node.children if isinstance(row, Node)]
    grid = [[cell for cell in row.children if isinstance(cell, Node)] for row in rows]
    if len(grid) < 2 or not all(_pipeable(cell) for row in grid for cell in row):
        return to_html((node,))
    width = max(map(len, grid))
    grid[0] += [Node("td")] * (width - len(grid[0]))
    lines = [_row(row, width, context) for row in grid]
    lines.insert(1, "| " + " | ".join(_rule(grid, column) for column in range(width)) + " |")
    return "\n".join(lines)


def _rule(grid: list[list[Node]], column: int) -> str:
    """The delimiter of a column: the alignment of its first cell that names one, of the first two rows."""
    for row in grid[:2]:
        if column < len(row) and (align := row[column].attributes.get("align", "")) in RULES and align:
            return RULES[align]
    return RULES[""]


def _row(row: list[Node], width: int, context: Context) -> str:
    cells = [write_inlines(_content(cell), context, CELL) for cell in row]
    cells += [""] * min(width - len(cells), MOST_MISSING)
    line = f"| {' | '.join(cells)} |"
    if LIKE_SEPARATOR.match(line):
        place = min(line.find(char) for char in "-=" if char in line)
        line = f"{line[:place]}\\{line[place:]}"
    return line


def _content(cell: Node) -> list[Inline]:
    """The inline nodes of a cell, its paragraphs parted by breaks."""
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


def _pipeable(cell: Node) -> bool:
    """Whether a pipe table can hold the cell: inline content or paragraphs, no span, no pipe in a formula."""
    if "colspan" in cell.attributes or "rowspan" in cell.attributes:
        return False
    stack = [child for child in cell.children if isinstance(child, Node)]
    while stack:
        node = stack.pop()
        if node.tag in BLOCK_TAGS or (node.tag == "math" and "|" in words_of(node)):
            return False
        stack += [child for child in node.children if isinstance(child, Node)]
    return True

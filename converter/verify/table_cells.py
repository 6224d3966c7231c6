"""Reads the rows and cells of a table as browsers do."""

from __future__ import annotations

from lxml.etree import _Element

_ROW_GROUPS = frozenset(("thead", "tbody", "tfoot"))
_ROWS = frozenset((*_ROW_GROUPS, "tr"))
_CELLS = frozenset(("td", "th"))


def grid(table: _Element) -> tuple[list[list[_Element]], list[_Element | str]]:
    """Return the cells of each row, and the content between them, which browsers show before the table."""
    rows: list[list[_Element]] = []
    misplaced: list[_Element | str] = []

    def gather(group: _Element, wanted: frozenset[str]) -> list[_Element]:
        found = []
        if group.text and not group.text.isspace():
            misplaced.append(group.text)
        for child in _in_order(group):
            if child.tag in wanted:
                found.append(child)
                if child.tag in _ROW_GROUPS:
                    gather(child, _ROWS)
                elif child.tag == "tr":
                    rows.append(gather(child, _CELLS))
            elif isinstance(child.tag, str):
                misplaced.append(child)
            if child.tail and not child.tail.isspace():
                misplaced.append(child.tail)
        return found

    gather(table, _ROWS)
    return rows, misplaced


def _in_order(group: _Element) -> list[_Element]:
    """Return the children of a table or row: the first ``tfoot`` is shown below, the first ``thead`` above the rest."""
    children = list(group)
    for tag, place in (("tfoot", len(children)), ("thead", 0)):
        if (found := group.find(tag)) is not None:
            children.remove(found)
            children.insert(place, found)
    return children

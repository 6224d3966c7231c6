"""Where a line of inline content stands."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """Where a block, or the inline content of one, stands: it decides which markup could begin there.

    block: it begins a block (false in table cells and in ATX headings).
    start: it begins the document.
    item: it is the first block of a list item.
    cell: it is in a pipe table.
    beside_markup: some markup stands in another cell of its row, which could free code in this one.
    heading: it is a heading.
    alternate: it follows a list of its own kind, from which its markers must differ.
    """

    block: bool = True
    start: bool = False
    item: bool = False
    cell: bool = False
    beside_markup: bool = False
    heading: bool = False
    alternate: bool = False

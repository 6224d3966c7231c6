"""Blocks that have begun and not ended: what the recorder remembers of them until it can record their facts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class OpenHeading:
    """A heading that is being recorded; ``start`` is its first index in the pieces of the text."""

    level: int
    start: int
    line: int
    outer: OpenHeading | None
    ended: bool = False


@dataclass(slots=True)
class OpenList:
    """A list that is being recorded; ``filled`` once an item of it showed anything."""

    ordered: bool
    next_number: int
    filled: bool = False


@dataclass(frozen=True, slots=True)
class OpenItem:
    """A list item that is being recorded; ``index`` is that of its reserved fact."""

    index: int
    parent: OpenList
    depth: int


@dataclass(frozen=True, slots=True)
class OpenQuote:
    """A block quote that is being recorded: index of its reserved fact, its first index in the pieces of the text."""

    index: int
    start: int

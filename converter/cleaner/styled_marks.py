"""Emphasis that only a style asks for: it counts where no element gives the same emphasis nearby."""

from __future__ import annotations

from converter.cleaner.runs import ELEMENT_MARKS, Run


def resolve_styled_marks(line: list[Run]) -> list[Run]:
    """Return a line whose styled marks are replaced by the marks of elements, or removed.

    A styled mark is removed from a run that is, or touches, a run with an element of the same tag: editors write the
    style on words around or inside a ``strong`` that looks the same.
    """
    for _, marks in line:
        for mark in marks:
            if mark.styled:
                return _resolved(line)
    return line


def _resolved(line: list[Run]) -> list[Run]:
    """Do the work of ``resolve_styled_marks`` for a line that has a styled mark; spaces do not count as neighbours."""
    by_element = [{mark.tag for mark in marks if not mark.styled} for content, marks in line if content != " "]
    resolved: list[Run] = []
    index = 0
    for content, marks in line:
        nearby: set[str] = set()
        if content != " ":
            nearby = nearby.union(*by_element[max(0, index - 1) : index + 2])
            index += 1
        kept = [ELEMENT_MARKS.get(mark, mark) for mark in marks if not (mark.styled and mark.tag in nearby)]
        resolved.append((content, tuple(kept)))
    return resolved

"""Make canonical inline nodes of the runs of one line."""

from __future__ import annotations

from collections.abc import Sequence

from converter.cleaner.runs import Mark, Marks, Run, is_visible
from converter.model import Inline, Node

SPECIAL = frozenset(("a", "code"))
"""Marks that do not always become a node around what they hold."""


def nest(line: Sequence[Run]) -> list[Inline]:
    """Return the nodes of a line; of the marks that begin at one run, the one that reaches furthest is outermost."""
    if len(line) == 1 and not line[0][1]:
        return [line[0][0]]
    nodes: list[Inline] = []
    start, end = 0, len(line)
    while start < end:
        content, marks = line[start]
        if not marks:
            nodes.append(content)
            start += 1
            continue
        outermost = marks[0]
        is_alone = len(marks) == 1 and (start + 1 == end or outermost not in line[start + 1][1])
        if is_alone and outermost.tag not in SPECIAL:  # the usual case: emphasis of one run
            nodes.append(Node(outermost.tag, [content]))
            start += 1
            continue
        stop = _reach(line, start, outermost)
        if len(marks) > 1:
            for mark in marks[1:]:
                if (further := _reach(line, start, mark)) > stop:
                    outermost, stop = mark, further
        stop = _before_cut_link(line, start, stop)
        inner = line[start:stop]
        nodes += _wrap(outermost, [(content, _without(marks, outermost)) for content, marks in inner])
        start = stop
    return nodes


def _without(marks: Marks, mark: Mark) -> Marks:
    """Return marks without one of them."""
    return () if len(marks) == 1 else tuple([other for other in marks if other != mark])


def _reach(line: Sequence[Run], start: int, mark: Mark) -> int:
    """Return the index behind the last run that has the mark without a gap from ``start`` on."""
    for stop in range(start + 1, len(line)):
        if mark not in line[stop][1]:
            return stop
    return len(line)


def _before_cut_link(line: Sequence[Run], start: int, stop: int) -> int:
    """Return where a mark that reaches from ``start`` to ``stop`` must end so that it cuts no link in two."""
    if stop < len(line):
        for mark in line[stop][1]:
            if mark.tag == "a" and mark in line[stop - 1][1]:
                begin = stop - 1
                while begin > start and mark in line[begin - 1][1]:
                    begin -= 1
                return begin if begin > start else stop
    return stop


def _wrap(mark: Mark, inner: Sequence[Run]) -> list[Inline]:
    """Return runs inside the node of a mark; a link that shows nothing is only its content."""
    if mark.tag == "code":
        return _wrap_code(inner)
    children = nest(inner)
    if mark.tag == "a":
        if not is_visible(inner):
            return children
        attributes = {"href": mark.href, "title": mark.title} if mark.title else {"href": mark.href}
        return [Node("a", children, attributes)]
    return [Node(mark.tag, children)]


def _wrap_code(inner: Sequence[Run]) -> list[Inline]:
    """Return code spans around the text of runs only; leaf nodes stay as they are, and marks go around the spans."""
    nodes: list[Inline] = []
    for content, marks in inner:
        is_text = isinstance(content, str) and content.strip(" ")
        node: Inline = Node("code", [content]) if is_text else content
        nodes.extend(nest([(node, marks)]))
    return nodes

"""Inline content while it is gathered: runs of text under marks, settled into canonical nodes.

A *run* is a piece of text or a leaf node with the marks (emphasis, link, ...) that are open around
it.  Keeping marks beside the text instead of around it makes the usual wreckage regular by itself:
neighbouring and nested emphasis merges, emphasis never holds a break or only a blank, and marks that
cross are nested in the order in which they reach furthest.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple, TypeAlias

from converter.model import Inline, Node
from converter.whitespace import BLANKS, EDGES, collapse, rejoin_braces, stood_between


class Mark(NamedTuple):
    """Something open around a run of text.

    ``styled``: only a style says so.  ``number``: tells apart what must not merge with its neighbour
    across a blank (``a``, ``code``) or at all (``kbd``); 0 elsewhere.
    """

    tag: str
    href: str = ""
    title: str = ""
    styled: bool = False
    number: int = 0


Marks: TypeAlias = tuple[Mark, ...]
Run: TypeAlias = tuple[Inline, Marks]

STRONG = Mark("strong")
STYLED_STRONG = Mark("strong", styled=True)
EM = Mark("em")
STYLED_EM = Mark("em", styled=True)
BREAK = Node("br")


def settle(runs: Sequence[Run], *, prettified: bool) -> list[list[Run]]:
    """Runs with final blanks, one list for each line (lines are what ``br`` parts).

    Runs of blanks become one space, none stands at the edge of a line, and each space is under the
    marks that both its neighbours have.  In prettified sources blanks at the edges of runs are not
    the author's; ``whitespace.stood_between`` decides.
    """
    lines: list[_Line] = [_Line()]
    line = lines[0]
    blank = False
    for content, marks in runs:
        if isinstance(content, Node):
            if content is BREAK:
                line, blank = _Line(), False
                lines.append(line)
                continue
            if line and (blank or (prettified and _boundary(line[-1][0], content))):
                line.space(marks)
            line.append((content, marks))
            blank = False
            continue
        text = collapse(rejoin_braces(content) if prettified else content)
        core = text.strip(BLANKS) if prettified or not line else text.strip(" ")
        if not core:
            blank = blank or (not prettified and bool(text))
            continue
        if line:
            if prettified:
                blank = _boundary(line[-1][0], core)
            if blank or (not prettified and text[0] == " "):
                line.space(marks)
            else:
                marks = _joined(line[-1][1], marks)
        line.text(core, marks)
        blank = not prettified and text[-1] == " "
    return [line.joined() for line in lines]


class _Line(list[Run]):
    """The runs of a line; text that goes on under the same marks stands in runs of its own until ``joined``."""

    def text(self, text: str, marks: Marks) -> None:
        """Add text behind the line."""
        self.append((text, self[-1][1] if self and self[-1][1] == marks else marks))

    def space(self, marks: Marks) -> None:
        """Add a space behind the line, under the marks it has in common with what follows."""
        before = self[-1][1]
        self.append((" ", before if before == marks else tuple(mark for mark in before if mark in marks)))

    def joined(self) -> list[Run]:
        """The runs, neighbouring text under the same marks in one."""
        runs: list[Run] = []
        for marks, group in groupby(self, key=itemgetter(1)):
            texts: list[str] = []
            for content, _ in group:
                if isinstance(content, str):
                    texts.append(content)
                    continue
                if texts:
                    runs.append(("".join(texts), marks))
                    texts = []
                runs.append((content, marks))
            if texts:
                runs.append(("".join(texts), marks))
        return runs


def _joined(before: Marks, marks: Marks) -> Marks:
    """Marks of a run that touches the one before: code and links that touch their like go on in it."""
    if before == marks:
        return marks
    for index, mark in enumerate(marks):
        if mark.number and mark.tag != "kbd" and mark not in before:
            opened = next((other for other in before if other._replace(number=0) == mark._replace(number=0)), mark)
            marks = (*marks[:index], opened, *marks[index + 1 :])
    return marks


def _boundary(left: Inline, right: Inline) -> bool:
    """True when a blank probably stood between two runs of a prettified source."""
    before = left if isinstance(left, str) else _text(left)
    after = right if isinstance(right, str) else _text(right)
    return bool(before and after) and stood_between(before[-1], after[0])


def _text(leaf: Node) -> str:
    """What a leaf shows as text: a formula its TeX, an image nothing."""
    return "".join(leaf.texts())


def shows(line: Sequence[Run]) -> bool:
    """True when a line has anything on it; anchors and blanks alone show nothing."""
    return any(content.strip(EDGES) if isinstance(content, str) else content.tag != "a" for content, _ in line)


def is_pictures(line: Sequence[Run]) -> bool:
    """True when a line is made of images only."""
    return bool(line) and all(
        content == " " if isinstance(content, str) else content.tag == "img" for content, _ in line
    )


def nest(line: Sequence[Run]) -> list[Inline]:
    """Canonical inline nodes of one line: of the marks at a place, the one reaching furthest is outermost."""
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
        mark, stop = max(((mark, _reach(line, start, mark)) for mark in marks), key=lambda reach: reach[1])
        inner = [(content, tuple(other for other in marks if other != mark)) for content, marks in line[start:stop]]
        nodes.extend(_wrap(mark, inner))
        start = stop
    return nodes


def _reach(line: Sequence[Run], start: int, mark: Mark) -> int:
    """Index behind the last run from ``start`` on that has the mark."""
    stop = start + 1
    while stop < len(line) and mark in line[stop][1]:
        stop += 1
    return stop


def _wrap(mark: Mark, inner: Sequence[Run]) -> list[Inline]:
    """A mark's node around runs; code around text only, so that its leaves and links stay what they are."""
    if mark.tag == "code":
        return _wrap_code(inner)
    children = nest(inner)
    if mark.tag == "a":
        attributes = {"href": mark.href, "title": mark.title} if mark.title else {"href": mark.href}
        return [Node("a", children, attributes)]
    return [Node(mark.tag, children)]


def _wrap_code(inner: Sequence[Run]) -> list[Inline]:
    """Code spans of a run of code; what is marked inside keeps its marks, around a span of its own."""
    nodes: list[Inline] = []
    for content, marks in inner:
        shown = isinstance(content, str) and content.strip(" ")
        node: Inline = Node("code", [content]) if shown else content
        nodes.extend(nest([(node, marks)]))
    return nodes

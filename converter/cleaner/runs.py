"""Inline content while it is gathered: runs of text under marks, settled into canonical nodes.

A *run* is a piece of text or a leaf node with the marks (emphasis, link, ...) that are open around
it.  Keeping marks beside the text instead of around it makes the usual wreckage regular by itself:
neighbouring and nested emphasis merges, emphasis never holds a break or only a blank, and marks that
cross are nested in the order in which they reach furthest.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from converter.extract.whitespace import EDGES, collapse, rejoin, stood_between
from converter.model import Inline, Node
from converter.rules.hosts import EMOTICONS


class Mark(NamedTuple):
    """Something open around a run of text.

    ``styled``: only a style says so.  ``number``, the last field: tells apart what must not merge with
    its neighbour across a blank (``a``, ``code``) or at all (``kbd``); 0 elsewhere.
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
REAL = {STYLED_STRONG: STRONG, STYLED_EM: EM}
"""The mark that an element gives, for the one that a style gives."""
BREAK = Node("br")


def settle(runs: Sequence[Run], *, prettified: bool) -> list[list[Run]]:
    """Runs with final blanks, one list for each line (lines are what ``br`` parts).

    Runs of blanks become one space, none stands at the edge of a line, and each space is under the
    marks that both its neighbours have.  In prettified sources blanks at the edges of runs are not
    the author's; ``whitespace.stood_between`` decides.
    """
    line = _Line()
    lines = [line.runs]
    for content, marks in runs:
        if isinstance(content, str):
            if prettified:
                core = content.strip().strip(EDGES)
                if core:
                    core = collapse(rejoin(core) if "\n" in core else core)
                    line.text(core, marks, blank=_parted(line.last, core))
            else:
                text = collapse(content)
                core = text.strip(EDGES) if line.last is None else text.strip(" ")
                line.blank = line.blank or text[:1] == " "
                if core.strip(EDGES):
                    line.text(core, marks, blank=line.blank)
                    line.blank = text[-1] == " "
        elif content is BREAK:
            line.close()
            line = _Line()
            lines.append(line.runs)
        else:
            if line.last is not None and (line.blank or (prettified and _parted(line.last, _text(content)))):
                line.space(marks)
            line.leaf(content, marks)
    line.close()
    return lines


class _Line:
    """One line while it is settled: its runs, the text run still open, whether a blank waits.

    ``last`` is the text that the line shows last: "" for a picture, None for nothing so far.
    """

    __slots__ = ("blank", "last", "marks", "parts", "runs")

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.parts: list[str] = []
        self.marks: Marks = ()
        self.blank = False
        self.last: str | None = None

    def text(self, core: str, marks: Marks, *, blank: bool) -> None:
        """Add text, behind a blank if one waits."""
        if self.last is not None:
            if blank:
                self.space(marks)
            elif marks and self.marks and marks != self.marks:
                marks = _joined(self.marks, marks)
        if marks != self.marks:
            self.close()
            self.marks = marks
        self.parts.append(core)
        self.last = core
        self.blank = False

    def leaf(self, node: Node, marks: Marks) -> None:
        """Add a picture, a formula or an anchor."""
        self.close()
        self.runs.append((node, marks))
        self.marks, self.last, self.blank = marks, _text(node), False

    def space(self, marks: Marks) -> None:
        """Add a blank, under the marks that the line so far has in common with what follows."""
        if marks != self.marks:
            common = tuple([mark for mark in self.marks if mark in marks])
            if common != self.marks:
                self.close()
                self.marks = common
        self.parts.append(" ")
        self.blank = False

    def close(self) -> None:
        """End the open text run."""
        parts = self.parts
        if parts:
            self.runs.append((parts[0] if len(parts) == 1 else "".join(parts), self.marks))
            self.parts = []


def _joined(before: Marks, marks: Marks) -> Marks:
    """Marks of a run that touches the one before: code and links that touch their like go on in it."""
    for index, mark in enumerate(marks):
        if mark.number and mark.tag != "kbd" and mark not in before:
            opened = next((other for other in before if other[:-1] == mark[:-1]), mark)
            marks = (*marks[:index], opened, *marks[index + 1 :])
    return marks


def _parted(left: str | None, right: str) -> bool:
    """True when a blank probably stood between two runs of a prettified source."""
    return stood_between(left[-1], right[0]) if left and right else False


def _text(leaf: Node) -> str:
    """What a leaf shows as text: a formula its TeX, an image nothing."""
    return leaf.children[0] if leaf.children and isinstance(leaf.children[0], str) else ""


def shows(line: Sequence[Run]) -> bool:
    """True when a line has anything on it; anchors and blanks alone show nothing."""
    for content, _ in line:
        if content.strip(EDGES) if isinstance(content, str) else content.tag != "a":
            return True
    return False


ICON = 48
"""Images up to so many pixels stand in the text like a letter."""


def is_picture(run: Run) -> bool:
    """True for an image that is no icon and not part of a link's text."""
    content, marks = run
    if isinstance(content, str) or content.tag != "img":
        return False
    shown = content.attributes
    if int(shown.get("width", "999")) <= ICON or int(shown.get("height", "999")) <= ICON:
        return False
    return not (EMOTICONS.search(shown["src"]) or _link(marks))


def _link(marks: Marks) -> Mark | None:
    """The link among marks."""
    for mark in marks:
        if mark.tag == "a":
            return mark
    return None


def has_pictures(line: Sequence[Run]) -> bool:
    """True when one end of a line is an image."""
    return isinstance(line[0][0], Node) or isinstance(line[-1][0], Node)


def pictures_apart(line: list[Run]) -> tuple[list[Run], list[Run], list[Run]]:
    """(pictures that a line begins with, what stands between, pictures that it ends with)."""
    start, end = 0, len(line)
    while start < end and (line[start][0] == " " or _stands_alone(line, start)):
        start += 1
    while end > start and (line[end - 1][0] == " " or _stands_alone(line, end - 1)):
        end -= 1
    words = line[start:end]
    if words and start and isinstance(first := words[0][0], str):
        words[0] = (first.lstrip(" "), words[0][1])
    if words and end < len(line) and isinstance(last := words[-1][0], str):
        words[-1] = (last.rstrip(" "), words[-1][1])
    return [run for run in line[:start] if run[0] != " "], words, [run for run in line[end:] if run[0] != " "]


def _stands_alone(line: list[Run], place: int) -> bool:
    """True for a picture, and for a linked image that is all of its link."""
    content, marks = line[place]
    link = _link(marks)
    if link is None or not is_picture((content, ())):
        return is_picture(line[place])
    around = line[max(0, place - 1) : place] + line[place + 1 : place + 2]
    return not any(link in other for _, other in around)


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
        mark, stop = marks[0], _reach(line, start, marks[0])
        if len(marks) > 1:
            for other in marks[1:]:
                if (further := _reach(line, start, other)) > stop:
                    mark, stop = other, further
        inner = line[start:stop]
        nodes += _wrap(mark, [(content, _without(marks, mark)) for content, marks in inner])
        start = stop
    return nodes


def _without(marks: Marks, mark: Mark) -> Marks:
    """Marks but one."""
    return () if len(marks) == 1 else tuple([other for other in marks if other != mark])


def _reach(line: Sequence[Run], start: int, mark: Mark) -> int:
    """Index behind the last run from ``start`` on that has the mark."""
    for stop in range(start + 1, len(line)):
        if mark not in line[stop][1]:
            return stop
    return len(line)


def _wrap(mark: Mark, inner: Sequence[Run]) -> list[Inline]:
    """A mark's node around runs; code around text only, so that its leaves and links stay what they are."""
    if mark.tag == "code":
        return _wrap_code(inner)
    children = nest(inner)
    if mark.tag == "a":
        if not shows(inner):
            return children
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

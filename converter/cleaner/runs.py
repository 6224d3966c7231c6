"""Runs: pieces of inline content with the marks open around them, and their whitespace.

A *run* is a piece of text or a leaf node (image, formula, anchor, break) with its *marks*: the inline elements
(emphasis, link, ...) that are open around it.  Marks beside the text instead of nodes around it make most of what
editors leave behind regular without further rules: neighbouring and nested emphasis merges, emphasis never holds a
break or only whitespace, and marks that cross can be nested again in any order (``nesting``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, TypeAlias

from converter.extract.whitespace import EDGES, LATIN_END, collapse, had_space_between, join_prettified
from converter.model import Inline, Node


class Mark(NamedTuple):
    """An inline element that is open around a run.

    tag: the tag of the node that it becomes.
    href, title: of a link (``a``).
    styled: only a ``style`` attribute asks for it, no element.
    number: keeps apart what must not merge with its neighbour across a space (``a``, ``code``) or at all (``kbd``);
        0 for other tags.  It is the last field: ``mark[:-1]`` compares all others.
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
ELEMENT_MARKS = {STYLED_STRONG: STRONG, STYLED_EM: EM}
"""For each mark that a style gives, the one that an element gives."""
ADDRESS_STARTS = ("http://", "https://")
"""Start of a text that renderers make a link of; it continues no link to the same address in front of it."""
BREAK = Node("br")
"""The content of a run that is a hard break; runs are compared with it by identity."""


def normalized_lines(runs: Sequence[Run], *, prettified: bool) -> list[list[Run]]:
    """Return runs with normalized whitespace, a list for each line; hard breaks separate the lines.

    Each piece of whitespace becomes one space, no space stands at the edge of a line, and a space is under the marks
    that both its neighbours have.  In prettified sources the whitespace at the edges of runs is not the author's;
    there ``whitespace.had_space_between`` decides.
    """
    lines: list[list[Run]] = []
    start = 0
    for end in (*[index for index, run in enumerate(runs) if run[0] is BREAK], len(runs)):
        content, marks = runs[start] if start < end else ("", ())
        if end - start > 1 or not isinstance(content, str):
            lines.append(_normalized_line(runs[start:end], prettified))
        elif text := text_alone(content, prettified=prettified):
            lines.append([(text, marks)])
        else:
            lines.append([])
        start = end + 1
    return lines


def text_alone(text: str, *, prettified: bool) -> str:
    """Return text that is all of its line with normalized whitespace, and none of it at the ends."""
    text = text.strip()
    if text.isprintable() and "  " not in text:  # so nothing without width is at its edges
        return text
    text = text.strip(EDGES)
    return collapse(join_prettified(text) if prettified and "\n" in text else text)


def _normalized_line(runs: Sequence[Run], prettified: bool) -> list[Run]:
    """Return the runs of one line with normalized whitespace."""
    line = _Line()
    for content, marks in runs:
        if isinstance(content, str):
            if prettified:
                if core := text_alone(content, prettified=True):
                    line.add_text(core, marks, spaced=_space_between(line.last_text, core))
            else:
                text = collapse(content)
                core = text.lstrip(EDGES).rstrip(" ") if line.last_text is None else text.strip(" ")
                line.space_pending = line.space_pending or text[:1] == " "
                if core.strip(EDGES):
                    line.add_text(core, marks, spaced=line.space_pending)
                    line.space_pending = text[-1] == " "
        else:
            if line.last_text is not None and (
                line.space_pending or (prettified and _space_between(line.last_text, _leaf_text(content)))
            ):
                line.add_space(marks)
            line.add_leaf(content, marks)
    line.end()
    return line.runs


class _Line:
    """One line under construction: its runs, and the text run still open (``parts`` under ``marks``).

    space_pending: the source has whitespace behind the last run; it counts if something follows.
    last_text: the text that the line shows last; "" for an image, None when the line shows nothing so far.
    """

    __slots__ = ("last_text", "marks", "parts", "runs", "space_pending")

    def __init__(self) -> None:
        self.runs: list[Run] = []
        self.parts: list[str] = []
        self.marks: Marks = ()
        self.space_pending = False
        self.last_text: str | None = None

    def add_text(self, core: str, marks: Marks, *, spaced: bool) -> None:
        """Add text without whitespace at its edges; ``spaced`` puts a space in front, if the line has begun."""
        if self.last_text is not None:
            if spaced:
                self.add_space(marks)
            elif marks and self.marks and marks != self.marks and not _is_address(core, marks):
                marks = _continued(self.marks, marks)
        if marks != self.marks:
            self.close_run()
            self.marks = marks
        self.parts.append(core)
        self.last_text = core
        self.space_pending = False

    def add_leaf(self, node: Node, marks: Marks) -> None:
        """Add an image, a formula or an anchor."""
        self.close_run()
        self.runs.append((node, marks))
        self.marks, self.last_text, self.space_pending = marks, _leaf_text(node), False

    def add_space(self, marks: Marks) -> None:
        """Add a space, under the marks that the run before it shares with those of the run that follows."""
        if marks != self.marks:
            common = tuple([mark for mark in self.marks if mark in marks])
            if common != self.marks:
                self.close_run()
                self.marks = common
        self.parts.append(" ")
        self.space_pending = False

    def end(self) -> None:
        """End the line; of one text alone, what has no width or looks like a space goes at the end too."""
        self.close_run()
        if len(self.runs) == 1 and isinstance(text := self.runs[0][0], str):
            self.runs[0] = (text.rstrip(EDGES), self.runs[0][1])

    def close_run(self) -> None:
        """End the open text run."""
        parts = self.parts
        if parts:
            self.runs.append((parts[0] if len(parts) == 1 else "".join(parts), self.marks))
            self.parts = []


def _is_address(text: str, marks: Marks) -> bool:
    """Return whether a text is an address, or that of the link around it without the scheme."""
    if text.startswith(ADDRESS_STARTS):
        return True
    return any(mark.tag == "a" and _without_scheme(mark.href) == text.rstrip("/") for mark in marks)


def _without_scheme(address: str) -> str:
    """Return an address without the scheme and without a slash at its end."""
    return (address.partition("://")[2] or address).rstrip("/")


def _continued(before: Marks, marks: Marks) -> Marks:
    """Return marks of a run that touches the one before it, where code and links continue equal ones."""
    for index, mark in enumerate(marks):
        if mark.number and mark.tag != "kbd" and mark not in before:
            opened = next((other for other in before if other[:-1] == mark[:-1]), mark)
            marks = (*marks[:index], opened, *marks[index + 1 :])
    return marks


def _space_between(left: str | None, right: str) -> bool:
    """Return whether the author probably had a space between two runs of a prettified source.

    In front of an address there was one: glued to a word it would be no link.
    """
    if not left or not right or right[0] >= LATIN_END:
        return False
    if right.startswith(ADDRESS_STARTS):
        return left[-1].isalnum()
    return had_space_between(left[-1], right[0])


def _leaf_text(leaf: Node) -> str:
    """Return the text of a leaf node: the TeX of a formula, "" for an image."""
    return leaf.children[0] if leaf.children and isinstance(leaf.children[0], str) else ""


def is_visible(runs: Sequence[Run]) -> bool:
    """Return whether runs show anything; anchors and whitespace alone do not."""
    for content, _ in runs:
        if content.strip(EDGES) if isinstance(content, str) else content.tag != "a":
            return True
    return False

"""Block content while it is gathered: finished blocks, and the runs of the paragraph still open."""

from __future__ import annotations

from dataclasses import dataclass

from converter.cleaner.runs import BREAK, REAL, Marks, Run, has_pictures, nest, pictures_apart, settle, shows
from converter.extract.whitespace import EDGES, collapse, rejoin
from converter.model import Inline, Node


@dataclass(slots=True)
class OpenList:
    """The list that ``li`` elements go to; text between them parts it in two."""

    tag: str
    number: int
    node: Node | None = None


class Flow:
    """What a container (body, quote, item, cell) holds so far.

    ``loose`` is True once it holds a paragraph that the source marked as one, or two paragraphs.
    ``split_pictures`` gives images at the ends of a line paragraphs of their own; ``in_line`` is for what will be
    one line of Markdown if it can (a heading, a term, a cell), where displayed formulas are inline.
    """

    __slots__ = ("blocks", "in_line", "list", "loose", "prettified", "runs", "split_pictures")

    def __init__(self, prettified: bool, split_pictures: bool, in_line: bool) -> None:
        self.blocks: list[Node] = []
        self.runs: list[Run] = []
        self.list: OpenList | None = None
        self.loose = False
        self.prettified = prettified
        self.split_pictures = split_pictures
        self.in_line = in_line

    def text(self, text: str, marks: Marks) -> None:
        """Add text that is not all blanks."""
        self.runs.append((text, marks))

    def blank(self, marks: Marks) -> None:
        """Add blanks, which count where they may part two runs."""
        if self.runs:
            self.runs.append((" ", marks))

    def leaf(self, node: Node, marks: Marks) -> None:
        """Add an image, a formula or an anchor."""
        self.runs.append((node, marks))

    def line_break(self) -> None:
        """Add a hard break."""
        self.runs.append((BREAK, ()))

    def block(self, node: Node) -> None:
        """Close the paragraph and add a block behind it."""
        self.flush()
        self.blocks.append(node)

    def flush(self) -> None:
        """Close the open paragraph, if it shows anything; anchors wait for the next one."""
        runs = self.runs
        if not runs:
            return
        self.runs = []
        if len(runs) == 1:
            content, marks = runs[0]
            if isinstance(content, str):
                content = content.strip().strip(EDGES)
                if not content:
                    return
                content = collapse(rejoin(content) if self.prettified and "\n" in content else content)
            elif content is BREAK:
                return
            elif content.tag == "a":
                self.runs = runs
                return
            self.blocks.append(Node("p", nest(unstyled([(content, marks)])) if marks else [content]))
            return
        for nodes in self._paragraphs(settle(runs, prettified=self.prettified)):
            self.blocks.append(Node("p", nodes))

    def _paragraphs(self, lines: list[list[Run]]) -> list[list[Inline]]:
        """Paragraphs of settled lines: an empty line parts them, and so do pictures on a line of their own."""
        if len(lines) == 1 and shows(lines[0]) and not (self.split_pictures and has_pictures(lines[0])):
            return [nest(unstyled(lines[0]))]
        paragraphs: list[list[Inline]] = []
        anchors: list[Inline] = []
        parted = True
        for line in lines:
            if not shows(line):
                anchors.extend(content for content, _ in line if isinstance(content, Node))
                parted = True
            else:
                apart = self.split_pictures and has_pictures(line)
                before, words, behind = pictures_apart(line) if apart else ([], line, [])
                for picture in before:
                    paragraphs.append([*anchors, *nest([picture])])
                    anchors.clear()
                    parted = True
                if words:
                    nodes = [*anchors, *nest(unstyled(words))]
                    anchors.clear()
                    if parted:
                        paragraphs.append(nodes)
                    else:
                        paragraphs[-1] += [Node("br"), *nodes]
                    parted = False
                for picture in behind:
                    paragraphs.append(nest([picture]))
                    parted = True
        self.runs = [(anchor, ()) for anchor in anchors]
        return paragraphs

    def take_anchors(self) -> list[Inline]:
        """The anchors that wait for a block to stand in."""
        if not self.runs:
            return []
        anchors: list[Inline] = [content for content, _ in self.runs]
        self.runs = []
        return anchors

    def finish(self) -> list[Node]:
        """All blocks; nothing comes behind them."""
        if self.runs:
            self.flush()
            if anchors := self.take_anchors():
                self.blocks.append(Node("p", anchors))
        return self.blocks


def unstyled(line: list[Run]) -> list[Run]:
    """A line where emphasis by style gives way to real emphasis of its kind that it touches or is in."""
    for _, marks in line:
        for mark in marks:
            if mark.styled:
                return _unstyled(line)
    return line


def _unstyled(line: list[Run]) -> list[Run]:
    real = [{mark.tag for mark in marks if not mark.styled} for content, marks in line if content != " "]
    plain: list[Run] = []
    place = 0
    for content, marks in line:
        near: set[str] = set()
        if content != " ":
            near = near.union(*real[max(0, place - 1) : place + 2])
            place += 1
        plain.append(
            (content, tuple([REAL.get(mark, mark) for mark in marks if not (mark.styled and mark.tag in near)]))
        )
    return plain

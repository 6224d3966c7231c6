"""Flows: blocks under construction."""

from __future__ import annotations

from dataclasses import dataclass

from converter.cleaner.nesting import nest
from converter.cleaner.pictures import may_have_pictures, split_off_pictures
from converter.cleaner.runs import BREAK, Marks, Run, is_visible, normalized_lines, text_alone
from converter.cleaner.styled_marks import resolve_styled_marks
from converter.model import Inline, Node


@dataclass(slots=True)
class OpenList:
    """The list that ``li`` elements of a flow are added to; a block between two items splits it.

    tag: ``ul`` or ``ol``.
    next_number: the number of the next item.
    node: the list that the last item was added to, None before the first item.
    """

    tag: str
    next_number: int
    node: Node | None = None


class Flow:
    """The content of a container (body, quote, list item, cell) so far: finished blocks, and an open paragraph.

    blocks: the finished blocks.
    runs: the runs of the open paragraph, as the source has them.
    open_list: the list that ``li`` elements are added to.
    is_loose: the source has a ``p`` in the container (a list item with one makes the list loose).
    prettified: the whitespace of the source is a pretty-printer's.
    split_pictures: pictures at the ends of a line get paragraphs of their own.
    single_line: the content will be one line of Markdown if it can be (heading, term, cell), so display formulas
        stay inline.
    """

    __slots__ = ("blocks", "is_loose", "open_list", "prettified", "runs", "single_line", "split_pictures")

    def __init__(self, prettified: bool, split_pictures: bool, single_line: bool) -> None:
        self.blocks: list[Node] = []
        self.runs: list[Run] = []
        self.open_list: OpenList | None = None
        self.is_loose = False
        self.prettified = prettified
        self.split_pictures = split_pictures
        self.single_line = single_line

    def add_text(self, text: str, marks: Marks) -> None:
        """Add text, with the whitespace that the source has."""
        self.runs.append((text, marks))

    def add_space(self, marks: Marks) -> None:
        """Add whitespace that may separate two runs; in front of the first run it means nothing."""
        if self.runs:
            self.runs.append((" ", marks))

    def add_leaf(self, node: Node, marks: Marks) -> None:
        """Add an inline node without runs inside: an image, a formula, an anchor, a footnote reference."""
        self.runs.append((node, marks))

    def add_break(self) -> None:
        """Add a hard break."""
        self.runs.append((BREAK, ()))

    def add_block(self, node: Node) -> None:
        """Close the open paragraph and add a block; anchors that wait for a paragraph stand in one before it."""
        self.close_paragraph()
        if self.runs:
            self.blocks.append(Node("p", self.pop_anchors()))
        self.blocks.append(node)

    def close_paragraph(self) -> None:
        """Make paragraphs of the runs; anchors with nothing behind them stay, for the next paragraph."""
        runs = self.runs
        if not runs:
            return
        self.runs = []
        if len(runs) == 1:
            content, marks = runs[0]
            if isinstance(content, str):
                content = text_alone(content, prettified=self.prettified)
                if not content:
                    return
            elif content is BREAK:
                return
            elif content.tag == "a":
                self.runs = runs
                return
            self.blocks.append(Node("p", nest(resolve_styled_marks([(content, marks)])) if marks else [content]))
            return
        for nodes in self._paragraphs(normalized_lines(runs, prettified=self.prettified)):
            self.blocks.append(Node("p", nodes))

    def _paragraphs(self, lines: list[list[Run]]) -> list[list[Inline]]:
        """Return the content of each paragraph; empty lines and pictures at the ends of a line separate them."""
        if len(lines) == 1 and is_visible(lines[0]) and not (self.split_pictures and may_have_pictures(lines[0])):
            return [nest(resolve_styled_marks(lines[0]))]
        paragraphs: list[list[Inline]] = []
        anchors: list[Inline] = []
        separated = True
        for line in lines:
            is_text = len(line) == 1 and isinstance(line[0][0], str)
            if not is_text and not is_visible(line):
                anchors.extend(content for content, _ in line if isinstance(content, Node))
                separated = True
            else:
                split = not is_text and self.split_pictures and may_have_pictures(line)
                before, words, behind = split_off_pictures(line) if split else ([], line, [])
                for picture in before:
                    paragraphs.append([*anchors, *nest([picture])])
                    anchors.clear()
                    separated = True
                if words:
                    nodes = [*anchors, *nest(resolve_styled_marks(words))]
                    anchors.clear()
                    if separated:
                        paragraphs.append(nodes)
                    else:
                        paragraphs[-1] += [Node("br"), *nodes]
                    separated = False
                for picture in behind:
                    paragraphs.append(nest([picture]))
                    separated = True
        self.runs = [(anchor, ()) for anchor in anchors]
        return paragraphs

    def pop_anchors(self) -> list[Inline]:
        """Remove and return the anchors that wait for a block, after ``close_paragraph``."""
        if not self.runs:
            return []
        anchors: list[Inline] = [content for content, _ in self.runs]
        self.runs = []
        return anchors

    def finish(self) -> list[Node]:
        """Close the open paragraph and return all blocks; nothing may be added afterwards."""
        if self.runs:
            self.close_paragraph()
            if self.runs:
                self.blocks.append(Node("p", self.pop_anchors()))
        return self.blocks

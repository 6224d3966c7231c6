"""Add headings, definition lists and details: blocks with a title of one line."""

from __future__ import annotations

from lxml.etree import _Element

from converter.cleaner.flow import Flow
from converter.cleaner.runs import Marks
from converter.cleaner.walk import EXTRA_DEPTH, Cleaner
from converter.extract.whitespace import visible
from converter.model import Inline, Node


def visit_heading(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Add ``h1`` to ``h6`` as a heading of one line; blocks in it that are no paragraphs come behind it.

    One without words (an image alone, for example) becomes a paragraph.  Of the marks around it only a link counts.
    """
    flow.close_paragraph()
    anchors = flow.pop_anchors() if flow.runs else ()
    inner = cleaner.new_flow(single_line=True)
    cleaner.walk(element, inner, tuple([mark for mark in marks if mark.tag == "a"]) if marks else (), depth)
    line, rest = _title_line(inner)
    line = [*anchors, *_without_bold(line)]
    if _has_words(line):
        flow.blocks.append(cleaner.node(str(element.tag), line, element))
    elif line:
        flow.blocks.append(Node("p", line))
    flow.blocks.extend(rest)


def visit_definitions(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Add a ``dl`` as a definition list; without a ``dt`` of its own it is only a block around its content."""
    if element.find("dt") is None:
        flow.close_paragraph()
        cleaner.walk(element, flow, marks, depth)
        return flow.close_paragraph()
    node = cleaner.node("dl", [], element)
    for child in element:
        inner = cleaner.new_flow(single_line=child.tag == "dt")
        if isinstance(child.tag, str):
            cleaner.walk(child, inner, marks, depth + EXTRA_DEPTH)
        blocks = inner.finish()
        while child.tag == "dt" and blocks and blocks[0].tag == "p":  # several: libxml2 nests terms without end tags
            node.children.append(Node("dt", _without_bold(blocks.pop(0).children)))
        if child.tail and visible(child.tail):
            blocks = [*blocks, Node("p", [" ".join(child.tail.split())])]
        node.children.extend([Node("dd", [*blocks])] if blocks else [])
    if node.children:
        flow.add_block(node)
    return None


def visit_details(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Add a ``details`` with its summary, which is added first, wherever it stands among the children."""
    summary = element.find("summary")
    line: list[Inline] = []
    rest: list[Node] = []
    if summary is not None:
        inner = cleaner.new_flow(single_line=True)
        cleaner.walk(summary, inner, marks, depth)
        line, rest = _title_line(inner)
        cleaner.added_summaries.add(summary)
    inner = cleaner.new_flow()
    cleaner.walk(element, inner, marks, depth + EXTRA_DEPTH)
    blocks = [*rest, *inner.finish()]
    if line or blocks:
        flow.add_block(cleaner.node("details", [Node("summary", line), *blocks], element))


def visit_summary(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Add a ``summary`` as a block, unless its ``details`` has added it already."""
    if element not in cleaner.added_summaries:
        flow.close_paragraph()
        cleaner.walk(element, flow, marks, depth)
        flow.close_paragraph()


def _title_line(flow: Flow) -> tuple[list[Inline], list[Node]]:
    """Return (the paragraphs that a flow begins with as one line, the blocks behind them)."""
    blocks = flow.finish()
    line: list[Inline] = []
    for index, block in enumerate(blocks):
        if block.tag != "p":
            return line, blocks[index:]
        if line:
            line.append(" ")
        line += [" " if isinstance(node, Node) and node.tag == "br" else node for node in block.children]
    return line, []


def _without_bold(line: list[Inline]) -> list[Inline]:
    """Return a title without bold around all of it, as titles are bold anyway."""
    while len(line) == 1 and isinstance(only := line[0], Node) and only.tag == "strong":
        line = only.children
    return line


def _has_words(line: list[Inline]) -> bool:
    """Return whether there is text in a line."""
    for node in line:
        if visible(node) if isinstance(node, str) else any(map(visible, node.texts())):
            return True
    return False

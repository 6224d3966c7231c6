"""Footnotes where a renderer would not see the reference to one, and so would leave the note out."""

from __future__ import annotations

from collections.abc import Sequence

from converter.model import Inline, Node
from converter.serializer.html import note_label
from converter.serializer.tables import is_html


def is_noted_in_html(body: Node) -> bool:
    """Return whether a reference to a footnote stands in what is written as HTML: details, or a table."""
    boxes = (node for node in body.nodes() if node.tag == "details" or (node.tag == "table" and is_html(node)))
    return any(inner.tag == "noteref" for box in boxes for inner in box.nodes())


def with_listed_notes(blocks: Sequence[Inline]) -> list[Inline]:
    """Return the blocks of a document whose footnotes are a numbered list at its end, each with an anchor."""
    rest: list[Inline] = []
    items: list[Inline] = []
    tight = True
    for block in blocks:
        if isinstance(block, Node) and block.tag == "footnote":
            items.append(Node("li", _with_anchor(block)))
            tight = tight and len(block.children) < 2
        else:
            rest.append(block)
    return [*rest, Node("ol", items, {"tight": "true"} if tight else {})]


def _with_anchor(note: Node) -> list[Inline]:
    """Return the blocks of a note, the first of which begins with the anchor that references lead to."""
    anchor = Node("a", [], {"id": f"fn-{note_label(note)}"})
    first = note.children[0] if note.children else ""
    if isinstance(first, Node) and first.tag == "p":
        return [Node("p", [anchor, *first.children]), *note.children[1:]]
    return [Node("p", [anchor]), *note.children]

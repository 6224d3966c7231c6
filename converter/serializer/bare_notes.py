"""References to footnotes that stand outside of the markup around them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from converter.model import Inline, Node


def with_bare_notes(children: Sequence[Inline]) -> Iterator[Inline]:
    """Yield inline content in which no other node holds a reference to a footnote: such nodes are parted around it."""
    for child in children:
        if isinstance(child, str) or child.tag == "noteref" or not holds_note(child):
            yield child
            continue
        for is_note, part in groupby(with_bare_notes(child.children), key=_is_note):
            inside = list(part)
            yield from inside if is_note else (Node(child.tag, inside, child.attributes),)


def _is_note(child: Inline) -> bool:
    return isinstance(child, Node) and child.tag == "noteref"


def holds_note(node: Node) -> bool:
    """Return whether a reference to a footnote stands in a node."""
    return any(inner.tag == "noteref" for inner in node.nodes())

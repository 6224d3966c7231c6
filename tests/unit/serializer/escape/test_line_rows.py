"""Escapes of text at the start of a line."""

from __future__ import annotations

import pytest

from converter.model import Node
from tests.kit.serialized import markdown_of

NODES = {
    "note before a colon": (Node("p", [Node("noteref", [], {"id": "1"}), ": a"]), "[^1]\\: a"),
}


@pytest.mark.parametrize(("node", "expected"), NODES.values(), ids=NODES)
def test_nodes(node: Node, expected: str) -> None:
    assert markdown_of(node) == expected


ESCAPES = {
    "heading": ("# a", "\\# a"),
    "number": ("1. a", "1\\. a"),
    "bullet": ("- a", "\\- a"),
    "thematic break": ("---", "\\---"),
    "fence": ("```", "\\`\\`\\`"),
    "kramdown definition": (": a", "\\: a"),
    "link definition": ("[a]: b", "\\[a]: b"),
    "end of block": ("^", "&#94;"),
}


@pytest.mark.parametrize(("text", "expected"), ESCAPES.values(), ids=ESCAPES)
def test_escapes(text: str, expected: str) -> None:
    assert markdown_of(Node("p", [text])) == expected

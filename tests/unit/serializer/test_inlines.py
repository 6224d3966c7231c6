"""Inline content: hard breaks and footnote references."""

from __future__ import annotations

import pytest

from converter.model import Node
from converter.options import Options
from tests.kit.serialized import markdown, markdown_of

CASES = {
    "hard break": ("<p>a<br>b</p>", "a  \nb"),
    "two hard breaks": ("<p>a<br><br>b</p>", "a  \n<br>b"),
    "hard break in a heading": ("<h2>a<br>b</h2>", "## a b"),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_cases(source: str, expected: str) -> None:
    assert markdown(source) == expected


OPTIONS = {
    "backslash": (Options(newline_style="backslash"), "<p>a<br>b</p>", "a\\\nb"),
}


@pytest.mark.parametrize(("options", "source", "expected"), OPTIONS.values(), ids=OPTIONS)
def test_options(options: Options, source: str, expected: str) -> None:
    assert markdown(source, options) == expected


NODES = {
    "footnote reference": (Node("p", ["a", Node("noteref", [], {"id": "1"})]), "a[^1]"),
}


@pytest.mark.parametrize(("node", "expected"), NODES.values(), ids=NODES)
def test_nodes(node: Node, expected: str) -> None:
    assert markdown_of(node) == expected

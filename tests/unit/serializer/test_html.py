"""HTML where Markdown has no syntax."""

from __future__ import annotations

import pytest

from converter.model import Node
from tests.kit.serialized import markdown, markdown_of

CASES = {
    "kbd": ("<p><kbd>*a*</kbd></p>", "<kbd>&#42;a&#42;</kbd>"),
    "sup": ("<p>x<sup>2</sup></p>", "x<sup>2</sup>"),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_cases(source: str, expected: str) -> None:
    assert markdown(source) == expected


NODES = {
    "target of a link": (Node("p", [Node("a", [], {"id": "x"}), "t"]), '<a id="x"></a>t'),
    "details": (
        Node("details", [Node("summary", ["a"]), Node("p", ["b"])]),
        "<details>\n<summary>a</summary><p>b</p></details>",
    ),
}


@pytest.mark.parametrize(("node", "expected"), NODES.values(), ids=NODES)
def test_nodes(node: Node, expected: str) -> None:
    assert markdown_of(node) == expected

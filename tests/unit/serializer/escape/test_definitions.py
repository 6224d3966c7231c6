"""Text at the start of a line that would define something."""

from __future__ import annotations

import pytest

from converter.model import Inline, Node
from tests.kit.serialized import markdown_of


def code(text: str) -> Node:
    return Node("code", [text])


CASES: dict[str, tuple[list[Inline], str]] = {
    "link": (["[a]: b"], "\\[a]: b"),
    "over a line end": (["[a", Node("br"), "b]: c"], "\\[a  \nb]: c"),
    "colon in code": (["[a", code("]: b")], "[a<code>&#93;: b</code>"),
    "colon in a formula": (["[a", Node("math", ["]: b"])], "[a$] : b$"),
    "footnote in a later line": (["a", Node("br"), "[^1]: b"], "a  \n\\[^1]: b"),
    "abbreviation": (["*[a]: b"], "\\*[a]: b"),
    "abbreviation of emphasis": ([Node("em", ["[a]: b"])], "*\\[a]: b*"),
    "abbreviation without text": (
        [Node("em", [Node("a", ["b"], {"href": "c"}), code("]:")])],
        "*[b](c)<code>&#93;:</code>*",
    ),
    "not at the start": (["a [b]: c"], "a [b]: c"),
}


@pytest.mark.parametrize(("children", "expected"), CASES.values(), ids=CASES)
def test_definitions(children: list[Inline], expected: str) -> None:
    assert markdown_of(Node("p", children)) == expected

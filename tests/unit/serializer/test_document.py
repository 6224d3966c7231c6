"""Whole documents: unknown tags, overrides, deep nesting."""

from __future__ import annotations

import pytest

from converter.model import Article, Csdn2mdError, Node
from converter.options import Options
from converter.serializer import serialize, to_html
from tests.kit.canonical_html import read_html


@pytest.mark.parametrize("body", [[Node("font", ["a"])], [Node("p", [Node("font", ["a"])])]])
def test_an_unknown_tag_is_an_error(body: list[Node | str]) -> None:
    with pytest.raises(Csdn2mdError, match="font"):
        serialize(Article(Node("body", body)), Options())
    with pytest.raises(Csdn2mdError, match="font"):
        to_html(body)


def test_overrides() -> None:
    seen: list[tuple[str, str, frozenset[str]]] = []

    def shout(node: Node, text: str, parents: frozenset[str]) -> str:
        seen.append((node.tag, text, parents))
        return f"<{text}>\n"

    body = read_html("<blockquote><p>x<em>a*</em></p></blockquote><h1>t</h1>")
    text = serialize(Article(body), Options(), {"em": shout, "h1": shout})
    assert seen == [("em", "a*", frozenset({"blockquote", "p"})), ("h1", "t", frozenset())]
    assert text == "> x<a*>\n\n<t>\n"


def test_deep_nesting() -> None:
    node = Node("p", ["x"])
    for _ in range(100):
        node = Node("blockquote", [Node("ul", [Node("li", [node])])])
    assert serialize(Article(Node("body", [node])), Options()).endswith("x\n")

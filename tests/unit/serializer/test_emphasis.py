"""Emphasis that every renderer reads."""

from __future__ import annotations

import pytest

from converter.model import Node
from converter.options import Options
from tests.kit.serialized import markdown, markdown_of

CASES = {
    "punctuation moves out": ("<p><strong>注意：</strong>请</p>", "**注意**：请"),
    "quotes move out": ("<p>说<strong>“好”</strong>吧</p>", "说“**好**”吧"),
    "emphasis of code": ("<p>字<strong><code>x</code></strong>字</p>", "字<strong>`x`</strong>字"),
    "strong and em": ("<p><strong><em>a</em></strong></p>", "***a***"),
    "nested in itself": ("<p><strong>a <strong>b</strong></strong></p>", "**a <strong>b</strong>**"),
    "asterisk of the text in strong": ("<p><strong>a *b</strong></p>", "**a \\*b**"),
    "strikethrough in a heading": ("<h2><del>a</del> <em>b <del>c</del></em></h2>", "## ~~a~~ *b <del>c</del>*"),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_cases(source: str, expected: str) -> None:
    assert markdown(source) == expected


OPTIONS = {
    "symbol": (Options(strong_em_symbol="_"), "<p><em>a</em> 字<strong>b</strong>字</p>", "_a_ 字**b**字"),
}


@pytest.mark.parametrize(("options", "source", "expected"), OPTIONS.values(), ids=OPTIONS)
def test_options(options: Options, source: str, expected: str) -> None:
    assert markdown(source, options) == expected


NODES = {
    "strong ends beside a formula": (
        Node("p", [Node("strong", ["a)"]), Node("math", ["x"])]),
        "<strong>a)</strong>$x$",
    ),
}


@pytest.mark.parametrize(("node", "expected"), NODES.values(), ids=NODES)
def test_nodes(node: Node, expected: str) -> None:
    assert markdown_of(node) == expected

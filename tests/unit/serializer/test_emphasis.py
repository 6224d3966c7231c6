"""Emphasis that every renderer reads."""

from __future__ import annotations

import pytest

from converter.model import Node
from converter.options import Options
from tests.kit.serialized import markdown, markdown_of

CASES = {
    "punctuation moves out": ("<p><strong>注意：</strong>请</p>", "**注意**：请"),
    "quotes move out": ("<p>说<strong>“好”</strong>吧</p>", "说“**好**”吧"),
    "brackets move out": ("<p>看<strong>【重点】</strong>吧</p>", "看【**重点**】吧"),
    "brackets with sentence punctuation move out": ("<p>看<em>（一）：</em>吧</p>", "看（*一*）：吧"),
    "pair around a part only": ("<p><strong>（一）和（二）</strong>吧</p>", "<strong>（一）和（二）</strong>吧"),
    "pair at the end": ("<p><strong>定义f(x)</strong>吧</p>", "<strong>定义f(x)</strong>吧"),
    "pair at the end before punctuation": ("<p><strong>定义f(x)：</strong>吧</p>", "**定义f(x)**：吧"),
    "bracket that is opened before": ("<p>《<strong>书名》</strong>吧</p>", "《**书名**》吧"),
    "bracket that is closed behind": ("<p>看<strong>“书</strong>名”</p>", "看“**书**名”"),
    "bracket alone": ("<p><strong>a)</strong>吧</p>", "<strong>a)</strong>吧"),
    "option": ("<p>加<strong>--help</strong>吧</p>", "加<strong>--help</strong>吧"),
    "percent": ("<p>到<strong>100%</strong>停</p>", "到<strong>100%</strong>停"),
    "name that begins with a dot": ("<p>用<strong>.NET</strong>写</p>", "用<strong>.NET</strong>写"),
    "lone punctuation": ("<p>甲<strong>，</strong>乙<em>“</em>丙<strong><em>。</em></strong></p>", "甲，乙“丙。"),
    "lone punctuation beside spaces": ("<p>甲 <strong>/</strong> 乙</p>", "甲 / 乙"),
    "a lone asterisk": ("<p>甲 <strong>*</strong> 乙</p>", "甲 **\\*** 乙"),
    "a struck comma": ("<p>甲<del>，</del>乙</p>", "甲<del>，</del>乙"),
    "a lone symbol": ("<p>甲 <strong>👉</strong> 乙</p>", "甲 **👉** 乙"),
    "around a link": ('<p>看<strong><a href="u">文档</a></strong>吧</p>', "看[**文档**](u)吧"),
    "around a link and punctuation": ('<p>看<em>，<a href="u">文档</a>。</em>吧</p>', "看，[*文档*](u)。吧"),
    "twice around a link": ('<p>看<strong><em><a href="u">文</a></em></strong>吧</p>', "看[***文***](u)吧"),
    "around a link that ends in punctuation": ('<p><strong><a href="u">文档：</a></strong>吧</p>', "[**文档：**](u)吧"),
    "around a link and a word": ('<p><strong>见<a href="u">文</a></strong> 吧</p>', "**见[文](u)** 吧"),
    "around an image": ('<p>看<strong><img src="u" alt="图"></strong>吧</p>', "看![图](u)吧"),
    "around a linked image": ('<p><strong><a href="u"><img src="v" alt=""></a></strong></p>', "[![](v)](u)"),
    "underline around emphasis": ("<p><u><strong>甲</strong></u></p>", "**<u>甲</u>**"),
    "behind other emphasis": ("<p><strong>甲</strong><em>乙</em></p>", "**甲**<em>乙</em>"),
    "strong begins in an em": (
        "<p><em><strong>甲</strong> 乙</em> <strong>丙</strong></p>",
        "*<strong>甲</strong> 乙* **丙**",
    ),
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

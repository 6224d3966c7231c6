"""Link destinations and titles, code spans, formulas."""

from __future__ import annotations

import pytest

from converter.model import Node
from converter.options import Options
from converter.serializer.links import inert_definition
from tests.kit.serialized import markdown, markdown_of

CASES = {
    "code with backtick": ("<p><code>a`b</code></p>", "``a`b``"),
    "code with spaces at its edges": ("<p>x<code> a </code></p>", "x``  a  ``"),
    "code beside code": ("<p><code>a</code><code>b</code></p>", "`a`<code>b</code>"),
    "destination": ('<p><a href="a b(c">t</a></p>', "[t](a%20b%28c)"),
    "title": ('<p><a href="u" title=\'a "b"\'>t</a></p>', '[t](u "a &quot;b&quot;")'),
    "alt": ('<p><img src="a b.png" alt="x]y"></p>', "![x\\]y](a%20b.png)"),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_cases(source: str, expected: str) -> None:
    assert markdown(source) == expected


NODES = {
    "formula": (Node("p", ["a ", Node("math", ["x_1"]), " $b"]), "a $x_1$ <span>\\$</span>b"),
}


@pytest.mark.parametrize(("node", "expected"), NODES.values(), ids=NODES)
def test_nodes(node: Node, expected: str) -> None:
    assert markdown_of(node) == expected


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("javascript:x", "javascript<!-- -->:x"),
        ("a+b.c-d\\:x\nwords", "a+b.c-d<!-- -->\\:x\nwords"),
        ("a&#58;x 'title'", "a<!-- -->&#58;x 'title'"),
        ("a: (title)", "a<!-- -->: (title)"),
        ("Note: words", "Note: words"),
        ("http\\://a.b/", "http\\://a.b/"),
        ("**a**:b", "**a**:b"),
    ],
)
def test_a_footnote_defines_no_link(text: str, written: str) -> None:
    assert inert_definition(text) == written


@pytest.mark.parametrize("url", ["http://a%22b/c", 'http:a"b/c', "ftp:////a%EF%BC%82b/c", "https://a\uff02b/c"])
def test_a_quotation_mark_in_a_host_is_encoded_twice_for_hexo(url: str) -> None:
    written = markdown_of(Node("p", [Node("a", ["t"], {"href": url})]), options=Options(flavor="hexo"))
    assert written.endswith("a%2522b/c)")

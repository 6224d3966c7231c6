"""The writer, case by case: clean HTML in, Markdown out."""

from __future__ import annotations

import pytest

from converter.model import Article, Csdn2mdError, Node
from converter.options import Options
from converter.serializer import serialize, to_html
from tests.kit.canonical_html import read_html

DEFAULT = Options()


def markdown(source: str, options: Options = DEFAULT) -> str:
    return serialize(Article(read_html(source)), options).removesuffix("\n")


TEXT = {
    "plain words": "snake_case a_b_c 3 * 4 C++ [1] a < b C:\\dir $ ls ~/x #1 2_3_4",
    "shell prompt": "[root@host ~]# ls -l",
    "generics": "List<String",
    "question": "a?b=1&c=2",
}


@pytest.mark.parametrize("text", TEXT.values(), ids=TEXT)
def test_text_that_needs_no_escape(text: str) -> None:
    assert serialize(Article(Node("body", [Node("p", [text])])), Options()) == f"{text}\n"


ESCAPES = {
    "emphasis": ("*a*", "\\*a*"),
    "strong": ("**a**", "\\*\\*a**"),
    "kramdown emphasis": ("3*4*5", "3\\*4*5"),
    "link": ("[x](y)", "\\[x](y)"),
    "code": ("a `b` c", "a \\`b` c"),
    "tag": ("a <b> c", "a \\<b> c"),
    "entity": ("&lt; &x;", "&amp;lt; &x;"),
    "tilde": ("3~5天，7~10天", "3\\~5天，7~10天"),
    "heading": ("# a", "\\# a"),
    "number": ("1. a", "1\\. a"),
    "bullet": ("- a", "\\- a"),
    "rule": ("---", "\\---"),
    "fence": ("```", "\\```"),
    "kramdown table": ("a | b", "a \\| b"),
    "kramdown formula": ("$$a$$", "\\$\\$a\\$\\$"),
    "kramdown definition": (": a", "\\: a"),
    "link definition": ("[a]: b", "\\[a]: b"),
    "attribute list": ("{:a}", "\\{:a}"),
    "backslash": ("\\*", "\\\\*"),
    "network path": ("\\\\host\\x", "\\\\\\host\\x"),
    "end of block": ("^", "&#94;"),
}


@pytest.mark.parametrize(("text", "expected"), ESCAPES.values(), ids=ESCAPES)
def test_escapes(text: str, expected: str) -> None:
    assert serialize(Article(Node("body", [Node("p", [text])])), Options()) == f"{expected}\n"


CASES = {
    "punctuation moves out": ("<p><strong>注意：</strong>请</p>", "**注意**：请"),
    "quotes move out": ("<p>说<strong>“好”</strong>吧</p>", "说“**好**”吧"),
    "emphasis of code": ("<p>字<strong><code>x</code></strong>字</p>", "字<strong>`x`</strong>字"),
    "strong and em": ("<p><strong><em>a</em></strong></p>", "***a***"),
    "nested in itself": ("<p><strong>a <strong>b</strong></strong></p>", "**a <strong>b</strong>**"),
    "literal star in strong": ("<p><strong>a *b</strong></p>", "**a \\*b**"),
    "code with backtick": ("<p><code>a`b</code></p>", "``a`b``"),
    "code in blanks": ("<p>x<code> a </code></p>", "x``  a  ``"),
    "two codes": ("<p><code>a</code><code>b</code></p>", "`a`<code>b</code>"),
    "hard break": ("<p>a<br>b</p>", "a  \nb"),
    "two breaks": ("<p>a<br><br>b</p>", "a  \n<br>b"),
    "break in heading": ("<h2>a<br>b</h2>", "## a b"),
    "heading end": ("<h2>a #</h2>", "## a \\#"),
    "strikethrough in a heading": ("<h2><del>a</del> <em>b <del>c</del></em></h2>", "## ~~a~~ *b <del>c</del>*"),
    "image in an item": (
        '<ul><li><img src="u" alt="x"></li><li>!<a href="u">x</a></li></ul>',
        "- ![x](u)\n- \\![&#120;](u)",
    ),
    "kbd": ("<p><kbd>*a*</kbd></p>", "<kbd>&#42;a&#42;</kbd>"),
    "sup": ("<p>x<sup>2</sup></p>", "x<sup>2</sup>"),
    "destination": ('<p><a href="a b(c">t</a></p>', "[t](a%20b%28c)"),
    "title": ('<p><a href="u" title=\'a "b"\'>t</a></p>', '[t](u "a &quot;b&quot;")'),
    "alt": ('<p><img src="a b.png" alt="x]y"></p>', "![x\\]y](a%20b.png)"),
    "address into markup": ("<p>http://a.com，<strong>b</strong></p>", "http\\://a.com，**b**"),
    "address alone": ("<p>http://a.com/x_y_ z</p>", "http://a.com/x_y_ z"),
    "exclamation": ('<p>a!<a href="u">t</a></p>', "a\\![t](u)"),
    "tight list": ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n  - b\n- c"),
    "loose list": ("<ul><li><p>a</p><p>b</p></li><li><p>c</p></li></ul>", "- a\n\n  b\n\n- c"),
    "start": ('<ol start="9"><li>a</li><li>b</li></ol>', "9. a\n10. b"),
    "two lists": ("<ul><li>a</li></ul><ul><li>b</li></ul>", "- a\n\n<!-- -->\n\n- b"),
    "rule in item": ("<ul><li><p>a</p><hr></li></ul>", "-   a\n\n    ---"),
    "task": ('<ul><li><input type="checkbox" checked> a</li></ul>', "- [x] a"),
    "quote": ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
    "fence in code": ("<pre><code>```\n</code></pre>", "````\n```\n````"),
    "language": ('<pre><code class="language-py">a</code></pre>', "```py\na\n```"),
    "first rule": ("<hr><p>a</p><hr>", "***\n\na\n\n---"),
    "table": (
        "<table><tr><th>a|b</th><th align='right'>c</th></tr><tr><td>-</td></tr></table>",
        "| a\\|b | c |\n| --- | ---: |\n| \\- |  |",
    ),
    "code in table": (
        "<table><tr><th>a</th></tr><tr><td><code>x|y</code></td></tr></table>",
        "| a |\n| --- |\n| <code>x&#124;y</code> |",
    ),
    "span": (
        "<table><tr><th colspan='2'>a</th></tr><tr><td>b</td><td>*c*</td></tr></table>",
        '<table>\n<tr><th colspan="2">a</th></tr>\n<tr><td>b</td><td>*c*</td></tr>\n</table>',
    ),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_cases(source: str, expected: str) -> None:
    assert markdown(source) == expected


OPTIONS = {
    "underlined": (Options(heading_style="underlined"), "<h1>a</h1>", "a\n==="),
    "closed": (Options(heading_style="atx_closed"), "<h2>a</h2>", "## a ##"),
    "bullets": (
        Options(bullets="*+-"),
        "<ul><li>a<ul><li>b<ul><li>c</li></ul></li></ul></li></ul>",
        "* a\n  + b\n    - c",
    ),
    "symbol": (Options(strong_em_symbol="_"), "<p><em>a</em> 字<strong>b</strong>字</p>", "_a_ 字**b**字"),
    "backslash": (Options(newline_style="backslash"), "<p>a<br>b</p>", "a\\\nb"),
    "code language": (Options(code_language="text"), "<pre><code>a</code></pre>", "```text\na\n```"),
    "liquid": (Options(flavor="jekyll"), "<p>{{ a }} {% b %}</p>", "&#123;{ a }} &#123;% b %}"),
    "shortcode": (Options(flavor="hugo"), "<p>{{&lt; a >}}</p>", "&#123;{< a >}}"),
    "liquid in code": (
        Options(flavor="jekyll"),
        "<p><code>{{ a }}</code></p>",
        "<code>&#123;&#123; a &#125;&#125;</code>",
    ),
    "liquid in block": (
        Options(flavor="jekyll"),
        "<p>x</p><pre><code>{{ a }}</code></pre>",
        "x\n\n{% raw %}\n\n```\n{{ a }}\n```\n\n{% endraw %}",
    ),
}


@pytest.mark.parametrize(("options", "source", "expected"), OPTIONS.values(), ids=OPTIONS)
def test_options(options: Options, source: str, expected: str) -> None:
    assert markdown(source, options) == expected


NODES = {
    "formula": (Node("p", ["a ", Node("math", ["x_1"]), " $b"]), "a $x_1$ \\$b"),
    "display": (Node("math", ["a\n\nb"]), "$$\na\nb\n$$"),
    "display in quote": (Node("blockquote", [Node("math", ["a\nb"])]), "> $$a b$$"),
    "note": (Node("p", ["a", Node("noteref", [], {"id": "1"})]), "a[^1]"),
    "note before a colon": (Node("p", [Node("noteref", [], {"id": "1"}), ": a"]), "[^1]\\: a"),
    "strong ends beside a formula": (
        Node("p", [Node("strong", ["a)"]), Node("math", ["x"])]),
        "<strong>a)</strong>$x$",
    ),
    "footnote": (Node("footnote", [Node("p", ["a"]), Node("p", ["b"])], {"id": "1"}), "[^1]: a\n\n    b"),
    "target": (Node("p", [Node("a", [], {"id": "x"}), "t"]), '<a id="x"></a>t'),
    "definitions": (Node("dl", [Node("dt", ["a"]), Node("dd", [Node("p", ["b"])])]), "**a**\n\nb"),
    "details": (
        Node("details", [Node("summary", ["a"]), Node("p", ["b"])]),
        "<details>\n<summary>a</summary><p>b</p></details>",
    ),
    "empty": (Node("p", []), ""),
}


@pytest.mark.parametrize(("node", "expected"), NODES.values(), ids=NODES)
def test_nodes(node: Node, expected: str) -> None:
    assert serialize(Article(Node("body", [node])), Options()).removesuffix("\n") == expected


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


def test_hostile_sizes() -> None:
    for text in (
        "*" * 100_000,
        "[" * 100_000,
        "`a" * 50_000,
        "<a " * 50_000,
        "*a " * 50_000,
        "_a_ " * 30_000,
        "$" * 9999,
    ):
        serialize(Article(Node("body", [Node("p", [text])])), Options())
    node = Node("p", ["x"])
    for _ in range(100):
        node = Node("blockquote", [Node("ul", [Node("li", [node])])])
    assert serialize(Article(Node("body", [node])), Options()).endswith("x\n")


@pytest.mark.parametrize(
    ("bullets", "item", "expected"),
    [
        ("-", "--", "- \\--"),
        ("-", "- -", "- \\- -"),
        ("-", "**", "- **"),
        ("-", "-- a", "- -- a"),
        ("-", "<hr>", "- ***"),
        ("*", "**", "* \\**"),
        ("*", "--", "* --"),
        ("*", "<hr>", "* ___"),
        ("+", "--", "+ --"),
    ],
)
def test_no_item_makes_a_rule_with_its_marker(bullets: str, item: str, expected: str) -> None:
    assert markdown(f"<ul><li>{item}</li></ul>", Options(bullets=bullets)) == expected

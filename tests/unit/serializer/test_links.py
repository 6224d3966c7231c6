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
    "annotation": ("<p><strong><code>@Override</code></strong></p>", "**`@Override`**"),
    "code that ends a mail address": ("<p>a<code>b@c.d</code> <code>b@c.d</code></p>", "a<code>b@c.d</code> `b@c.d`"),
    "code that ends an abbreviation": ("<p><em>[a</em> <code>]: x</code></p>", "*[a* <code>&#93;: x</code>"),
    "destination": ('<p><a href="a b(c">t</a></p>', "[t](a%20b%28c)"),
    "title": ('<p><a href="u" title=\'a "b"\'>t</a></p>', '[t](u "a &quot;b&quot;")'),
    "alt": ('<p><img src="a b.png" alt="x]y"></p>', "![x\\]y](a%20b.png)"),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_cases(source: str, expected: str) -> None:
    assert markdown(source) == expected


FOR_MARKED = {
    "code with backtick": ("<i><code>*`a</code></i>", "*<code>&#42;&#96;a</code>*"),
    "asterisk in code": ("<p><em>a</em> <code>b*c</code> <code>d_e</code></p>", "*a* <code>b&#42;c</code> `d_e`"),
    "asterisk of a text": ("<p>2 * 3 <code>b*c</code> <code>_d_</code></p>", "2 * 3 <code>b&#42;c</code> `_d_`"),
    "no emphasis": ("<p>2 a_b <code>b*c</code> <code>~d_</code></p>", "2 a_b `b*c` `~d_`"),
    "tilde in code": ("<p>~#<code>~b</code></p>", "~#<code>&#126;b</code>"),
    "comment in code": ("<p><code>&lt;!-- a</code></p>", "<code>&lt;&#33;-- a</code>"),
    "place of what Hexo took out": ("<p>\ufffc <code>\ufffc</code></p>", "&#65532; <code>&#65532;</code>"),
    "tag of Hexo": (
        "<p>&lt;hexoPostRenderCodeBlock>a</p><pre>&lt;/hexoPostRenderCodeBlock></pre>",
        "&lt;hexoPostRenderCodeBlock>a\n\n<pre><code>&lt;/hexoPostRenderCodeBlock&gt;</code></pre>",
    ),
    "line separators": ("<p>a\u2028b <code>c\u2029d</code></p>", "a&#8232;b <code>c&#8233;d</code>"),
    "line separator in HTML": (
        '<table><tr><td rowspan="2">a\u2028</td><td>b</td></tr><tr><td>c</td></tr></table>',
        '<table>\n<tr><td rowspan="2">a&#8232;</td><td>b</td></tr>\n<tr><td>c</td></tr>\n</table>',
    ),
    "URLs in a formula in HTML": (
        '<p><u><math>www.a"b</math></u> <u><math>c://d"e</math></u></p>',
        '<u>$www{.}a"b$</u> <u>$c:/{/}d"e$</u>',
    ),
    "tilde in a link's text": ('<p><a href="/~b">~b</a></p>', "[~b](/~b)"),
    "tilde in a URL": ('<p>~a <a href="/~b">b</a></p>', "\\~a [b](/~b)"),
    "end of emphasis in a title": ('<p><b><a href="/" title="* _ (">a</a></b></p>', '[**a**](/ "&#42; &#95; (")'),
    "end of emphasis in a URL": ('<p><a href="/a_b*/_"><img src="/c"></a></p>', "[![](/c)](/a_b\\*/\\_)"),
    "line separator in a table": (
        "<table><tr><td>a</td><td>\u2028b</td></tr><tr><td>c</td><td><code>d\u2028e</code></td></tr></table>",
        "| a | &#8232;b |\n| --- | --- |\n| c | <code>d&#8232;e</code> |",
    ),
}


@pytest.mark.parametrize(("source", "expected"), FOR_MARKED.values(), ids=FOR_MARKED)
def test_marked_reads_what_is_meant(source: str, expected: str) -> None:
    assert markdown(source, Options(flavor="hexo")) == expected


NODES = {
    "code behind a vertical tab, in which kramdown sees none": (Node("p", [Node("code", ["\va"])]), "`` \va ``"),
    "code behind a space in a table, in which kramdown sees none": (
        Node("table", [Node("tr", [Node("td", [Node("code", [" a"])]), Node("td", ["b"])])]),
        "|  |  |\n| --- | --- |\n| <code> a</code> | b |",
    ),
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


@pytest.mark.parametrize(
    ("url", "written"),
    [
        ("%6aavascript:x", "./%6aavascript:x"),
        ("java%73cript%3ax", "./java%73cript%3ax"),
        ("%E4%B8%AD.html", "%E4%B8%AD.html"),
        ("a/b%3Ac", "a/b%3Ac"),
        ("?x=%3A", "?x=%3A"),
        ("https://a.b/%3A", "https://a.b/%3A"),
    ],
)
def test_no_scheme_appears_where_hexo_decodes(url: str, written: str) -> None:
    link = Node("p", [Node("a", ["t"], {"href": url})])
    assert markdown_of(link, options=Options(flavor="hexo")) == f"[t]({written})"


@pytest.mark.parametrize(
    ("url", "odd"),
    [
        ("---:x", True),
        ("1:2", True),
        ("\ufeff1:2", True),
        ("https://xn--/a.png", True),
        ("https://a.0x1/", True),
        ("https://{x", True),
        ("https://a.b:99999/", True),
        ("https://a.b/%C4%E3.png", True),
        ("a%zz.png", True),
        ("https://a.b:8080/%E4%BD%A0.png", False),
        ("https://img-blog.csdnimg.cn/a_b.png?x=y#pic_center", False),
        ("a/b.png", False),
        ("//a.b/c.png", False),
        ("file:///C:/a.png", False),
        ("data:image/png;base64,AA==", False),
    ],
)
def test_an_image_with_an_odd_url_is_html_for_hexo(url: str, odd: bool) -> None:
    written = markdown_of(Node("p", [Node("img", [], {"src": url})]), options=Options(flavor="hexo"))
    assert written == (f'<img src="{url}">' if odd else f"![]({url})")

"""Harmful code is a code span, or a fence, only where nothing could free it."""

from __future__ import annotations

import pytest

from tests.kit.serialized import markdown

SPANS = {
    "alone": ("<p><code>&lt;b></code></p>", "`<b>`"),
    "in text": ("<p>C++ 的 <code>vector&lt;T></code>（@Bean，a -> b）</p>", "C++ 的 `vector<T>`（@Bean，a -> b）"),
    "beside emphasis": ("<p><b>注意</b><br><code>&lt;b></code></p>", "**注意**  \n`<b>`"),
    "beside a simple formula": (
        "<p><math>n+1</math> 个 <code>&lt;b></code></p>",
        "$n+1$ 个 `<b>`",
    ),
    "beside a formula": (
        "<p><math>n_1</math> 个 <code>&lt;b></code></p>",
        "$n_1$ 个 <code>&lt;b&gt;</code>",
    ),
    "beside an asterisk": ("<p>2 * 3 <code>&lt;b></code></p>", "2 * 3 <code>&lt;b&gt;</code>"),
    "beside a link": ('<p><a href="/a">a</a> <code>&lt;b></code></p>', "[a](/a) <code>&lt;b&gt;</code>"),
    "in a link": ('<p><a href="/a"><code>]: a</code></a></p>', "[<code>&#93;: a</code>](/a)"),
    "beside code with a backtick": (
        "<p><code>a`b</code> <code>&lt;b></code></p>",
        "``a`b`` <code>&lt;b&gt;</code>",
    ),
    "code that could end emphasis": ("<p><b>注</b> <code>*&lt;b></code></p>", "**注** <code>&#42;&lt;b&gt;</code>"),
    "beside an address": ("<p>a@b.cn <code>&lt;b></code></p>", "a@b.cn <code>&lt;b&gt;</code>"),
    "harmless code beside markup": ("<p>2 * 3 <code>a[0] &lt; {b}&lt;c</code></p>", "2 * 3 `a[0] < {b}<c`"),
    "tag of kramdown beside markup": (
        "<p>2 * 3 <code>&lt;:a></code> <code>&lt;甲></code></p>",
        "2 * 3 <code>&lt;:a&gt;</code> <code>&lt;甲&gt;</code>",
    ),
    "in a table": (
        "<table><tr><td>a</td><td><code>&lt;b></code></td></tr><tr><td>a_</td><td><code>&lt;b></code></td></tr></table>",
        "| a | `<b>` |\n| --- | --- |\n| a_ | <code>&lt;b&gt;</code> |",
    ),
}


@pytest.mark.parametrize(("source", "expected"), SPANS.values(), ids=SPANS)
def test_spans(source: str, expected: str) -> None:
    assert markdown(source) == expected


FENCE = "<pre>&lt;b>[a](b)\n\n{: c}</pre>"
FENCED = "```\n<b>[a](b)\n\n{: c}\n```"
HTML = "<pre><code>&lt;b&gt;&#91;a&#93;(b)&#10;&#10;&#123;: c&#125;</code></pre>"
BLOCKS = {
    "alone": (FENCE, FENCED),
    "in a quote": (f"<blockquote>{FENCE}</blockquote>", "> ```\n> <b>[a](b)\n>\n> {: c}\n> ```"),
    "in a list": (f"<ul><li>a{FENCE}</li></ul>", "- a\n\n  ```\n  <b>[a](b)\n\n  {: c}\n  ```"),
    "in two": (f"<ul><li><blockquote>{FENCE}</blockquote></li></ul>", f"- > {HTML}"),
    "harmless, in two": ("<ul><li><blockquote><pre>a</pre></blockquote></li></ul>", "- > ```\n  > a\n  > ```"),
}


@pytest.mark.parametrize(("source", "expected"), BLOCKS.values(), ids=BLOCKS)
def test_blocks(source: str, expected: str) -> None:
    assert markdown(source) == expected


def test_html_is_harmless_where_a_renderer_reads_it_as_markdown() -> None:
    table = "<table><tr><td rowspan=2>[a](b) {: c} a[0]</td></tr></table>"
    assert "[a&#93;(b) &#123;: c} a[0]" in markdown(table)

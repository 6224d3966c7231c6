"""The serializer's law: its Markdown renders to what the nodes say, whatever their text is."""

from __future__ import annotations

import re

import cmarkgfm
from cmarkgfm.cmark import Options as CmarkOptions
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from converter.model import Article, Inline, Node
from converter.options import Options
from converter.serializer import serialize
from tests.kit.canonical_html import normalized, read_html
from tests.kit.facts import facts

MARKDOWN_IT = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
EXTENSIONS = ["table", "strikethrough", "tasklist"]
BITS = re.split(
    " ",
    "* ** *** _ __ ~ ~~ ` `` ``` < <b> </b> > & &lt; [ ] ( ) [x](y) ]( ! ![ $ $$ | { {:a} \\ \\* # ## - --- + = === : "
    ". 1. 2) ^ ^[ [^1] \" ' , ; a b cd 2 3 中 文字 ： ， 。 “ ” （ ） 、 <!-- --> *[a]: [a]: <div a_b_c C:\\d @ % €",
)
words = st.lists(st.tuples(st.sampled_from(BITS), st.sampled_from(("", "", " "))), min_size=1, max_size=6).map(
    lambda pairs: " ".join("".join(bit + blank for bit, blank in pairs).split(" ")).strip()
)
text = words.map(lambda value: re.sub(" +", " ", value)).filter(bool)
edge = st.sampled_from(("", " "))
loose_text = st.builds(lambda left, middle, right: left + middle + right, edge, text, edge)
code = text.map(lambda value: Node("code", [value]))
image = text.map(lambda alt: Node("img", [], {"src": "a b.png", "alt": alt}))
HREFS = st.sampled_from(("http://a.b/c(d)", "x y.html", "#z", "/a_b*c?d=1&lt;"))


def _inlines(tags: tuple[str, ...]) -> st.SearchStrategy[list[Inline]]:
    inner = st.one_of(loose_text, code, image)
    for tag in tags:
        children = st.lists(inner, min_size=1, max_size=3).map(lambda nodes: ["x", *nodes])
        if tag == "a":
            made = st.builds(lambda nodes, href: Node("a", nodes, {"href": href}), children, HREFS)
        else:
            made = children.map(lambda nodes, tag=tag: Node(tag, nodes))  # type: ignore[misc]
        inner = st.one_of(inner, made)
    return st.lists(inner, min_size=1, max_size=4).map(normalized).filter(bool)


inlines = _inlines(("a", "em", "del", "strong", "sub"))
paragraph = inlines.map(lambda nodes: Node("p", nodes))
LINES = st.sampled_from(("```", "~~~", "- x", "", "    y", "---", "a", "1. b", "> q", "# h", "<b>", "$$", "| t |"))
pre = st.lists(LINES, min_size=1, max_size=5).map(lambda lines: Node("pre", ["\n".join([*lines, "z"])]))
heading = inlines.map(lambda nodes: Node("h2", nodes))
table = st.lists(st.lists(inlines, min_size=2, max_size=2), min_size=2, max_size=3).map(
    lambda rows: Node("table", [Node("tr", [Node("td", cell) for cell in row]) for row in rows])
)


def _containers(block: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    content = st.lists(block, min_size=1, max_size=3)
    items = st.lists(content.map(lambda nodes: Node("li", [*nodes])), min_size=1, max_size=3)
    return st.one_of(
        content.map(lambda nodes: Node("blockquote", [*nodes])),
        st.builds(lambda tag, nodes: Node(tag, [*nodes]), st.sampled_from(("ul", "ol")), items),
    )


blocks = st.recursive(st.one_of(paragraph, heading, pre, table, st.just(Node("hr"))), _containers, max_leaves=5)


def _check(body: Node) -> None:
    markdown = serialize(Article(body), Options())
    meant = facts(body)
    assert facts(read_html(MARKDOWN_IT.render(markdown))) == meant, markdown
    options = CmarkOptions.CMARK_OPT_UNSAFE | CmarkOptions.CMARK_OPT_FOOTNOTES
    shown = cmarkgfm.markdown_to_html_with_extensions(markdown, options, extensions=EXTENSIONS)
    assert facts(read_html(shown)) == meant, markdown


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))
@given(inlines)
@example(["~", Node("em", ["x~~"])])
def test_inlines_render_as_meant(nodes: list[Inline]) -> None:
    _check(Node("body", [Node("p", nodes)]))


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(blocks, min_size=1, max_size=3))
def test_blocks_render_as_meant(nodes: list[Node]) -> None:
    _check(Node("body", [*nodes]))

"""Laws that hold for every input: totality, stability, determinism, and that no text is lost."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from converter.model import ConversionError, Document, Node
from converter.pipeline import convert
from converter.vocabulary import problems

HOSTILE = """* ** _ __ ` `` ``` ~~ ~~~ # + - = > | $ $$ \\ \\\\ [ ] ( ) [a]: [^1] ![ <b> </b> < & &amp; &lt; {{ }} {% {:
    1. 2) a_b a*b http://e.com www.e.com a@b.cn 注意： （甲） “乙” 。 ， 字 \u3000 \xa0 \u200b \ufeff é 𠮷 👍 0
    === --- x :-- #tag C++ snake_case *[x]: {} \x01 \x85 \u2028 \ud800""".split(" ")
BLOCK_TAGS = (
    "div section p blockquote h1 h2 h6 ul ol li table tr td th dl dt dd pre details summary figure center".split()
)
INLINE_TAGS = "strong b em i del code a span font sup sub u kbd mark img br math input q".split()
OTHER_TAGS = "svg script style textarea iframe video embed object template hr select title o:p iostream".split()
ATTRIBUTES = (
    "",
    ' href="#a"',
    ' href="http://e.com/a(b"',
    ' href="javascript:x"',
    ' src="a b.png"',
    ' src="https://latex.csdn.net/eq?x%5C"',
    ' alt="]["',
    ' title="&quot;"',
    ' id="a"',
    ' class="toc"',
    ' class="katex"',
    ' class="katex-mathml"',
    ' class="hljs-ln"',
    ' class="dp-highlighter"',
    ' class="lines"',
    ' class="footnote-ref"',
    ' class="language-c++"',
    ' style="font-weight:bold"',
    ' style="display:none"',
    ' start="7"',
    ' colspan="2"',
    ' rowspan="3"',
    ' align="right"',
    ' data="x"',
    ' type="math/tex"',
)
texts = st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=4).map(" ".join) | st.lists(
    st.sampled_from(HOSTILE), min_size=1, max_size=3
).map("".join)


def element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Markup of one element, sometimes left open, sometimes closed by another's end tag."""
    tags = st.sampled_from([*BLOCK_TAGS, *INLINE_TAGS]) | st.sampled_from(OTHER_TAGS)
    ends = st.sampled_from(("", "</p>", "</div>", "\n", " "))
    return st.builds(
        lambda tag, attributes, children, broken, end: (
            f"<{tag}{attributes}>{''.join(children)}" + (end if broken else f"</{tag}>{end}")
        ),
        tags,
        st.sampled_from(ATTRIBUTES),
        st.lists(inner, max_size=3),
        st.sampled_from((False, False, False, True)),
        ends,
    )


markup = st.recursive(texts, element, max_leaves=8)
articles = st.lists(markup, min_size=1, max_size=4).map("".join)
fronts = st.sampled_from(("", "---\ntitle: 题\n---\n", "---\na: [\n---\n", "+++\na = 1\n+++\n", "{\n}\n", "---\n"))
wrappers = st.sampled_from(("%s", '<div id="content_views">%s</div>', "<!DOCTYPE html><html><body>%s</body></html>"))
sources = st.builds(lambda front, wrapper, body: front + wrapper % body, fronts, wrappers, articles.map(str))
names = st.sampled_from(("", "a.md", "a.html", "a.txt"))


def outcome(source: Any, name: str = "") -> Document | None:
    """The document, None for a source that is refused with the project's own error."""
    try:
        document = convert(source, name=name)
    except ConversionError:
        return None
    assert document.article is None or list(problems(document.article.body)) == []
    return document


@given(st.binary(max_size=200), names)
@example(b"\xff\xfe<\x00p\x00>\x00", "a.html")
@example(b"\x00", "")
@example(b"---\n\xff: \xfe\n---\n<div id=content_views>\xc4\xe3", "a.md")
def test_any_bytes_convert_or_are_refused(data: bytes, name: str) -> None:
    outcome(data, name)


@given(st.text(st.characters(), max_size=120) | sources, names)
@example("<p>\ud800</p>", "")
def test_any_text_converts_or_is_refused(text: str, name: str) -> None:
    outcome(text, name)


@given(sources)
def test_the_same_source_gives_the_same_document(source: str) -> None:
    assert outcome(source) == outcome(source)


@given(sources)
@example('<textarea><svg title="&quot;"></svg></textarea>')
@example('---\ntitle: a\n---\n<div id="content_views"><textarea><svg title="&quot;"></svg></textarea></div>')
def test_converting_the_result_changes_nothing(source: str) -> None:
    if (document := outcome(source)) is not None:
        again = str(convert(str(document), name="post.md"))
        # a post that is one HTML block is read as HTML again, where a line end in TeX is a blank
        assert again.replace("&#10;", " ") == str(document).replace("&#10;", " ")


RENDERER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
_TAG = re.compile(r"<!--.*?-->|<[^<>]*>", re.DOTALL)
_BLANK = re.compile(r"[\s\u200b\ufeff\x00-\x20\x7f-\xa0]+")


@given(articles)
def test_no_visible_character_is_lost(source: str) -> None:
    document = outcome(source)
    if document is None or document.article is None:
        return
    shown = squeezed(visible_text(RENDERER.render(document.text)))
    assert is_subsequence(squeezed("".join(words(document.article.body))), shown), document.text


def words(node: Node) -> Iterator[str]:
    """The text of a canonical tree, but for formulas: those are TeX, and not all that calls itself so is."""
    for child in node.children:
        if isinstance(child, str):
            yield child
        elif child.tag != "math":
            yield from words(child)


def visible_text(rendered: str) -> str:
    return html.unescape(_TAG.sub("", rendered))


def squeezed(text: str) -> str:
    return _BLANK.sub("", text)


def is_subsequence(short: str, long: str) -> bool:
    """True when all characters of one text appear in the other, in order."""
    rest = iter(long)
    return all(character in rest for character in short)

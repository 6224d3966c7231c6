"""The serializer's fast path against its full path: the same Markdown for every line, in every flavor."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from converter.model import Article, Inline, Node
from converter.options import Options
from converter.options.flavors import FLAVORS
from converter.pipeline import convert
from converter.serializer import blocks, serialize, tables
from converter.serializer.blocks import HEADING, ITEM, ITEM_HEADING, PARAGRAPH, START
from converter.serializer.context import Context
from converter.serializer.escape import Place
from converter.serializer.fast_path import write_plain
from converter.serializer.inlines import pieces_of, write_inlines, write_pieces
from converter.serializer.tables import CELL
from tests.kit.canonical_html import normalized
from tests.kit.paths import FIXTURES

SOURCES = sorted(path for path in (FIXTURES / "convert").iterdir() if path.suffix == ".html")
PLACES = (PARAGRAPH, START, ITEM, HEADING, ITEM_HEADING, CELL)


def write_in_full(children: Sequence[Inline], context: Context, place: Place) -> str:
    """Write inline nodes without any shortcut."""
    return write_pieces(pieces_of(children, context, place), context, place)


@pytest.mark.parametrize("flavor", FLAVORS)
def test_fixtures_are_written_alike(flavor: str, monkeypatch: pytest.MonkeyPatch) -> None:
    options = Options(flavor=flavor)
    articles = {path.name: convert(path.read_bytes(), name=path.name).article for path in SOURCES}
    bodies = {name: article.body for name, article in articles.items() if article is not None}
    written = {name: serialize(Article(body), options) for name, body in bodies.items()}
    for module in (blocks, tables):
        monkeypatch.setattr(module, "write_inlines", write_in_full)
    assert {name: serialize(Article(body), options) for name, body in bodies.items()} == written
    assert len(written) > 100


CALM = "a B x 中 文字 word 12 1. 3) - + # = : :a > . , ! ? ( ) ： ， “ ” % ' -- ... @ / ™ ++ € \xa0".split(" ")
"""Text that the fast path may write."""
WILD = "* ** _ a_b ~ ~~ ` < <b> & &lt; [ ] [x] ^ $ $$ | { {{ {% {: \\ http://a.b www.a.b https://a.b/c_d <!--more-->"
URLS = st.sampled_from(("http://a.b/c(d)", "x y.html", "#z", "/a_b*c?d=1&lt;$"))
TITLES: st.SearchStrategy[dict[str, str]] = st.one_of(st.just({}), st.just({"title": 'a "b" | c'}))


def _leaves(words: Sequence[str]) -> st.SearchStrategy[Inline]:
    text = st.lists(st.tuples(st.sampled_from(words), st.sampled_from(("", " "))), min_size=1, max_size=3).map(
        lambda pairs: "".join(word + blank for word, blank in pairs)
    )
    alt = st.one_of(st.just(""), text)
    return st.one_of(
        text,
        text,
        text.filter(str.strip).map(lambda value: Node("code", [value])),
        st.sampled_from(("`", "a|b", "*")).map(lambda value: Node("code", [value])),
        st.builds(lambda alt, url: Node("img", [], {"src": url, "alt": alt}), alt, URLS),
        st.sampled_from(("x", "a|b", "\\frac{a}{b}", "a<b", "x_1")).map(lambda tex: Node("math", [tex])),
        st.builds(lambda: Node("br")),
        st.builds(lambda: Node("noteref", [], {"id": "1"})),
        st.builds(lambda: Node("a", [], {"id": "t"})),
    )


def _holding(tag: str, children: st.SearchStrategy[Inline]) -> st.SearchStrategy[Node]:
    nodes = st.lists(children, min_size=1, max_size=2)
    if tag == "a":
        return st.builds(lambda nodes, url, title: Node("a", nodes, {"href": url, **title}), nodes, URLS, TITLES)
    return nodes.map(lambda nodes: Node(tag, nodes))


def _any_of(tags: str, children: st.SearchStrategy[Inline]) -> st.SearchStrategy[Inline]:
    return st.one_of(children, *(_holding(tag, children) for tag in tags.split()))


def _lines(words: Sequence[str]) -> st.SearchStrategy[list[Inline]]:
    nodes = _any_of("strong em del a sup kbd", _any_of("strong em a sub", _leaves(words)))
    return st.lists(nodes, min_size=1, max_size=4).map(normalized).filter(bool)


options = st.builds(
    Options,
    flavor=st.sampled_from(tuple(FLAVORS)),
    strong_em_symbol=st.sampled_from("*_"),
    newline_style=st.sampled_from(("spaces", "backslash")),
)


@settings(max_examples=1000, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.one_of(_lines(CALM), _lines([*CALM, *WILD.split()])), options, st.sampled_from(PLACES))
@example([Node("strong", ["a"]), Node("em", ["b"])], Options(), PARAGRAPH)
@example([Node("a", ["x"], {"href": "u"}), " b"], Options(), ITEM)
@example([Node("noteref", [], {"id": "1"}), ": a"], Options(), PARAGRAPH)
@example(["a!", Node("a", ["b"], {"href": "u"})], Options(), PARAGRAPH)
@example(["a", Node("br"), Node("br"), "b"], Options(), PARAGRAPH)
@example([Node("code", ["a"]), Node("code", ["b"])], Options(), PARAGRAPH)
@example([Node("math", ["a"]), Node("math", ["b"])], Options(), PARAGRAPH)
@example([Node("em", ["a"]), " #"], Options(), HEADING)
@example([Node("strong", ["a"]), "@b.c"], Options(), PARAGRAPH)
@example(["[a", Node("code", ["]: b"])], Options(), PARAGRAPH)
@example([Node("strong", ["a："]), "中"], Options(), PARAGRAPH)
@example([Node("strong", ["a："]), Node("em", ["中"])], Options(), PARAGRAPH)
@example([Node("strong", [Node("em", ["a:"])]), "b"], Options(), PARAGRAPH)
@example(["a_", Node("br"), "b", Node("em", ["a_b ："]), "c_"], Options(), PARAGRAPH)
@example(["a_b ", Node("a", ["http://a.b/c_d"], {"href": "http://a.b"}), "c"], Options(), PARAGRAPH)
def test_random_lines_are_written_alike(nodes: list[Inline], chosen: Options, place: Place) -> None:
    context = Context(Article(Node("body", [Node("p", nodes)])), chosen, {})
    assert write_inlines(nodes, context, place) == write_in_full(nodes, context, place)


@pytest.mark.parametrize(
    "nodes",
    [
        ["a ", Node("strong", ["b"]), "，c"],
        [Node("strong", ["注意："]), "中 a_b"],
        ["a ", Node("a", ["https://www.a.b/c_d"], {"href": "http://a.b"})],
        [Node("em", [Node("a", ["b"], {"href": "u"})])],
        [Node("img", [], {"src": "u"}), " a"],
        ["a", Node("sup", ["2"]), "b", Node("br"), "c"],
        [Node("code", ["*"]), Node("math", ["x"])],
    ],
)
def test_the_fast_path_writes_lines(nodes: list[Inline]) -> None:
    context = Context(Article(Node("body", [Node("p", nodes)])), Options(), {})
    assert write_plain(nodes, context, PARAGRAPH) is not None

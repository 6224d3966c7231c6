"""Emphasis of random text is what every renderer reads: each character has the marks that its source gives it."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import unicodedata
from collections.abc import Callable, Sequence

import cmarkgfm
import pytest
from lxml import etree
from lxml.etree import _Element
from markdown_it import MarkdownIt

from converter.model import Inline, Node
from converter.options import Options
from tests.kit.serialized import markdown_of

WORDS = "中 文字 a B1 ， 。 ： （ ） 【 】 《 》 “ ” ( ) [ ] ! : . - -- + % / # * _ ~ ` $ 👉 ™ — ' \" 1) ++ &".split(
    " "
)
CODE = ("x", "f()", "a*b", "`")
PARAGRAPHS = 600
KRAMDOWN = """
require "json"
require "kramdown"
require "kramdown-parser-gfm"
symbols = { "hellip" => "...", "mdash" => "---", "ndash" => "--" }
options = { input: "GFM", smart_quotes: "apos,apos,quot,quot", typographic_symbols: symbols, hard_wrap: false }
puts JSON.generate(JSON.parse($stdin.read).map { |text| Kramdown::Document.new(text, options).to_html })
"""
Shown = list[tuple[str, frozenset[str]]]
"""Each visible character with the names of the elements around it."""
MARKS = {"strong": "strong", "em": "em", "del": "del", "s": "del", "a": "a", "code": "code"}
EMPHASIS = frozenset(("strong", "em", "del"))


def _text(rng: random.Random) -> str:
    return " ".join(
        "".join(rng.choice(WORDS) + rng.choice(("", "", "", " ")) for _ in range(rng.randint(1, 3))).split()
    )


def _node(rng: random.Random, depth: int, around: frozenset[str]) -> Inline:
    kind = rng.choice(("text", "text", "text", "strong", "strong", "em", "em", "del", "code", "a"))
    if kind == "text" or not depth or kind in around:
        return _text(rng)
    if kind == "code":
        return Node("code", [rng.choice(CODE)])
    return Node(kind, _nodes(rng, depth - 1, around | {kind}), {"href": "http://a.b/c"} if kind == "a" else {})


def _nodes(rng: random.Random, depth: int = 3, around: frozenset[str] = frozenset()) -> list[Inline]:
    return [_node(rng, depth, around) for _ in range(rng.randint(1, 3))]


def _add(shown: Shown, text: str | None, marks: frozenset[str]) -> None:
    """Add visible characters; punctuation may be inside or outside of emphasis."""
    for char in (text or "").replace("\xa0", " "):
        if not char.isspace():
            shown.append((char, marks - EMPHASIS if unicodedata.category(char)[0] == "P" else marks))


def _meant(nodes: Sequence[Inline], marks: frozenset[str] = frozenset()) -> Shown:
    shown: Shown = []
    for node in nodes:
        if isinstance(node, str):
            _add(shown, node, marks)
        else:
            shown += _meant(node.children, marks | {node.tag})
    return shown


def _rendered(page: str) -> Shown:
    shown: Shown = []

    def walk(element: _Element, around: frozenset[str]) -> None:
        marks = around | {MARKS[element.tag]} if element.tag in MARKS else around
        _add(shown, element.text, marks)
        for child in element:
            walk(child, marks)
            _add(shown, child.tail, marks)

    walk(etree.fromstring(f"<div>{page}</div>".encode(), etree.HTMLParser(encoding="utf-8")), frozenset())
    return shown


def _markdown_it(texts: Sequence[str]) -> list[str]:
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    return [parser.render(text) for text in texts]


def _cmark(texts: Sequence[str]) -> list[str]:
    unsafe = cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE
    extensions = ["table", "strikethrough", "autolink", "tasklist"]
    return [cmarkgfm.markdown_to_html_with_extensions(text, unsafe, extensions) for text in texts]


def _kramdown(texts: Sequence[str]) -> list[str]:
    if shutil.which("ruby") is None:
        pytest.skip("ruby is not installed")
    command = ["ruby", "-e", KRAMDOWN]
    done = subprocess.run(command, input=json.dumps(texts), capture_output=True, text=True, encoding="utf-8")
    if "cannot load such file" in done.stderr:
        pytest.skip("kramdown is not installed")
    pages: list[str] = json.loads(done.stdout)
    return pages


@pytest.mark.parametrize("options", [Options(), Options(strong_em_symbol="_")], ids=["asterisk", "underscore"])
@pytest.mark.parametrize("render", [_markdown_it, _cmark, _kramdown])
def test_every_renderer_reads_the_emphasis(render: Callable[[Sequence[str]], list[str]], options: Options) -> None:
    symbol = options.strong_em_symbol
    rng = random.Random(f"emphasis {symbol}")
    paragraphs = [_nodes(rng) for _ in range(PARAGRAPHS)]
    texts = [markdown_of(Node("p", nodes), options=options) for nodes in paragraphs]
    pages = render(texts)
    wrong = [
        text
        for nodes, text, page in zip(paragraphs, texts, pages, strict=True)
        if _meant(nodes) != _rendered(page)
    ]  # fmt: skip
    assert wrong == []
    assert sum(text.count(symbol) for text in texts) > 2 * sum(text.count("<strong>") for text in texts)

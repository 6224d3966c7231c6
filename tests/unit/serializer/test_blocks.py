"""Blocks: quotes, code, headings, display math, definitions, footnotes."""

from __future__ import annotations

import pytest

from converter.model import Node
from converter.options import Options
from tests.kit.serialized import markdown, markdown_of

CASES = {
    "quote": ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b"),
    "fence in code": ("<pre><code>```\n</code></pre>", "````\n```\n````"),
    "language": ('<pre><code class="language-py">a</code></pre>', "```py\na\n```"),
    "thematic break at the start": ("<hr><p>a</p><hr>", "***\n\na\n\n---"),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_cases(source: str, expected: str) -> None:
    assert markdown(source) == expected


OPTIONS = {
    "underlined": (Options(heading_style="underlined"), "<h1>a</h1>", "a\n==="),
    "closed": (Options(heading_style="atx_closed"), "<h2>a</h2>", "## a ##"),
    "closed before a brace": (
        Options(heading_style="atx_closed"),
        "<h2>a</h2><p>{b=c}</p><ul><li>{d}</li></ul>",
        "## a ##\n\n\\{b=c}\n\n- \\{d}",
    ),
    "closed before a brace and a formula with a pipe": (
        Options(heading_style="atx_closed", flavor="obsidian"),
        "<h2>a</h2><p>{<math>b|c</math><code>d</code></p>",
        "## a ##\n\n\\{$b|c$`d`\n<!-- -->",
    ),
    "code language": (Options(code_language="text"), "<pre><code>a</code></pre>", "```text\na\n```"),
}


@pytest.mark.parametrize(("options", "source", "expected"), OPTIONS.values(), ids=OPTIONS)
def test_options(options: Options, source: str, expected: str) -> None:
    assert markdown(source, options) == expected


NODES = {
    "display math": (Node("math", ["a\n\nb"]), "$$\na\nb\n$$"),
    "display math in a quote": (Node("blockquote", [Node("math", ["a\nb"])]), "> $$a b$$"),
    "footnote": (Node("footnote", [Node("p", ["a"]), Node("p", ["b"])], {"id": "1"}), "[^1]: a\n\n    b"),
    "definitions": (Node("dl", [Node("dt", ["a"]), Node("dd", [Node("p", ["b"])])]), "**a**\n\nb"),
    "empty": (Node("p", []), ""),
}


@pytest.mark.parametrize(("node", "expected"), NODES.values(), ids=NODES)
def test_nodes(node: Node, expected: str) -> None:
    assert markdown_of(node) == expected

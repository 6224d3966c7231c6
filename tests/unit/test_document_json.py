"""A document as JSON: what is read back equals what was written; anything else is an error that says why."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter import ConversionError, Document, convert

FIXTURES = Path(__file__).parents[2] / "fixtures" / "convert"
PAGE = """---
title: a
---
<div id="content_views"><p>见<a href="https://example.com/">文档</a></p><pre><code class="language-c">int a;</code></pre></div>"""


@pytest.mark.parametrize("path", sorted(FIXTURES.glob("*.html"))[::7], ids=lambda path: path.stem)
def test_a_fixture_is_read_back(path: Path) -> None:
    document = convert(path.read_bytes(), name=path.name)
    read = Document.from_json(document.to_json())
    assert read == document
    assert read.to_json() == document.to_json()


@given(st.text(max_size=200))
def test_any_text_is_read_back(text: str) -> None:
    document = convert(f"<p>{text}</p>")
    assert Document.from_json(document.to_json()) == document


def test_markdown_has_no_tree() -> None:
    document = convert("# 题\n\n文\n", name="a.md")
    assert json.loads(document.to_json())["article"] is None
    assert Document.from_json(document.to_json()) == document


def test_deep_trees_are_read_back_below_a_deep_stack() -> None:
    document = convert("<blockquote>" * 600 + "x")

    def below(frames: int) -> bool:
        return below(frames - 1) if frames else Document.from_json(document.to_json()) == document

    assert below(500)


def test_the_form() -> None:
    members = json.loads(convert(PAGE).to_json())
    assert members["version"] == 1
    assert members["front_matter"] == "---\ntitle: a\n---\n"
    assert members["article"] == [
        "body",
        ["p", "见", ["a", {"href": "https://example.com/"}, "文档"]],
        ["pre", {"lang": "c"}, "int a;"],
    ]


def changed(path: str, value: Any) -> str:
    members = json.loads(convert(PAGE).to_json())
    *outer, last = path.split(".")
    target = members
    for name in outer:
        target = target[name]
    target[last] = value
    return json.dumps(members)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "not JSON"),
        ("[]", "not a document of version 1"),
        ("{}", "not a document of version 1"),
        ("[" * 100_000, "not JSON"),
        (changed("version", 2), "not a document of version 1"),
        (changed("text", 1), "text: must be a string"),
        (changed("findings", None), "findings: must be an array"),
        (changed("findings", [{"text": "x"}]), "finding: missing: rule"),
        (changed("findings", [{"rule": "a/b", "line": "1"}]), "finding: line must be int"),
        (changed("findings", [{"rule": "a/b", "beside": 1}]), "finding: beside must be bool"),
        (changed("metadata.colour", "x"), "meta: unknown: colour"),
        (changed("metadata.tags", [1]), "meta: tags must be"),
        (changed("metadata", []), "meta: must be an object"),
        (changed("kind.name", "letter"), "kind: unknown: letter"),
        (changed("prettified", "no"), "prettified: must be true or false"),
        (changed("article", "text"), "article: must be an element"),
        (changed("article", ["body", ["script", "x"]]), "<body> must hold blocks"),
        (changed("article", ["p", "x"]), "the root is <p>"),
        (changed("article", ["body", ["p", {"onclick": "x"}, "x"]]), "has the attribute onclick"),
        (changed("article", ["body", ["p", {"id": 1}]]), "an attribute of <p> is no string"),
        (changed("article", ["body", []]), "not an element or text"),
    ],
)
def test_anything_else_is_an_error(text: str, message: str) -> None:
    with pytest.raises(ConversionError, match="no document: ") as caught:
        Document.from_json(text)
    assert message in str(caught.value)

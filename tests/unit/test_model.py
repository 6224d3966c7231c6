"""Values and errors can be copied and sent to other processes; all errors have one base class."""

from __future__ import annotations

import copy
import importlib
import inspect
import pickle
import pkgutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from markdownify import MarkdownConverter

import converter
from converter import Article, ConversionError, Csdn2mdError, Document, Node, OptionError, convert
from converter.batch.values import BatchError

PAGE = """---
title: a
---
<div id="content_views"><h2>a &amp; b</h2><ul><li>x<ol start="3"><li><img src="https://a.example/i.png"></li></ol></li>
</ul><pre><code class="language-c">int a;</code></pre></div>"""
COPIES: dict[str, Callable[[Any], Any]] = {
    "pickle": lambda value: pickle.loads(pickle.dumps(value)),
    "copy": copy.copy,
    "deepcopy": copy.deepcopy,
}


@pytest.mark.parametrize("name", COPIES)
def test_a_document_can_be_copied(name: str) -> None:
    document = convert(PAGE)
    copied = COPIES[name](document)
    assert isinstance(copied, Document)
    assert copied == document and str(copied) == str(document)
    assert copied.images == ("https://a.example/i.png",)


@pytest.mark.parametrize("name", ["pickle", "deepcopy"])
def test_a_copy_shares_no_node(name: str) -> None:
    article = convert(PAGE).article
    assert article is not None
    copied: Article = COPIES[name](article)
    assert not {id(node) for node in article.body.nodes()} & {id(node) for node in copied.body.nodes()}


@pytest.mark.parametrize("name", ["pickle", "deepcopy"])
def test_a_document_of_markdownify_rules_can_be_copied(name: str) -> None:
    class Shouting(MarkdownConverter):
        def convert_pre(self, el: Any, text: str, parent_tags: Any) -> str:
            return text.upper()

    document = convert("<pre>a</pre>", rules=Shouting)
    assert document.article is not None
    assert any(node.origin is not None for node in document.article.body.nodes())
    copied = COPIES[name](document)
    assert copied == document
    assert all(node.origin is None for node in copied.article.body.nodes())


@pytest.mark.parametrize("name", COPIES)
def test_deep_nesting_can_be_copied(name: str) -> None:
    depth = 100_000
    node = Node("p", ["x", Node("br"), "y"])
    for _ in range(depth):
        node = Node("blockquote", [node], {})
    copied = COPIES[name](node)
    assert sum(1 for _ in copied.nodes()) == depth + 2
    assert list(copied.texts()) == ["x", "y"]


ERRORS = {
    "a.html:3: x": ConversionError("x", name="a.html", line=3),
    "x": ConversionError("x", line=3),
    "flavor: y": OptionError("flavor: y"),
    "z": BatchError("z", exit_code=2),
}


@pytest.mark.parametrize("text", ERRORS)
def test_errors_say_where_and_can_be_sent_to_another_process(text: str) -> None:
    error = ERRORS[text]
    copied = pickle.loads(pickle.dumps(error))
    assert str(error) == str(copied) == text
    assert vars(copied) == vars(error)


def errors() -> Iterator[type[Exception]]:
    """Yield the exception classes of every module but the command line's, whose base is click's."""
    for module in pkgutil.walk_packages(converter.__path__, "converter."):
        if module.name.startswith("converter.cli") or module.name == "converter.__main__":
            continue
        for _, value in inspect.getmembers(importlib.import_module(module.name), inspect.isclass):
            if value.__module__ == module.name and issubclass(value, Exception):
                yield value


def test_every_error_of_the_package_has_one_base_class() -> None:
    found = list(errors())
    assert ConversionError in found and BatchError in found
    assert [error for error in found if not issubclass(error, Csdn2mdError)] == []

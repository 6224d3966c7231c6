"""Markdown of clean HTML and of nodes, as the serializer writes it."""

from __future__ import annotations

from converter.model import Article, Inline, Node
from converter.options import Options
from converter.serializer import serialize
from tests.kit.canonical_html import read_html

DEFAULT = Options()


def markdown(source: str, options: Options = DEFAULT) -> str:
    """Return the Markdown of clean HTML, without its final line end."""
    return serialize(Article(read_html(source)), options).removesuffix("\n")


def markdown_of(*children: Inline, options: Options = DEFAULT) -> str:
    """Return the Markdown of an article's nodes, without its final line end."""
    return serialize(Article(Node("body", [*children])), options).removesuffix("\n")

"""Short notations for canonical HTML in tests: an article as one line, and one line as nodes."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import html as lxml_html

from converter.cleaner import clean
from converter.model import Article, Inline, Node
from converter.options import Options

DEFAULT = Options()
PARSER = lxml_html.HTMLParser(huge_tree=True)
"""Reads elements that are nested deeper than libxml2 allows by default."""


def notation(nodes: Iterable[Inline]) -> str:
    """Return nodes as tags, attributes and text, without escapes: ``<p>a <strong>b</strong></p>``."""
    return "".join(node if isinstance(node, str) else _element(node) for node in nodes)


def _element(node: Node) -> str:
    attributes = "".join(f" {name}={value}" for name, value in node.attributes.items())
    inside = notation(node.children)
    return f"<{node.tag}{attributes}>{inside}</{node.tag}>" if node.children else f"<{node.tag}{attributes}>"


def cleaned(source: str, options: Options = DEFAULT) -> Article:
    """Return the article of a piece of HTML."""
    return clean(lxml_html.fragment_fromstring(source, create_parent="div", parser=PARSER), options=options)


def cleaned_notation(source: str, options: Options = DEFAULT) -> str:
    """Return the blocks of a piece of HTML in the notation of ``notation``."""
    return notation(cleaned(source, options).body.children)


def rules_of(source: str, options: Options = DEFAULT) -> list[str]:
    """Return the rules of the findings of a piece of HTML, in order."""
    return [finding.rule for finding in cleaned(source, options).findings]

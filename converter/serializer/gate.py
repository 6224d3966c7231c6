"""The last gate: Markdown is parsed once more where text of the article was suspicious.

The escapes are made so that no renderer reads markup in the text of an article.  The gate does not trust them: it
asks a parser what it sees in each block that needed one of the escapes on which safety depends.  Raw HTML, a URL
scheme or a definition that the serializer did not write is a defect of an escape.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TYPE_CHECKING

from converter.model import Node
from converter.serializer.html import PLAIN

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

RULE = "harmless/rewritten"
"""The finding of a document that the gate did not let through."""
TAGS = "|".join(sorted(PLAIN | {"pre", "h[1-6]"}))
WRITTEN = re.compile(
    r"<!--[^<>]*-->|</?span>"
    rf"|</?(?:{TAGS})(?: (?:href|src|title|alt|id|start|align|colspan|rowspan|class)=\"[^\"<>]*\")*>"
)
"""A tag or a comment that the serializer may have written."""
HTML_URL = re.compile(r" (?:href|src)=\"([^\"]*)\"")
SCHEME = re.compile(r"[\s\x00-\x1f]*([a-z][a-z0-9+.\-]*):", re.IGNORECASE)
OPENINGS = re.compile(
    r"(?<!\\)(?:\\\\)*+<[A-Za-z/!?]"  # a tag, a comment or an autolink, where no backslash is before it
    r"|^[ \t>\d.)*+-]*+\[(?:[^\[\]\\]|\\.)*+\]:"  # a definition, behind the marks of the containers around it
    r"|\]\((?!(?:https?|ftp|mailto):|[\w./#?%=-]*+\))",
    re.MULTILINE | re.DOTALL,
)
"""What a block must hold to have a tag, a definition, or a URL whose scheme is none of AUTOLINKS."""
AUTOLINKS = frozenset(("http", "https", "ftp", "mailto"))
"""Schemes of which renderers make links in text."""


def schemes_of(body: Node) -> frozenset[str]:
    """Return the URL schemes of an article's links and images, and those of which renderers make links."""
    found = [
        match[1].lower()
        for node in body.nodes()
        for name in ("href", "src")
        if name in node.attributes and (match := SCHEME.match(node.attributes[name]))
    ]
    return AUTOLINKS.union(found)


def may_hold_intruders(markdown: str) -> bool:
    """Return whether a block of Markdown holds anything that ``intruders`` could name."""
    return OPENINGS.search(markdown) is not None


def intruders(markdown: str, schemes: frozenset[str]) -> list[str]:
    """Return what a parser sees in a block of Markdown that the serializer did not write.

    schemes: the URL schemes that the block may have.
    """
    parser, environment = _parser(), dict[str, dict[str, object]]()
    tokens = parser.parse(markdown, environment)
    defined = environment.get("references", {})
    found = [f"definition of {label}" for label in defined if label[:1] != "^"]
    for reference in defined.values():
        found += _foreign_schemes((str(reference["href"]),), schemes)  # type: ignore[index]
    for token in _all(tokens):
        if token.type in ("html_inline", "html_block"):
            found += _foreign_tags(token.content, schemes)
        elif url := token.attrGet("href") or token.attrGet("src"):
            found += _foreign_schemes((str(url),), schemes)
    return found


def _all(tokens: Iterable[Token]) -> Iterator[Token]:
    for token in tokens:
        yield token
        yield from _all(token.children or ())


def _foreign_tags(content: str, schemes: frozenset[str]) -> list[str]:
    """Return the tags in raw HTML that the serializer cannot have written."""
    starts = [match.start() for match in re.finditer("<", content)]
    foreign = [content[start : start + 80] for start in starts if not WRITTEN.match(content, start)]
    return foreign + _foreign_schemes(HTML_URL.findall(content), schemes)


def _foreign_schemes(urls: Iterable[str], schemes: frozenset[str]) -> list[str]:
    return [url for url in urls if (match := SCHEME.match(url)) and match[1].lower() not in schemes]


@cache
def _parser() -> MarkdownIt:
    """Return a parser that reads all that a renderer with raw HTML reads, and refuses no URL."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.validateLink = lambda _url: True  # type: ignore[method-assign, assignment]
    return parser

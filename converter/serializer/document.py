"""The entry point of the serializer: an article in canonical HTML becomes the text of a Markdown document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType

from converter.model import Article, Finding, Inline
from converter.options import Options
from converter.serializer.blocks import START, write_blocks
from converter.serializer.context import Context, Override
from converter.serializer.gate import RULE
from converter.serializer.notes import is_noted_in_html, with_listed_notes

NONE: Mapping[str, Override] = MappingProxyType({})


def serialize(
    article: Article,
    options: Options,
    overrides: Mapping[str, Override] = NONE,
    *,
    headed: bool = False,
    templates: bool = True,
) -> str:
    """Return the Markdown of an article's body, as ``serialize_checked`` does, without the findings."""
    return serialize_checked(article, options, overrides, headed=headed, templates=templates)[0]


def serialize_checked(
    article: Article,
    options: Options,
    overrides: Mapping[str, Override] = NONE,
    *,
    headed: bool = False,
    templates: bool = True,
) -> tuple[str, tuple[Finding, ...]]:
    """Return the Markdown of an article's body, ending in one newline ("" for an empty article), and findings.

    overrides: for a tag a function that takes the node, its content as Markdown and the tags around it, and
    returns the Markdown to write for the node.
    headed: front matter stands above the body, so that a thematic break at its start cannot begin some.
    templates: the flavor's template engine reads the document.
    The finding is that the last gate saw markup of the article's text, so that all of it was written as references.
    Raises Csdn2mdError for a tag outside the vocabulary.
    """
    context_of = partial(Context, article, options, overrides, headed=headed, templates=templates)
    context = context_of()
    blocks: Sequence[Inline] = article.body.children
    if context.document.has_footnotes and (not context.flavor.footnotes or is_noted_in_html(article.body)):
        context_of, blocks = partial(context_of, listed_notes=True), with_listed_notes(blocks)
        context = context_of()
    text = write_blocks(blocks, context, START)
    findings: tuple[Finding, ...] = ()
    if context.intruders:
        findings = (Finding(RULE, context.intruders[0], "character references"),)
        context = context_of(strict=True)
        text = write_blocks(blocks, context, START)
    return (f"{text}\n" if text else ""), findings

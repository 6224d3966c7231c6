"""The total function from canonical HTML to Markdown."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from converter.model import Article
from converter.options import Options
from converter.serializer.blocks import START, write_blocks
from converter.serializer.context import Context, Override

NONE: Mapping[str, Override] = MappingProxyType({})


def serialize(
    article: Article,
    options: Options,
    overrides: Mapping[str, Override] = NONE,
    *,
    headed: bool = False,
    templates: bool = True,
) -> str:
    """The Markdown body of an article, ending in one newline ("" for an empty article).

    ``overrides`` maps a tag to a function that takes the node, its content as Markdown and the tags
    around it, and gives the Markdown to write for it.  ``headed``: front matter stands above the body,
    so that a rule at its start cannot be taken for some.  ``templates``: the flavor's template engine
    reads the document.  Csdn2mdError for a tag outside the vocabulary, OptionError for an unknown flavor.
    """
    context = Context(article.body, options, overrides, headed=headed, templates=templates)
    text = write_blocks(article.body.children, context, START)
    return f"{text}\n" if text else ""

"""Code that a template engine reads before the Markdown renderer does."""

from __future__ import annotations

import re

from converter.options.flavors import CodeTags
from converter.serializer.context import Context


def needs_care(code: str, context: Context) -> bool:
    """Whether the engine would read something in code as its own."""
    return context.flavor.template_in_code and context.document.is_tagged(code)


def in_span(code: str, context: Context) -> str | None:
    """Inline code as it has to be written; None where only HTML can say it."""
    if not needs_care(code, context):
        return code
    tags = context.flavor.code_tags
    return None if tags is None or tags.guard is not None else _replaced(code, tags, context.document.template)


def in_block(code: str, context: Context, *, first: bool) -> tuple[str | None, tuple[str, str] | None]:
    """Code of a block as it has to be written (None where only HTML can say it), and lines around the block.

    first: the block begins the document, where Jekyll cuts its excerpt off, and guards in two; or it begins an item,
    which guards would leave empty.
    """
    tags = context.flavor.code_tags
    if tags is None or not needs_care(code, context):
        return code, None
    if tags.guard is not None and not first and tags.never not in code:
        return code, tags.guard
    return _replaced(code, tags, context.document.template), None


def _replaced(code: str, tags: CodeTags, template: re.Pattern[str] | None) -> str | None:
    if template is not None and template.search(tags.pattern.sub("", code)):
        return None
    return tags.pattern.sub(tags.replacement, code)

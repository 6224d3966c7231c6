"""Keep template engines, which read a document before the Markdown renderer does, from tags in code."""

from __future__ import annotations

import re

from converter.options.flavors import CodeTags
from converter.serializer.context import Context


def is_read_by_template(code: str, context: Context) -> bool:
    """Return whether the template engine would find a tag in code."""
    return context.flavor.template_in_code and context.document.has_template_tag(code)


def guard_span(code: str, context: Context) -> str | None:
    """Return inline code as it has to be written, None where it has to be HTML."""
    if not is_read_by_template(code, context):
        return code
    tags = context.flavor.code_tags
    return None if tags is None or tags.guard is not None else _replace_tags(code, tags, context.document.template)


def guard_block(code: str, context: Context, *, first: bool) -> tuple[str | None, tuple[str, str] | None]:
    """Return the code of a block as it has to be written (None: as HTML), and the guard lines around the block or None.

    first: the block begins the document, where Jekyll cuts an excerpt off and would part the guard lines, or it
    begins a list item, which guard lines would leave empty.
    """
    tags = context.flavor.code_tags
    if tags is None or not is_read_by_template(code, context):
        return code, None
    if tags.guard is not None and not first and tags.never not in code:
        return code, tags.guard
    return _replace_tags(code, tags, context.document.template), None


def _replace_tags(code: str, tags: CodeTags, template: re.Pattern[str] | None) -> str | None:
    """Return code with its tags replaced; None where the engine would still find one."""
    if template is not None and template.search(tags.pattern.sub("", code)):
        return None
    return tags.pattern.sub(tags.replacement, code)

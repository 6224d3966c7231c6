"""Characters, most of them braces, that would begin an attribute list or a tag of a template engine."""

from __future__ import annotations

import re

from converter.serializer.escape.inline_text import InlineText

ATTRIBUTE_LIST = re.compile(r"\{(?=:[^}])")


def escape_attribute_lists(inline: InlineText) -> None:
    """Escape ``{`` where kramdown's attribute lists and extensions begin (IAL_SPAN_START, EXT_START_STR)."""
    last = inline.text.rfind("}")
    for match in ATTRIBUTE_LIST.finditer(inline.text, 0, max(last, 0)):
        inline.escape(match.start())


def escape_template_tags(inline: InlineText) -> None:
    """Write as a reference what the flavor's ``template`` matches: an engine reads it before Markdown is rendered."""
    if inline.document.template is not None:
        for match in inline.document.template.finditer(inline.text):
            inline.write_reference(match.start())

"""Escapes: the backslashes and character references that keep the text of an article text.

The inline content of a block comes as one string (``InlineText``) in which each character belongs either to
the article or to the serializer's markup.  ``escape_inline`` returns it with every character of the article
escaped that cmark-gfm, kramdown, goldmark or markdown-it would read as markup, and no other: an escape that
changes nothing in any of them is a defect.  Two tables say what is looked for: ``line_rows.LINE_ROWS`` for
markup at the start of a line, ``inline_rows.INLINE_ROWS`` for markup anywhere in a line.
"""

from __future__ import annotations

from converter.serializer.escape.document_traits import DocumentTraits
from converter.serializer.escape.headings import HEADING_END
from converter.serializer.escape.inline_rows import (
    SUSPECT,
    SUSPECT_ALONE,
    SUSPECT_BESIDE_LINK,
    SUSPECT_IN_LABEL,
    SUSPECT_IN_LINE,
    TEMPLATE,
    escape_inline,
)
from converter.serializer.escape.inline_text import IN_ALT_TEXT, IN_FORMULA, IN_LINK, IN_TEXT, Delimiter, InlineText
from converter.serializer.escape.line_rows import LINE_STARTS, escape_plain_lines
from converter.serializer.escape.place import Place
from converter.serializer.escape.typography import protect_typography

__all__ = [
    "HEADING_END",
    "IN_ALT_TEXT",
    "IN_FORMULA",
    "IN_LINK",
    "IN_TEXT",
    "LINE_STARTS",
    "SUSPECT",
    "SUSPECT_ALONE",
    "SUSPECT_BESIDE_LINK",
    "SUSPECT_IN_LABEL",
    "SUSPECT_IN_LINE",
    "TEMPLATE",
    "Delimiter",
    "DocumentTraits",
    "InlineText",
    "Place",
    "escape_inline",
    "escape_plain_lines",
    "protect_typography",
]

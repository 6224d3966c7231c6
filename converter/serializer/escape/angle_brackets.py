"""Angle brackets that would make HTML tags, comments or autolinks."""

from __future__ import annotations

import re

from converter.serializer.escape.inline_text import InlineText

NAME = r"[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?"
ATTRIBUTE = r"(?:[^\W\d]|:)[\w.:\-]*"
TAG_OR_AUTOLINK = re.compile(
    rf"<(?:{NAME}(?>(?:\s+{ATTRIBUTE}(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>]+))?)*)\s*/?>"
    rf"|/{NAME}\s*>|[!?]"
    r"|[A-Za-z][A-Za-z0-9+.\-]{1,31}:[^\s<>]*>|(?:mailto|https?|ftps?):.|[^\s<>@]+@[^\s<>]+>)",
    re.S,
)
"""Tags, comments and instructions (CommonMark 6.6, kramdown HTML_TAG_RE), autolinks (CommonMark 6.5)."""
START_OF_TAG = re.compile(r"</?[A-Za-z]")
"""A document that begins so is taken for HTML by programs that look at nothing but its beginning and its end."""


def escape_angle_brackets(inline: InlineText) -> None:
    """Escape each ``<`` of the article that would begin a tag, a comment or an autolink."""
    last = inline.text.rfind(">")
    position = inline.text.find("<")
    while 0 <= position < last:
        if inline.is_unescaped(position):
            if inline.text[position + 1] == "<" and not inline.roles[position + 1]:
                inline.replacements[position] = "&lt;"  # kramdown reads << as a quotation mark, escaped or not
            elif _begins_markup(inline, position, last):
                inline.escape(position)
        position = inline.text.find("<", position + 1)


def _begins_markup(inline: InlineText, position: int, last: int) -> bool:
    """Return whether ``<`` begins a tag or an autolink; at the start of a document, whether it seems to."""
    if inline.place.start and not position and START_OF_TAG.match(inline.text):
        return True
    found = TAG_OR_AUTOLINK.match(inline.text, position, last + 1) is not None
    return found and not _is_quotation_mark(inline, position)


def _is_quotation_mark(inline: InlineText, position: int) -> bool:
    """Return whether ``<`` is the second of ``<<`` before a name that is not ASCII.

    Only kramdown sees a tag in ``<名>``, and ``<<`` is a quotation mark to kramdown.
    """
    before, after = position - 1, inline.text[position + 1]
    return position > 0 and inline.text[before] == "<" and inline.is_unescaped(before) and not after.isascii()

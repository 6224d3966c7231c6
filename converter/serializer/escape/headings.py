"""The end of an ATX heading."""

from __future__ import annotations

import re

from converter.serializer.escape.inline_text import InlineText

ATTRIBUTES = re.compile(r"(?:\A|[ \t])(\{)[#.:\w][^{}]*\}\Z")
"""An id to kramdown, attributes to goldmark."""
CLOSING_SEQUENCE = re.compile(r"(?:\A|[ \t])(#)#*\Z")
"""Characters that CommonMark (4.2) does not count as the heading's text."""


def escape_heading_end(inline: InlineText) -> None:
    """Escape what a renderer would cut off the end of an ATX heading."""
    for pattern in (ATTRIBUTES, CLOSING_SEQUENCE):
        if match := pattern.search(inline.text):
            inline.escape(match.start(1))

"""The end of a heading."""

from __future__ import annotations

import re

from converter.serializer.escape.inline_text import InlineText

CLOSING_SEQUENCE = re.compile(r"(?:\A|[ \t])(#)#*\Z")
"""Characters that CommonMark (4.2) does not count as the text of an ATX heading."""
HEADING_END = re.compile(r"[#}]\s*\Z")
"""What a heading's text must end with for ``escape_heading_end`` to have work."""


def escape_heading_end(inline: InlineText) -> None:
    """Escape what a renderer would cut off the end of a heading.

    Braces at the end are attributes to goldmark, even without a space before them (``()=>{}``), and may be an id
    to kramdown; neither sees them where the last brace is escaped.
    """
    text = inline.text.rstrip()
    if text[-1:] == "}" and "{" in text:
        inline.escape(len(text) - 1)
    if not inline.place.block and (match := CLOSING_SEQUENCE.search(inline.text)):
        inline.escape(match.start(1))

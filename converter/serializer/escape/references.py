"""Ampersands that would begin a character reference."""

from __future__ import annotations

import re
from html.entities import html5

from converter.serializer.escape.inline_text import InlineText

REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|([A-Za-z][A-Za-z0-9]*));")


def escape_references(inline: InlineText) -> None:
    """Write ``&`` as ``&amp;`` where a character reference begins that HTML 5 knows (CommonMark 2.5)."""
    for match in REFERENCE.finditer(inline.text):
        position = match.start()
        if inline.roles[position] and (match[1] is None or match[1] + ";" in html5):
            inline.replacements[position] = "&amp;"

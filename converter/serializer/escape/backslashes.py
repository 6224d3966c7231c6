"""Backslashes that would escape the character behind them, or make a hard break."""

from __future__ import annotations

import re

from converter.serializer.delimiters import ASCII_PUNCTUATION
from converter.serializer.escape.inline_text import InlineText


def escape_backslashes(inline: InlineText) -> None:
    """Escape each backslash of the article that ASCII punctuation follows in what is written (CommonMark 2.4).

    It sees the replacements of the rows before it, for an escape can begin with a backslash, too.
    """
    text = inline.text
    for match in re.finditer(r"\\", text):
        position = match.start()
        if not inline.roles[position]:
            continue
        after = inline.replacements.get(position + 1, text[position + 1 : position + 2])[:1]
        before_break = after == " " and not inline.roles[position + 1]  # markdown-it takes a space off the hard break
        if after == "$" and position + 1 not in inline.replacements:
            inline.write_reference(position)  # to Hugo's passthrough, a formula behind any backslash is none
        elif after in ASCII_PUNCTUATION or before_break:
            inline.escape(position)
        elif not after and inline.place.item:
            inline.write_reference(position)  # kramdown's hard break before a tight item's next line, escaped or not

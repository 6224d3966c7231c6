"""Pipes that would delimit the cells of a table."""

from __future__ import annotations

import re

from converter.serializer.escape.inline_text import InlineText


def escape_pipes(inline: InlineText) -> None:
    """Escape pipes in cells (GFM 4.10), and on the first line of a paragraph that kramdown would take for a table.

    kramdown reads a paragraph as a table when every line of it has a pipe outside of code (TABLE_START).
    """
    text = inline.text
    if inline.place.cell:
        for match in re.finditer(r"\|", text):
            inline.escape(match.start())
        return
    lines = text.split("\n")
    if inline.place.block and all("|" in line for line in lines):
        for match in re.finditer(r"[|`]", text):
            if match[0] == "`":
                if match.start() in inline.replacements:
                    inline.write_reference(match.start())  # kramdown looks for code before it looks for escapes
            elif match.start() < len(lines[0]):
                inline.escape(match.start())

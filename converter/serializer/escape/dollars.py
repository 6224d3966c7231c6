"""Dollar signs that would delimit a formula."""

from __future__ import annotations

import re

from converter.serializer.escape.inline_text import InlineText

INLINE_FORMULA = re.compile(r"(?<![\w\\$])\$(?![\s$])[^$\n]*?(?<![\s\\$])\$(?![\w$])", re.A)
"""What GitHub reads as a formula in a line of text."""


def escape_dollars(inline: InlineText) -> None:
    """Escape every ``$`` where the site reads each (as in a document with formulas), else those that GitHub reads."""
    text = inline.text
    if inline.document.reads_dollars:
        for match in re.finditer(r"\$", text):
            inline.escape(match.start())
        return
    for match in INLINE_FORMULA.finditer(text):
        if all(inline.roles[match.start() : match.end()]):
            inline.escape(match.start())

"""Dollar signs that would delimit a formula."""

from __future__ import annotations

import re

from converter.serializer.escape.inline_text import IN_LINK, IN_TEXT, InlineText

INLINE_FORMULA = re.compile(r"(?<![\w\\$])\$(?![\s$])[^$\n]*?(?<![\s\\$])\$(?![\w$])", re.A)
"""What GitHub reads as a formula in a line of text."""
SIGN = r"<span>\$</span>"
"""A ``$`` that no script pairs with the delimiter of a formula beside it, as GitHub documents it."""


def escape_dollars(inline: InlineText) -> None:
    """Escape every ``$`` where the site reads each (as in a document with formulas), else those that GitHub reads.

    Beside a formula an escape is not enough where a script looks for formulas in what the renderer has written.
    """
    text = inline.text
    if inline.document.reads_dollars:
        for match in re.finditer(r"\$", text):
            if inline.beside_formula and inline.roles[match.start()] in (IN_TEXT, IN_LINK):
                inline.replacements[match.start()] = SIGN
            else:
                inline.escape(match.start())
        return
    for match in INLINE_FORMULA.finditer(text):
        if all(inline.roles[match.start() : match.end()]):
            inline.escape(match.start())

"""Dollar signs that would delimit a formula."""

from __future__ import annotations

import re

from converter.serializer.escape.inline_text import InlineText

DISPLAY_DELIMITER = re.compile(r"\$\$+")
INLINE_FORMULA = re.compile(r"(?<![\w\\$])\$(?![\s$])[^$\n]*?(?<![\s\\$])\$(?![\w$])", re.A)
"""What GitHub reads as a formula in a line of text."""


def escape_dollars(inline: InlineText) -> None:
    """Escape every ``$`` in a document that has formulas, else those that kramdown or GitHub read as delimiters.

    A document with formulas is shown by a site that reads each ``$``; kramdown (INLINE_MATH_START) reads ``$$``.
    """
    text = inline.text
    if inline.document.has_formulas:
        for match in re.finditer(r"\$", text):
            inline.escape(match.start())
        return
    doubles = [match.span() for match in DISPLAY_DELIMITER.finditer(text)]
    if len(doubles) > 1 or any(end - start > 3 for start, end in doubles):
        for start, end in doubles:
            for position in range(start, end):
                inline.escape(position)
    for match in INLINE_FORMULA.finditer(text):
        if all(inline.roles[match.start() : match.end()]):
            inline.escape(match.start())

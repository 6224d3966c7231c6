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
        alone = _without_partner(inline) if inline.formulas else frozenset()
        for match in re.finditer(r"\$", text):
            if match.start() in alone:
                inline.replacements[match.start()] = SIGN
                if text.endswith("{", 0, match.start()):  # {{< opens a shortcode of Hugo
                    inline.write_reference(match.start() - 1)
            else:
                inline.escape(match.start())
        return
    for match in INLINE_FORMULA.finditer(text):
        if all(inline.roles[match.start() : match.end()]):
            inline.escape(match.start())


def _without_partner(inline: InlineText) -> frozenset[int]:
    """Return where the text has a ``$`` that a script would pair with the delimiter of a formula.

    Those between two formulas pair with each other if their number is even, and no blank is at the inner sides.
    """
    alone: set[int] = set()
    between: list[int] = []
    for match in (*re.finditer(r"\$", inline.text), None):
        if match is not None and inline.roles[match.start()] in (IN_TEXT, IN_LINK):
            between.append(match.start())
            continue
        insides = [inline.text[start + 1 : end] for start, end in zip(between[::2], between[1::2], strict=False)]
        if len(between) % 2 or any(inside != inside.strip() or not inside for inside in insides):
            alone.update(between)
        between = []
    return frozenset(alone)

"""Signs in formulas that typographers replace."""

from __future__ import annotations

import re

from converter.serializer.escape.inline_text import IN_FORMULA, InlineText

TYPOGRAPHY = re.compile(r"['\"]|-(?=-)|\.(?=\.\.)")
"""Characters that typographers replace by curly quotes, dashes and ellipses."""


def protect_typography(inline: InlineText) -> None:
    """Write quotes, dashes and dots of formulas as references, which a site's typographer leaves alone."""
    for match in TYPOGRAPHY.finditer(inline.text):
        if inline.roles[match.start()] == IN_FORMULA:
            inline.write_reference(match.start())

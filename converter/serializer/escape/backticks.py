"""Backticks that would begin or end a code span."""

from __future__ import annotations

import re

from converter.serializer.escape.inline_text import InlineText

ENDLESS = 1 << 60
"""More characters than any text has."""
BACKTICKS = re.compile(r"`+")


def escape_backticks(inline: InlineText) -> None:
    """Escape each run of backticks that a later run could close.

    CommonMark (6.1) asks for a closing run of equal length, kramdown for one that holds the opening run.
    """
    if inline.place.cell:  # kramdown splits rows at code spans, and knows no escape there
        for match in BACKTICKS.finditer(inline.text):
            for position in range(*match.span()):
                inline.write_reference(position)
        return
    longest = 0
    for match in reversed(list(BACKTICKS.finditer(inline.text))):
        start, end = match.span()
        free = [position for position in range(start, end) if inline.is_unescaped(position)]
        if len(free) < end - start and not any(map(inline.roles.__getitem__, range(start, end))):
            longest = end - start + ENDLESS  # cmark-gfm loses a code span after an unmatched run of any length
        elif free and (len(free) <= longest or not all(inline.roles[start:end])):
            for position in free:
                inline.escape(position)
        if free and inline.is_unescaped(free[0]):
            longest = max(longest, end - start)  # all of the run can close: in a code span, a backslash escapes nothing

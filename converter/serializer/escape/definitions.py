"""Text at the start of a line that would define a link, a footnote or an abbreviation."""

from __future__ import annotations

import re

from converter.serializer.escape.inline_text import InlineText

COLON = re.compile(r"\]:")


def escape_definitions(inline: InlineText) -> None:
    """Escape ``[`` at the start of a block, and ``[^`` and ``*[`` at the start of a line, where ``]:`` follows.

    The bracket before the colon may be markup: a definition is read before it is (CommonMark 4.7, GFM footnotes,
    kramdown's LINK_DEFINITION_START and ABBREV_DEFINITION_START).  Neither code (``harmful_code``) nor a formula
    beside a bracket holds ``]:``.
    """
    text = inline.text
    colon = text.find("]:") + 1
    if not colon:
        return
    if text[0] == "[":
        _escape_first(inline, 0, colon)
    for start in _line_starts(text):
        begins = text[start : start + 2]
        if begins != "*[" and (begins != "[^" or not start):
            continue
        end = text.find("\n", start)
        colons = [match.start() + 1 for match in COLON.finditer(text, start, end if end >= 0 else len(text))]
        if not colons or _escape_first(inline, start, start + begins.index("[")):
            continue
        for colon in colons:  # each of them may end the definition
            _escape_first(inline, colon)


def _line_starts(text: str) -> list[int]:
    """Return the index of the first character of each line."""
    return [0, *(index + 1 for index, char in enumerate(text) if char == "\n")]


def _escape_first(inline: InlineText, *positions: int) -> bool:
    """Escape the first of the positions that is text of the article; return whether one is."""
    for position in positions:
        if inline.roles[position]:
            inline.document.suspicious = True
            inline.escape(position)
            return True
    return False

"""Escapes: which characters of a block's text need a backslash (or a character reference) to stay text.

The inline content of a block comes as one string in which each character is either the article's text
or the writer's own markup.  ``escaped`` gives it back with every character of the text that cmark-gfm,
kramdown, goldmark or markdown-it would read as markup made harmless, and no other: an escape that
changes nothing in any of them is a defect.  Two tables say what is looked for: ``lines.LINES`` for what
counts only at the start of a line, ``rows.ROWS`` for what counts anywhere.
"""

from __future__ import annotations

from converter.serializer.escape.lines import STARTS, plain_lines
from converter.serializer.escape.rows import SUSPECT, SUSPECT_ALONE, escaped
from converter.serializer.escape.stretch import ALTERNATIVE, LINKED, TEX, Delimiter, DocumentTraits, Place, Stretch

__all__ = [
    "ALTERNATIVE",
    "LINKED",
    "STARTS",
    "SUSPECT",
    "SUSPECT_ALONE",
    "TEX",
    "Delimiter",
    "DocumentTraits",
    "Place",
    "Stretch",
    "escaped",
    "plain_lines",
]

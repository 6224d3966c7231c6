"""Whitespace: which characters it is, and where a pretty-printer took a space away.

Authored HTML has its spaces where the author put them.  HTML that went through BeautifulSoup's
``prettify`` (the newer dumps) has each tag and each text on a line of its own: the whitespace between
is the printer's, and whether a space stood at an inline boundary is estimated from the characters beside it.
"""

from __future__ import annotations

import re
from typing import Final

BLANKS: Final = " \t\n\r\f\v\xa0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""Whitespace characters, those of Unicode's category Zs included."""
EDGES: Final = BLANKS + "\x1c\x1d\x1e\x1f\x85\u1680\u2028\u2029" + "\u200b\ufeff\u2060"
"""Characters that go at the edges of a paragraph: all that ``str.strip`` takes, and what has no width either.

``text.strip().strip(EDGES)`` is ``text.strip(EDGES)`` in half the time where there are many of them.
"""
_WIDTHLESS = dict.fromkeys(map(ord, "\u200b\ufeff\u2060"))
_GAP = re.compile(r"(?<=\S)[^\S\n]*+\n[^\S\n]*+\n\s*+(?=\S)")


def collapse(text: str) -> str:
    """Return text with each run of whitespace as one space; an ideographic space (U+3000) stays as it is."""
    if not text.isprintable():
        for blank in "\xa0\n\t\r\f\v":
            text = text.replace(blank, " ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def visible(text: str) -> bool:
    """Return True if text has a character other than whitespace and those without width."""
    return bool(text.strip(EDGES))


def squashed(text: str) -> str:
    """Return text without whitespace and without characters that have no width."""
    return "".join(text.split()).translate(_WIDTHLESS)


def join_prettified(text: str) -> str:
    r"""Return prettified text with a space or none at each place where the printer broke it.

    Two line ends in one text stand where a tag or comment was that is no element: the end of a void element
    (``</img>``), or the comment that CSDN puts between braces (``{\n <!-- -->\n {``).
    """
    return _GAP.sub(_rejoined, text)


def _rejoined(gap: re.Match[str]) -> str:
    return " " if had_space_between(gap.string[gap.start() - 1], gap.string[gap.end()]) else ""


LATIN_END: Final = "\u2e80"
"""First character (a CJK radical) of the scripts that do not separate words by spaces."""


def is_latin(character: str) -> bool:
    """Return True for a letter or digit of a script that separates words by spaces."""
    return character < LATIN_END and character.isalnum()


CLOSERS: Final = frozenset(",;:)")
"""ASCII punctuation that is followed by a space before a letter (but not before a digit)."""


def had_space_between(left: str, right: str) -> bool:
    """Return True if a space probably stood between two characters at an inline boundary of prettified HTML.

    Measured on 2,521 authored articles: 92 % of letter-letter boundaries have one, 17 to 21 % of the
    others.  In 250 articles of 2018, comma and colon before a letter had one in 92
    to 98 % of 502 cases, a closing bracket in 85 %, both before a digit in 7 to 23 %.
    """
    if right >= LATIN_END or not right.isalnum():
        return False
    return is_latin(left) or (left in CLOSERS and right.isalpha())

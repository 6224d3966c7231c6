"""Tags with more attributes than any author writes, made short: the parser's list of them takes quadratic time."""

from __future__ import annotations

import re

LONG = 10_000
"""Characters of a tag from which on its attributes are counted."""
MOST = 500
"""Attributes from which on only those of KNOWN are kept."""
KNOWN = frozenset(
    b"""align alt artid checked class class_ colspan content data data-original data-original-src data-src display
    encoding hidden href id itemprop name property rel rowspan src start style title type""".split()
)
"""The attributes that any stage asks for."""

QUOTATION_MARKS = (b'"', b"'")

_TAG = re.compile(
    rb"<[a-zA-Z][^\s/>]*+((?:[^>\"'=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+|[\"'])*+)(?:>|\Z)",
)
_ATTRIBUTE = re.compile(rb"([^\s/>=\"'][^\s/>=]*+)(?:\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s>]++)?+)?+")


def without_excess(markup: bytes) -> tuple[bytes, int]:
    """Return markup whose tags have no more than MOST attributes but for known ones, and how many went."""
    if _ends_often(markup):
        return markup, 0
    kept: list[bytes] = []
    end = gone = 0
    for match in _TAG.finditer(markup):
        if match.end(1) - match.start(1) < LONG:
            continue
        found = _ATTRIBUTE.findall(match[1])
        if len(found) > MOST:
            known = {name.lower(): value for name, value in reversed(found) if name.lower() in KNOWN}
            gone += len(found) - len(known)
            kept.append(markup[end : match.start(1)])
            kept.extend(b" %b=%b" % (name, value or b"''") for name, value in known.items())
            end = match.end(1)
    return (b"".join((*kept, markup[end:])), gone) if gone else (markup, 0)


def _ends_often(markup: bytes) -> bool:
    """Whether a few looks show that no tag is LONG: in each such stretch there is a ``>`` that would end it.

    Only one in the value of an attribute would not: there the last quotation mark, of one kind, follows a ``=``.
    """
    opening = dict.fromkeys(QUOTATION_MARKS, False)
    last = end = 0
    while end < len(markup):
        start, end = end, markup.find(b">", end + LONG // 3) + 1 or len(markup)
        if end - last > LONG:
            return False
        for mark in QUOTATION_MARKS:
            if (place := markup.rfind(mark, start, end)) >= 0:
                opening[mark] = markup[start:place].rstrip().endswith(b"=")
        if not any(opening.values()):
            last = end
    return True

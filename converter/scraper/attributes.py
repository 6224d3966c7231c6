"""Shorten tags that have more attributes than any author writes: the parser takes quadratic time for them."""

from __future__ import annotations

import re

from converter.sites.tables import ADDRESS_MARKERS

LONG = 10_000
"""Characters of a tag from which on its attributes are counted."""
MOST = 500
"""Attributes from which on only those of KNOWN are kept."""
KNOWN = frozenset(
    b"""align alt checked class class_ colspan content data data-original data-original-src data-src display
    encoding hidden href id itemprop name property rel rowspan src start style title type""".split()
).union(name.encode() for row in ADDRESS_MARKERS for name in row.attributes)
"""The attributes that any stage asks for."""

QUOTATION_MARKS = (b'"', b"'")

_TAG = re.compile(
    rb"<[a-zA-Z][^\s/>]*+((?:[^>\"'=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+|[\"'])*+)(?:>|\Z)",
)
_ATTRIBUTE = re.compile(rb"([^\s/>=\"'][^\s/>=]*+)(?:\s*+=\s*+(\"[^\"]*+\"|'[^']*+'|[^\s>]++)?+)?+")


def without_excess(markup: bytes) -> tuple[bytes, int]:
    """Return markup whose long tags keep known attributes only, and the number of attributes that were removed."""
    if _ends_often(markup):
        return markup, 0
    kept: list[bytes] = []
    end = removed = 0
    for match in _TAG.finditer(markup):
        if match.end(1) - match.start(1) < LONG:
            continue
        found = _ATTRIBUTE.findall(match[1])
        if len(found) > MOST:
            known = {name.lower(): value for name, value in reversed(found) if name.lower() in KNOWN}
            removed += len(found) - len(known)
            kept.append(markup[end : match.start(1)])
            kept.extend(b" %b=%b" % (name, value or b"''") for name, value in known.items())
            end = match.end(1)
    return (b"".join((*kept, markup[end:])), removed) if removed else (markup, 0)


def _ends_often(markup: bytes) -> bool:
    """Return True if no tag can be LONG, because each stretch of that length has a ``>`` that ends a tag.

    A ``>`` in the value of an attribute ends none: there the last quotation mark, of one kind, follows a ``=``.
    """
    opening = dict.fromkeys(QUOTATION_MARKS, False)
    last = end = 0
    while end < len(markup):
        start, end = end, markup.find(b">", end + LONG // 3) + 1 or len(markup)
        if end - last > LONG:
            return False
        for mark in QUOTATION_MARKS:
            if (index := markup.rfind(mark, start, end)) >= 0:
                opening[mark] = markup[start:index].rstrip().endswith(b"=")
        if not any(opening.values()):
            last = end
    return True

"""Find the markers at which blogs cut an article for their lists, and make elements of them."""

from __future__ import annotations

import re

from converter.rules.more import MORE_TAG

MOST = 20
"""Markers of an article that are looked at; a site reads one."""

_MARKER = re.compile(rb"<!--+[ \t\n\r]*+more\b[^<>]{0,200}-->", re.IGNORECASE)
"""``<!--more-->``, ``<!-- more -->``, WordPress's ``<!--more words of the link-->``."""
_RAW = (b"pre", b"script", b"style", b"textarea", b"title")


def with_more(markup: bytes) -> bytes:
    """Return markup with an element for each marker, for the parser drops comments; not within code and scripts."""
    if b"<!--" not in markup or _MARKER.search(markup) is None:
        return markup
    lower = markup.lower()
    kept: list[bytes] = []
    done = 0
    for _, match in zip(range(MOST), _MARKER.finditer(markup), strict=False):
        if not any(_is_open(lower, name, match.start()) for name in _RAW):
            line_ends = b"\n" * match[0].count(b"\n")
            kept += (markup[done : match.start()], b"<%b></%b>" % (MORE_TAG.encode(), MORE_TAG.encode()), line_ends)
            done = match.end()
    return b"".join((*kept, markup[done:]))


def _is_open(lower: bytes, name: bytes, position: int) -> bool:
    start = lower.rfind(b"<" + name, 0, position)
    return start > lower.rfind(b"</" + name, 0, position)

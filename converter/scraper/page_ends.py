"""Take out the ends of a page that stand before its end: libxml2 leaves out what follows, and browsers show it."""

from __future__ import annotations

import re

_END = re.compile(rb"</(?:[hH][tT][mM][lL]|[bB][oO][dD][yY])(?=[\s/>])[^<>]*+>?")
_LAST = re.compile(rb"(?:\s|</(?:html|body)\s*+>)*+\Z", re.IGNORECASE)
_RAW = re.compile(rb"<(script|style|textarea|title|xmp|!--)", re.IGNORECASE)


def without_page_ends(markup: bytes) -> bytes:
    """Return markup without the end tags of ``html`` and ``body`` that something follows; not within raw text."""
    first = _END.search(markup)
    if first is None or _LAST.match(markup, first.start()):
        return markup
    kept: list[bytes] = []
    done = 0
    while raw := _RAW.search(markup, done):
        name = raw[1].lower()
        end = re.compile(b"-->" if name == b"!--" else b"</" + name, re.IGNORECASE).search(markup, raw.end())
        kept.append(_END.sub(_line_ends, markup[done : raw.start()]))
        done = end.end() if end else len(markup)  # raw text that never ends goes to the end of the file
        kept.append(markup[raw.start() : done])
    return b"".join((*kept, _END.sub(_line_ends, markup[done:])))


def _line_ends(match: re.Match[bytes]) -> bytes:
    return b"\n" * match[0].count(b"\n")

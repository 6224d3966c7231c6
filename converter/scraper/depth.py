"""Markup nested deeper than the parser goes, made shallow."""

from __future__ import annotations

import re

MOST = 500
"""Levels that are kept.  The deepest article of 40,000 has 60; libxml2 stops, for good, at 2048."""

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*)[^<>]*>")
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)


def shallow(markup: str) -> str:
    """Return markup without the tags that nest deeper than MOST levels; every text stays."""
    kept: list[str] = []
    depth = end = 0
    for match in _TAG.finditer(markup):
        if match[2].lower() in _VOID:
            continue
        closes = match[1] == "/"
        if depth > MOST - (not closes):
            kept.append(markup[end : match.start()])
            end = match.end()
        depth = max(depth - 1, 0) if closes else depth + 1
    return "".join((*kept, markup[end:]))

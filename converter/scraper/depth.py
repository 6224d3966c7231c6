"""Flatten markup that is nested deeper than the parser goes."""

from __future__ import annotations

import re
from collections import Counter

MOST = 500
"""Levels that are kept.  The deepest article of 40,000 has 60; libxml2 stops, for good, at 2048."""

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/<>]*+)[^<>]*+>")
_LEAVES = frozenset(
    """area base br col embed hr img input link meta source track wbr
    script style title textarea iframe noscript""".split()
)
"""Elements that hold no others; some hold what must not become text."""
_IN_LINES = frozenset("a abbr b big code del em font i ins kbd mark s small span strike strong sub sup tt u".split())


def shallow(markup: str) -> str:
    """Return markup without the tags that are nested deeper than MOST levels; all text stays.

    An end tag ends an element only if one of its name is open, for the parser ignores any other.
    """
    kept: list[str] = []
    opened: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    depth = end = 0
    for match in _TAG.finditer(markup):
        name = match[2].lower()
        if name in _LEAVES:
            continue
        if not match[1] and depth < MOST:
            opened[name] += 1
            depth += 1
        elif not match[1] or dropped[name]:
            dropped[name] += -1 if match[1] else 1
            kept += (markup[end : match.start()], "" if name in _IN_LINES else "\n")
            end = match.end()
        elif opened[name]:
            opened[name] -= 1
            depth -= 1
    return "".join((*kept, markup[end:]))

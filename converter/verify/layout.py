"""Recognise a source that a pretty-printer laid out."""

from __future__ import annotations

import re

SAMPLE = 20_000
"""How many characters of a source are looked at."""
_TAG_LINE = re.compile(r"[ \t]*</?\w[^<>\n]*>[ \t]*\r?")


def is_prettified(html: str) -> bool:
    """Return True when most lines of a source are one tag and nothing else: whitespace at tags is the printer's.

    Code, which the printer leaves as it is, does not count.
    """
    if "<pre" in html:
        html = "".join(part.partition("<pre")[0] for part in html.split("</pre>"))
    middle = max(0, len(html) // 2 - SAMPLE // 2)
    sample = html[middle : middle + SAMPLE]
    lines = [line for line in sample.split("\n") if line and not line.isspace()]
    least = 0.5 * len(lines)
    if len(lines) <= 5 or sample.count("<") <= least:
        return False
    tags = [line for line in lines if line.count("<") == 1 and line.rstrip().endswith(">")]
    return len(tags) > least and sum(_TAG_LINE.fullmatch(line) is not None for line in tags) > least

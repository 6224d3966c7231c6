"""Recognise a source that a pretty-printer laid out."""

from __future__ import annotations

import re

SAMPLE = 20_000
"""How many characters of a source are looked at."""
_TAG_LINE = re.compile(r"^[ \t]*</?\w[^<>\n]*>[ \t]*\r?$", re.MULTILINE)


def is_prettified(html: str) -> bool:
    """Return True when most lines of a source are one tag and nothing else: whitespace at tags is the printer's.

    Code, which the printer leaves as it is, does not count.
    """
    if "<pre" in html:
        html = "".join(part.partition("<pre")[0] for part in html.split("</pre>"))
    middle = max(0, len(html) // 2 - SAMPLE // 2)
    sample = html[middle : middle + SAMPLE]
    lines = sum(not line.isspace() for line in sample.split("\n") if line)
    return lines > 5 and len(_TAG_LINE.findall(sample)) > 0.5 * lines

"""Recognise HTML that was left as if it were Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from converter.verify.verdict import Difference

LINES_PER_TAG = 4
"""At most so many lines for each tag has a body of HTML; Markdown with HTML in it has more."""
_BLOCKS = "div|p|article|section|main|table|tr|td|pre|h[1-6]|ul|ol|li|dl|blockquote|center"
_STARTS_WITH_TAG = re.compile(
    rf"\ufeff?\s*+(?>(?:<!--.*?-->|<\?.*?>)\s*+)*+(?P<tag><(?:!doctype|html|head|body|{_BLOCKS})\b)",
    re.IGNORECASE | re.DOTALL,
)
_BLOCK_TAG = re.compile(rf"<(?:{_BLOCKS}|br)\b", re.IGNORECASE)
_FENCED = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1|\Z)", re.MULTILINE | re.DOTALL)


def copied(body: str) -> Iterator[Difference]:
    """Yield a difference where a body that is HTML, from its first tag on, was left as if it were Markdown."""
    start = _STARTS_WITH_TAG.match(body)
    if start is None:
        return
    rest = _FENCED.sub("", body)
    tags, lines = len(_BLOCK_TAG.findall(rest)), sum(not line.isspace() for line in rest.split("\n") if line)
    if LINES_PER_TAG * tags >= lines:
        what = f"HTML ({tags} tags of blocks in {lines} lines, 100%) was copied as Markdown"
        yield Difference("selection", 0, what, body[start.start("tag") :])

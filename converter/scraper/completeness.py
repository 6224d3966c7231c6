"""Find signs that an article is not whole: a lock, an excerpt's last words, a file that ends within a tag."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml.etree import _Element

from converter.extract.text import holds_any, text_of
from converter.model import Finding
from converter.rules.completeness import ARTICLE_SIGNS, CUT, LOCK_WORDS
from converter.source.kind import is_page

LONGEST_SIGN = 60
"""Characters of a text that is a sign and not a sentence about one."""
AT_THE_END = 200
"""Characters at the end of an article among which a sign is no sentence of the author."""
END_OF_POST = 2500
"""Characters at the end of a post or fragment among which a sign stands: exporters leave the page's foot away."""
_TEXT = re.compile(r">([^<>]{4,200})(?=<)")
_READ = b"read"
"""Part of the words that CUT may find in Latin letters."""
_END_OF_EXCERPT = 2000
"""Characters at the end of the HTML among which those words stand."""
_SPACES = re.compile(r"\s+")
_OPEN_TAG = re.compile(r"<[a-zA-Z/][^<>]{0,500}\Z")


def incompleteness(body: str, article: _Element) -> Iterator[Finding]:
    """Yield a finding for what shows that the article is not whole.

    body: the HTML.  article: the element of it that holds the article.
    """
    if body.rfind("<") > body.rfind(">") and _OPEN_TAG.search(body[-600:]):
        yield Finding("article/truncated", "the file ends within a tag", "kept as it is")
    if not is_page(body):
        body = body[-END_OF_POST:]
    has_lock = holds_any(body, LOCK_WORDS)
    if not has_lock and _READ not in body[-_END_OF_EXCERPT:].encode("utf-8", "surrogatepass").lower():
        return
    text = text_of(article)
    if has_lock and (words := _lock(body, _SPACES.sub("", text))):
        yield Finding("article/locked", words, words)
    elif CUT.search(" ".join(text[-200:].split())):
        yield Finding("article/truncated", " ".join(text[-40:].split()), "kept as it is")


def _lock(body: str, text: str) -> str:
    """Return the first sign of a lock that is no part of the author's text; empty for none."""
    for match in _TEXT.finditer(body):
        words = match[1]
        if not holds_any(words, LOCK_WORDS):
            continue
        words = _SPACES.sub("", words)
        if len(words) > LONGEST_SIGN or not any(row.pattern.search(words) for row in ARTICLE_SIGNS):
            continue
        index = text.rfind(words)
        if index < 0 or index >= len(text) - AT_THE_END:
            return words
    return ""

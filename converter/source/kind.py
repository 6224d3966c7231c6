"""Tell what a body is: a whole page, a post's HTML, or Markdown already."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from converter.sites.tables import WRAPPERS
from converter.source.suffixes import HTML_SUFFIXES

BodyKind: TypeAlias = Literal["page", "html", "markdown"]

_LEAD = r"\ufeff?\s*+(?>(?:<!--.*?-->|<\?.*?>)\s*+)*+"
_PAGE = re.compile(_LEAD + r"<(?:!doctype\s+html|html|head|body|title|meta)\b", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(_LEAD + r"</?[a-z][a-z0-9]*[\s/>]", re.IGNORECASE | re.DOTALL)
_WRAPPER_TAG = (
    r"(<(?:div|article|main|section)\s(?:[^<>]*\s)?(?:id|class)\s*=\s*(?:[\"'][^\"'<>]*)?"
    rf"(?<![\w-])(?:{'|'.join(map(re.escape, WRAPPERS))})(?![\w-])[^<>]*>)"
)
_WRAPPER = re.compile(_WRAPPER_TAG, re.IGNORECASE)
_WRAPPER_LINE = re.compile(rf"^ {{0,3}}{_WRAPPER_TAG}", re.IGNORECASE | re.MULTILINE)
_FENCE_OR_WRAPPER = re.compile(rf"^ {{0,3}}(?:(`{{3,}}|~{{3,}})|{_WRAPPER_TAG})", re.IGNORECASE | re.MULTILINE)
_RAW = re.compile(r"<(pre|code|script|style|textarea)\b", re.IGNORECASE)
_MARKDOWN = re.compile(
    r"^ {0,3}(?:#{1,6} |[-*+] |\d{1,3}[.)] |> |`{3}|~{3}|\[[^\[\]\n]+\]: |\|.*\|[ \t]*$)"
    r"|\[[^\[\]\n]*\]\([^()\n]+\)|\*\*[^*\n]+\*\*",
    re.MULTILINE,
)
_PARAGRAPH = re.compile(
    r"(?:\A|(?<!\s)[ \t]*+\n[ \t]*+\n)\s*+(?:[^<>\s]|</?(?:a|code|del|em|kbd|mark|strong|su[bp]|u)[\s>])", re.IGNORECASE
)
"""A paragraph of Markdown: behind a blank line text, or what Markdown has no words for within text."""


def is_page(body: str) -> bool:
    """Tell whether body is a whole page: it starts with a doctype, ``html``, ``head``, ``body`` or a head's content."""
    return _PAGE.match(body) is not None


def wrapper_start(body: str) -> int:
    """Return where the element starts that a site puts around an article; -1 where there is none.

    In a body that starts with text it must start a line and stand outside of fenced code, for there
    it may be an example.
    """
    if not any(name in body for name in WRAPPERS):
        return -1
    if _MARKUP.match(body):
        match = _WRAPPER.search(body)
    elif "```" in body or "~~~" in body:
        return _unfenced_wrapper(body)
    else:
        match = _WRAPPER_LINE.search(body)
    return match.start(1) if match else -1


def classify(body: str, front_matter_present: bool, *, suffix: str = "") -> BodyKind:
    """Decide by content what a body is; total on text.

    A whole page shows it at its start, a post by its site's wrapper.  What has neither is HTML if its
    name says so (``.html``), or if it has no name and no front matter (text given to the library), or
    if it is markup from its first character to its last with no Markdown block between.
    """
    if is_page(body):
        return "page"
    if wrapper_start(body) >= 0 or suffix.lower() in HTML_SUFFIXES or not (suffix or front_matter_present):
        return "html"
    return "html" if _is_markup_only(body) else "markdown"


def _unfenced_wrapper(body: str) -> int:
    fence = ""
    for match in _FENCE_OR_WRAPPER.finditer(body):
        if match[1] is None:
            if not fence:
                return match.start(2)
        elif not fence:
            fence = match[1]
        elif match[1].startswith(fence):
            fence = ""
    return -1


def _is_markup_only(body: str) -> bool:
    if _MARKUP.match(body) is None or not body.rstrip().endswith(">"):
        return False
    parts = _outside_raw(body)
    return not any(_MARKDOWN.search(part) or _PARAGRAPH.search(part) for part in parts)


def _outside_raw(body: str) -> list[str]:
    """Return the parts of body around elements whose text is no prose; one that never ends is none."""
    parts: list[str] = []
    endless: set[str] = set()
    start = index = 0
    while match := _RAW.search(body, index):
        name = match[1].lower()
        end = None if name in endless else re.compile(f"</{name}", re.IGNORECASE).search(body, match.end())
        if end is None:
            endless.add(name)
            index = match.end()
        else:
            parts.append(body[start : match.start()])
            start = index = end.end()
    return [*parts, body[start:]]

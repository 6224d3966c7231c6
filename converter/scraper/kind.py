"""What a body is: a whole page, a post's HTML, or Markdown already."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from converter.rules.roots import WRAPPERS

BodyKind: TypeAlias = Literal["page", "html", "markdown"]

_LEAD = r"\ufeff?\s*(?:(?:<!--.*?-->|<\?.*?>)\s*)*"
_PAGE = re.compile(_LEAD + r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(_LEAD + r"</?[a-z][a-z0-9]*[\s/>]", re.IGNORECASE | re.DOTALL)
_WRAPPER = re.compile(
    r"<(?:div|article|main|section)\s(?:[^<>]*\s)?(?:id\s*=\s*[\"']?(?:content_views|article_content)\b"
    r"|class\s*=\s*(?:[\"'][^\"'<>]*)?\b(?:blog-content-box|baidu_pl)\b)[^<>]*>",
    re.IGNORECASE,
)
_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})", re.MULTILINE)
_RAW = re.compile(r"<(pre|code|script|style|textarea)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_MARKDOWN = re.compile(
    r"^ {0,3}(?:#{1,6} |[-*+] |\d{1,3}[.)] |> |`{3}|~{3}|(?:[-*_] *){3,}$|\[[^\]\n]+\]: |\|.*\|\s*$)"
    r"|!?\[[^\]\n]*\]\([^)\n]+\)|\*\*[^*\n]+\*\*",
    re.MULTILINE,
)
HTML_SUFFIXES = frozenset((".html", ".htm"))


def is_page(body: str) -> bool:
    """Tell whether body is a whole page: it starts with its doctype, ``html``, ``head`` or ``body``."""
    return _PAGE.match(body) is not None


def wrapper(body: str) -> re.Match[str] | None:
    """Find the start tag of the element that CSDN puts around an article; None without.

    In a body that starts with text it must start a line and stand outside of fenced code, for there
    it may be an example.
    """
    if not any(name in body for name in WRAPPERS):
        return None
    starts_with_markup = _MARKUP.match(body) is not None
    for match in _WRAPPER.finditer(body):
        lead = body[body.rfind("\n", 0, match.start()) + 1 : match.start()]
        if (starts_with_markup or not lead.strip()) and not _in_fence(body, match.start(), starts_with_markup):
            return match
    return None


def classify(body: str, front_matter_present: bool, *, suffix: str = "") -> BodyKind:
    """Decide by content what a body is; total on text.

    A whole page shows it at its start, a post by CSDN's wrapper.  What has neither is HTML if its
    name says so (``.html``), or if it has no name and no front matter (text given to the library), or
    if it is markup from its first character to its last with no Markdown block between.
    """
    if is_page(body):
        return "page"
    if wrapper(body) is not None or suffix.lower() in HTML_SUFFIXES or not (suffix or front_matter_present):
        return "html"
    return "html" if _is_markup_only(body) else "markdown"


def _in_fence(body: str, place: int, starts_with_markup: bool) -> bool:
    if body.find("```", 0, place) < 0 and body.find("~~~", 0, place) < 0:
        return False
    text = _RAW.sub("", body[:place]) if starts_with_markup else body[:place]
    fence = ""
    for match in _FENCE.finditer(text):
        if not fence:
            fence = match[1]
        elif match[1].startswith(fence):
            fence = ""
    return bool(fence)


def _is_markup_only(body: str) -> bool:
    if _MARKUP.match(body) is None or not body.rstrip().endswith(">"):
        return False
    return _MARKDOWN.search(_RAW.sub("", body)) is None

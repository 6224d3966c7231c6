"""Bare URLs and mail addresses, of which a renderer would make links that the article does not have."""

from __future__ import annotations

import re

from converter.serializer.escape.inline_text import IN_FORMULA, IN_LINK, IN_MARKUP, IN_TEXT, InlineText

BARE_URL = re.compile(
    r"(?:h(?<![A-Za-z]h)ttps?|f(?<![A-Za-z]f)tp)(:)//|w(?<![A-Za-z0-9]w)ww(\.)", re.I
)  # the look-behinds come after the first letter, so that the search goes from one first letter to the next
BEFORE_WWW = re.compile(r"[\s*_~(]")
"""A character before a bare URL that begins with ``www.`` (GFM 6.9).  goldmark also finds such a URL behind markup."""
URL_ANYWHERE = re.compile(r"(?:https?|ftp)(:)//|www(\.)", re.I)
"""What marked (Hexo) makes a link of, also in a word."""
LINK_END = re.compile(r"\]\(|</a>")
"""Behind the end of a link, a footnote's in HTML too, marked makes links of bare URLs, in a link's text as well."""
QUOTE = re.compile('"|%22|\uff02|%EF%BC%82', re.I)
"""What is a quotation mark in the host of a URL (URL Standard, 3.5)."""
URL_END = re.compile(r"[ \t\n\r\f\v<]")
MAIL_SIGN = re.compile(r"@(?=[A-Za-z0-9])")
BEFORE_MAIL_SIGN = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.!#$%&'*+/=?^_`{|}~-")
"""What a mail address may have before its ``@`` (HTML 4.10.5.1.5); goldmark reads it before it reads emphasis."""
MAIL_IN_CODE = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]*@[A-Za-z0-9-]+\.")
"""Code that would be the rest of a mail address: goldmark looks for one before it reads the code."""
TRAILING = frozenset("?!.,:*_~'\"")


def escape_bare_urls(inline: InlineText) -> None:
    """Escape bare URLs that would take in the serializer's markup or a backslash of an escape.

    cmark-gfm makes a link of a bare URL and of all that follows up to whitespace (GFM 6.9).  Other bare
    URLs may become links: the text that readers see is the same.  The walk goes
    from the last URL to the first: a URL that holds another one also holds what spoils that one.
    """
    text, roles, replacements = inline.text, inline.roles, inline.replacements
    following, end, is_spoilt = len(text), -1, False
    target = LINK_END.search(text) if inline.document.relinks else None
    first_target = target.start() if target is not None else -1
    pattern = URL_ANYWHERE if inline.document.relinks else BARE_URL
    for match in reversed(list(pattern.finditer(text))):
        start, position = match.start(), match.start(match.lastindex or 1)
        if roles[position] != IN_TEXT:
            if roles[position] == IN_FORMULA:
                inline.escape(position)
            elif roles[position] == IN_LINK and 0 <= first_target < start:
                inline.escape(position)
                if text.startswith("www.", match.end()):
                    inline.escape(match.end() + 3)
            continue
        is_www = match[2] is not None and pattern is BARE_URL
        if is_www and start and roles[start - 1] == IN_TEXT and not BEFORE_WWW.match(text, start - 1):
            continue
        last = URL_END.search(text, match.end(), following)
        if last is not None or end < 0:
            stop = end = last.start() if last is not None else len(text)
            while text[end - 1] in TRAILING and end - 1 not in replacements:
                end -= 1
            following, is_spoilt = end, stop in replacements
        is_spoilt = (
            is_spoilt
            or IN_MARKUP in roles[start:following]
            or any(index in replacements for index in range(start, following))
        )
        is_spoilt = is_spoilt or (inline.document.relinks and QUOTE.search(text, start, following) is not None)
        following = start
        if is_spoilt:
            inline.escape(position)


def is_rest_of_mail_address(code: str, before: str) -> bool:
    """Return whether goldmark would take code for the rest of a mail address that begins in the text before it."""
    return "@" in code and before[-1:] in BEFORE_MAIL_SIGN and MAIL_IN_CODE.match(code) is not None


def escape_mail_addresses(inline: InlineText) -> None:
    """Write the ``@`` of what goldmark would take for a mail address, an end of emphasis in it, as a reference."""
    text, roles = inline.text, inline.roles
    for match in MAIL_SIGN.finditer(text):
        start = at = match.start()
        while start and text[start - 1] in BEFORE_MAIL_SIGN:
            start -= 1
        begin = at - len(text[start:at].lstrip("*_~"))
        if any(text[index] in "*_~" and roles[index] == IN_MARKUP for index in range(begin, at)):
            inline.write_reference(at)

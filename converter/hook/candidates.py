"""Finds files that may be posts with HTML in them, by a scan of their bytes, with no import that is slow."""

from __future__ import annotations

import os

from converter.source.suffixes import HTML_SUFFIXES, has_suffix

MARKERS = (b"blog-content-box", b"content_views", b"article_content", b"baidu_pl", b"cnblogs_post_body")
"""``sites.tables.WRAPPERS``, whose modules take as long to import as hundreds of files to read."""
PAGES = (b"<!doctype html", b"<html")
FENCES = (b"---", b"+++")
TEMPLATE_TAGS = (b"{{", b"{%")


def is_candidate(name: str) -> bool:
    """Return whether a file may be a post that holds HTML; True for one that cannot be read, so that it is reported."""
    is_html = has_suffix(name, HTML_SUFFIXES)
    if is_html and os.path.exists(os.path.splitext(name)[0] + ".md"):
        return False  # it was converted, and what stands there may have been edited since
    try:
        with open(name, "rb") as file:
            return may_be_post(file.read(), is_html=is_html)
    except OSError:
        return True


def may_be_post(data: bytes, *, is_html: bool = False) -> bool:
    """Return whether bytes may be a post's HTML: False for ordinary Markdown and for pages that are not posts.

    A post shows it by the elements that its site puts around an article.  A Markdown file without them
    may be a whole page, or HTML and nothing else under front matter, unless it is a template.
    """
    if b"\0" in data or any(marker in data for marker in MARKERS):
        return True
    if is_html or not data.rstrip().endswith(b">"):
        return False
    front, body = _split(data)
    if not body.startswith(b"<"):
        return False
    return body[:16].lower().startswith(PAGES) or (front and not any(tag in body for tag in TEMPLATE_TAGS))


def _split(data: bytes) -> tuple[bool, bytes]:
    """Return whether there is front matter, and what follows it."""
    text = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    fence = text[:3]
    if fence not in FENCES:
        return False, text
    end = text.find(b"\n" + fence, 3)
    return (True, text[end + 4 :].lstrip()) if end >= 0 else (False, text)

"""Which files may be posts that still hold HTML: a scan of bytes, before anything that is slow to start."""

from __future__ import annotations

import os

from converter.source.suffixes import HTML_SUFFIXES, has_suffix

MARKERS = (b"blog-content-box", b"content_views", b"article_content", b"baidu_pl")
"""``sites.tables.WRAPPERS``, whose modules take as long to import as hundreds of files to read."""
PAGES = (b"<!doctype html", b"<html")
FENCES = (b"---", b"+++")
TEMPLATE_TAGS = (b"{{", b"{%")


def is_candidate(name: str) -> bool:
    """Whether a file may be a post that still holds HTML; true for one that cannot be read, to say so."""
    is_html = has_suffix(name, HTML_SUFFIXES)
    if is_html and os.path.exists(os.path.splitext(name)[0] + ".md"):
        return False  # it was converted, and what stands there may have been edited since
    try:
        with open(name, "rb") as file:
            return may_be_post(file.read(), is_html=is_html)
    except OSError:
        return True


def may_be_post(data: bytes, *, is_html: bool = False) -> bool:
    """Whether bytes may be a post's HTML: false for ordinary Markdown and for pages that are no post.

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
    """Whether there is front matter, and what follows it."""
    text = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    fence = text[:3]
    if fence not in FENCES:
        return False, text
    end = text.find(b"\n" + fence, 3)
    return (True, text[end + 4 :].lstrip()) if end >= 0 else (False, text)

"""Write into a page what the file that holds it says of it: its address, and how the server answered."""

from __future__ import annotations

import re
from html import escape

_HEAD = re.compile(rb"<head(?:\s[^<>]*+)?>", re.IGNORECASE)
_CANONICAL = re.compile(rb"<link\b[^<>]{0,2000}\brel\s*+=\s*+[\"']?canonical\b", re.IGNORECASE)
_WEB = re.compile(r"https?://", re.IGNORECASE)


def with_address(page: bytes, address: str) -> bytes:
    """Return a page that says where it is from, if it does not say so itself."""
    head = _HEAD.search(page)
    if not _WEB.match(address) or _CANONICAL.search(page) or head is None:
        return page
    link = f'<link rel="canonical" href="{escape(address)}">'.encode("ascii", "xmlcharrefreplace")
    return page[: head.end()] + link + page[head.end() :]


def with_status(page: bytes, status: str) -> bytes:
    """Return a page that says with which HTTP status it came; one with 200 says nothing."""
    if status == "200":
        return page
    head = _HEAD.search(page)
    start = head.end() if head else 0
    return page[:start] + f'<meta http-equiv="status" content="{escape(status)}">'.encode() + page[start:]

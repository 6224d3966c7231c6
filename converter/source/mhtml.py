"""Read MHTML (RFC 2557), in which browsers save a page with its images in one file."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from email.message import Message
from email.parser import BytesHeaderParser
from html import escape
from typing import NamedTuple

LONGEST_HEADER = 1 << 16
"""Bytes of the headers of a file or of a part that are read."""
DEEPEST = 3
"""How many multiparts may be in each other: a page with its images, which an alternative text may go with."""
SUFFIXES = (".mhtml", ".mht")

_START = re.compile(rb"(?:[A-Za-z][A-Za-z-]{0,60}:[^\r\n]*+\r?\n|[ \t][^\r\n]*+\r?\n){1,60}+\r?\n")
"""The headers at the start of a message (RFC 5322, 2.2), with the empty line behind them."""
_HEAD = re.compile(rb"<head(?:\s[^<>]*+)?>", re.IGNORECASE)
_CANONICAL = re.compile(rb"<link\b[^<>]{0,2000}\brel\s*+=\s*+[\"']?canonical\b", re.IGNORECASE)
_WEB = re.compile(r"https?://", re.IGNORECASE)


class Part(NamedTuple):
    """A file of a page: its address ("": none), its media type, its charset ("": not declared), its content."""

    address: str
    kind: str
    charset: str
    content: bytes


def is_mhtml(data: bytes) -> bool:
    """Return whether data is an MHTML file, by its first headers."""
    start = data[:LONGEST_HEADER].lstrip()
    if start[:1] in (b"<", b"#", b"-", b"") or not (headers := _START.match(start)):
        return False
    folded = headers[0].lower()
    return b"multipart/related" in folded and b"boundary" in folded and b"mime-version:" in folded


def parts(data: bytes) -> Iterator[Part]:
    """Yield the files of an MHTML, the page first, in the order of the file."""
    yield from _parts(data.lstrip(), 0)


def page_of(data: bytes) -> bytes:
    """Return the HTML of an MHTML with the address that it was saved from, b"" where it holds no page."""
    page = next((part for part in parts(data) if part.kind in ("text/html", "application/xhtml+xml")), None)
    if page is None:
        return b""
    content = page.content
    if page.charset and page.charset != "utf-8":
        try:
            content = b"\xef\xbb\xbf" + content.decode(page.charset, "replace").encode()
        except LookupError:
            content = page.content
    return with_address(content, _saved_from(data) or page.address)


def images(data: bytes) -> dict[str, bytes]:
    """Return the images of an MHTML by their addresses."""
    return {part.address: part.content for part in parts(data) if part.address and part.kind.startswith("image/")}


def with_address(page: bytes, address: str) -> bytes:
    """Return a page that says where it is from, if it does not say so itself."""
    head = _HEAD.search(page)
    if not _WEB.match(address) or _CANONICAL.search(page) or head is None:
        return page
    link = f'<link rel="canonical" href="{escape(address)}">'.encode("ascii", "xmlcharrefreplace")
    return page[: head.end()] + link + page[head.end() :]


def _saved_from(data: bytes) -> str:
    return _headers(data.lstrip())[0].get("Snapshot-Content-Location", "").strip()


def _headers(data: bytes) -> tuple[Message, int]:
    """Return the headers at the start of a part, and where its content begins."""
    end = min((data.find(mark) + len(mark) for mark in (b"\r\n\r\n", b"\n\n") if mark in data), default=len(data))
    return BytesHeaderParser().parsebytes(data[: min(end, LONGEST_HEADER)]), end


def _parts(data: bytes, depth: int) -> Iterator[Part]:
    headers, start = _headers(data)
    boundary = headers.get_boundary("") if headers.get_content_maintype() == "multipart" else ""
    if boundary and depth < DEEPEST:
        mark = b"\n--" + boundary.encode("ascii", "replace")
        for piece in (b"\n" + data[start:]).split(mark)[1:]:
            if piece.startswith(b"--"):
                return
            yield from _parts(piece.lstrip(b" \t").removeprefix(b"\r").removeprefix(b"\n"), depth + 1)
        return
    address = "".join(str(headers.get("Content-Location", "")).split())
    charset = str(headers.get_content_charset("") or "")
    encoding = str(headers.get("Content-Transfer-Encoding", "")).strip().lower()
    yield Part(address, headers.get_content_type(), charset, _decoded(data[start:], encoding))


def _decoded(content: bytes, encoding: str) -> bytes:
    """Return the content of a part without its transfer encoding (RFC 2045, 6)."""
    if encoding == "quoted-printable":
        return binascii.a2b_qp(content)
    if encoding == "base64":
        try:
            return base64.b64decode(content)
        except ValueError:
            return b""
    return content.removesuffix(b"\n").removesuffix(b"\r")

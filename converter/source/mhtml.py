"""Read MHTML (RFC 2557), in which browsers save a page with its images in one file."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from email.parser import BytesHeaderParser
from html import escape
from typing import NamedTuple
from urllib.parse import unquote, urljoin

from converter.errors import ConversionError
from converter.source.saved import with_address

LONGEST_HEADER = 1 << 16
"""Bytes of the headers of a file or of a part that are read."""
DEEPEST = 3
"""How many multiparts may be in each other: a page with its images, which an alternative text may go with."""
PAGES = ("text/html", "application/xhtml+xml")

_START = re.compile(rb"(?:[A-Za-z][A-Za-z-]{0,60}:[^\r\n]*+\r?\n|[ \t][^\r\n]*+\r?\n){1,60}+\r?\n")
"""The headers at the start of a message (RFC 5322, 2.2), with the empty line behind them."""
_KIND = re.compile(rb"\ncontent-type:\s*+(?:multipart/(?:related|alternative|mixed)\b|text/html\b)")
_MARKUP = re.compile(rb"\s*+<(?:!doctype|html|head|body|!--)", re.IGNORECASE)
_BY_ID = re.compile(rb"(?<=[\"'(=\s])cid:([^\"'()<>\s]{1,500})", re.IGNORECASE)


class Part(NamedTuple):
    """A file of a page.

    address, identity: its Content-Location and its Content-ID ("": none); kind: its media type; charset: "" where it
    is not declared; is_whole: False where the file ends before the part does.
    """

    address: str
    identity: str
    kind: str
    charset: str
    content: bytes
    is_whole: bool


@dataclass(frozen=True, slots=True)
class SavedImages:
    """The images that came with a page, by their addresses, which may be relative to the page's own."""

    page: str = ""
    contents: Mapping[str, bytes] | None = None

    def content(self, address: str) -> bytes:
        """Return the image of an address; b"" for none."""
        if not self.contents:
            return b""
        try:
            return self.contents.get(address) or self.contents.get(urljoin(self.page, address)) or b""
        except ValueError:
            return b""


def is_mhtml(data: bytes) -> bool:
    """Return whether data is an MHTML file, by its first headers."""
    start = data[:LONGEST_HEADER].lstrip()
    if start[:1] in (b"<", b"#", b"-", b"") or not (headers := _START.match(start)):
        return False
    folded = b"\n" + headers[0].lower()
    return _KIND.search(folded) is not None and b"\nmime-version:" in folded


def parts(data: bytes) -> Iterator[Part]:
    """Yield the files of an MHTML in the order of the file."""
    yield from _parts(data.lstrip(), 0, is_whole=True)


def page_of(data: bytes) -> bytes:
    """Return the HTML of an MHTML, with the address that it was saved from, and the images that it names by an id.

    Raises ConversionError where there is none, or only a part of it.
    """
    found = list(parts(data))
    page = _page(data, found)
    if page is None:
        raise ConversionError("the file is MHTML without a page in it")
    if not page.is_whole:
        raise ConversionError("the file is MHTML that ends within its page")
    content = page.content
    if b"cid:" in content.lower():
        named = {part.identity: part for part in found if part.identity}
        content = _BY_ID.sub(lambda match: _address(named, match), content)
    if page.charset and page.charset != "utf-8":
        try:
            content = b"\xef\xbb\xbf" + content.decode(page.charset, "replace").encode()
        except LookupError:
            content = page.content
    return with_address(content, _saved_from(data) or page.address)


def images(data: bytes) -> SavedImages:
    """Return the images of an MHTML."""
    found = list(parts(data))
    page = _page(data, found)
    contents = {part.address: part.content for part in found if part.address and part.is_whole and _may_be_image(part)}
    return SavedImages(_saved_from(data) or (page.address if page else ""), contents)


def _page(data: bytes, found: list[Part]) -> Part | None:
    """Return the part that is the page: the one that the headers name, or the first; the others are its frames."""
    pages = [part for part in found if part.kind in PAGES]
    start, address = _identity(str(_headers(data.lstrip())[0].get_param("start", ""))), _saved_from(data)
    named = (part for part in pages if (start and part.identity == start) or (address and part.address == address))
    return next(named, pages[0] if pages else None)


def _may_be_image(part: Part) -> bool:
    return not part.kind.startswith(("text/", "multipart/")) and part.kind not in PAGES


def _address(named: Mapping[str, Part], match: re.Match[bytes]) -> bytes:
    """Return an address that others can read for the id of a part: a ``data:`` URL for an image, a frame's own."""
    part = named.get(unquote(match[1].decode("utf-8", "replace")))
    if part is None or not (_may_be_image(part) or part.address):
        return match[0]
    if not _may_be_image(part):
        return escape(part.address).encode("ascii", "xmlcharrefreplace")
    kind = part.kind if part.kind.startswith("image/") else "image/*"
    return b"data:%b;base64,%b" % (kind.encode("ascii", "replace"), base64.b64encode(part.content))


def _identity(text: str) -> str:
    return text.strip().removeprefix("<").removesuffix(">")


def _saved_from(data: bytes) -> str:
    return str(_headers(data.lstrip())[0].get("Snapshot-Content-Location", "")).strip()


def _headers(data: bytes) -> tuple[Message, int]:
    """Return the headers at the start of a part, and where its content begins."""
    if data.startswith((b"\r\n", b"\n")):  # a part without headers
        return Message(), data.index(b"\n") + 1
    end = min((data.find(mark) + len(mark) for mark in (b"\r\n\r\n", b"\n\n") if mark in data), default=len(data))
    return BytesHeaderParser().parsebytes(data[: min(end, LONGEST_HEADER)]), end


def _parts(data: bytes, depth: int, *, is_whole: bool) -> Iterator[Part]:
    headers, start = _headers(data)
    boundary = headers.get_boundary("") if headers.get_content_maintype() == "multipart" else ""
    if boundary and depth < DEEPEST:
        mark = b"\n--" + boundary.encode("ascii", "replace")
        pieces = (b"\n" + data[start:]).split(mark)[1:]
        for number, piece in enumerate(pieces):
            if piece.startswith(b"--"):
                return
            ended = is_whole and number + 1 < len(pieces)
            yield from _parts(piece.lstrip(b" \t").removeprefix(b"\r").removeprefix(b"\n"), depth + 1, is_whole=ended)
        return
    encoding = str(headers.get("Content-Transfer-Encoding", "")).strip().lower()
    content = _decoded(data[start:], encoding)
    kind = headers.get_content_type() if "Content-Type" in headers else _kind(content)
    address = "".join(str(headers.get("Content-Location", "")).split())
    charset = str(headers.get_content_charset("") or "")
    yield Part(address, _identity(str(headers.get("Content-ID", ""))), kind, charset, content, is_whole)


def _kind(content: bytes) -> str:
    """Return the media type of a part that names none."""
    return "text/html" if _MARKUP.match(content) else "application/octet-stream"


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

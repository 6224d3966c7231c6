"""Reads the pages of a WARC (ISO 28500) as a stream: one post for each response that is HTML."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from typing import IO, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from converter.batch.input.unpacking import EARLY, PIECE, ArchiveError, extra
from converter.source.suffixes import HTML_SUFFIXES, has_suffix

TYPES = ("text/html", "application/xhtml+xml")
_UNSAFE = re.compile(r"[:\\?*\"<>|\x00-\x1f]")


class Page(NamedTuple):
    """A page of a WARC: a name made of its address, the address, its size as it is stored, and its content."""

    name: str
    address: str
    size: int
    content: IO[bytes]


def pages(file: IO[bytes]) -> Iterator[Page]:
    """Yield each page; its content can be read until the next is asked for.  ArchiveError where the file is cut."""
    reader = extra("warcio.archiveiterator").ArchiveIterator
    try:
        for record in reader(file):
            if _is_page(record):
                address = str(record.rec_headers.get_header("WARC-Target-URI") or "").strip("<>")
                size = int(record.rec_headers.get_header("Content-Length") or 0)
                yield Page(name_of(address), address, size, record.content_stream())
            while record.raw_stream.read(PIECE):
                pass
            if getattr(record.raw_stream, "limit", 0):
                raise ArchiveError(EARLY)
    except ArchiveError:
        raise
    except Exception as error:  # warcio fails in many ways where a record is cut
        raise ArchiveError(f"is not sound: {error}") from error


def _is_page(record: Any) -> bool:
    headers = record.http_headers
    if record.rec_type == "resource":
        return str(record.rec_headers.get_header("Content-Type") or "").startswith(TYPES)
    if record.rec_type != "response" or headers is None or headers.get_statuscode() != "200":
        return False
    return str(headers.get_header("Content-Type") or "").strip().lower().startswith(TYPES)


def name_of(address: str) -> str:
    """Return a path for the page of an address: its host and path, and a digest of its query."""
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = urlsplit("")
    path = unquote(parts.path)
    steps = [step for step in path.split("/") if step not in ("", ".", "..")]
    name = "/".join([parts.netloc or "page", *steps, *([] if steps and not path.endswith("/") else ["index"])])
    query = f"-{hashlib.sha256(parts.query.encode('utf-8', 'replace')).hexdigest()[:8]}" if parts.query else ""
    name = _UNSAFE.sub("_", name)
    if not has_suffix(name, HTML_SUFFIXES):
        return f"{name}{query}.html"
    stem, _, suffix = name.rpartition(".")
    return f"{stem}{query}.{suffix}"

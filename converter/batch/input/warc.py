"""Reads the pages and the images of a WARC (ISO 28500) as a stream: one post for each response that is HTML."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from types import MappingProxyType
from typing import IO, Any, NamedTuple
from urllib.parse import unquote, urlsplit

from converter.batch.input.unpacking import EARLY, MOST_MEMORY, PIECE, ArchiveError, Meter, extra
from converter.batch.storage.files import too_large
from converter.batch.values import BatchError
from converter.source.saved import with_address, with_status
from converter.source.suffixes import HTML_SUFFIXES, has_suffix

TYPES = ("text/html", "application/xhtml+xml")
LONGEST_LINE = 1 << 16
"""Bytes of one line of a header that are read."""
MOST_LINES = 2000
"""Lines of the headers of one record that are read."""
STEP = 1 << 10
"""Bytes of packed content that are unpacked at once."""
ELSEWHERE = "repeats a record that is in another file"
_UNSAFE = re.compile(r"[:\\?*\"<>|\x00-\x1f]")


class Entry(NamedTuple):
    """A page or an image of a WARC: its address, and a function that reads it, up to a number of bytes.

    It may be called until the next entry is asked for.  error: why it cannot be read ("": it can).
    """

    address: str
    read: Callable[[int], bytes]
    error: str = ""


def pages(file: IO[bytes]) -> Iterator[Entry]:
    """Yield each page, also those that say why there is none; one that repeats another one only if that is not here.

    Raises ArchiveError where the file is cut.
    """
    seen: set[int] = set()
    for record in _records(file):
        kind, address, digest = record.rec_type, _address(record), _header(record, "WARC-Payload-Digest")
        if kind == "revisit":
            if _media_type(record).startswith(TYPES) and seen.isdisjoint((hash(address), hash(digest))):
                yield Entry(address, lambda _limit: b"", ELSEWHERE)
        elif _media_type(record).startswith(TYPES) and _answers(record):
            seen.update(map(hash, filter(None, (address, digest))))
            yield Entry(address, partial(_page, record))


def images(file: IO[bytes]) -> Iterator[Entry]:
    """Yield each image.  Raises ArchiveError where the file is cut."""
    for record in _records(file):
        is_image = record.rec_type in ("response", "resource") and _media_type(record).startswith("image/")
        if is_image and _status(record) == "200":
            yield Entry(_address(record), partial(_content, record))


def _records(file: IO[bytes]) -> Iterator[Any]:
    """Yield each record; its content is read, or left, before the next."""
    records = extra("warcio.archiveiterator").ArchiveIterator(file)
    lines = _Lines(records.reader.readline)
    records.reader.readline = lines
    try:
        for record in records:
            lines.count, lines.is_header = 0, False
            if not _header(record, "Content-Length"):
                raise ArchiveError(EARLY)
            yield record
            while record.raw_stream.read(PIECE):
                pass
            if getattr(record.raw_stream, "limit", 0):
                raise ArchiveError(EARLY)
        if lines.is_header:
            raise ArchiveError(EARLY)
    except ArchiveError:
        raise
    except Exception as error:  # warcio fails in many ways where a record is cut
        raise ArchiveError(f"is not sound: {error}") from error


class _Lines:
    """Reads the lines of headers; ArchiveError where one is too long, or where a record has too many.

    count: the lines since the last record.  is_header: one of them shows that another record follows.
    """

    def __init__(self, readline: Callable[[int], bytes]) -> None:
        self._readline = readline
        self.count, self.is_header = 0, False

    def __call__(self, length: int | None = None) -> bytes:
        """Return the next line."""
        line = self._readline(min(LONGEST_LINE if length is None else length, LONGEST_LINE))
        self.count += 1
        self.is_header = self.is_header or bool(line.strip())
        is_long = len(line) >= LONGEST_LINE // 4 and not line.endswith(b"\n")
        if is_long or self.count > MOST_LINES:
            raise ArchiveError("has a header that is too long")
        return line


def _header(record: Any, name: str) -> str:
    return str(record.rec_headers.get_header(name) or "").strip()


def _http_header(record: Any, name: str) -> str:
    headers = record.http_headers
    return str(headers.get_header(name) or "").strip().lower() if headers is not None else ""


def _address(record: Any) -> str:
    return _header(record, "WARC-Target-URI").strip("<>")


def _media_type(record: Any) -> str:
    if record.rec_type == "resource":
        return _header(record, "Content-Type").lower()
    return _http_header(record, "Content-Type")


def _status(record: Any) -> str:
    return "200" if record.http_headers is None else str(record.http_headers.get_statuscode())


def _answers(record: Any) -> bool:
    """Return whether a record is a page or says why there is none; a redirect does neither."""
    if record.rec_type == "resource":
        return True
    return record.rec_type == "response" and (_status(record) == "200" or _status(record)[:1] in ("4", "5"))


def _page(record: Any, limit: int) -> bytes:
    return with_address(with_status(_content(record, limit), _status(record)), _address(record))


def _content(record: Any, limit: int) -> bytes:
    """Return the content of a record without its transfer and content encodings; ArchiveError for what is unsound."""
    stream = record.raw_stream
    if "chunked" in _http_header(record, "Transfer-Encoding"):
        stream = extra("warcio.bufferedreaders").ChunkedDataReader(stream)
    data = _limited(stream, limit)
    for encoding in reversed(_http_header(record, "Content-Encoding").replace(" ", "").split(",")):
        if encoding not in ("", "identity", "none"):
            data = _unpacked(data, encoding, limit)
    return data


def _limited(stream: IO[bytes], limit: int) -> bytes:
    data = bytearray()
    while piece := stream.read(PIECE):
        data += piece
        if len(data) > limit:
            raise ArchiveError(too_large(len(data), limit))
    return bytes(data)


def _unpacked(data: bytes, encoding: str, limit: int) -> bytes:
    """Return unpacked data; data that is not packed as its header says was stored as browsers see it."""
    if encoding not in _PACKED:
        raise ArchiveError(f"is packed in a way that is not known: {encoding}")
    sign, new = _PACKED[encoding]
    if not sign.match(data):
        return data
    stream, meter, made = new(), Meter(len(data)), bytearray()
    try:
        for start in range(0, len(data), STEP):
            made += (piece := stream.unpack(data[start : start + STEP], limit + 1))
            meter.add(len(piece))
            if len(made) > limit:
                raise ArchiveError(too_large(len(made), limit))
        if not stream.has_ended():
            raise ArchiveError(EARLY)
    except ArchiveError:
        raise
    except Exception as error:  # each library has its own
        raise ArchiveError(f"is not sound: {error}") from error
    return bytes(made)


class _Packed(NamedTuple):
    """A packed content: a function that unpacks its next bytes, up to a number, and one that says whether it ended."""

    unpack: Callable[[bytes, int], bytes]
    has_ended: Callable[[], bool]


def _zlib(bits: int) -> Callable[[], _Packed]:
    def new() -> _Packed:
        inner = zlib.decompressobj(bits)
        return _Packed(lambda data, _most: inner.decompress(data), lambda: inner.eof)

    return new


def _zstandard() -> _Packed:
    inner = extra("zstandard").ZstdDecompressor(max_window_size=MOST_MEMORY // 2).decompressobj()
    return _Packed(lambda data, _most: bytes(inner.decompress(data)), lambda: bool(inner.eof))


def _brotli() -> _Packed:
    try:
        inner = extra("brotli").Decompressor()
    except BatchError as error:  # one record needs it, not the run
        raise ArchiveError(str(error)) from error
    return _Packed(
        lambda data, most: bytes(inner.process(data, output_buffer_limit=most)), lambda: bool(inner.is_finished())
    )


_GZIP = re.compile(rb"\x1f\x8b"), _zlib(zlib.MAX_WBITS | 16)
_PACKED: Mapping[str, tuple[re.Pattern[bytes], Callable[[], _Packed]]] = MappingProxyType(
    {
        "gzip": _GZIP,
        "x-gzip": _GZIP,
        "deflate": (re.compile(rb"(?!\s*<)"), _zlib(zlib.MAX_WBITS)),
        "zstd": (re.compile(rb"\x28\xb5\x2f\xfd"), _zstandard),
        "br": (re.compile(rb"(?!\s*<)"), _brotli),
    }
)
"""How each content encoding begins, and what unpacks it."""


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

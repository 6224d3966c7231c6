"""Unpacks compressed streams (gzip, xz, bzip2, Zstandard) piece by piece, and only as long as they are sound.

A stream that ends early, fails its checksum, has other data behind its end, or becomes larger than any honest
archive of its size is an error.  No more than a piece of it is ever in memory.
"""

from __future__ import annotations

import bz2
import io
import lzma
import zlib
from collections.abc import Callable, Iterator
from typing import IO, Any, Protocol

from converter.batch.values import BatchError
from converter.model import Csdn2mdError

RATIO = 500
"""How many times its packed size an archive may have: pages of one site take up to a hundred times."""
ALLOWANCE = 4 << 20
"""Bytes that any archive may have, however small it is packed."""
CHUNK = 1 << 14
"""Bytes of packed data that are read at once."""
PIECE = 1 << 16
"""Bytes of unpacked data that are made at once."""
MOST_MEMORY = 256 << 20
"""Bytes that a decompressor may take: xz asks for as much as the packer chose, 65 MB at most by its presets."""
ZSTANDARD_CHUNK = 1 << 10
"""A chunk for Zstandard, whose decompressor returns all that a chunk holds: at most 32,768 times as much."""
EARLY = "ends early"
BEHIND = "has other data behind its end"


class ArchiveError(Csdn2mdError):
    """An archive that cannot be read (further); the text says why, without its name."""


class Decompressor(Protocol):
    """One packed stream that is unpacked (as the classes of `bz2` and `lzma` do)."""

    @property
    def eof(self) -> bool:
        """Return whether its end was reached."""

    @property
    def needs_input(self) -> bool:
        """Return whether more packed data is needed."""

    @property
    def unused_data(self) -> bytes:
        """Return the data behind its end."""

    def decompress(self, data: bytes, max_length: int) -> bytes:
        """Return the next unpacked bytes."""


class _Gzip:
    """A member of a gzip file (RFC 1952), whose checksum and length zlib compares."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(zlib.MAX_WBITS | 16)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


class _Zstandard:
    """A frame of Zstandard (RFC 8878); its window is limited by the library."""

    needs_input = True

    def __init__(self) -> None:
        self._inner = extra("zstandard").ZstdDecompressor(max_window_size=MOST_MEMORY // 2).decompressobj()

    @property
    def eof(self) -> bool:
        return bool(self._inner.eof)

    @property
    def unused_data(self) -> bytes:
        return bytes(self._inner.unused_data)

    def decompress(self, data: bytes, _max_length: int) -> bytes:
        return bytes(self._inner.decompress(data))


def _xz() -> lzma.LZMADecompressor:
    return lzma.LZMADecompressor(lzma.FORMAT_AUTO, memlimit=MOST_MEMORY)


FORMATS: tuple[tuple[bytes, Callable[[], Decompressor], int], ...] = (
    (b"\x1f\x8b\x08", _Gzip, CHUNK),
    (b"\xfd7zXZ\0", _xz, CHUNK),
    (b"BZh", bz2.BZ2Decompressor, CHUNK),
    (b"\x28\xb5\x2f\xfd", _Zstandard, ZSTANDARD_CHUNK),
)
"""The first bytes of a packed stream, what unpacks it, and how much of it is read at once."""


def extra(module: str) -> Any:
    """Import a module of the extra `archives`; BatchError where it is not installed."""
    try:
        return __import__(module, fromlist=["_"])
    except ImportError:
        package = module.partition(".")[0]
        raise BatchError(f"needs {package}: pip install {package}", exit_code=2) from None


def broken() -> tuple[type[Exception], ...]:
    """Return the errors that unsound data raises in the libraries that read it."""
    return (zlib.error, lzma.LZMAError, EOFError, OSError, *_zstandard_errors())


def _zstandard_errors() -> tuple[type[Exception], ...]:
    try:
        import zstandard
    except ImportError:
        return ()
    return (zstandard.ZstdError,)


def unpacked(file: IO[bytes]) -> io.BufferedReader:
    """Return the unpacked content of a file, whatever it is packed with, as a stream; a file that is not, as it is."""
    start = file.read(CHUNK)
    for sign, new, chunk in FORMATS:
        if start.startswith(sign):
            return io.BufferedReader(_Pieces(_unpack(_chunks(start, file, chunk), sign, new)), PIECE)
    return io.BufferedReader(_Pieces(_chunks(start, file, PIECE)), PIECE)


def _chunks(start: bytes, file: IO[bytes], size: int) -> Iterator[bytes]:
    for index in range(0, len(start), size):
        yield start[index : index + size]
    while data := file.read(size):
        yield data


class Meter:
    """Counts packed and unpacked bytes; ArchiveError as soon as there are too many of the latter."""

    def __init__(self, packed: int = 0) -> None:
        self.packed, self._unpacked = packed, 0

    def add(self, count: int) -> None:
        """Count unpacked bytes."""
        self._unpacked += count
        if self._unpacked > ALLOWANCE + RATIO * self.packed:
            raise ArchiveError(f"is more than {RATIO} times as large as it is packed: not read further")


def _unpack(chunks: Iterator[bytes], sign: bytes, new: Callable[[], Decompressor]) -> Iterator[bytes]:
    """Yield the content of all streams of a file: one packed file may follow another, with zeros between them."""
    meter = Meter()
    data = next(chunks, b"")
    while data:
        stream = new()
        while not stream.eof:
            meter.packed += len(data)
            piece, data = stream.decompress(data, PIECE), b""
            meter.add(len(piece))
            if piece:
                yield piece
            elif not stream.eof and stream.needs_input and not (data := next(chunks, b"")):
                raise ArchiveError(EARLY)
        data = _next_stream(stream.unused_data, chunks, sign)
        meter.packed -= len(stream.unused_data)


def _next_stream(data: bytes, chunks: Iterator[bytes], sign: bytes) -> bytes:
    """Return the start of what follows the end of a stream, without zeros; ArchiveError for what is no stream."""
    while not (data := data.lstrip(b"\0")):
        data = next(chunks, b"")
        if not data:
            return b""
    while len(data) < len(sign) and (more := next(chunks, b"")):
        data += more
    if not data.startswith(sign):
        raise ArchiveError(BEHIND)
    return data


class _Pieces(io.RawIOBase):
    """Pieces of bytes as a stream to read."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces = pieces
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if not self._rest:
            self._rest = memoryview(next(self._pieces, b""))
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count

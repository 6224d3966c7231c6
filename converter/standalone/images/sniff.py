"""Recognize image types by their bytes, because headers and suffixes of image hosts are often wrong."""

from __future__ import annotations

import re
from collections.abc import Callable

_SVG = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*+(?:(?:<\?xml[^>]*+>|<!--(?:(?!-->).)*+-->|<!DOCTYPE[^>\[]*+(?:\[[^\]]*+\])?+>)\s*+)*+<svg[\s>]",
    re.S | re.I,
)
_HEAD = 4096
_TAIL = 1 << 16


def image_suffix(data: bytes) -> str:
    """Return the suffix of an image, such as `.png`; "" for data that is no image that browsers show."""
    return next((row for row, fits in TYPES if fits(data)), "")


def is_complete(data: bytes, kind: str) -> bool:
    """Return whether an image is complete; True for formats that do not say where they end."""
    check = ENDS.get(kind)
    return check is None or check(data)


def _starts(*signs: bytes) -> Callable[[bytes], bool]:
    return lambda data: data.startswith(signs)


def _is_webp(data: bytes) -> bool:
    return data[:4] == b"RIFF" and data[8:12] == b"WEBP"


def _is_avif(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] in (b"avif", b"avis")


def _is_bmp(data: bytes) -> bool:
    """Check BITMAPFILEHEADER: two reserved words of zero, then an offset, then the size of a known info header."""
    return data[:2] == b"BM" and data[6:10] == bytes(4) and data[14:18] in _BMP_HEADERS


def _is_ico(data: bytes) -> bool:
    """Check ICONDIR: type 1, a count, and a first entry whose reserved byte is zero."""
    return data[:4] == b"\0\0\1\0" and 0 < int.from_bytes(data[4:6], "little") < 256 and data[9:10] == b"\0"


def _is_svg(data: bytes) -> bool:
    return _SVG.match(data[:_HEAD]) is not None


_BMP_HEADERS = frozenset(size.to_bytes(4, "little") for size in (12, 40, 52, 56, 64, 108, 124))

TYPES: tuple[tuple[str, Callable[[bytes], bool]], ...] = (
    (".png", _starts(b"\x89PNG\r\n\x1a\n")),
    (".jpg", _starts(b"\xff\xd8\xff")),
    (".gif", _starts(b"GIF87a", b"GIF89a")),
    (".webp", _is_webp),
    (".bmp", _is_bmp),
    (".avif", _is_avif),
    (".ico", _is_ico),
    (".svg", _is_svg),
)
"""Suffix and check of the signature of each type."""

ENDS: dict[str, Callable[[bytes], bool]] = {
    ".png": lambda data: b"IEND" in data[-_TAIL:],
    ".jpg": lambda data: b"\xff\xd9" in data[-_TAIL:],
    ".gif": lambda data: b"\x3b" in data[-64:],
    ".webp": lambda data: len(data) >= int.from_bytes(data[4:8], "little") + 8,
    ".bmp": lambda data: len(data) >= int.from_bytes(data[2:6], "little"),
}
"""Check of each type that the image is complete."""

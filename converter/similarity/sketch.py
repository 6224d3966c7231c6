"""A sketch of a text: a few numbers that are alike for texts that are alike."""

from __future__ import annotations

import hashlib
import re
from array import array
from typing import NamedTuple
from zlib import crc32

SHINGLE = 8
"""Characters of a shingle, of which a text is taken for the set."""
BANDS, ROWS = 24, 5
"""The smallest shingles of a text in bands of rows: texts of which 80 % is the same share a band (1 in 10,000 does
not), of 50 % half do, of 20 % one in a hundred."""
BINS = BANDS * ROWS
SAMPLE = 4
"""One in so many shingles counts: those whose hash it divides."""
LEAST_SHINGLES = 20
"""A text with fewer that count is not like another one, only equal to it."""
EMPTY = 0xFFFFFFFF

_DESTINATION = re.compile(r"\]\([^()\s]*(?:\s\"[^\"]*\")?\)|</?[A-Za-z][^<>]*>|https?://[!-~]+")
_WORD = re.compile(r"\w+")
_LANES = tuple(sum(((value >> bit & 1) * 2 - 1) << 32 * bit for bit in range(8)) for value in range(256))
"""For each byte the number whose lanes of 32 bits count its bits: 1 for a set bit, -1 for another."""
_HALF = sum(1 << (32 * bit + 31) for bit in range(8))
"""Makes every lane positive."""


class Sketch(NamedTuple):
    """A text in numbers.

    digest: equal for texts that differ in spaces, signs and addresses only.  size: letters and digits.
    bins: the smallest shingle of each of BINS classes, 4 bytes each; empty for a text with few.
    simhash: 64 bits, of which alike texts differ in few.  date: of the document, "" where it is not known.
    """

    digest: bytes
    size: int
    bins: bytes
    simhash: int
    date: str = ""


def sketch_of(markdown: str, date: str = "") -> Sketch:
    """Return the sketch of a Markdown body; of its letters and digits, without addresses and tags."""
    text = normal_text(markdown)
    data = text.encode("utf-16-le", "replace")
    width = 2 * SHINGLE
    hashes = (crc32(data[start : start + width]) for start in range(0, len(data) - width + 1, 2))
    shingles = {value for value in hashes if value % SAMPLE == 0}
    digest = hashlib.blake2b(data, digest_size=8).digest()
    bins = _bins(shingles) if len(shingles) >= LEAST_SHINGLES else b""
    return Sketch(digest, len(text), bins, _simhash(shingles), date)


def normal_text(markdown: str) -> str:
    """Return the letters and digits of Markdown, in lower case, without addresses and tags."""
    return "".join(_WORD.findall(_DESTINATION.sub(" ", markdown.casefold())))


def likeness(one: Sketch, other: Sketch) -> float:
    """Return the share of two texts that is the same (their Jaccard similarity), as their sketches show it."""
    if one.digest == other.digest:
        return 1.0
    if not one.bins or not other.bins:
        return 0.0
    return sum(map(int.__eq__, array("I", one.bins), array("I", other.bins))) / BINS


def bands(sketch: Sketch) -> list[bytes]:
    """Return the bands of a sketch; texts that share one may be alike."""
    width = 4 * ROWS
    return [sketch.bins[start : start + width] for start in range(0, len(sketch.bins), width)]


def _bins(shingles: set[int]) -> bytes:
    """Return the smallest shingle of each class; a class without one takes that of the next class that has one."""
    smallest = {shingle // SAMPLE % BINS: shingle for shingle in sorted(shingles, reverse=True)}
    found = [smallest.get(number, EMPTY) for number in range(BINS)]
    following = next(value for value in found if value != EMPTY)
    for number in reversed(range(BINS)):
        if found[number] == EMPTY:
            found[number] = following * 31 + 1 & EMPTY
        following = found[number]
    return array("I", found).tobytes()


def _simhash(shingles: set[int]) -> int:
    """Return 64 bits, each the majority of the same bit of all shingles."""
    data = b"".join(_spread(shingle).to_bytes(8, "big") for shingle in shingles)
    found = 0
    for place in range(8):
        lanes = sum(map(_LANES.__getitem__, data[place::8])) + _HALF
        byte = sum(1 << bit for bit in range(8) if (lanes >> 32 * bit & 0xFFFFFFFF) > 0x80000000)
        found = found << 8 | byte
    return found


def _spread(value: int) -> int:
    """Return 64 bits that depend on all 32 of a hash."""
    product = value * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
    return product ^ product >> 32

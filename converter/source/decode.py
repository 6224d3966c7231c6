"""Decode the bytes of a post, whatever charset they were saved in."""

from __future__ import annotations

import codecs
from collections.abc import Iterable

from converter.model import ConversionError, Finding
from converter.source.mhtml import is_mhtml, page_of

BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks and their encodings; UTF-32 first, for its mark begins with that of UTF-16."""

SIGNATURES = (
    (b"\x89PNG", "a PNG picture"),
    (b"GIF8", "a GIF picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"RIFF", "a WebP picture, a film or a sound (RIFF)"),
    (b"%PDF-", "a PDF document"),
    (b"{\\rtf", "an RTF document"),
    (b"\xd0\xcf\x11\xe0", "an Office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PAR1", "a Parquet table, whose name has to end in .parquet"),
    (b"PK\x03\x04", "a zip archive"),
)
"""First bytes of files that are found among posts and are not text."""
_MARKS, _SIGNS = tuple(mark for mark, _ in BOMS), tuple(sign for sign, _ in SIGNATURES)
ZIPPED = (
    (b"word/", "a Word document"),
    (b"xl/", "an Excel table"),
    (b"ppt/", "a PowerPoint presentation"),
    (b"application/epub+zip", "an EPUB book"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file"),
)
"""What is in a zip (the names of its members, at its start and at its end) that is a document."""
NAMES = 1 << 16
"""Bytes at each end of a zip that are looked at."""

SUPERSETS = dict.fromkeys(("gb2312", "gb-2312", "gbk", "x-gbk", "gb_2312-80", "cp936", "csgb2312"), "gb18030")
"""Charsets that pages of the 2000s declare, and the one that browsers read them as (Encoding Standard 4.2)."""

CONTROLS = bytes((*range(9), 11, *range(14, 27), *range(28, 32)))
"""Control characters (C0) that are rare in text: all but tab, line ends and escape."""

MOST_CONTROLS = 0.05
"""Share of control characters above which data is binary: compressed data has a tenth, text almost none."""

DAMAGE = 0.1
"""Share of unreadable characters up to which text is damaged UTF-8; in GBK read as UTF-8 most are."""


def decode(data: bytes) -> tuple[str, tuple[Finding, ...]]:
    """Return the text in data, without byte order mark and NUL, and a Finding for what was guessed or lost.

    Of MHTML it is the text of the page.

    UTF-8 wins where it fits, then a byte order mark, then what the page declares, then GB18030.
    Line ends stay as they are.  Raises ConversionError where data is empty, blank or binary.
    """
    if not data:
        raise ConversionError("the file is empty")
    if is_mhtml(data):
        data = page_of(data)
    marked = _named(BOMS, data) if data.startswith(_MARKS) else ""
    if not marked:
        _refuse_binary(data)
    text, findings = _decode_marked(data, marked) if marked else _decode_unmarked(data)
    if 0 in data and "\0" in text:  # most data has none, and is asked faster than text
        findings.append(Finding("input/nul", f"{text.count(chr(0))} NUL", ""))
        text = text.replace("\0", "")
    text = text.removeprefix("\ufeff")
    if not text or text.isspace():
        raise ConversionError("the file is empty")
    return text, tuple(findings)


def _named(rows: Iterable[tuple[bytes, str]], data: bytes) -> str:
    """Return the name of the first row that data begins with."""
    return next(name for start, name in rows if data.startswith(start))


def _refuse_binary(data: bytes) -> None:
    name = _named(SIGNATURES, data) if data.startswith(_SIGNS) else ""
    if data.startswith(b"PK"):
        names = data[:NAMES] + data[-NAMES:]
        name = next((document for member, document in ZIPPED if member in names), name)
    if name:
        raise ConversionError(f"{name}, not a post")
    if holds_byte(data, CONTROLS):
        controls = len(data) - len(data.translate(None, CONTROLS))
        if controls > MOST_CONTROLS * len(data) and data.strip(b"\0 \t\r\n"):
            raise ConversionError("binary data, not a post")


def holds_byte(data: bytes, values: bytes) -> bool:
    """Return whether data holds one of some bytes; in most data none, and to look for each is the fastest way then."""
    for value in values:
        if value in data:
            return True
    return False


def _decode_marked(data: bytes, encoding: str) -> tuple[str, list[Finding]]:
    text = data.decode(encoding, "replace")
    return text, _findings(data, text, encoding)


def _decode_unmarked(data: bytes) -> tuple[str, list[Finding]]:
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError:
        text, encoding = data.decode("utf-8", "replace"), "utf-8"
    lost = text.count("\ufffd")
    foreign = len(text) - len(text.encode("ascii", "ignore"))
    if lost > DAMAGE * foreign:
        text, encoding = _dammit(data) or (text, encoding)
    return text, _findings(data, text, encoding)


def _dammit(data: bytes) -> tuple[str, str] | None:
    from bs4.dammit import EncodingDetector, UnicodeDammit  # 60 ms that a UTF-8 post need not wait for

    declared = EncodingDetector.find_declared_encoding(data, is_html=True, search_entire_document=False)
    charsets = [SUPERSETS.get(declared.lower(), declared)] if declared else []
    unlikely = [] if charsets else ["windows-1252"]
    dammit = UnicodeDammit(
        data, known_definite_encodings=[*charsets, "gb18030"], exclude_encodings=unlikely, is_html=True
    )
    if dammit.unicode_markup is None or dammit.original_encoding is None:
        return None
    return dammit.unicode_markup, dammit.original_encoding


def _findings(data: bytes, text: str, encoding: str) -> list[Finding]:
    findings = []
    if encoding != "utf-8":
        findings.append(Finding("input/charset", encoding, "utf-8"))
    lost = text.count("\ufffd")
    if lost and encoding == "utf-8":
        lost -= data.count(b"\xef\xbf\xbd")
    if lost:
        findings.append(Finding("input/undecodable", f"{lost} unreadable as {encoding}", "\ufffd"))
    return findings

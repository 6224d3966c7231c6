"""Checks the end of a zip, which the standard library reads with more good will than a truncated archive deserves."""

from __future__ import annotations

import os
import struct
import zipfile
from typing import IO

from converter.batch.input.unpacking import BEHIND, ArchiveError

_END = b"PK\5\6"
_LENGTH = 22
"""Bytes of the end record without its comment (APPNOTE 4.3.16)."""
_LONGEST_COMMENT = 0xFFFF
_MANY = 0xFFFF
"""The number of members that stands for "see the record of ZIP64"."""


def checked_size(file: IO[bytes], archive: zipfile.ZipFile) -> int:
    """Return the size of a zip in bytes; ArchiveError where its end record is not its end, or counts other members."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - _LENGTH - _LONGEST_COMMENT))
    tail = file.read()
    start = tail.rfind(_END)
    if start < 0 or len(tail) - start < _LENGTH:
        raise ArchiveError(BEHIND)
    count, length = struct.unpack_from("<H", tail, start + 10)[0], struct.unpack_from("<H", tail, start + 20)[0]
    if start + _LENGTH + length != len(tail):
        raise ArchiveError(BEHIND)
    if count not in (_MANY, len(archive.infolist())):
        raise ArchiveError(f"has {len(archive.infolist()):,} members and says that it has {count:,}")
    return size

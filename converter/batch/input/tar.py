"""Reads the members of a tar as a stream, to its very end.

The standard library's tarfile reads the headers, in its mode for files: its mode for streams copies its buffer for
each header.  The file it gets here goes forward only, so that no header leads it back or around in circles, and it
takes no header that is not sound for the end of the archive, as tarfile does.
"""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from typing import IO

from converter.batch.input.unpacking import BEHIND, EARLY, ArchiveError

BLOCK = 1 << 16
LONGEST_HEADER = 1 << 20
"""Bytes of one name, or of one table of attributes, that are read."""

LONGEST_PADDING = 1 << 20
"""Bytes of zeros behind the end: a tar is filled up to whole records, which are 10 KB, and seldom up to 1 MB."""


class _Forward:
    """A file that is read forwards.  Reading at its end is an error, for a tar says by itself where it ends."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._position = 0

    def read(self, size: int) -> bytes:
        """Return the next bytes."""
        if not 0 <= size <= LONGEST_HEADER:
            raise ArchiveError("has a header that is too long")
        data = self._file.read(size)
        self._position += len(data)
        if len(data) < size:
            raise ArchiveError(EARLY)
        return data

    def tell(self) -> int:
        """Return the position."""
        return self._position

    def seek(self, position: int) -> None:
        """Go forwards to a position."""
        if position < self._position:
            raise ArchiveError("has a header that leads back")
        while self._position < position:
            self.read(min(BLOCK, position - self._position))

    def finish(self) -> None:
        """Read to the end, behind which a tar has nothing but zeros, and not many of them.

        A download that was cut may be a file of its full length, of which the rest is zeros.
        """
        padding = 0
        while data := self._file.read(BLOCK):
            padding += len(data)
            if data.strip(b"\0"):
                raise ArchiveError(BEHIND)
        if padding > LONGEST_PADDING:
            raise ArchiveError("has too many zeros behind its end to be whole")


class _SoundHeader(tarfile.TarInfo):
    """A header that is sound, or the block of zeros that ends an archive."""

    @classmethod
    def fromtarfile(cls, tarfile: tarfile.TarFile) -> _SoundHeader:
        """Return the next header; ArchiveError for one that is not sound."""
        try:
            return super().fromtarfile(tarfile)
        except _END:
            raise
        except _UNSOUND as error:
            raise ArchiveError(f"has a header that is not sound: {error}") from error
        except (RecursionError, ValueError) as error:
            raise ArchiveError("has a header that is not sound") from error


_END, _UNSOUND = tarfile.EOFHeaderError, tarfile.HeaderError  # type: ignore[attr-defined]


def members(file: IO[bytes]) -> Iterator[tuple[tarfile.TarInfo, tarfile.TarFile]]:
    """Yield each header of a tar with the archive, from which its content can be read before the next is asked for."""
    forward = _Forward(file)
    with tarfile.TarFile(fileobj=forward, mode="r", tarinfo=_SoundHeader) as archive:  # type: ignore[arg-type]
        while (info := archive.next()) is not None:
            vars(archive)["members"].clear()  # a list of a million headers is no stream
            yield info, archive
    forward.finish()


def content(archive: tarfile.TarFile, info: tarfile.TarInfo) -> io.BufferedReader:
    """Open the content of a member."""
    opened = archive.extractfile(info)
    assert isinstance(opened, io.BufferedReader)
    return opened

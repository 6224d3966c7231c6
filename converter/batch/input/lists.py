"""Read the sources that a list names, and find the folder that their outputs mirror."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from typing import BinaryIO, NamedTuple

from converter.batch.names import shown
from converter.batch.storage import urls
from converter.batch.storage.files import reason
from converter.batch.values import BatchError, Job

STDIN = "-"
BOM = b"\xef\xbb\xbf"
NUL = "holds NUL characters: -0 reads names that end with NUL; a list in UTF-16 must be saved as UTF-8"
LONGEST = 1 << 15
"""A name that is longer is no path on any system."""
SHOWN = 60
"""Characters of such a name that messages show."""


class Listed(NamedTuple):
    """A source that a list names: its line, its path or URL, its path below the base, why it is left out ("")."""

    line: int
    name: str
    relative: str
    error: str = ""


class SourceList:
    """An open list of sources, one a line or each ended by NUL.  BatchError where it cannot be read.

    base: the folder that the outputs mirror: the one that the job names; else the current folder if all sources are
    below it, so that a longer list changes no names; else the nearest folder that holds them all.
    """

    def __init__(self, named: str, job: Job) -> None:
        self._named, self._job = named, job
        self._separator = b"\0" if job.null_separated else b"\n"
        try:
            self._file = _seekable(named)
        except OSError as error:
            raise BatchError(f"{shown(named)}: {reason(error)}", exit_code=2) from error
        self.base = job.base or self._shared_folder()

    def _shared_folder(self) -> str:
        current = shared = ""
        for _, name in self._names():
            if not urls.is_url(name):
                current, above = os.getcwd(), os.path.dirname(os.path.abspath(name))
                shared = os.path.commonpath((shared, above)) if shared else above
        return shared if shared and not _is_below(shared, current) else "."

    def sources(self) -> Iterator[Listed]:
        """Yield the sources, and close the list."""
        folder = os.path.abspath(self.base)
        with self._file:
            for line, name in self._names():
                path = os.path.abspath(name)
                if len(name) > LONGEST:
                    yield Listed(line, f"{name[:SHOWN]}…", "", f"is longer than any path (line {line})")
                elif urls.is_url(name):
                    yield Listed(line, name, name.partition("://")[2])
                elif self._job.in_place or _is_below(path, folder):
                    yield Listed(line, name, os.path.relpath(path, folder).replace(os.sep, "/"))
                else:
                    yield Listed(line, name, "", f"is not below {shown(self.base)} (--base names another folder)")

    def _names(self) -> Iterator[tuple[int, str]]:
        """Yield the lines that are not empty, each with its number."""
        try:
            self._file.seek(0)
            for line, raw in enumerate(_records(self._file, self._separator), 1):
                if b"\0" in raw:
                    self._file.close()
                    raise BatchError(f"{shown(self._named)}: {NUL}", exit_code=2)
                name = os.fsdecode(raw if self._job.null_separated else raw.removesuffix(b"\r"))
                if name := urls.plain(name):
                    yield line, name
        except OSError as error:
            raise BatchError(f"{shown(self._named)}: {reason(error)}", exit_code=2) from error


def _seekable(named: str) -> BinaryIO:
    """Open a list; a copy of one that can be read only once (stdin, a pipe), for it is read twice."""
    file = open(sys.stdin.fileno() if named == STDIN else named, "rb", closefd=named != STDIN)  # noqa: SIM115
    if named != STDIN and file.seekable():
        return file
    with file:
        copy = tempfile.TemporaryFile()  # noqa: SIM115 the caller closes it
        shutil.copyfileobj(file, copy)
    return copy


def _is_below(path: str, folder: str) -> bool:
    return os.path.join(path, "").startswith(os.path.join(folder, ""))


def _records(file: BinaryIO, separator: bytes) -> Iterator[bytes]:
    rest = file.read(len(BOM)).removeprefix(BOM)
    while block := file.read(1 << 16):
        *whole, rest = (rest + block).split(separator)
        yield from whole
    if rest:
        yield rest

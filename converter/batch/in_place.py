"""Remembers what runs in place wrote beside its source: `a.md` beside `a.html`.

Without it nobody could tell a Markdown file that a person has edited from one that only has to be made again.
The file is a manifest that holds nothing but entries.  It is written in short transactions, so that several runs
may work in one folder at a time.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from converter.batch.manifest import Manifest
from converter.batch.manifest_rows import Entry
from converter.batch.names import shown
from converter.batch.state_file import DAMAGED, problem_of, require_known_format
from converter.batch.values import BatchError, Job, Known, Mode, Outcome

IN_PLACE_NAME = ".csdn2md-in-place.sqlite"
SECONDS = 30.0
"""How long to wait for another run that is writing the same file."""
FOLDERS = 1024
"""Folders of which it is remembered which file is theirs."""


class InPlaceRecords:
    """The records of a run in place.  A folder's are in its own file or the nearest above it, else in a new one."""

    def __init__(self, folders: Sequence[str], *, writes: bool) -> None:
        """Take the folders of the sources, where new files are made.  writes: False for a run that writes nothing."""
        self._folders = sorted({os.path.abspath(folder) for folder in folders}, key=len, reverse=True)
        self._writes = writes
        self._file_of = lru_cache(FOLDERS)(self._found_file)
        self._read: tuple[str, Manifest | None] = ("", None)

    @classmethod
    def of(cls, job: Job, folders: Sequence[str]) -> InPlaceRecords | None:
        """Return the records of a job whose sources are in these folders; None where it has none."""
        return cls(folders, writes=job.mode is Mode.WRITE) if job.in_place and job.records else None

    def known(self, output: str) -> Known | None:
        """Return what is recorded of a Markdown file; BatchError where the records are damaged."""
        file, key = self._place(output)
        if self._read[0] != file:
            self.close()
            self._read = file, Manifest.read(Path(file)) if os.path.isfile(file) else None
        manifest = self._read[1]
        return manifest.known(key) if manifest else None

    def record(self, entries: Iterable[Entry]) -> None:
        """Record, durably, those of the entries whose output is not its own source.  BatchError for damaged records."""
        placed = ((*self._place(entry.output), entry) for entry in entries if self._writes and _is_beside(entry))
        for file, group in groupby(placed, key=lambda one: one[0]):
            try:
                with closing(sqlite3.connect(file, timeout=SECONDS)) as database:
                    require_known_format(database, Path(file))
                    Manifest(database).record(entry._replace(output=key) for _, key, entry in group)
            except DAMAGED as error:
                raise BatchError(f"{shown(file)}: {problem_of(error)}") from error

    def close(self) -> None:
        """Close what is open."""
        if self._read[1] is not None:
            self._read[1].close()
        self._read = "", None

    def _place(self, output: str) -> tuple[str, str]:
        """Return the file that an output's record is in, and the output's name there."""
        path = os.path.abspath(output)
        file = self._file_of(os.path.dirname(path))
        return file, shown(os.path.relpath(path, os.path.dirname(file)).replace(os.sep, "/"))

    def _found_file(self, folder: str) -> str:
        for place in (Path(folder), *Path(folder).parents):
            if _may_hold(file := str(place / IN_PLACE_NAME), folder):
                return file
        named = (one for one in self._folders if os.path.join(folder, "").startswith(os.path.join(one, "")))
        above = (one for one in named if os.access(one, os.W_OK))
        return os.path.join(next(above, folder), IN_PLACE_NAME)


def _may_hold(file: str, folder: str) -> bool:
    """Return whether a file may hold the records of a folder: it belongs to the same user, as a file above may not."""
    try:
        return os.lstat(file).st_uid == os.stat(folder).st_uid and not os.path.islink(file)
    except OSError:
        return False


def _is_beside(entry: Entry) -> bool:
    """Return whether an entry is that of a Markdown file that we have written beside its source."""
    known = entry.known
    is_ours = bool(known.output_hash) and known.outcome != Outcome.DRAWN
    return is_ours and known.source != shown(os.path.abspath(entry.output))

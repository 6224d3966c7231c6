"""Puts staged outputs in place and into the manifest, in the order that survives any kill.

1. The staged files of many documents are made durable at once.
2. The manifest commits their rows, each with the fingerprints before and after: from now on either
   content is known as csdn2md's own.
3. The files are renamed into place, but where something has changed there since it was looked at.
4. With the next commit, when the renames are durable too, the old fingerprints are forgotten and the
   stamps of the new files remembered.
"""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

from converter.batch.in_place import InPlaceRecords
from converter.batch.manifest import Manifest
from converter.batch.manifest_rows import Entry, PostNotes
from converter.batch.names import shown
from converter.batch.storage import files
from converter.batch.storage.protocol import changed
from converter.batch.values import NO_POSTS, OF_POSTS, WRITTEN, Job, Known, Mode, Outcome, Row
from converter.rules.completeness import INCOMPLETE

ROWS = 1000
SECONDS = 2.0
NOTHING = b""


class Origin(NamedTuple):
    """Where a row's document comes from, what the manifest knew of its output, and the name that was taken."""

    source: str
    root: str
    options: str
    known: Known | None
    taken: str = ""


PutInPlace: TypeAlias = Callable[[Sequence[Row]], Iterable[str | Exception]]
"""Puts the new contents of staged rows in place; gives for each the stamp it has there, or why it is not there."""


def rename(rows: Sequence[Row]) -> Iterator[str | Exception]:
    """Rename staged files to their targets (a PutInPlace).  What cannot be renamed is removed."""
    for row in rows:
        try:
            if files.stamp_of(row.target) != row.target_stamp:
                raise changed(row.target)
            files.put(row.staged, row.target)
            yield files.stamp_of(row.target)
        except (OSError, files.FileError) as error:
            with contextlib.suppress(OSError):
                os.unlink(row.staged)
            yield error


class Committer:
    """Takes rows in order, and hands each on to ``done`` when it is final.

    before_writing: is called before outputs are put in place; raises OSError where they must not be.
    records: where what is written in place is recorded, too.
    """

    def __init__(
        self,
        job: Job,
        manifest: Manifest,
        put_in_place: PutInPlace,
        done: Callable[[Row], None],
        before_writing: Callable[[], None],
        records: InPlaceRecords | None,
    ) -> None:
        self._job, self._manifest, self._put_in_place, self._done = job, manifest, put_in_place, done
        self._before_writing, self._records = before_writing, records
        self._rows: list[tuple[Row, Origin]] = []
        self._renamed: list[Entry] = []
        self._last = time.monotonic()

    def add(self, row: Row, origin: Origin) -> None:
        """Take a row; commit when it is time."""
        self._rows.append((row, origin))
        if len(self._rows) >= ROWS:
            self.commit()
        else:
            self.tick()

    def tick(self) -> None:
        """Commit if the oldest row has waited long enough."""
        if time.monotonic() - self._last > SECONDS:
            self.commit()

    def commit(self) -> None:
        """Make everything taken so far final. OSError, sqlite3.Error: the disk is full or gone."""
        rows, self._rows = self._rows, []
        renamed, self._renamed = self._renamed, []
        staged = any(row.staged for row, _ in rows)
        if staged:
            self._before_writing()
        if self._job.out is not None and (staged or renamed):
            files.make_durable(self._job.out)
        entries = [_entry(row, origin) for row, origin in rows if _to_record(row, origin)]
        if entries or renamed:
            posts = [_notes(row) for row, _ in rows if _is_written_post(row)]
            try:
                self._manifest.record([*renamed, *entries], posts)
                if self._records:
                    self._records.record([*renamed, *entries])
            except BaseException:
                _discard(rows)
                raise
        stamps = iter(self._put_in_place([row for row, _ in rows if row.staged]))
        for row, origin in rows:
            self._done(self._after_put(row, origin, next(stamps)) if row.staged else self._nothing_staged(row))
        self._last = time.monotonic()

    def close(self) -> None:
        """Commit the rest, and that the last renames are done."""
        self.commit()
        self.commit()

    def _nothing_staged(self, row: Row) -> Row:
        if self._job.delete_source and row.outcome is Outcome.UNCHANGED:
            self._delete_source(row)
        return row

    def _after_put(self, row: Row, origin: Origin, stamp: str | Exception) -> Row:
        try:
            if isinstance(stamp, Exception):
                raise stamp
            entry = _entry(row, origin)
            self._renamed.append(entry._replace(known=entry.known._replace(output_stamp=stamp, previous_hash=NOTHING)))
            self._delete_source(row)
            return row._replace(staged="")
        except OSError as error:
            return self._not_put(row, origin, f"{row.target}: {files.reason(error)}", Outcome.FAILED)
        except files.FileError as problem:
            return self._not_put(row, origin, str(problem), Outcome.KEPT)

    def _not_put(self, row: Row, origin: Origin, message: str, outcome: Outcome) -> Row:
        row = row._replace(outcome=outcome, message=shown(message), staged="")
        self._renamed.append(_entry(row._replace(outcome=Outcome.FAILED), origin))
        return row

    def _delete_source(self, row: Row) -> None:
        if self._job.delete_source and row.path and row.target != row.path and self._job.mode is Mode.WRITE:
            os.unlink(row.path)


def _discard(rows: Iterable[tuple[Row, Origin]]) -> None:
    """Remove the staged files of rows that are not put in place."""
    for row, _ in rows:
        if row.staged:
            with contextlib.suppress(OSError):
                os.unlink(row.staged)


def _is_written_post(row: Row) -> bool:
    """Return whether the files of a row are those that its output refers to: not where another content was kept."""
    return bool(row.source_hash) and row.kind not in NO_POSTS and row.outcome is not Outcome.KEPT


def _notes(row: Row) -> PostNotes:
    incomplete = " ".join(rule for rule, _ in row.rules if rule in INCOMPLETE)
    score = repr(row.score) if row.score < 1 else ""  # a row that was not verified has 1
    return PostNotes(row.output, row.files, row.local, incomplete, score)


def _to_record(row: Row, origin: Origin) -> bool:
    """Return whether a row changes something in the manifest."""
    if not row.output or row.outcome is Outcome.KEPT:
        return False
    return row.outcome is Outcome.FAILED or bool(row.source_hash)


def _entry(row: Row, origin: Origin) -> Entry:
    source, root, options, known, _ = origin
    if row.outcome is Outcome.FAILED:
        outcome = str(Outcome.DRAWN if row.kind in OF_POSTS else Outcome.FAILED)
        ours = known.output_hash if known else NOTHING
        return Entry(row.output, Known(source, root, "", NOTHING, options, "", ours, NOTHING, outcome))
    if row.outcome in WRITTEN:
        stamp, previous, outcome = "", row.previous_hash, str(row.outcome)
    else:
        stamp, previous = row.target_stamp, NOTHING
        outcome = known.outcome if known and known.outcome != Outcome.FAILED else str(Outcome.CONVERTED)
        outcome = str(Outcome.DRAWN) if row.kind in OF_POSTS else outcome
    return Entry(
        row.output,
        Known(source, root, row.source_stamp, row.source_hash, options, stamp, row.output_hash, previous, outcome),
    )

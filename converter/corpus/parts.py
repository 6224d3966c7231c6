"""A corpus that the workers of a cluster write: a folder of Parquet files, one for each partition of the plan.

Their names are in the order of the plan.  A folder is complete when it holds `_SUCCESS`, which is written last.
"""

from __future__ import annotations

import errno
import io
import re
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from converter.batch.interrupts import Interrupts
from converter.batch.listener import Listener
from converter.batch.result import Result
from converter.batch.runner import run
from converter.batch.storage import lookup, urls
from converter.batch.storage.protocol import Standing, Write
from converter.batch.values import BatchError, Job, Row
from converter.corpus import files
from converter.corpus.convert import convert_to_row
from converter.corpus.rows import finished_row, has_row, with_health
from converter.similarity.groups import Groups, memberships

COMPLETE = "_SUCCESS"
PART = re.compile(r"part-\d{10}\.parquet")


class PartNote(NamedTuple):
    """A document whose row is written: the name of the part that holds the row, and the path of the document."""

    part: str
    path: str


@dataclass(frozen=True, slots=True)
class PartWriter:
    """Writes the rows of a partition as one part of a folder (a FinishRows); done again, it writes the same."""

    folder: str
    proved: bool

    def __call__(self, rows: list[Row]) -> list[Row]:
        """Write the part, and return the rows without what it holds.  OSError where it cannot be written."""
        name = f"part-{rows[0].number:010}.parquet"
        held = [row for row in rows if has_row(row)]
        if held:
            _write(urls.join(self.folder, name), [finished_row(row, proved=self.proved) for row in held])
        return [row._replace(note=PartNote(name, row.output)) if has_row(row) else row for row in rows]


def convert_to_parts(job: Job, *, listeners: Iterable[Listener] = (), interrupts: Interrupts) -> tuple[Result, int]:
    """Run a job with a ``corpus`` on a cluster; return its result and the number of rows that were written.

    BatchError where the run cannot begin.
    """
    files.schema()
    folder = job.corpus.rstrip("/")
    _clear(folder, force=job.force)
    collector = _Collector()
    with closing(collector.groups):
        result = run(
            replace(job, sketches=True), convert=convert_to_row, listeners=(*listeners, collector),
            interrupts=interrupts, finish=PartWriter(folder, bool(job.proof)),
        )  # fmt: skip
        if not (result.stopped or result.fatal):
            try:
                _complete(folder, collector)
            except OSError as error:
                result.fatal = f"{folder}: {error}"
    return result, len(collector.parts)


class _Collector(Listener):
    """Keeps the part of each document, and finds which are alike."""

    def __init__(self) -> None:
        self.parts: dict[str, str] = {}
        self.groups = Groups()

    def row(self, row: Row) -> None:
        """Take the row of a document."""
        if isinstance(row.note, PartNote) and row.sketch is not None:
            self.parts[row.note.path] = row.note.part
            self.groups.add(row.note.path, row.sketch)


def _complete(folder: str, collector: _Collector) -> None:
    """Remove the parts of attempts that failed, write what is known only now, and mark the folder as complete."""
    for name in _names(folder) - set(collector.parts.values()):
        if PART.fullmatch(name):
            lookup.store_of(folder).remove(urls.join(folder, name))
    _fill(folder, collector)
    _put(urls.join(folder, COMPLETE), b"")


def _fill(folder: str, collector: _Collector) -> None:
    """Write the parts that hold documents which are like others again, with what is known of these now."""
    found = memberships(collector.groups.found())
    for name in sorted({collector.parts[path] for path in found}):
        path = urls.join(folder, name)
        _write(path, [with_health({**row, **found.get(row["path"], {})}) for row in _read(path)])


def _read(path: str) -> list[dict[str, Any]]:
    from pyarrow.parquet import read_table

    (content,) = lookup.store_of(path).read([path])
    if isinstance(content, Exception):
        raise content
    rows: list[dict[str, Any]] = read_table(io.BytesIO(content)).to_pylist()
    return rows


def _write(path: str, rows: Iterable[Mapping[str, Any]]) -> None:
    target = io.BytesIO()
    files.write_parquet(target, rows)
    _put(path, target.getvalue())


def _put(path: str, data: bytes) -> None:
    """Put a file in place of what stands there; OSError where that cannot be done."""
    store = lookup.store_of(path)
    (standing,) = store.standing([path])
    if isinstance(standing, Standing):
        (written,) = store.write([Write(path, data, standing.stamp)])
        standing = written if isinstance(written, Exception) else standing
    if isinstance(standing, Exception):
        raise standing if isinstance(standing, OSError) else OSError(errno.EIO, str(standing), path)


def _names(folder: str) -> set[str]:
    """Return the names of the files in a folder; none where there is no such folder."""
    return {name.rpartition("/")[2] for name in lookup.names_in(folder)}


def _clear(folder: str, *, force: bool) -> None:
    """Remove the parts of an earlier run; BatchError where the folder holds anything else."""
    try:
        names = _names(folder)
        if not force and any(not PART.fullmatch(name) and name != COMPLETE for name in names):
            problem = "holds files that are no parts of a corpus (--force writes beside them)"
            raise BatchError(f"{folder}: {problem}", exit_code=2)
        store = lookup.store_of(folder)
        for name in sorted(name for name in names if PART.fullmatch(name) or name == COMPLETE):
            store.remove(urls.join(folder, name))
    except OSError as error:
        raise BatchError(f"{folder}: {error.strerror or error}", exit_code=2) from error

"""Converts many documents as one task of a worker of a cluster.  Knows stores, but no cluster.

A partition is done in two steps, as a document of the local engine is staged and then renamed: it is
converted, its new contents staying in the worker's memory; and when the manifest knows them, they are
put in place.  Both can be repeated at any time (when a worker is lost, they are) with the same end.
"""

from __future__ import annotations

import errno
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from converter.batch.documents import TaskSettings, failed, process
from converter.batch.engines.local import too_slow
from converter.batch.interrupts import TimedOut, limited_thread
from converter.batch.staging import NoTarget
from converter.batch.storage import files, lookup, urls
from converter.batch.storage.local import LOCAL
from converter.batch.storage.lookup import by_store
from converter.batch.storage.protocol import Standing, Store, Write, changed
from converter.batch.values import ConvertBytes, FinishRows, Row, Task
from converter.model import Csdn2mdError
from converter.version import __version__

HELD = "held"
"""What the row of a content that is kept in a worker's memory has as ``staged``."""


class WriteRequest(NamedTuple):
    """A content that shall be put in place: which, where, instead of what; and its fingerprint."""

    number: int
    target: str
    expected: str
    content: bytes


class ConvertedPartition(NamedTuple):
    """A converted partition: its rows, and the new contents by number."""

    rows: list[Row]
    contents: dict[int, bytes]


class VersionError(Csdn2mdError):
    """A worker has another version of csdn2md than the caller."""


class _MemoryStaging:
    """Keeps new contents in memory (a Staging), with what stands at targets that are URLs."""

    def __init__(self, standing: dict[int, Standing]) -> None:
        self._standing = standing
        self.contents: dict[int, bytes] = {}

    def standing(self, task: Task) -> Standing:
        """See Staging."""
        return self._standing[task.number] if urls.is_url(task.target) else LOCAL.standing_at(task.target)

    def current(self, task: Task) -> Iterator[bytes]:
        """See Staging."""
        (content,) = lookup.store_of(task.target).read([task.target])
        if isinstance(content, Exception):
            raise content
        yield content

    def stage(self, task: Task, blocks: Iterable[bytes]) -> str:
        """See Staging."""
        self.contents[task.number] = b"".join(blocks)
        return HELD


@dataclass(frozen=True, slots=True, kw_only=True)
class PartitionWork:
    """How a partition is converted, and what is done with its rows before they are sent."""

    settings: TaskSettings
    convert: ConvertBytes
    timeout: float
    finish: FinishRows | None = None
    version: str = __version__


def convert_partition(work: PartitionWork, tasks: Sequence[Task]) -> ConvertedPartition:
    """Convert documents; whatever goes wrong with one becomes its row.  VersionError: nothing was done."""
    if work.version != __version__:
        raise VersionError(f"a worker has csdn2md {__version__}, and this is {work.version}")
    errors: dict[int, Exception] = {}
    contents = _read_sources(tasks, work.settings.max_size, errors)
    standing = _read_standing(tasks, errors)
    held = _MemoryStaging(standing)
    settings = work.settings if isinstance(work.settings.staging, NoTarget) else replace(work.settings, staging=held)
    rows: list[Row] = []
    for task in tasks:
        if error := errors.get(task.number):
            rows.append(failed(task, reason(error)))
        else:
            data = contents.pop(task.number, task.data)
            rows.append(_process_limited(work, settings, task._replace(data=data)))
    return ConvertedPartition(work.finish(rows) if work.finish else rows, held.contents)


def rows_of(done: ConvertedPartition) -> list[Row]:
    """Return the rows of a partition, which are sent to the caller; the contents stay with the worker."""
    return done.rows


def write_partition(done: ConvertedPartition, wants: Sequence[WriteRequest]) -> list[str | Exception]:
    """Put contents in place; return for each the stamp that it has there, or why it is not there."""
    placed: dict[int, str | Exception] = {}
    for store, group in by_store(wants, (want.target for want in wants)):
        there = [want for want in group if want.number in done.contents]
        writes = [Write(want.target, done.contents[want.number], want.expected) for want in there]
        placed |= zip((want.number for want in there), store.write(writes), strict=True)
        placed |= _written_before(store, [want for want in group if _is_unsure(placed.get(want.number))])
    return [_sendable(placed[want.number]) for want in wants]


def _sendable(placed: str | Exception) -> str | Exception:
    """Return an error of any library as one that can be sent to another process."""
    return placed if isinstance(placed, str | files.FileError) else OSError(errno.EIO, reason(placed))


def reason(error: Exception) -> str:
    """Return the message for an error of a store."""
    if isinstance(error, FileNotFoundError):
        return "No such file or directory"
    if isinstance(error, OSError):
        return files.reason(error)
    return str(error) or type(error).__name__


def _read_sources(tasks: Sequence[Task], max_size: int, errors: dict[int, Exception]) -> dict[int, bytes]:
    """Return the contents of the sources that are URLs, by number; add what fails to ``errors``."""
    found: dict[int, bytes] = {}
    wanted = [task for task in tasks if urls.is_url(task.path) and task.data is None and not task.error]
    for task in wanted:
        if task.size > max_size and not task.copy:
            errors[task.number] = files.FileError(files.too_large(task.size, max_size))
    wanted = [task for task in wanted if task.number not in errors]
    for store, group in by_store(wanted, (task.path for task in wanted)):
        for task, content in zip(group, store.read([task.path for task in group]), strict=True):
            if isinstance(content, Exception):
                errors[task.number] = content
            else:
                found[task.number] = content
    return found


def _read_standing(tasks: Sequence[Task], errors: dict[int, Exception]) -> dict[int, Standing]:
    """Return what stands at the targets that are URLs, by number; add what fails to ``errors``."""
    found: dict[int, Standing] = {}
    wanted = [task for task in tasks if urls.is_url(task.target) and task.number not in errors]
    for store, group in by_store(wanted, (task.target for task in wanted)):
        for task, standing in zip(group, store.standing([task.target for task in group]), strict=True):
            if isinstance(standing, Exception):
                errors[task.number] = standing
            else:
                found[task.number] = standing
    return found


def _process_limited(work: PartitionWork, settings: TaskSettings, task: Task) -> Row:
    try:
        with limited_thread(0 if task.copy else work.timeout):
            return process(settings, work.convert, task)
    except TimedOut:
        return failed(task, too_slow(work.timeout))._replace(seconds=work.timeout)


def _is_unsure(placed: str | Exception | None) -> bool:
    return placed is None or isinstance(placed, files.FileError)


def _written_before(store: Store, wants: Sequence[WriteRequest]) -> Iterator[tuple[int, str | Exception]]:
    """Yield the stamps of contents that an earlier attempt has put in place already."""
    for want, standing in zip(wants, store.standing([want.target for want in wants]), strict=True):
        if isinstance(standing, Exception):
            yield want.number, standing
        elif standing.content == want.content:
            yield want.number, standing.stamp
        else:
            yield want.number, changed(want.target)

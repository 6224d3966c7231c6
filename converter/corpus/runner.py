"""Runs a job whose documents become the rows of one file."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from converter.batch import remembered_settings
from converter.batch.interrupts import Interrupts
from converter.batch.listener import Listener
from converter.batch.result import Result
from converter.batch.runner import run
from converter.batch.storage.files import reason
from converter.batch.values import BatchError, Job, Outcome, Row
from converter.corpus import files
from converter.corpus.columns import EMPTY
from converter.corpus.convert import convert_to_row
from converter.corpus.rows import facts_of, has_row, with_health
from converter.corpus.spool import Spool
from converter.similarity.groups import Groups, memberships


def convert_to_corpus(job: Job, *, listeners: Iterable[Listener] = (), interrupts: Interrupts) -> tuple[Result, int]:
    """Run a job with a ``corpus``; return its result and the number of rows that were written.

    The file appears when every document is done; a run that is stopped leaves what it has for the next one.
    BatchError where the run cannot begin.
    """
    path = Path(job.corpus)
    _require_writable(path, job)
    job = replace(job, sketches=True)
    settings = f"{remembered_settings.fingerprint(job.options)} {job.proof} {job.renderer}"
    spool = Spool(path, settings)
    collector = _Collector(spool, proved=bool(job.proof))
    with closing(spool):
        result = run(
            job, convert=convert_to_row, listeners=(*listeners, collector), interrupts=interrupts, is_done=spool.has
        )
        if result.stopped or result.fatal:
            return result, 0
        try:
            files.write(path, finished(spool))
        except (OSError, sqlite3.Error) as error:
            result.fatal = f"{path}: {reason(error) if isinstance(error, OSError) else error}"
            return result, 0
        spool.clear()
    return result, collector.count


class _Collector(Listener):
    """Puts the row of each document into the spool."""

    def __init__(self, spool: Spool, *, proved: bool) -> None:
        self._spool, self._proved = spool, proved
        self.count = 0

    def row(self, row: Row) -> None:
        """Take the row of a document."""
        if has_row(row) and row.sketch is not None:
            facts = json.dumps(facts_of(row, proved=self._proved), ensure_ascii=False)
            self._spool.add(row.number, row.output, row.source, row.source_stamp, facts, str(row.note), row.sketch)
        elif row.outcome is Outcome.UNCHANGED:
            self._spool.keep(row.number, row.output)
        else:
            return
        self.count += 1


def finished(spool: Spool) -> Iterator[Mapping[str, Any]]:
    """Yield the rows of a spool with all their columns."""
    with closing(Groups()) as groups:
        for path, sketch in spool.sketches():
            groups.add(path, sketch)
        found = memberships(groups.found())
    for facts, document in spool.rows():
        yield with_health({**EMPTY, **document, **facts, **found.get(document["path"], {})})


def _require_writable(path: Path, job: Job) -> None:
    """Raise BatchError where a corpus may not be written."""
    if files.suffix_of(path.name) == ".parquet":
        files.schema()
    if path.is_dir():
        raise BatchError(f"{path}: is a folder", exit_code=2)
    if not path.exists():
        return
    if any(path.samefile(source) for source in map(Path, job.sources) if source.exists()):
        raise BatchError(f"{path}: is a source, too", exit_code=2)
    if not job.force and not files.is_corpus(path):
        raise BatchError(f"{path}: exists and csdn2md did not write it as a corpus (--force overwrites)", exit_code=2)

"""Runs a job from sources to result: plan, convert, put in place, remember, report."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING

from converter.batch import remembered_settings
from converter.batch.commit import Committer, Origin, rename
from converter.batch.documents import OUT_OF_ROOM, TaskSettings, process
from converter.batch.drawing_rows import drawing_rows, without_drawing
from converter.batch.engines.local import Engine, Inline, engine_for
from converter.batch.engines.task_queue import Stream
from converter.batch.fatal import FATAL_ERRORS, OutOfRoomError, error_message
from converter.batch.in_place import InPlaceRecords
from converter.batch.interrupts import Interrupts, Stopped
from converter.batch.listener import Listener
from converter.batch.manifest import Manifest
from converter.batch.names import shown
from converter.batch.plan import Plan
from converter.batch.preload import load
from converter.batch.prune import SameFolder, prune
from converter.batch.result import REJECTED, Result
from converter.batch.staging import NoTarget, StagingFolder, working_folder
from converter.batch.task_streams import TaskStreams
from converter.batch.values import (
    COMMENTS,
    OF_POSTS,
    STAGE_PREFIX,
    BatchError,
    ConvertBytes,
    EngineName,
    FinishRows,
    IsDone,
    Job,
    Outcome,
    Row,
    Stale,
    nothing_done,
    nothing_stale,
)
from converter.rules.completeness import INCOMPLETE

if TYPE_CHECKING:
    from converter.batch.engines.dask import Cluster


def run(
    job: Job,
    *,
    convert: ConvertBytes,
    listeners: Iterable[Listener] = (),
    interrupts: Interrupts | None = None,
    stale: Stale = nothing_stale,
    manifest: Manifest | None = None,
    is_done: IsDone = nothing_done,
    finish: FinishRows | None = None,
) -> Result:
    """Run a job and return its result.  BatchError where it cannot begin; other errors are rows or ``Result.fatal``.

    manifest: the open manifest of the job, which stays open (None: ``manifest_of`` opens it for the run).
    is_done: whether a document needs no work.  finish: with the engine ``dask``, what workers do with their rows.
    """
    caught = interrupts or Interrupts()
    started = time.perf_counter()
    result = Result()
    try:
        with _Run(job, convert, tuple(listeners), caught, result, stale, manifest, is_done, finish) as running:
            running.documents()
            running.local_files()
            running.vanished()
            running.left_out()
    except Stopped as stopped:
        result.stopped = stopped.number
    finally:
        if interrupts is None:
            caught.close()
    result.seconds = time.perf_counter() - started
    return result


def manifest_of(job: Job) -> Manifest:
    """Open the manifest of a job; a copy of it in a run that writes nothing.  BatchError where it cannot be opened."""
    if job.out is not None and job.out.exists() and not job.out.is_dir():
        raise BatchError(f"{job.out}: {NO_FOLDER}", exit_code=2)
    memory = job.memory
    return Manifest.open(memory) if memory and job.remembers else Manifest.temporary(memory)


NO_FOLDER = "is no folder: name one to write to (or, for one source, a file that ends in .md)"


class _Run:
    """The state of a run.  Leaving the block commits what is done and clears away what is not."""

    def __init__(
        self,
        job: Job,
        convert: ConvertBytes,
        listeners: tuple[Listener, ...],
        interrupts: Interrupts,
        result: Result,
        stale: Stale,
        manifest: Manifest | None,
        is_done: IsDone,
        finish: FinishRows | None,
    ) -> None:
        self._given_manifest, self._is_done, self._finish = manifest, is_done, finish
        self._job, self._convert, self._listeners = job, convert, listeners
        self._interrupts, self._result, self._stale = interrupts, result, stale
        self._stage, self._total, self._received = "", 0, 0
        self._cluster: Cluster | None = None
        self._records: InPlaceRecords | None = None

    def __enter__(self) -> _Run:
        job = self._job
        if job.out_url and job.engine is EngineName.LOCAL:
            raise BatchError(f"{job.out_url}: is a URL, which --engine dask writes to", exit_code=2)
        remembers = job.remembers
        self._manifest = self._given_manifest or manifest_of(job)
        self._manifest.new_plan()
        self._incomplete = self._manifest.incomplete()
        self._rejects = REJECTED[job.options.repair_front_matter]
        try:
            if job.out is not None and remembers:
                job.out.mkdir(parents=True, exist_ok=True)
            self._cluster = _connected(job) if job.engine is EngineName.DASK else None
            self._plan = Plan(job, self._manifest, self._interrupts)
            self._stage = working_folder(job.out, STAGE_PREFIX) if job.out and remembers and not self._cluster else ""
        except OSError as error:
            self._close()
            raise BatchError(error_message(error, job)) from error
        except BaseException:
            self._close()
            raise
        fingerprint = remembered_settings.fingerprint(job.options, job.variant)
        if remembers and fingerprint:
            self._manifest.remember_run(fingerprint, remembered_settings.to_json(job))
        self._records = InPlaceRecords.of(job, [root.base for root in self._plan.roots])
        self._tasks = TaskStreams(
            job, self._manifest, self._plan, fingerprint, self._stale, self._records, self._is_done
        )
        put_in_place = self._cluster.put_in_place if self._cluster else rename
        self._folder = SameFolder(str(job.out) if job.out is not None and remembers else "")
        self._committer = Committer(job, self._manifest, put_in_place, self._final, self._folder.check, self._records)
        self._expect(self._plan.total)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> bool:
        fatal = error if isinstance(error, FATAL_ERRORS) and not isinstance(error, BrokenPipeError) else None
        try:
            if fatal is None:
                self._committer.close()
        except BrokenPipeError:
            raise
        except FATAL_ERRORS as another:
            fatal = another
        finally:
            self._close()
            if self._stage:
                shutil.rmtree(self._stage, ignore_errors=True)
        if fatal is not None:
            self._result.fatal = error_message(fatal, self._job)
        return fatal is not None and fatal is error

    def _close(self) -> None:
        if self._given_manifest is None:
            self._manifest.close()
        if self._cluster is not None:
            self._cluster.close()
        if self._records is not None:
            self._records.close()

    def documents(self) -> None:
        """Convert what has to be converted."""
        job, total = self._job, self._plan.total
        settings = self._settings(with_files=bool(job.folder))
        work = partial(process, settings, self._convert)
        engine: Engine
        if self._cluster is not None:
            engine = self._cluster.engine(
                settings, self._convert, total=total, interrupts=self._interrupts, finish=self._finish
            )
        else:
            engine = engine_for(
                work, jobs=job.jobs, total=total, timeout=job.timeout, interrupts=self._interrupts,
                prepare=partial(load, job.proof, job.renderer, total),
            )  # fmt: skip
        self._drive(engine, self._tasks.documents())

    def local_files(self) -> None:
        """Copy the local files that the posts refer to."""
        if not self._job.folder:
            return
        self._committer.commit()
        total = self._manifest.plan_files()
        self._expect(total)
        self._drive(self._copier(total), self._tasks.local_files())

    def _copier(self, total: int) -> Engine:
        """Return an engine for so many files that are written as they are."""
        settings = self._settings(with_files=False)
        if self._cluster is not None:
            return self._cluster.engine(settings, self._convert, total=total, interrupts=self._interrupts)
        return Inline(partial(process, settings, self._convert), timeout=0, interrupts=self._interrupts)

    def vanished(self) -> None:
        """Report, or remove, the outputs whose source is gone."""
        if not self._job.folder:
            return
        self._committer.commit()
        for entry in self._manifest.vanished(self._plan.whole_roots()):
            self._interrupts.check()
            target = self._tasks.target(entry.output)
            self._folder.check()
            outcome, message = prune(entry, target, self._job, self._manifest)
            if outcome is not None:
                self._expect(1)
                self._final(Row(self._total, entry.known.source, entry.output, outcome, message, target=target))

    def left_out(self) -> None:
        """Give the result the kinds of files in source folders that nothing was done with."""
        self._result.left_out = +self._plan.left_out

    def _settings(self, *, with_files: bool) -> TaskSettings:
        job = self._job
        return TaskSettings(
            options=job.options, mode=job.mode, force=job.force, max_size=job.max_size, with_files=with_files,
            in_place=job.in_place, staging=NoTarget() if job.corpus else StagingFolder(self._stage), proof=job.proof,
            renderer=job.renderer, sketches=job.sketches,
        )  # fmt: skip

    def _drive(self, engine: Engine, stream: Stream) -> None:
        with closing(engine.run(stream)) as rows:
            for row in rows:
                self._received += row is not None
                for listener in self._listeners:
                    listener.received(self._received)
                if row is None:
                    self._committer.tick()
                    continue
                origin = self._tasks.origins.pop(row.number)
                if row.drawings:
                    row = self._with_drawings(row, origin)
                self._committer.add(row._replace(taken=origin.taken) if origin.taken else row, origin)
                if row.kind == OUT_OF_ROOM:
                    raise OutOfRoomError(f"{shown(row.target)}: {row.message}")

    def _with_drawings(self, row: Row, origin: Origin) -> Row:
        """Write the drawings of a post, before the post itself; return its row, failed if one of them cannot be."""
        row = self._tasks.placed(row, origin)
        stream = self._tasks.drawings(row, origin)
        for drawing in drawing_rows(row, self._copier(len(row.drawings)), stream):
            of_drawing = self._tasks.origins.pop(drawing.number)
            if drawing.outcome is Outcome.FAILED:
                return without_drawing(row, drawing)
            self._expect(drawing.outcome is not Outcome.UNCHANGED)
            self._committer.add(drawing, of_drawing)
        return row._replace(drawings=())

    def _expect(self, more: int) -> None:
        self._total += more
        for listener in self._listeners:
            listener.planned(self._total)

    def _final(self, row: Row) -> None:
        if row.kind in OF_POSTS and row.outcome is Outcome.UNCHANGED:
            return
        self._result.counts[row.outcome] += 1
        self._result.comments += row.kind == COMMENTS and row.outcome is Outcome.DRAWN
        self._result.renamed += bool(row.taken and row.output)
        self._result.differing += bool(row.differences)
        rules = dict(row.rules)
        is_known = row.outcome is Outcome.UNCHANGED and not row.kind and row.output in self._incomplete
        if is_known or not INCOMPLETE.isdisjoint(rules):
            self._result.incomplete.append(row.source)
        if "input/html-copied" in rules:
            self._result.like_html.append(row.source)
        if not self._rejects.isdisjoint(rules):
            self._result.rejected.append(row.source)
        is_in_place = row.is_document and row.outcome is not Outcome.KEPT  # an edited output was not compared
        self._result.verified += bool(self._job.proof and is_in_place and not row.differences)
        for listener in self._listeners:
            listener.row(row)


def _connected(job: Job) -> Cluster:
    from converter.batch.engines.dask import Cluster

    return Cluster(job)

"""The engine that has a Dask cluster do the work."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from typing import Any

from converter.batch.documents import TaskSettings, failed
from converter.batch.engines.local import TICK
from converter.batch.engines.partitions import PartitionWork, WriteRequest, convert_partition, rows_of, write_partition
from converter.batch.engines.task_queue import Rows, Stream, TaskQueue
from converter.batch.interrupts import Interrupts
from converter.batch.storage import lookup
from converter.batch.values import BatchError, ConvertBytes, FinishRows, Job, Row, Task

PARTITION_BYTES = 8 << 20
PARTITION_TASKS = 512
"""A partition is full at either: some seconds of one core, some tens of megabytes of its memory."""
AHEAD = 3
"""Partitions under way for each thread of the cluster: one at work, others waiting or waited for."""
CONNECT_SECONDS = 30


class Cluster:
    """A connection to a Dask cluster: makes engines, and puts in place what they have converted.

    A partition whose worker is lost is done again on another (by Dask, some times); one that outlives no
    worker is then done document by document, and the document that ends its worker has failed.
    """

    def __init__(self, job: Job) -> None:
        """Connect; BatchError where there is no Dask, no scheduler, or no worker."""
        _refuse(job)
        try:
            import distributed
        except ImportError:
            raise BatchError("--engine dask needs Dask: pip install distributed fsspec", exit_code=2) from None
        self._dask: Any = distributed
        self._own: Any = None
        self.client: Any = None
        if not job.scheduler:
            self._own = self._dask.LocalCluster(
                n_workers=job.jobs,
                threads_per_worker=1,
                dashboard_address=None,
                host="127.0.0.1",
                scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
            )
        logging.getLogger("distributed.client").setLevel(logging.CRITICAL)  # what it would say, our error says
        where = job.scheduler or "the cluster of this machine"
        try:
            self.client = self._dask.Client(self._own or job.scheduler, timeout=CONNECT_SECONDS, set_as_default=False)
            self.client.wait_for_workers(1, timeout=CONNECT_SECONDS)
        except (OSError, TimeoutError, ValueError) as error:
            self.close()
            raise BatchError(f"{where}: no scheduler or no worker there: {error}") from error
        self._timeout = job.timeout
        self._held: dict[int, _Partition] = {}

    def close(self) -> None:
        """Close the connection, and the cluster if it was made for the run."""
        for closing in (self.client, self._own):
            if closing is not None:
                closing.close()

    def engine(
        self, settings: TaskSettings, convert: ConvertBytes, *, total: int, interrupts: Interrupts,
        finish: FinishRows | None = None,
    ) -> _Engine:  # fmt: skip
        """Return an engine for ``total`` documents.  finish: what a worker does with the rows of a partition."""
        work = PartitionWork(settings=settings, convert=convert, timeout=self._timeout, finish=finish)
        return _Engine(self, work, total=total, interrupts=interrupts)

    def threads(self) -> int:
        """Return how many documents the workers that there are now convert at once (at least 1)."""
        return max(1, int(sum(self.client.nthreads().values())))

    def submit(self, work: PartitionWork, tasks: Sequence[Task]) -> _Partition:
        """Submit a partition to be converted."""
        converted = self.client.submit(convert_partition, work, list(tasks), pure=False)
        return _Partition(tasks, converted, self.client.submit(rows_of, converted, pure=False))

    def rows(self, partition: _Partition) -> list[Row] | None:
        """Return the rows of a finished partition, None where no worker survived it.  OSError: the cluster is gone."""
        found = self._result(partition.rows)
        if found is None:
            return None
        rows: list[Row] = found
        for row in rows:
            if row.staged:
                self._held[row.number] = partition
                partition.staged += 1
        return rows

    def put_in_place(self, rows: Sequence[Row]) -> Iterator[str | Exception]:
        """Put contents in place (a PutInPlace), each by the worker that keeps it."""
        groups: dict[int, list[Row]] = {}
        for row in rows:
            groups.setdefault(id(self._held[row.number]), []).append(row)
        writing = [self._write(group) for group in groups.values()]  # all at once
        placed: dict[int, str | Exception] = {}
        for group, future in zip(groups.values(), writing, strict=True):
            found = self._result(future) or [OSError("no worker survived writing it")] * len(group)
            placed |= zip((row.number for row in group), found, strict=True)
        for row in rows:
            self._held.pop(row.number).release()
        return iter([placed[row.number] for row in rows])

    def _write(self, rows: Sequence[Row]) -> Any:
        wants = [WriteRequest(row.number, row.target, row.target_stamp, row.output_hash) for row in rows]
        converted = self._held[rows[0].number].converted
        return self.client.submit(write_partition, converted, wants, pure=False, priority=10)

    def _result(self, future: Any) -> Any:
        try:
            return future.result()
        except self._dask.scheduler.KilledWorker:
            return None
        except (CancelledError, TimeoutError, self._dask.comm.CommClosedError) as error:
            raise OSError(f"the cluster is gone: {error}") from error
        except OSError:
            raise
        except Exception as error:  # as where a worker lacks csdn2md, or has another version
            raise OSError(f"the cluster cannot do the work: {error}") from error


class _Partition:
    """Documents under way: the futures of their contents and of their rows, and how many contents are held.

    ``over`` is set when the rows are there, or never will be.
    """

    def __init__(self, tasks: Sequence[Task], converted: Any, rows: Any) -> None:
        self.tasks, self.converted, self.rows = tasks, converted, rows
        self.staged = 0
        self.over = threading.Event()
        rows.add_done_callback(lambda _: self.over.set())

    def release(self) -> None:
        """Note that one of the contents is not needed any more."""
        self.staged -= 1
        if not self.staged:
            self.converted = self.rows = None


class _Engine:
    """One stream of tasks through a cluster."""

    def __init__(self, cluster: Cluster, work: PartitionWork, *, total: int, interrupts: Interrupts) -> None:
        self._cluster, self._work, self._interrupts = cluster, work, interrupts
        self._most = max(1, min(PARTITION_TASKS, total // (4 * cluster.threads())))
        self._under_way: deque[_Partition] = deque()

    def run(self, stream: Stream) -> Rows:
        """See Engine."""
        self._queue = TaskQueue(stream, PARTITION_TASKS)
        while True:
            self._interrupts.check()
            self._feed()
            yield from self._queue.ready()
            if self._under_way:
                if self._under_way[0].over.wait(TICK):
                    self._collect(self._under_way.popleft())
                yield None
            elif self._queue.finished:
                return

    def _feed(self) -> None:
        """Submit partitions until enough is under way for the workers that there are now."""
        ahead = AHEAD * self._cluster.threads()
        self._queue.limit = ahead * PARTITION_TASKS
        while len(self._under_way) < ahead:
            tasks = self._queue.take(self._most, PARTITION_BYTES)
            if not tasks:
                return
            self._under_way.append(self._cluster.submit(self._work, tasks))

    def _collect(self, partition: _Partition) -> None:
        """Take the rows of a partition; where no worker survived it, of each of its documents alone."""
        rows = self._cluster.rows(partition)
        if rows is None:
            rows = [row for task in partition.tasks for row in self._alone(task)]
        self._queue.put(rows)

    def _alone(self, task: Task) -> list[Row]:
        partition = self._cluster.submit(self._work, [task])
        while not partition.over.wait(TICK):
            self._interrupts.check()
        rows = self._cluster.rows(partition)
        return [failed(task, "no worker survived it (out of memory?)")] if rows is None else rows


def _refuse(job: Job) -> None:
    """Raise BatchError for a job that a cluster cannot do."""
    if job.corpus:
        return
    if not job.folder:
        raise BatchError("--engine dask writes to a folder: name it with -o", exit_code=2)
    if job.memory is None:
        raise BatchError(f"{job.out_url}: name a local file that remembers the run, with --manifest", exit_code=2)
    if job.out_url:
        lookup.store_of(job.out_url)

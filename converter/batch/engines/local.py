"""Runs tasks in this process, or in worker processes that may crash or hang.

Both engines take a stream of tasks (and of rows that need no work) and give the rows back in the
stream's order.  What is under way is bounded; the stream is drawn on only as fast as rows are taken.
"""

from __future__ import annotations

import atexit
import gc
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from multiprocessing.context import BaseContext
from typing import Protocol

from converter.batch.documents import failed
from converter.batch.engines.task_queue import ProcessTask, Rows, Stream, TaskQueue
from converter.batch.interrupts import SIGNALS, Interrupts, TimedOut, without_interrupts
from converter.batch.values import Row, Task

CHUNK_TASKS = 16
CHUNK_BYTES = 256 * 1024
PREFETCH_BYTES = 16 * 1024
"""A chunk this small fits into a pipe's buffer behind another, so that sending it cannot block."""
QUEUE_LIMIT = 2048
"""The most tasks and rows that are held at a time."""
TICK = 0.25
"""Seconds between two looks at signals and time limits."""
START_METHOD = "fork" if sys.platform == "linux" else "spawn"
_starting = threading.Lock()
"""Held while a worker is started: a program that ended meanwhile would leave one that prints a traceback."""
atexit.register(_starting.acquire, timeout=5)
OPTION = "--timeout"
"""The name of the time limit in messages, where no other is given."""


def cores() -> int:
    """Return how many processor cores this process may use (at least 1)."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def nothing() -> None:
    """Prepare nothing."""


class Engine(Protocol):
    """Turns a stream of tasks into rows, in the order of the stream."""

    def run(self, stream: Stream) -> Rows:
        """Yield the rows; None where time passes and no row has come."""


class Inline:
    """Runs tasks in this process, one after the other.

    The time limit is an alarm: it ends Python code, not a call into C that never returns, and a crash
    in C ends the run.  Worker processes have neither limit.

    timeout: seconds that one task may take (0: any).  limit: what messages call that limit.
    """

    def __init__(
        self, process_task: ProcessTask, *, timeout: float, interrupts: Interrupts, limit: str = OPTION
    ) -> None:
        self._process_task, self._timeout, self._limit, self._interrupts = process_task, timeout, limit, interrupts

    def run(self, stream: Stream) -> Rows:
        """See Engine."""
        for item in stream:
            self._interrupts.check()
            yield item if isinstance(item, Row) else self._one(item)

    def _one(self, task: Task) -> Row:
        try:
            with self._interrupts.limited(self._timeout):
                return self._process_task(task)
        except TimedOut:
            return failed(task, too_slow(self._timeout, self._limit))._replace(seconds=self._timeout)


def engine_for(
    process_task: ProcessTask, *, jobs: int, total: int, timeout: float, interrupts: Interrupts,
    limit: str = OPTION, start_method: str = START_METHOD, prepare: Callable[[], object] = nothing,
) -> Engine:  # fmt: skip
    """Return the engine for so many tasks, with the arguments of Pool.

    Where the system can fork, one task runs in a worker, too, if it has a time limit: only a worker can be killed.
    """
    if (jobs == 1 or total <= 1) and (START_METHOD != "fork" or not timeout):
        return Inline(process_task, timeout=timeout, interrupts=interrupts, limit=limit)
    return Pool(
        process_task, jobs=max(min(jobs, total), 1), total=total, timeout=timeout, interrupts=interrupts, limit=limit,
        start_method=start_method, prepare=prepare,
    )  # fmt: skip


def too_slow(timeout: float, limit: str = OPTION) -> str:
    """Return the message for a task that took too long; ``limit`` is the name of the limit."""
    return f"took longer than {limit} ({timeout:g} s)"


class _Worker:
    """One process, the two pipes to it, and the tasks it has been given (oldest first)."""

    def __init__(self, process_task: ProcessTask, context: BaseContext, others: list[_Worker]) -> None:
        receive_tasks, self.send_tasks = context.Pipe(duplex=False)
        self.rows, send_rows = context.Pipe(duplex=False)
        inherited = [end for worker in (*others, self) for end in (worker.send_tasks, worker.rows)]
        if context.get_start_method() != "fork":
            inherited = []
        self.process = context.Process(  # type: ignore[attr-defined]
            target=_serve, args=(process_task, receive_tasks, send_rows, inherited), daemon=True
        )
        self.process.start()
        receive_tasks.close()
        send_rows.close()
        self.tasks: deque[Task] = deque()
        self.since = 0.0

    def give(self, chunk: list[Task], message: bytes) -> None:
        """Send a chunk; a worker that is dead already is noticed when its rows are read."""
        if not self.tasks:
            self.since = time.monotonic()
        self.tasks.extend(chunk)
        try:
            self.send_tasks.send_bytes(message)
        except OSError:
            return

    def end(self) -> None:
        """Kill the process and close the pipes."""
        self.process.kill()
        self.process.join()
        self.send_tasks.close()
        self.rows.close()


def _serve(process_task: ProcessTask, tasks: Connection, rows: Connection, inherited: list[Connection]) -> None:
    """Receive chunks of tasks and send their rows, until the other end of a pipe is closed."""
    gc.freeze()  # a collection would look at all that is shared with the parent, and so copy it
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    for end in inherited:
        end.close()
    try:
        while True:
            for task in pickle.loads(tasks.recv_bytes()):
                rows.send_bytes(pickle.dumps(process_task(task), pickle.HIGHEST_PROTOCOL))
    except (EOFError, OSError):
        os._exit(0)


class Pool:
    """Runs tasks in worker processes, which get them in chunks.

    Where a worker crashes, or is killed because its task took too long, that task has failed, and the
    rest of its chunk is given out again.

    jobs: how many workers there are.  total: how many tasks there are, from which the size of a chunk follows.
    timeout, limit: as for Inline.
    start_method: how a worker is started; ``spawn`` for a program that has threads.
    prepare: imports what tasks need, before the first worker is forked: all workers then share it.
    """

    def __init__(
        self, process_task: ProcessTask, *, jobs: int, total: int, timeout: float, interrupts: Interrupts,
        limit: str = OPTION, start_method: str = START_METHOD, prepare: Callable[[], object] = nothing,
    ) -> None:  # fmt: skip
        self._prepare = prepare
        self._process_task, self._jobs, self._interrupts = process_task, jobs, interrupts
        self._timeout, self._limit = timeout, limit
        self._chunk_tasks = max(1, min(CHUNK_TASKS, total // (jobs * 4)))
        self._context = multiprocessing.get_context(start_method)
        self._workers: list[_Worker] = []
        self._again: deque[Task] = deque()

    def run(self, stream: Stream) -> Rows:
        """See Engine."""
        self._queue = TaskQueue(iter(stream), QUEUE_LIMIT)
        try:
            while True:
                self._interrupts.check()
                self._feed()
                yield from self._queue.ready()
                if any(worker.tasks for worker in self._workers):
                    self._collect()
                    yield None
                elif self._queue.finished:
                    return
        finally:
            with without_interrupts():  # a second Ctrl-C would leave the rest of the workers running
                for worker in self._workers:
                    worker.end()

    def _feed(self) -> None:
        """Give chunks to workers without work, new ones where there may be more, then to those that soon have none."""
        while (idle := self._idle()) or len(self._workers) < self._jobs:
            if not (chunk := self._chunk()):
                break
            (idle or self._new()).give(chunk, pickle.dumps(chunk, pickle.HIGHEST_PROTOCOL))
        for worker in self._workers:
            if 0 < len(worker.tasks) <= self._chunk_tasks // 2 and not self._again:
                chunk = self._chunk()
                message = pickle.dumps(chunk, pickle.HIGHEST_PROTOCOL)
                if chunk and len(message) <= PREFETCH_BYTES:
                    worker.give(chunk, message)
                else:
                    self._again.extend(chunk)

    def _idle(self) -> _Worker | None:
        """A worker without work; None if all are busy."""
        return next((worker for worker in self._workers if not worker.tasks), None)

    def _new(self) -> _Worker:
        """Start a worker."""
        spawns = self._context.get_start_method() != "fork"
        if not self._workers and not spawns:
            self._prepare()
        # a worker that Ctrl-C would keep from the list would never be ended
        with without_interrupts(spawns=spawns), _starting:
            self._workers.append(_Worker(self._process_task, self._context, self._workers))
        return self._workers[-1]

    def _chunk(self) -> list[Task]:
        """The next tasks; [] where there are none, or the window is full."""
        if self._again:
            return [self._again.popleft() for _ in range(min(len(self._again), self._chunk_tasks))]
        return self._queue.take(self._chunk_tasks, CHUNK_BYTES)

    def _collect(self) -> None:
        """Wait for rows, deaths and deadlines."""
        busy = {worker.rows: worker for worker in self._workers if worker.tasks}
        for end in wait([*busy, self._interrupts.wake], TICK):
            if isinstance(end, Connection) and end in busy:
                self._receive(busy[end])
        if self._timeout:
            now = time.monotonic()
            for worker in busy.values():
                if worker.tasks and now - worker.since > self._timeout and not worker.rows.poll():
                    self._lose(worker, too_slow(self._timeout, self._limit))

    def _receive(self, worker: _Worker) -> None:
        try:
            while True:
                row: Row = pickle.loads(worker.rows.recv_bytes())
                self._queue.put((row,))
                worker.tasks.popleft()
                worker.since = time.monotonic()
                if not worker.tasks or not worker.rows.poll():
                    return
        except (EOFError, OSError):
            worker.process.join(1)
            self._lose(worker, death(worker.process.exitcode))

    def _lose(self, worker: _Worker, why: str) -> None:
        """End a worker; its current task has failed, the others are given out again."""
        worker.end()
        self._workers.remove(worker)
        task = worker.tasks.popleft()
        self._queue.put((failed(task, why)._replace(seconds=time.monotonic() - worker.since),))
        self._again.extendleft(reversed(worker.tasks))
        worker.tasks.clear()


def death(code: int | None) -> str:
    """Return why a worker process ended, from its exit code."""
    if code is not None and code < 0:
        name = signal.Signals(-code).name if -code in signal.valid_signals() else f"signal {-code}"
        hint = ", out of memory?" if name == "SIGKILL" else ""
        return f"its worker process was killed ({name}{hint})"
    return f"its worker process ended (exit code {code})"

"""The queue of an engine: tasks are taken from a stream, and their rows given back in the stream's order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import TypeAlias

from converter.batch.values import Row, Task

ProcessTask: TypeAlias = Callable[[Task], Row]
"""Does one task."""
Stream: TypeAlias = Iterator[Task | Row]
"""Tasks to do, and rows of documents for which there is nothing to do."""
Rows: TypeAlias = Generator[Row | None, None, None]
"""The rows in order; None where time passes and no row has come."""

HELD_BYTES = 256 << 20
"""Size of the sources of tasks and rows that are held at a time: rows of a corpus are as large as their sources."""


class TaskQueue:
    """Takes tasks from a stream, and holds each row back until all rows before it are there.

    limit: the most tasks and rows that are held at a time; tasks of HELD_BYTES are held at most, too.
    """

    def __init__(self, stream: Stream, limit: int) -> None:
        self._stream, self.limit = stream, limit
        self._slots: deque[Row | int] = deque()
        self._done: dict[int, Row] = {}
        self._sizes: dict[int, int] = {}
        self._held = 0
        self._stream_ended = False

    @property
    def full(self) -> bool:
        """True while no more can be taken from the stream."""
        return len(self._slots) >= self.limit or self._held >= HELD_BYTES

    @property
    def finished(self) -> bool:
        """True when the stream has ended and all its rows were given back."""
        return self._stream_ended and not self._slots

    def take(self, count: int, size: int) -> list[Task]:
        """Take the next tasks: at most ``count``, until they have ``size`` bytes; [] for none, or a full queue."""
        tasks: list[Task] = []
        while len(tasks) < count and size > 0 and not self.full:
            item = next(self._stream, None)
            if item is None:
                self._stream_ended = True
                break
            if isinstance(item, Row):
                self._slots.append(item)
                continue
            self._slots.append(item.number)
            self._sizes[item.number] = item.size
            self._held += item.size
            tasks.append(item)
            size -= item.size
        return tasks

    def put(self, rows: Iterable[Row]) -> None:
        """Add the rows of tasks that were taken."""
        self._done.update((row.number, row) for row in rows)

    def ready(self) -> Iterator[Row]:
        """Yield the rows at the front of the queue that are there."""
        while self._slots:
            slot = self._slots[0]
            if isinstance(slot, int):
                if slot not in self._done:
                    return
                self._held -= self._sizes.pop(slot)
                slot = self._done.pop(slot)
            self._slots.popleft()
            yield slot

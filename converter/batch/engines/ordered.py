"""What is under way between a stream of tasks and its rows, which come back in the stream's order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from typing import TypeAlias

from converter.batch.values import Row, Task

Work: TypeAlias = Callable[[Task], Row]
Stream: TypeAlias = Iterator[Task | Row]
Rows: TypeAlias = Generator[Row | None, None, None]


class Window:
    """Draws tasks from a stream, and holds back the rows that came before those ahead of them.

    ``most``: how far the youngest task under way may be ahead of the oldest.
    """

    def __init__(self, stream: Stream, most: int) -> None:
        self._stream, self.most = stream, most
        self._slots: deque[Row | int] = deque()
        self._done: dict[int, Row] = {}
        self._dry = False

    @property
    def full(self) -> bool:
        """Whether no more can be drawn for now."""
        return len(self._slots) >= self.most

    @property
    def over(self) -> bool:
        """Whether the stream has ended and all its rows were given."""
        return self._dry and not self._slots

    def draw(self, count: int, size: int) -> list[Task]:
        """The next tasks, so many and so many bytes; [] where there are none, or the window is full."""
        tasks: list[Task] = []
        while len(tasks) < count and size > 0 and not self.full:
            item = next(self._stream, None)
            if item is None:
                self._dry = True
                break
            if isinstance(item, Row):
                self._slots.append(item)
                continue
            self._slots.append(item.number)
            tasks.append(item)
            size -= item.size
        return tasks

    def put(self, rows: Iterable[Row]) -> None:
        """Take in rows of tasks that were drawn."""
        self._done.update((row.number, row) for row in rows)

    def ready(self) -> Iterator[Row]:
        """The rows at the front that are there."""
        while self._slots:
            slot = self._slots[0]
            if isinstance(slot, int):
                if slot not in self._done:
                    return
                slot = self._done.pop(slot)
            self._slots.popleft()
            yield slot

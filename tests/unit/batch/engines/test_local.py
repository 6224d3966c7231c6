"""The pool of worker processes."""

from __future__ import annotations

from collections.abc import Iterator

from converter.batch import Outcome
from converter.batch.engines.local import QUEUE_LIMIT, Pool
from converter.batch.interrupts import Interrupts
from converter.batch.values import Row, Task


def echo(task: Task) -> Row:
    return Row(task.number, task.name, "", Outcome.CONVERTED)


def test_the_pool_draws_on_its_stream_no_faster_than_rows_are_taken() -> None:
    drawn = 0

    def stream() -> Iterator[Task | Row]:
        nonlocal drawn
        for number in range(20 * QUEUE_LIMIT):
            drawn = number
            yield echo(Task(number, "", "", "", "")) if number % 3 else Task(number, "", "", "", "")

    interrupts = Interrupts()
    pool = Pool(echo, jobs=2, total=20 * QUEUE_LIMIT, timeout=0, interrupts=interrupts)
    taken = 0
    for row in pool.run(stream()):
        if row is not None:
            assert row.number == taken
            taken += 1
            assert drawn - taken <= QUEUE_LIMIT
    interrupts.close()
    assert taken == 20 * QUEUE_LIMIT

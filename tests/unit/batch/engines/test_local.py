"""The pool of worker processes."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from converter.batch import Outcome
from converter.batch.engines.local import QUEUE_LIMIT, START_METHOD, Pool
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


@pytest.mark.skipif(START_METHOD != "fork", reason="workers share nothing where they are not forked")
def test_what_tasks_need_is_prepared_once_and_shared_by_all_workers() -> None:
    prepared: list[int] = []

    def tell(task: Task) -> Row:
        return echo(task)._replace(message=str(prepared))

    interrupts = Interrupts()
    pool = Pool(tell, jobs=2, total=40, timeout=0, interrupts=interrupts, prepare=lambda: prepared.append(os.getpid()))
    rows = [row for row in pool.run(Task(number, "", "", "", "") for number in range(40)) if row is not None]
    interrupts.close()
    assert {row.message for row in rows} == {str([os.getpid()])}

"""Write the drawings of a post, whose contents came with its row."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import closing

from converter.batch.engines.local import Engine
from converter.batch.engines.task_queue import Stream
from converter.batch.values import DRAWING, Outcome, Row


def drawing_rows(row: Row, engine: Engine, stream: Stream) -> Iterator[Row]:
    """Run the tasks of a post's drawings, and yield their rows; none for a post that is not written."""
    if row.outcome not in (Outcome.CONVERTED, Outcome.UNCHANGED):
        return
    with closing(engine.run(stream)) as rows:
        for drawing in filter(None, rows):
            outcome = Outcome.DRAWN if drawing.outcome is Outcome.COPIED else drawing.outcome
            yield drawing._replace(kind=DRAWING, outcome=outcome, diff="")


def without_drawing(row: Row, drawing: Row) -> Row:
    """Return the row of a post that has failed, because one of its drawings cannot be written."""
    with contextlib.suppress(OSError):
        os.unlink(row.staged)
    message = f"its drawing {drawing.message}"
    return row._replace(outcome=Outcome.FAILED, message=message, drawings=(), staged="", kind="", source_hash=b"")

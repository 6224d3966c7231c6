"""Write the drawings and the comments of a post, whose contents came with its row."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import closing

from converter.batch.comment_files import SUFFIX
from converter.batch.engines.local import Engine
from converter.batch.engines.task_queue import Stream
from converter.batch.values import COMMENTS, DRAWING, Outcome, Row


def drawing_rows(row: Row, engine: Engine, stream: Stream) -> Iterator[Row]:
    """Run the tasks of a post's drawings, and yield their rows; none for a post that is not written."""
    if row.outcome not in (Outcome.CONVERTED, Outcome.UNCHANGED):
        return
    with closing(engine.run(stream)) as rows:
        for drawing in filter(None, rows):
            outcome = Outcome.DRAWN if drawing.outcome is Outcome.COPIED else drawing.outcome
            kind = COMMENTS if drawing.output.endswith(SUFFIX) else DRAWING
            yield drawing._replace(kind=kind, outcome=outcome, diff="")


def without_drawing(row: Row, drawing: Row) -> Row:
    """Return the row of a post that has failed, because one of its drawings cannot be written."""
    with contextlib.suppress(OSError):
        os.unlink(row.staged)
    is_comments, message = drawing.kind == COMMENTS, drawing.message
    message = f"its comments {message}" if is_comments else f"its drawing {message}"
    return row._replace(outcome=Outcome.FAILED, message=message, drawings=(), staged="", kind="", source_hash=b"")

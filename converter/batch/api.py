"""The batch as library calls."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from converter.batch.documents import convert_post
from converter.batch.listener import Listener
from converter.batch.result import Result
from converter.batch.runner import run
from converter.batch.values import DEFAULT_MAX_SIZE, DEFAULT_TIMEOUT, Job, Mode, Outcome, Row
from converter.model import ConversionError
from converter.options import DEFAULT_OPTIONS, Options, require_options


class _Rows(Listener):
    """Hands every row to a function."""

    def __init__(self, function: Callable[[Row], object]) -> None:
        self._function = function

    def row(self, row: Row) -> None:
        """Hand it on."""
        self._function(row)


def convert_file(
    source: str | os.PathLike[str],
    out: str | os.PathLike[str] | None = None,
    *,
    options: Options = DEFAULT_OPTIONS,
    force: bool = False,
) -> Row:
    """Convert one post to the file ``out`` (None: in place; an HTML post becomes ``.md`` beside it).

    Returns the row of the post.  Raises ConversionError where it cannot be read, converted or written,
    or where ``out`` exists, differs and ``force`` is not given.
    """
    require_options(options)
    rows: list[Row] = []
    job = Job(sources=(os.fspath(source),), out_file=None if out is None else Path(out), options=options, force=force)
    result = run(job, convert=convert_post, listeners=(_Rows(rows.append),))
    row = rows[-1]
    if row.outcome is Outcome.FAILED or result.fatal:
        raise ConversionError(row.message or result.fatal, name=row.source)
    return row


def convert_folder(
    source: str | os.PathLike[str],
    out: str | os.PathLike[str] | None = None,
    *,
    options: Options = DEFAULT_OPTIONS,
    mode: Mode = Mode.WRITE,
    jobs: int = 1,
    force: bool = False,
    prune: bool = False,
    timeout: float = DEFAULT_TIMEOUT,
    max_size: int = DEFAULT_MAX_SIZE,
    on_row: Callable[[Row], object] | None = None,
) -> Result:
    """Convert the posts below a folder (or of an archive) to the folder ``out`` (None: in place).

    ``on_row`` is called with the row of each document, in order.  Returns the counts; a document that
    failed is a row, not an exception.  Raises BatchError where the run cannot be begun, as when two
    posts would write one file.
    """
    require_options(options)
    job = Job(
        sources=(os.fspath(source),), out=None if out is None else Path(out), options=options, mode=mode, jobs=jobs,
        force=force, prune=prune, timeout=timeout, max_size=max_size,
    )  # fmt: skip
    return run(job, convert=convert_post, listeners=(_Rows(on_row),) if on_row else ())

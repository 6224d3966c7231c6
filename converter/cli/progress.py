"""Progress on the terminal: a bar where stderr is one, else a line from time to time."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

import click

from converter.translation import _

if TYPE_CHECKING:
    from rich.progress import Progress

    from converter.standalone.database import Image

LINE_SECONDS = 10.0
"""Seconds between two lines where there is no bar."""


def documents_bar() -> Progress:
    """Return a bar for documents, not started, with the field `speed`."""
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn

    return _bar(BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[speed]}"), TimeRemainingColumn())


def documents_line(done: int, total: int, seconds: float) -> str:
    """Return the line for so many documents after so many seconds."""
    rate = done / seconds
    left = _(", {seconds:,.0f} s left").format(seconds=(total - done) / rate) if rate else ""
    return _("{done:,} of {total:,} documents, {rate:,.0f}/s{left}").format(
        done=done, total=total, rate=rate, left=left
    )


def megabytes(size: int) -> str:
    """Return a number of bytes as text in megabytes."""
    return f"{size / 1e6:,.1f} MB"


class ImageProgress:
    """Shows how many images and bytes are downloaded."""

    def __init__(self, *, quiet: bool) -> None:
        self._quiet = quiet
        self._progress: Progress | None = None
        self._task: Any = None
        self._total = self._done = self._size = 0
        self._printed = time.monotonic()

    def __enter__(self) -> ImageProgress:
        if not self._quiet and sys.stderr.isatty():
            self._progress = _images_bar()
            self._task = self._progress.add_task("", total=None, size="")
            self._progress.start()
        return self

    def __exit__(self, *_error: object) -> None:
        if self._progress is not None:
            self._progress.stop()

    def expected(self, images: int) -> None:
        """See `download.Progress`."""
        self._total = images
        if self._progress is not None:
            self._progress.update(self._task, total=images)

    def finished(self, image: Image) -> None:
        """See `download.Progress`."""
        self._done += 1
        self._size += image.size
        if self._progress is not None:
            self._progress.update(self._task, completed=self._done, size=megabytes(self._size))
        elif not self._quiet and time.monotonic() - self._printed > LINE_SECONDS:
            self._printed = time.monotonic()
            line = _("{done:,} of {total:,} images, {size}")
            click.echo(line.format(done=self._done, total=self._total, size=megabytes(self._size)), err=True)


def _images_bar() -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[size]}"), TimeRemainingColumn())
    return _bar(TextColumn(_("images")), *columns, auto_refresh=True)


def _bar(*columns: Any, auto_refresh: bool = False) -> Progress:
    from rich.console import Console
    from rich.progress import Progress

    return Progress(*columns, console=Console(stderr=True), auto_refresh=auto_refresh, transient=True)

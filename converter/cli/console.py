"""What a run prints for a person: progress, one line for each error, a summary."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

import click

from converter.batch.listener import Listener
from converter.batch.names import shown
from converter.batch.result import Result
from converter.batch.values import COMMENTS, SKIPPED, WRITTEN, Job, Mode, Outcome, Row
from converter.cli.errors import error_lines
from converter.cli.progress import LINE_SECONDS, documents_bar, documents_line
from converter.translation import _, marked, translated

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from rich.progress import Progress

WOULD = {
    Outcome.CONVERTED: marked("would convert: {target}"),
    Outcome.COPIED: marked("would copy: {target}"),
    Outcome.DRAWN: marked("would draw: {target}"),
}
"""Messages about a document in a run that writes nothing, by the outcome that it would have."""
REDRAW_SECONDS = 0.1
"""Seconds between two updates of the bar."""


class Console(Listener):
    """Prints what happens in a run: diffs to stdout, progress and errors to stderr.

    The summary goes to stdout too, as the result of a run that writes files; after a diff it goes to stderr.
    """

    def __init__(self, job: Job, *, quiet: bool, verbose: bool, lists_changes: bool = False) -> None:
        """quiet: print errors only; verbose: a line for each document; lists_changes: for each that would change."""
        self._job, self._quiet, self._verbose = job, quiet, verbose
        self._lists_changes = lists_changes and not quiet
        self._progress: Progress | None = None
        self._bar: Any = None
        self._total = self._done = 0
        self._started = self._drawn = time.monotonic()

    def __enter__(self) -> Console:
        if not self._quiet and sys.stderr.isatty() and (self._job.mode is not Mode.DIFF or not sys.stdout.isatty()):
            self._progress = documents_bar()
            self._bar = self._progress.add_task("", total=None, speed="")
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._progress is not None:
            self._progress.refresh()
            self._progress.stop()

    def planned(self, total: int) -> None:
        """See Listener."""
        self._total = total
        if self._progress is not None:
            self._progress.update(self._bar, total=total)

    def row(self, row: Row) -> None:
        """See Listener."""
        if row.diff:
            click.echo(row.diff, nl=False)
        if row.taken and row.output and not self._quiet:
            renamed = _("renamed: {source} -> {target} (another document has the name {taken})")
            self._print(renamed.format(source=row.source, target=shown(row.target), taken=shown(row.taken)))
        if row.outcome is Outcome.FAILED:
            self._print(error_lines(f"{row.source}: {row.message}"))
        elif row.outcome is Outcome.MISSING:
            if self._verbose:
                self._print(_("missing: {source}: {why}").format(source=row.source, why=translated(row.message)))
        elif row.outcome in SKIPPED and not self._quiet:
            self._print(f"{_(str(row.outcome))}: {translated(row.message)}")
        elif self._verbose or (self._lists_changes and row.outcome in WRITTEN):
            self._print(self._line(row))

        for difference in row.differences:
            colon = ":" if difference[:1].isdecimal() else ": "  # the line stands in front, where there is one
            self._print(f"{shown(row.target)}{colon}{shown(translated(difference))}")

    def received(self, count: int) -> None:
        """See Listener."""
        self._done = count
        now = time.monotonic()
        if self._progress is not None:
            if now - self._drawn > REDRAW_SECONDS:
                self._drawn = now
                speed = f"{self._done / max(now - self._started, 0.001):,.0f}/s"
                self._progress.update(self._bar, completed=self._done, speed=speed)
                self._progress.refresh()
        elif not self._quiet and now - self._drawn > LINE_SECONDS:
            self._drawn = now
            self._print(documents_line(self._done, self._total, now - self._started))

    def summary(self, result: Result, lines: Iterable[str] = ()) -> None:
        """Print how the run ended: the error or signal that ended it early, then the lines."""
        if result.fatal:
            self._print(error_lines(result.fatal))
        if result.stopped or result.fatal:
            self._print(_("stopped: run again to finish"))
        if not self._quiet:
            for text in lines:
                click.echo(text, err=self._job.mode is Mode.DIFF)

    def _line(self, row: Row) -> str:
        if self._job.mode is not Mode.WRITE and row.outcome in WRITTEN:
            would = _("would write: {target}") if row.kind == COMMENTS else _(WOULD[row.outcome])
            return would.format(target=shown(row.target))
        count = sum(number for _rule, number in row.rules)
        note = _(" ({count} findings)").format(count=count) if count else ""
        done = COMMENTS if row.kind == COMMENTS else str(row.outcome)
        return f"{_(done)}: {row.source} -> {shown(row.target)}{note}"

    def _print(self, line: str) -> None:
        if self._progress is not None:
            self._progress.console.out(line, highlight=False)
        else:
            click.echo(line, err=True)

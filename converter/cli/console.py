"""What a run shows to a person: progress, one line per error, one summary line."""

from __future__ import annotations

import sys
import time
from typing import TYPE_CHECKING, Any

import click

from converter.batch.names import shown
from converter.batch.values import SKIPPED, WRITTEN, Job, Mode, Outcome, Result, Row

if TYPE_CHECKING:
    from collections.abc import Iterable
    from types import TracebackType

    from rich.progress import Progress

    from converter.model import Finding

REDRAW_SECONDS = 0.1
LINE_SECONDS = 10.0
TEXT_LIMIT = 100


class Console:
    """A listener that talks to the terminal: data to stdout, everything about it to stderr.

    The summary of a run that writes files is its result, and goes to stdout.
    """

    def __init__(self, job: Job, *, quiet: bool, verbose: bool) -> None:
        self._job, self._quiet, self._verbose = job, quiet, verbose
        self._progress: Progress | None = None
        self._bar: Any = None
        self._total = self._done = 0
        self._started = self._drawn = time.monotonic()

    def __enter__(self) -> Console:
        if not self._quiet and sys.stderr.isatty() and (self._job.mode is not Mode.DIFF or not sys.stdout.isatty()):
            self._progress = _progress_bar()
            self._bar = self._progress.add_task("", total=None, speed="")
            self._progress.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        if self._progress is not None:
            self._progress.refresh()
            self._progress.stop()

    # A run's listener

    def planned(self, total: int) -> None:
        """See Listener."""
        self._total = total
        if self._progress is not None:
            self._progress.update(self._bar, total=total)

    def row(self, row: Row) -> None:
        """See Listener."""
        if row.diff:
            click.echo(row.diff, nl=False)
        if row.outcome is Outcome.FAILED:
            self._say(f"error: {row.source}: {row.message}")
        elif row.outcome is Outcome.MISSING:
            if self._verbose:
                self._say(f"missing: {row.source}: {row.message}")
        elif row.outcome in SKIPPED and not self._quiet:
            self._say(f"{row.outcome}: {row.message}")
        elif self._verbose or (self._job.mode is Mode.CHECK and row.outcome in WRITTEN and not self._quiet):
            self._say(self._line(row))

        for difference in row.differences:
            self._say(f"{shown(row.target)}:{shown(difference)}")

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
            self._say(_progress_line(self._done, self._total, now - self._started))

    def summary(self, result: Result, lines: Iterable[str] = ()) -> None:
        """Print how the run ended, and what else there is to say of it."""
        if result.fatal:
            self._say(f"error: {result.fatal}")
        if result.stopped:
            self._say("stopped: run again to finish")
        if not self._quiet:
            line = str(result) if self._job.mode is Mode.WRITE else f"{result} (nothing written)"
            for text in (line, *lines):
                click.echo(text, err=self._job.mode is Mode.DIFF)

    def _line(self, row: Row) -> str:
        if self._job.mode is not Mode.WRITE and row.outcome in WRITTEN:
            return f"would change: {shown(row.target)}"
        note = f" ({count} findings)" if (count := sum(number for _, number in row.rules)) else ""
        return f"{row.outcome}: {row.source} -> {shown(row.target)}{note}"

    def _say(self, line: str) -> None:
        if self._progress is not None:
            self._progress.console.out(line, highlight=False)
        else:
            click.echo(line, err=True)


def _progress_bar() -> Progress:
    from rich.console import Console as Terminal
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    return Progress(
        BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[speed]}"), TimeRemainingColumn(),
        console=Terminal(stderr=True), auto_refresh=False, transient=True,
    )  # fmt: skip


def _progress_line(done: int, total: int, seconds: float) -> str:
    rate = done / seconds
    left = f", {(total - done) / rate:,.0f} s left" if rate else ""
    return f"{done:,} of {total:,} documents, {rate:,.0f}/s{left}"


def explained(findings: Iterable[Finding], name: str) -> list[str]:
    """A line for each finding: where, which rule, what was there, what is there now."""
    lines = []
    for finding in findings:
        place = f"{name}:{finding.line}" if finding.line else name
        became = "dropped" if finding.kept is None else f"-> {_quoted(finding.kept)}"
        lines.append(f"{place}: {finding.rule}: {_quoted(finding.text)} {became}")
    return lines


def _quoted(text: str) -> str:
    words = " ".join(text.split())
    return shown(f'"{words[:TEXT_LIMIT]}…"' if len(words) > TEXT_LIMIT else f'"{words}"')

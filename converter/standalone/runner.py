"""Convert a whole archive so that it needs no other site: convert and record, download images, convert again."""

from __future__ import annotations

import sqlite3
from asyncio import CancelledError
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from converter.batch.interrupts import Interrupts, Stopped
from converter.batch.runner import Listener, run
from converter.batch.values import BatchError, Job, Mode, Outcome, Result, Row
from converter.standalone import convert as conversion
from converter.standalone import redirects
from converter.standalone.addresses import host
from converter.standalone.convert import Converter
from converter.standalone.database import DEAD, FAILED, SAVED, WANTED, ArchiveDatabase
from converter.standalone.records import PostRecord

if TYPE_CHECKING:
    from converter.standalone.images.download import Totals

PAGE = 500
"""Posts that are recorded in one transaction."""
NAMED_POSTS = 3
"""How many of the posts that show a missing image are named."""

Download = Callable[[ArchiveDatabase, Path, int], "Totals"]
"""Downloads the wanted images of a database into a folder.

Raises CancelledError when the descriptor (the third argument) becomes readable.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandaloneSettings:
    """What a run does beside converting.

    download: the function that downloads images (None: no image is downloaded).
    redirects: files to write, in the form that their names say.  permalink: template of the new addresses.
    """

    converter: Converter
    download: Download | None = None
    redirects: tuple[Path, ...] = ()
    permalink: str = ""


@dataclass(slots=True)
class StandaloneResult:
    """Result of a run: of the conversion, the number of posts written again, the images (None: not downloaded)."""

    conversion: Result
    rewritten: int = 0
    images: Totals | None = None


@dataclass(slots=True)
class DownloadPreview:
    """What a download would do: images in all, already saved, known to be gone, and to be requested by host."""

    images: int = 0
    saved: int = 0
    dead: int = 0
    hosts: Counter[str] = field(default_factory=Counter)


class _Recorder:
    """A listener that records in the database what each conversion found out about its post."""

    def __init__(self, database: ArchiveDatabase) -> None:
        self._database = database
        self._page: list[PostRecord] = []

    def planned(self, total: int) -> None:
        """Do nothing."""

    def received(self, count: int) -> None:
        """Do nothing."""

    def row(self, row: Row) -> None:
        """Record the post of a row, or remove one that was pruned."""
        if isinstance(row.note, PostRecord) and row.outcome is not Outcome.FAILED:
            self._page.append(row.note)
            if len(self._page) >= PAGE:
                self.finish()
        elif row.outcome is Outcome.PRUNED:
            self._database.remove_posts((row.output,))

    def finish(self) -> None:
        """Record the remaining posts."""
        page, self._page = self._page, []
        if page:
            self._database.record_posts(page)


class _FailureFilter:
    """A listener that passes on failed posts only, and only those that a function selects by their output."""

    def __init__(self, listeners: Iterable[Listener], selects: Callable[[str], bool]) -> None:
        self._listeners, self._selects = tuple(listeners), selects

    def planned(self, total: int) -> None:
        """Do nothing."""

    def received(self, count: int) -> None:
        """Do nothing."""

    def row(self, row: Row) -> None:
        """Pass on a failure."""
        if row.outcome is Outcome.FAILED and self._selects(row.output):
            for listener in self._listeners:
                listener.row(row)


def convert_standalone(
    job: Job, settings: StandaloneSettings, *, listeners: Iterable[Listener] = (), interrupts: Interrupts
) -> StandaloneResult:
    """Run a job that has an output folder, with images, links and redirects.

    Each post is written as soon as it is converted, with the addresses that are known by then.  When all posts
    are known and the images are downloaded, the posts that would now be written differently are converted again.
    So the folder holds a whole archive after the first pass, and a run that is stopped goes on at the next run.

    Raises what `batch.runner.run` raises.  A disk that is full or gone ends the run early (`Result.fatal`).
    """
    out = _output_folder(job)
    listeners = tuple(listeners)
    writes = job.mode is Mode.WRITE
    job = replace(job, variant=settings.converter.fingerprint)
    converter = replace(settings.converter, writes=writes)
    database = ArchiveDatabase.open(out) if writes else ArchiveDatabase.open_read_only(out)
    recorder = _Recorder(database)
    result = StandaloneResult(Result())
    try:
        result.conversion = run(
            job, convert=converter, listeners=(*listeners, recorder) if writes else listeners,
            interrupts=interrupts, stale=database.is_outdated,
        )  # fmt: skip
        conversion.close_database()
        recorder.finish()
        if writes and not result.conversion.stopped and not result.conversion.fatal:
            _download_images(result, settings, database, listeners, interrupts)
            interrupts.check()
            _convert_outdated(
                result, replace(job, force=False, prune=False), converter, database, listeners, interrupts
            )
            for path in settings.redirects:
                redirects.write(path, redirects.redirects(database, settings.permalink))
    except Stopped as stopped:
        result.conversion.stopped = stopped.number
    except (OSError, sqlite3.Error) as error:
        result.conversion.fatal = str(error)
    finally:
        database.close()
    return result


def _output_folder(job: Job) -> Path:
    if job.out is None:
        raise BatchError("images, links and redirects need an output folder (-o)", exit_code=2)
    return job.out


def _download_images(
    result: StandaloneResult, settings: StandaloneSettings, database: ArchiveDatabase, listeners: Iterable[Listener],
    interrupts: Interrupts,
) -> None:  # fmt: skip
    """Download the images; report each that is missing as a row."""
    layout = settings.converter.layout
    if settings.download is None or layout is None:
        return
    try:
        result.images = settings.download(database, layout.folder, interrupts.wake)
    except CancelledError:
        return
    for image in database.images(FAILED, DEAD):
        result.conversion.counts[Outcome.MISSING] += 1
        posts = database.posts_showing(image.address)
        more = f" and {len(posts) - NAMED_POSTS} more" if len(posts) > NAMED_POSTS else ""
        named = ", ".join(posts[:NAMED_POSTS]) + more
        row = Row(-1, image.address, "", Outcome.MISSING, f"{image.why} (shown in {named})", kind="image")
        for listener in listeners:
            listener.row(row)


def _convert_outdated(
    result: StandaloneResult, job: Job, converter: Converter, database: ArchiveDatabase,
    listeners: Iterable[Listener], interrupts: Interrupts,
) -> None:  # fmt: skip
    """Convert again the posts that would now be written differently, and add that to the result."""
    if next(database.outdated_posts(), None) is None:
        return
    recorder = _Recorder(database)
    again = run(
        job, convert=converter, listeners=(_FailureFilter(listeners, database.has_post), recorder),
        interrupts=interrupts, stale=database.is_outdated,
    )  # fmt: skip
    conversion.close_database()
    recorder.finish()
    total = result.conversion
    result.rewritten = again.converted
    total.stopped, total.fatal = again.stopped, again.fatal
    total.counts[Outcome.FAILED] = max(total.failed, again.failed)
    total.seconds += again.seconds


def preview_download(
    job: Job, settings: StandaloneSettings, *, listeners: Iterable[Listener] = (), interrupts: Interrupts
) -> tuple[Result, DownloadPreview]:
    """Return the result of a conversion that writes nothing, and what a download of its images would do.

    Every document is converted; nothing is written and nothing is requested.
    """
    out = _output_folder(job)
    job = replace(job, mode=Mode.CHECK, force=True, prune=False)
    found, known, preview = ArchiveDatabase.temporary(), ArchiveDatabase.open_read_only(out), DownloadPreview()
    recorder = _Recorder(found)
    converter = replace(settings.converter, writes=False)
    failures = _FailureFilter(listeners, lambda _: True)
    result = run(job, convert=converter, listeners=(failures, recorder), interrupts=interrupts)
    conversion.close_database()
    recorder.finish()
    for image in found.images(WANTED):
        preview.images += 1
        status = known.status_of(image.address)
        preview.saved += status == SAVED
        preview.dead += status == DEAD
        if status not in (SAVED, DEAD):
            preview.hosts[host(image.address)] += 1
    found.close()
    known.close()
    return result, preview

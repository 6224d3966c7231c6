"""Convert a whole archive so that it needs no other site: convert and record, download images, convert again."""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from asyncio import CancelledError
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from converter.batch.interrupts import Interrupts, Stopped
from converter.batch.listener import Listener
from converter.batch.manifest import Manifest
from converter.batch.result import Result
from converter.batch.runner import manifest_of, run
from converter.batch.staging import working_folder
from converter.batch.values import BatchError, Job, Mode, Outcome, Row
from converter.standalone import convert as conversion
from converter.standalone import redirects
from converter.standalone.addresses import host
from converter.standalone.convert import Converter
from converter.standalone.database import DEAD, FAILED, SAVED, WANTED, ArchiveDatabase
from converter.standalone.images.archived import save_archived
from converter.standalone.images.asset_files import Layout
from converter.standalone.kept_settings import KeptSettings
from converter.standalone.records import PostRecord

if TYPE_CHECKING:
    from converter.standalone.images.download import Totals

PAGE = 500
"""Posts that are recorded in one transaction."""
LOOKUP_PREFIX = ".csdn2md-lookup-"
"""Start of the name of the folder with the copy of the database that the conversions read."""
NAMED_POSTS = 3
"""How many of the posts that show a missing image are named."""

Download = Callable[[ArchiveDatabase, Path, int], "Totals"]
"""Downloads the wanted images of a database into a folder.

Raises CancelledError when the descriptor (the third argument) becomes readable.
"""
Check = Callable[[ArchiveDatabase, int], "Totals"]
"""Asks whether the images of a database are there; it is cancelled as a download is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandaloneSettings:
    """What a run does beside converting.

    converter: makes the function that converts posts; takes the file that it looks posts and images up in.
    layout: where images are saved (None: nowhere).
    download: the function that downloads images (None: no image is downloaded).
    check: the function that asks for images without keeping them (None: none is asked for).
    redirects: files to write, in the form that their names say.  permalink: template of the new addresses.
    kept: the settings that later runs of the archive take over.
    """

    converter: Callable[[Path], Converter]
    kept: KeptSettings
    layout: Layout | None = None
    download: Download | None = None
    check: Check | None = None
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


class _Recorder(Listener):
    """Records in the database what each conversion found out about its post."""

    def __init__(self, database: ArchiveDatabase, copy: ArchiveDatabase | None = None) -> None:
        """copy: where the conversions look posts up, which gets the posts too."""
        self._database, self._copy = database, copy
        self._page: list[PostRecord] = []

    def row(self, row: Row) -> None:
        """Record the post of a row, or remove one that was pruned."""
        if isinstance(row.note, PostRecord) and row.outcome is not Outcome.FAILED:
            self._page.append(row.note)
            if len(self._page) >= PAGE:
                self.finish()
        elif row.outcome is Outcome.PRUNED:
            for database in filter(None, (self._database, self._copy)):
                database.remove_posts((row.output,))

    def finish(self) -> None:
        """Record the remaining posts."""
        page, self._page = self._page, []
        if page:
            self._database.record_posts(page)
            if self._copy is not None:
                self._copy.record_posts(PostRecord(record.post) for record in page)


class _Proofs(Listener):
    """Keeps whether each verified post is as its source; of a post that is written twice the last."""

    def __init__(self) -> None:
        self._perfect: dict[str, bool] = {}

    def row(self, row: Row) -> None:
        """Take the row of a post."""
        if row.is_document or row.differences:
            self._perfect[row.output] = not row.differences

    def counts(self) -> tuple[int, int]:
        """Return the numbers of posts that are as their sources, and that are not."""
        perfect = sum(self._perfect.values())
        return perfect, len(self._perfect) - perfect


class _FailureFilter(Listener):
    """Passes on posts that failed or differ only, and only those that a function selects by output."""

    def __init__(self, listeners: Iterable[Listener], selects: Callable[[str], bool]) -> None:
        self._listeners, self._selects = tuple(listeners), selects

    def row(self, row: Row) -> None:
        """Pass on a failure."""
        if (row.outcome is Outcome.FAILED or row.differences) and self._selects(row.output):
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
    with closing(manifest_of(job)) as manifest:
        database = ArchiveDatabase(manifest.database)
        if job.remembers:
            database.take_over(out)
            settings.kept.keep(manifest)
        return _Archive(job, settings, manifest, database, tuple(listeners), interrupts).convert()


class _Archive:
    """An archive while a run makes it."""

    def __init__(
        self, job: Job, settings: StandaloneSettings, manifest: Manifest, database: ArchiveDatabase,
        listeners: tuple[Listener, ...], interrupts: Interrupts,
    ) -> None:  # fmt: skip
        self._job, self._settings, self._manifest, self._database = job, settings, manifest, database
        self._listeners, self._interrupts = listeners, interrupts
        self._proofs = _Proofs()
        self._result = StandaloneResult(Result())

    def convert(self) -> StandaloneResult:
        """Convert, download, convert again; an error of the disk or of a database ends the run early."""
        result = self._result
        try:
            result.conversion = self._pass(self._job, self._listeners)
            if self._job.remembers and not result.conversion.stopped and not result.conversion.fatal:
                self._request_images()
                self._interrupts.check()
                self._convert_outdated()
                for path in self._settings.redirects:
                    redirects.write(path, redirects.redirects(self._database, self._settings.permalink))
        except Stopped as stopped:
            result.conversion.stopped = stopped.number
        except (OSError, sqlite3.Error) as error:
            result.conversion.fatal = str(error)
        return result

    def _pass(self, job: Job, listeners: Iterable[Listener]) -> Result:
        """Run the job, with conversions that look posts and images up in a copy of the database."""
        folder = working_folder(job.out, LOOKUP_PREFIX) if job.remembers and job.out else tempfile.mkdtemp()
        lookup = Path(folder, "lookup.sqlite")
        try:
            with closing(self._database.copy(lookup)) as copy:
                converter = replace(self._settings.converter(lookup), writes=job.remembers)
                recorder = _Recorder(self._database, copy)
                job = replace(job, variant=converter.fingerprint)
                result = run(
                    job, convert=converter, listeners=(*listeners, self._proofs, recorder),
                    interrupts=self._interrupts, stale=self._database.is_outdated, manifest=self._manifest,
                )  # fmt: skip
                recorder.finish()
                return result
        finally:
            conversion.close_database()
            shutil.rmtree(folder, ignore_errors=True)

    def _request_images(self) -> None:
        """Download the images, or ask whether they are there; report each that is missing as a row."""
        settings, layout, result = self._settings, self._settings.layout, self._result
        archived = []
        try:
            if settings.check is not None:
                result.images = settings.check(self._database, self._interrupts.wake)
            elif settings.download is not None and layout is not None:
                archived = save_archived(self._database, layout.folder, self._job, self._interrupts.check)
                result.images = settings.download(self._database, layout.folder, self._interrupts.wake)
            else:
                return
        except CancelledError:
            return
        result.images.add(archived)
        result.conversion.images_missing = result.images.missing
        for image in self._database.images(FAILED, DEAD):
            result.conversion.counts[Outcome.MISSING] += 1
            posts = self._database.posts_showing(image.address)
            more = f" and {len(posts) - NAMED_POSTS} more" if len(posts) > NAMED_POSTS else ""
            named = ", ".join(posts[:NAMED_POSTS]) + more
            row = Row(-1, image.address, "", Outcome.MISSING, f"{image.why} (shown in {named})", kind="image")
            for listener in self._listeners:
                listener.row(row)

    def _convert_outdated(self) -> None:
        """Convert again the posts that would now be written differently, and add that to the result."""
        if next(self._database.outdated_posts(), None) is None:
            return
        job = replace(self._job, force=False, prune=False, proves_changed_only=True)
        again = self._pass(job, (_FailureFilter(self._listeners, self._database.has_post),))
        total = self._result.conversion
        self._result.rewritten = again.converted
        total.stopped, total.fatal = again.stopped, again.fatal
        total.counts[Outcome.FAILED] = max(total.failed, again.failed)
        total.seconds += again.seconds
        if self._job.proof:
            total.verified, total.differing = self._proofs.counts()


def _output_folder(job: Job) -> Path:
    if job.out is not None:
        return job.out
    raise BatchError("images, links and redirects need an output folder (-o)", exit_code=2)


def preview_download(
    job: Job, settings: StandaloneSettings, *, listeners: Iterable[Listener] = (), interrupts: Interrupts
) -> tuple[Result, DownloadPreview]:
    """Return the result of a conversion that writes nothing, and what a download of its images would do.

    Every document is converted; nothing is written and nothing is requested.
    """
    _output_folder(job)
    job = replace(job, mode=Mode.CHECK, force=True, prune=False)
    found, preview = ArchiveDatabase.temporary(), DownloadPreview()
    failures = _FailureFilter(listeners, lambda _: True)
    with closing(manifest_of(job)) as manifest:
        known = ArchiveDatabase(manifest.database)
        archive = _Archive(job, settings, manifest, found, (failures,), interrupts)
        result = archive.convert().conversion
        _count(found, known, preview)
    found.close()
    return result, preview


def _count(found: ArchiveDatabase, known: ArchiveDatabase, preview: DownloadPreview) -> None:
    for image in found.images(WANTED):
        preview.images += 1
        status = known.status_of(image.address)
        preview.saved += status == SAVED
        preview.dead += status == DEAD
        if status not in (SAVED, DEAD):
            preview.hosts[host(image.address)] += 1

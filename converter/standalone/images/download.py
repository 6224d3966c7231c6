"""Download many images, or ask for them, with limits for all and for each host.

A run that is stopped goes on at the next run.
"""

from __future__ import annotations

import asyncio
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import ClassVar, Protocol

import httpx

from converter.rules.urls import ImageHost
from converter.standalone.addresses import host
from converter.standalone.database import ALIVE, DEAD, FAILED, SAVED, WANTED, ArchiveDatabase, Image
from converter.standalone.images import asset_files
from converter.standalone.images.fetch import HEADERS, Clock, Limits, MissingError, fetch, probe

BATCH = 64
"""How many images are made durable and recorded at once."""
WINDOW = 512
"""How many images are shuffled and in progress, so that one slow host does not delay all others."""


_DETAIL = re.compile(r" \([^()]*\)$")
"""Words about one image only, at the end of a reason."""


class Progress(Protocol):
    """Gets the progress of a download."""

    def expected(self, images: int) -> None:
        """Take the number of images to download."""

    def finished(self, image: Image) -> None:
        """Take an image that is saved, or that failed in this run."""


@dataclass(slots=True)
class Totals:
    """Result of a download: numbers of images saved (of a check: found) and missing, bytes, reasons, hosts skipped."""

    saved: int = 0
    missing: int = 0
    size: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    hosts_skipped: set[str] = field(default_factory=set)

    def add(self, images: list[Image]) -> None:
        """Count images that were saved without a request."""
        self.saved += len(images)
        self.size += sum(image.size for image in images)


def mark_missing_files(database: ArchiveDatabase, folder: Path) -> int:
    """Record as wanted each saved image whose file is gone; return their number."""
    gone = [image for image in database.images(SAVED) if not (folder / image.name).is_file()]
    database.record_images(image._replace(status=WANTED, name="", size=0) for image in gone)
    return len(gone)


def download(
    database: ArchiveDatabase,
    folder: Path,
    *,
    limits: Limits,
    make_durable: Callable[[Path], None],
    transport: httpx.AsyncBaseTransport,
    retry_dead: bool = False,
    hosts: tuple[ImageHost, ...] = (),
    clock: Clock | None = None,
    progress: Progress | None = None,
    wake: int | None = None,
) -> Totals:
    """Download the images that are wanted, and those that failed in the last run, into a folder.

    make_durable: makes everything written below a folder durable; called before images are recorded as saved.
    hosts: how to ask hosts of images, a user's own rows.
    retry_dead: also request images that are recorded as gone.
    transport: how requests are sent, a GuardedTransport.
    wake: a descriptor that becomes readable when the run has to end; CancelledError is raised then.

    Whatever ends the run, what is recorded stays, and the next run goes on from there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    run = _Download(database, folder, limits, make_durable, clock or Clock(), progress, hosts)
    asyncio.run(run.all(transport, retry_dead, wake))
    return run.totals


def check(
    database: ArchiveDatabase,
    *,
    limits: Limits,
    transport: httpx.AsyncBaseTransport,
    again: bool = False,
    hosts: tuple[ImageHost, ...] = (),
    clock: Clock | None = None,
    progress: Progress | None = None,
    wake: int | None = None,
) -> Totals:
    """Ask for each image that is not saved whether it is there, and record the answer; nothing is kept of them.

    again: also ask for images whose answer is known.  The other arguments, and what ends the run, are as in `download`.
    """
    run = _Check(database, Path(), limits, lambda _folder: None, clock or Clock(), progress, hosts)
    asyncio.run(run.all(transport, again, wake))
    return run.totals


class _Download:
    """A download that is running.

    _states: of the images that are requested; _known: of those that are requested only where that is asked for.
    """

    _states: ClassVar[tuple[str, ...]] = (WANTED, FAILED, ALIVE)
    _known: ClassVar[tuple[str, ...]] = (DEAD,)

    def __init__(
        self,
        database: ArchiveDatabase,
        folder: Path,
        limits: Limits,
        make_durable: Callable[[Path], None],
        clock: Clock,
        progress: Progress | None,
        hosts: tuple[ImageHost, ...],
    ) -> None:
        self.totals = Totals()
        self._database, self._folder, self._limits, self._make_durable = database, folder, limits, make_durable
        self._clock, self._progress, self._image_hosts = clock, progress, hosts
        self._done: list[Image] = []
        self._window = asyncio.Semaphore(WINDOW)
        self._slots = asyncio.Semaphore(limits.connections)
        self._hosts: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(limits.per_host))
        self._failures: defaultdict[str, int] = defaultdict(int)

    async def all(self, transport: httpx.AsyncBaseTransport, retry_dead: bool, wake: int | None) -> None:
        """Download every image that is wanted."""
        if wake is not None:
            _cancel_at(wake)
        states = (*self._states, *(self._known if retry_dead else ()))
        if self._progress:
            self._progress.expected(self._database.count_images(*states))
        timeout = httpx.Timeout(self._limits.timeout, pool=None)
        try:
            async with (
                httpx.AsyncClient(transport=transport, timeout=timeout, headers=HEADERS) as client,
                asyncio.TaskGroup() as group,
            ):
                for image in _shuffled(self._database.images(*states)):
                    await self._window.acquire()
                    group.create_task(self._one(client, image))
        except BaseExceptionGroup as group:
            raise group.exceptions[0] from None
        finally:
            self._record()

    async def _one(self, client: httpx.AsyncClient, image: Image) -> None:
        try:
            self._take(await self._outcome(client, image))
        finally:
            self._window.release()

    async def _request(self, client: httpx.AsyncClient, image: Image) -> Image:
        """Return an image that was fetched and saved; MissingError where it cannot be."""
        got = await fetch(client, _addresses(image), self._limits, self._clock, self._image_hosts)
        kept = asset_files.save_asset(self._folder, got.data, got.suffix)
        return image._replace(status=SAVED, name=kept, size=len(got.data), fetched=got.fetched, why="")

    async def _outcome(self, client: httpx.AsyncClient, image: Image) -> Image:
        name = host(image.address)
        async with self._hosts[name], self._slots:
            if self._failures[name] >= self._limits.patience:
                self.totals.hosts_skipped.add(name)
                return image._replace(status=FAILED, why=f"{name} was skipped: it failed too often")
            try:
                found = await self._request(client, image)
            except MissingError as error:
                self._failures[name] = 0 if error.final else self._failures[name] + 1
                return image._replace(status=DEAD if error.gone else FAILED, why=error.why)
            except Exception as error:  # a fault of ours in one image must not stop the others
                return image._replace(status=FAILED, why=f"internal error: {type(error).__name__}: {error}")
            self._failures[name] = 0
        return found

    def _take(self, image: Image) -> None:
        self._done.append(image)
        if len(self._done) >= BATCH:
            self._record()

    def _record(self) -> None:
        """Make the finished images durable, then record them."""
        done, self._done = self._done, []
        if any(image.status == SAVED for image in done):
            self._make_durable(self._folder)
        self._database.record_images(done)
        for image in done:
            self._count(image)

    def _count(self, image: Image) -> None:
        if image.status in (SAVED, ALIVE):
            self.totals.saved += 1
            self.totals.size += image.size
        else:
            self.totals.missing += 1
            self.totals.reasons[_reason(image)] += 1
        if self._progress:
            self._progress.finished(image)


class _Check(_Download):
    """A check that is running: images are asked for and not kept."""

    _states: ClassVar[tuple[str, ...]] = (WANTED, FAILED)
    _known: ClassVar[tuple[str, ...]] = (ALIVE, DEAD)

    async def _request(self, client: httpx.AsyncClient, image: Image) -> Image:
        await probe(client, _addresses(image), self._limits, self._clock, self._image_hosts)
        return image._replace(status=ALIVE, why="")


def _reason(image: Image) -> str:
    """Return why an image is missing in words that it shares with other images."""
    text = _DETAIL.sub("", image.why)
    name = host(image.address)
    return text.replace(name, "the host") if name else text


def _cancel_at(wake: int) -> None:
    """Cancel the current task when a descriptor becomes readable."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None

    def stop() -> None:
        loop.remove_reader(wake)
        task.cancel()

    loop.add_reader(wake, stop)


def _addresses(image: Image) -> tuple[str, ...]:
    return tuple(dict.fromkeys((image.address, image.served or image.address)))


def _shuffled(images: Iterator[Image]) -> Iterator[Image]:
    """Yield the images with their hosts shuffled, in the same order in every run."""
    while page := list(islice(images, WINDOW)):
        yield from sorted(page, key=lambda image: blake2b(image.address.encode(), digest_size=8).digest())

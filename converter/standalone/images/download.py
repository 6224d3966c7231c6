"""Many images: bounded, resumable, each kept before it is called kept."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import Protocol

import httpx

from converter.standalone.addresses import host
from converter.standalone.images import store
from converter.standalone.images.fetch import HEADERS, Clock, Limits, MissingError, fetch
from converter.standalone.images.guard import GuardedTransport
from converter.standalone.state import DEAD, FAILED, SAVED, WANTED, Image, State

BATCH = 64
"""So many images are made durable and remembered at once."""
SPREAD = 512
"""So many images are mixed and under way, so that one slow host does not stand before all others."""


class Progress(Protocol):
    """What is told of a download while it goes on."""

    def expected(self, images: int) -> None:
        """So many images are to be brought."""

    def finished(self, image: Image) -> None:
        """One is here, or will not come now."""


@dataclass(slots=True)
class Totals:
    """What became of the images of a run."""

    saved: int = 0
    missing: int = 0
    size: int = 0
    hosts_left: set[str] = field(default_factory=set)


def missing_files(state: State, folder: Path) -> int:
    """Want each image again that should be here and is not; returns how many."""
    gone = [image for image in state.images(SAVED) if not (folder / image.name).is_file()]
    state.record(image._replace(state=WANTED, name="", size=0) for image in gone)
    return len(gone)


def download(
    state: State,
    folder: Path,
    *,
    limits: Limits,
    make_durable: Callable[[Path], None],
    again: bool = False,
    transport: httpx.AsyncBaseTransport | None = None,
    clock: Clock | None = None,
    progress: Progress | None = None,
    wake: int | None = None,
) -> Totals:
    """Bring the images that are wanted, and those that did not come last time, into a folder.

    make_durable: makes everything written below a folder durable; called before images are recorded as saved.
    again: also ask for images that were said to be gone.
    transport: the way to the network (None: guarded, public addresses only).

    wake: a descriptor that becomes readable when the run shall end; CancelledError is raised then.

    Whatever ends the run, what was recorded by then stays, and the next run goes on from there.
    """
    run = _Download(state, folder, limits, make_durable, clock or Clock(), progress)
    asyncio.run(run.all(transport or GuardedTransport(connections=limits.connections), again, wake))
    return run.totals


class _Download:
    """The state of one download."""

    def __init__(
        self,
        state: State,
        folder: Path,
        limits: Limits,
        make_durable: Callable[[Path], None],
        clock: Clock,
        progress: Progress | None,
    ) -> None:
        self.totals = Totals()
        self._state, self._folder, self._limits, self._make_durable = state, folder, limits, make_durable
        self._clock, self._progress = clock, progress
        self._done: list[Image] = []
        self._window = asyncio.Semaphore(SPREAD)
        self._places = asyncio.Semaphore(limits.connections)
        self._hosts: defaultdict[str, asyncio.Semaphore] = defaultdict(lambda: asyncio.Semaphore(limits.per_host))
        self._failures: defaultdict[str, int] = defaultdict(int)

    async def all(self, transport: httpx.AsyncBaseTransport, again: bool, wake: int | None) -> None:
        """Bring every image there is to bring."""
        if wake is not None:
            _cancel_at(wake)
        states = (WANTED, FAILED, DEAD) if again else (WANTED, FAILED)
        if self._progress:
            self._progress.expected(self._state.count(*states))
        timeout = httpx.Timeout(self._limits.timeout, pool=None)
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            async with (
                httpx.AsyncClient(transport=transport, timeout=timeout, headers=HEADERS) as client,
                asyncio.TaskGroup() as group,
            ):
                for image in _mixed(self._state.images(*states)):
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

    async def _outcome(self, client: httpx.AsyncClient, image: Image) -> Image:
        name = host(image.address)
        async with self._hosts[name], self._places:
            if self._failures[name] >= self._limits.patience:
                self.totals.hosts_left.add(name)
                return image._replace(state=FAILED, why=f"{name} was left alone: it failed too often")
            try:
                got = await fetch(client, _addresses(image), self._limits, self._clock)
            except MissingError as error:
                self._failures[name] = 0 if error.final else self._failures[name] + 1
                return image._replace(state=DEAD if error.final else FAILED, why=error.why)
            self._failures[name] = 0
            kept = store.put(self._folder, got.data, got.suffix)
        return image._replace(state=SAVED, name=kept, size=len(got.data), fetched=got.fetched, why="")

    def _take(self, image: Image) -> None:
        self._done.append(image)
        if len(self._done) >= BATCH:
            self._record()

    def _record(self) -> None:
        """Make the images durable, then remember them."""
        done, self._done = self._done, []
        if any(image.state == SAVED for image in done):
            self._make_durable(self._folder)
        self._state.record(done)
        for image in done:
            self._count(image)

    def _count(self, image: Image) -> None:
        if image.state == SAVED:
            self.totals.saved += 1
            self.totals.size += image.size
        else:
            self.totals.missing += 1
        if self._progress:
            self._progress.finished(image)


def _cancel_at(wake: int) -> None:
    """Cancel this task, once, when a descriptor becomes readable."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None

    def stop() -> None:
        loop.remove_reader(wake)
        task.cancel()

    loop.add_reader(wake, stop)


def _addresses(image: Image) -> tuple[str, ...]:
    return tuple(dict.fromkeys((image.address, image.served or image.address)))


def _mixed(images: Iterator[Image]) -> Iterator[Image]:
    """The images, hosts mixed, in an order that is the same in every run."""
    while page := list(islice(images, SPREAD)):
        yield from sorted(page, key=lambda image: blake2b(image.address.encode(), digest_size=8).digest())

"""A whole archive made to stand alone: convert and learn, bring the images, convert again what can be better now."""

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
from converter.standalone.state import DEAD, FAILED, SAVED, WANTED, State
from converter.standalone.values import Learned

if TYPE_CHECKING:
    from converter.standalone.images.download import Totals

PAGE = 500
NAMED_POSTS = 3
"""So many posts are named where an image is missing."""

Download = Callable[[State, Path, int], "Totals"]
"""Brings the images that a state wants into a folder; CancelledError when the descriptor becomes readable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What shall be done beside converting.

    download: how images are brought (None: none are).  redirects: files to write, in the form of their names.
    permalink: template of the new addresses in them.
    """

    converter: Converter
    download: Download | None = None
    redirects: tuple[Path, ...] = ()
    permalink: str = ""


@dataclass(slots=True)
class Story:
    """What became of a run: the conversion, the posts written again, the images."""

    result: Result
    rewritten: int = 0
    images: Totals | None = None


@dataclass(slots=True)
class Survey:
    """What a download would do.  ``hosts``: images to bring by host."""

    images: int = 0
    here: int = 0
    dead: int = 0
    hosts: Counter[str] = field(default_factory=Counter)


class _Student:
    """A listener that remembers what conversions have taught."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._page: list[Learned] = []

    def planned(self, total: int) -> None:
        """Nothing to do."""

    def received(self, count: int) -> None:
        """Nothing to do."""

    def row(self, row: Row) -> None:
        """Learn from a row."""
        if isinstance(row.note, Learned) and row.outcome is not Outcome.FAILED:
            self._page.append(row.note)
            if len(self._page) >= PAGE:
                self.finish()
        elif row.outcome is Outcome.PRUNED:
            self._state.forget((row.output,))

    def finish(self) -> None:
        """Remember the rest."""
        page, self._page = self._page, []
        if page:
            self._state.learn(page)


class _Troubles:
    """A listener that hands on failures only, and those of known posts only: others were reported already."""

    def __init__(self, listeners: Iterable[Listener], is_known: Callable[[str], bool]) -> None:
        self._listeners, self._is_known = tuple(listeners), is_known

    def planned(self, total: int) -> None:
        """Nothing to do."""

    def received(self, count: int) -> None:
        """Nothing to do."""

    def row(self, row: Row) -> None:
        """Hand on a failure."""
        if row.outcome is Outcome.FAILED and self._is_known(row.output):
            for listener in self._listeners:
                listener.row(row)


def stand_alone(job: Job, wish: Wish, *, listeners: Iterable[Listener] = (), interrupts: Interrupts) -> Story:
    """Do a job that has an output folder, and what is wished beside.

    A post is written as soon as it is converted, with what is known by then; when all is known (and the
    images are here), the posts that would be written otherwise are converted once more.  So the folder
    holds a whole archive after the first pass, and whatever ends a run, the next one goes on from there.

    Raises what ``run`` raises; a disk that is full or gone ends the run early (``Result.fatal``).
    """
    out = _folder(job)
    listeners = tuple(listeners)
    writes = job.mode is Mode.WRITE
    job = replace(job, variant=wish.converter.fingerprint)
    converter = replace(wish.converter, keeps=writes)
    state = State.open(out) if writes else State.reading(out)
    student = _Student(state)
    learners = (*listeners, student) if writes else listeners
    story = Story(Result())
    try:
        story.result = run(job, convert=converter, listeners=learners, interrupts=interrupts, stale=state.stale)
        conversion.close()
        student.finish()
        if not writes or story.result.stopped or story.result.fatal:
            return story
        _bring(story, wish, state, listeners, interrupts)
        interrupts.check()
        _again(job, converter, state, story, listeners, interrupts)
        for path in wish.redirects:
            redirects.write(path, redirects.redirects(state, wish.permalink))
    except Stopped as stopped:
        story.result.stopped = stopped.number
    except (OSError, sqlite3.Error) as error:
        story.result.fatal = str(error)
    finally:
        state.close()
    return story


def _folder(job: Job) -> Path:
    if job.out is None:
        raise BatchError("an archive that stands alone needs an output folder (-o)", exit_code=2)
    return job.out


def _bring(story: Story, wish: Wish, state: State, listeners: Iterable[Listener], interrupts: Interrupts) -> None:
    """Bring the images; those that did not come become rows."""
    layout = wish.converter.layout
    if wish.download is None or layout is None:
        return
    try:
        story.images = wish.download(state, layout.folder, interrupts.wake)
    except CancelledError:
        return
    for image in state.images(FAILED, DEAD):
        story.result.counts[Outcome.MISSING] += 1
        posts = state.users(image.address)
        more = f" and {len(posts) - NAMED_POSTS} more" if len(posts) > NAMED_POSTS else ""
        named = ", ".join(posts[:NAMED_POSTS]) + more
        row = Row(-1, image.address, "", Outcome.MISSING, f"{image.why} (shown in {named})", kind="image")
        for listener in listeners:
            listener.row(row)


def _again(
    job: Job, converter: Converter, state: State, story: Story, listeners: Iterable[Listener], interrupts: Interrupts
) -> None:
    """Convert once more what would be written otherwise now."""
    if next(state.outdated(), None) is None:
        return
    student = _Student(state)
    job = replace(job, force=False, prune=False)
    told = (_Troubles(listeners, state.known), student)
    again = run(job, convert=converter, listeners=told, interrupts=interrupts, stale=state.stale)
    conversion.close()
    student.finish()
    story.rewritten = again.converted
    story.result.stopped, story.result.fatal = again.stopped, again.fatal
    story.result.counts[Outcome.FAILED] = max(story.result.failed, again.failed)
    story.result.seconds += again.seconds


def survey(
    job: Job, wish: Wish, *, listeners: Iterable[Listener] = (), interrupts: Interrupts
) -> tuple[Result, Survey]:
    """What a download would do.  Every document is converted, nothing is written, nothing is asked for."""
    out = _folder(job)
    job = replace(job, mode=Mode.CHECK, force=True, prune=False)
    learned, known, found = State.temporary(), State.reading(out), Survey()
    student = _Student(learned)
    converter = replace(wish.converter, keeps=False)
    result = run(
        job, convert=converter, listeners=(_Troubles(listeners, lambda _: True), student), interrupts=interrupts
    )
    conversion.close()
    student.finish()
    for image in learned.images(WANTED):
        found.images += 1
        state = known.state_of(image.address)
        found.here += state == SAVED
        found.dead += state == DEAD
        if state not in (SAVED, DEAD):
            found.hosts[host(image.address)] += 1
    learned.close()
    known.close()
    return result, found

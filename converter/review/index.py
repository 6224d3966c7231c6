"""All posts and their scores, gathered in the background while the page is looked at already."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from converter.batch import pairs
from converter.batch.pairs import Pair
from converter.options import Options

PAGE = 100
"""Posts on one page of the list."""
FAILED, DIFFERS, WAITING, PERFECT = range(4)
"""States of a post, in the order of the list."""


class Entry(NamedTuple):
    """A post in the list; sorts worst first."""

    state: int
    score: float
    name: str
    number: int
    differences: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """What is reviewed: Markdown in ``out`` made of posts in ``source``."""

    out: Path
    source: Path
    options: Options
    renderer: str = "markdown-it"
    jobs: int = 1


class Index:
    """The list of posts; ``start`` fills it from a thread of its own, ``fill`` at once."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.pairs: list[Pair] = []
        self.problem = ""
        self._entries: list[Entry] = []
        self._order: Sequence[Entry] = ()
        self._dirty = False
        self._done = False
        self._lock = threading.Lock()

    def start(self) -> None:
        """Begin to gather, and return."""
        threading.Thread(target=self.fill, daemon=True).start()

    def fill(self) -> None:
        """Gather all posts and their scores."""
        archive = self.archive
        try:
            found = sorted(pairs.find(archive.source, archive.out), key=lambda pair: pair.name)
            with self._lock:
                self.pairs = found
                self._entries = [Entry(WAITING, 0.0, pair.name, number) for number, pair in enumerate(found)]
                self._dirty = True
            checks = pairs.check_all(found, options=archive.options, renderer=archive.renderer, jobs=archive.jobs)
            for number, checked in enumerate(checks):
                state = FAILED if checked.error else DIFFERS if checked.differences else PERFECT
                entry = Entry(state, checked.score, checked.name, number, len(checked.differences), checked.error)
                with self._lock:
                    self._entries[number] = entry
                    self._dirty = True
        except Exception as error:  # the page must say what stopped it: nobody waits for this thread
            self.problem = f"{type(error).__name__}: {error}"
        self._done = True

    def ordered(self) -> Sequence[Entry]:
        """All posts, worst first."""
        with self._lock:
            if self._dirty:
                self._order, self._dirty = sorted(self._entries), False
            return self._order

    def page(self, query: str, number: int) -> dict[str, Any]:
        """One page of the posts whose name holds all words of the query, and how the whole stands."""
        entries = self.ordered()
        words = query.lower().split()
        wanted = [one for one in entries if all(word in one.name.lower() for word in words)] if words else entries
        counts = [0] * 4
        for one in entries:
            counts[one.state] += 1
        pages = max(1, -(-len(wanted) // PAGE))
        number = min(max(number, 0), pages - 1)
        return {
            "total": len(entries), "failed": counts[FAILED], "differing": counts[DIFFERS], "waiting": counts[WAITING],
            "perfect": counts[PERFECT], "done": self._done, "problem": self.problem, "found": len(wanted),
            "page": number, "pages": pages,
            "rows": [row(one) for one in wanted[number * PAGE : (number + 1) * PAGE]],
        }  # fmt: skip


def row(entry: Entry) -> list[Any]:
    """A post as the page's script takes it."""
    return [entry.number, entry.name, round(entry.score, 4), entry.differences, entry.state, entry.error]

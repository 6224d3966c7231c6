"""The list of posts and scores; a background thread fills it while the page is already in use."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from converter.batch import pairs
from converter.batch.pairs import Pairs

PAGE = 100
"""How many posts one page of the list has."""
FAILED, DIFFERS, WAITING, PERFECT = range(4)
"""States of a post, sorted as in the list."""


class Entry(NamedTuple):
    """A post in the list; the fields are in sort order, worst first.  ``number``: index of its pair."""

    state: int
    score: float
    name: str
    number: int
    differences: int = 0
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An archive to review: the posts, with the Markdown in ``out`` that was made of them."""

    out: Path
    pairs: Pairs
    renderer: str = "markdown-it"
    jobs: int = 1


class Index:
    """The list of posts; ``start`` fills it in the background, ``fill`` before it returns."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.pairs = archive.pairs
        self.problem = ""
        self._entries = [Entry(WAITING, 0.0, pair.name, number) for number, pair in enumerate(self.pairs.found)]
        self._order: Sequence[Entry] = ()
        self._dirty = True
        self._done = False
        self._lock = threading.Lock()

    def start(self) -> None:
        """Start a thread that fills the list, and return."""
        threading.Thread(target=self.fill, daemon=True).start()

    def fill(self) -> None:
        """Verify each post; an error is kept in ``problem``."""
        archive = self.archive
        try:
            checks = pairs.check_all(self.pairs, renderer=archive.renderer, jobs=archive.jobs)
            for number, checked in enumerate(checks):
                state = FAILED if checked.error else DIFFERS if checked.differences else PERFECT
                entry = Entry(state, checked.score, checked.name, number, len(checked.differences), checked.error)
                with self._lock:
                    self._entries[number] = entry
                    self._dirty = True
        except Exception as error:  # nobody waits for this thread: the page shows the error
            self.problem = f"{type(error).__name__}: {error}"
        self._done = True

    def ordered(self) -> Sequence[Entry]:
        """Return all posts, worst first."""
        with self._lock:
            if self._dirty:
                self._order, self._dirty = sorted(self._entries), False
            return self._order

    def page(self, query: str, number: int) -> dict[str, Any]:
        """Return one page of the posts whose names hold all words of the query, and the counts of all posts."""
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
    """Return a post as the page's script expects it."""
    return [entry.number, entry.name, round(entry.score, 4), entry.differences, entry.state, entry.error]

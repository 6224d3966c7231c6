"""The list of posts and scores; a background thread fills it while the page is already in use."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from converter.batch import pairs
from converter.batch.pairs import Checked, Pair, Pairs
from converter.review import marks
from converter.review.content import in_both
from converter.review.copies import Copies
from converter.review.marks import Marks
from converter.review.text_search import TextSearch
from converter.standalone.catalogue import known_harm
from converter.standalone.health import WHOLE, health, of_duplicate
from converter.standalone.search_text import readable

PAGE = 100
"""How many posts one page of the list has."""
FAILED, DIFFERS, WAITING, PERFECT = range(4)
"""States of a post, sorted as in the list."""
STATES = {"failed": FAILED, "differs": DIFFERS, "waiting": WAITING, "perfect": PERFECT}


class Entry(NamedTuple):
    """A post in the list; the fields are in sort order, worst first.

    number: index of its pair; health: see ``standalone.health`` (0: it could not be compared; None: not checked yet);
    fuller: the post that is a fuller copy, known when all are checked.
    """

    state: int
    score: float
    name: str
    number: int
    differences: int = 0
    error: str = ""
    incomplete: str = ""
    health: int | None = None
    fuller: str = ""


class Filters(NamedTuple):
    """What the list shows, and in which order.

    query: words that name, title or text hold ("": any); state: a state of STATES; complete: "yes" or "no";
    mark: one of MARKS or "none".  "" in these three: any.  order: "health" (else by result); worst first in both.
    """

    query: str = ""
    state: str = ""
    complete: str = ""
    mark: str = ""
    order: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """An archive to review: the posts, with the Markdown in ``out`` that was made of them."""

    out: Path
    pairs: Pairs
    renderer: str = "auto"
    jobs: int = 1


class Index:
    """The list of posts; ``start`` fills it in the background, ``fill`` before it returns."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.pairs = archive.pairs
        self.problem = ""
        self.marks = Marks((archive.out if archive.out.is_dir() else archive.out.parent) / marks.NAME)
        self._text = TextSearch(archive.out)
        self._titles: Mapping[str, str] = {}
        self._words: list[str] = [pair.name.casefold() for pair in self.pairs.found]
        self._entries = [Entry(WAITING, 0.0, pair.name, number) for number, pair in enumerate(self.pairs.found)]
        self._order: Sequence[Entry] = ()
        self._counts: Counter[int] = Counter()
        self._dirty = True
        self._done = False
        self._lock = threading.Lock()

    def start(self) -> None:
        """Start threads that read titles and texts and fill the list, and return."""
        threading.Thread(target=self.read_texts, daemon=True).start()
        threading.Thread(target=self.verify_all, daemon=True).start()

    def fill(self) -> None:
        """Read the titles, and verify each post; an error is kept in ``problem``."""
        self.read_texts()
        self.verify_all()

    def read_texts(self) -> None:
        """Read the title and the text of each post, for the list and its search."""
        self._titles = self._text.fill()
        self._words = [f"{name}\n{self._titles.get(name, '')}".casefold() for name, *_ in self.pairs.found]

    def title(self, name: str) -> str:
        """Return the title of a post ("": not known, or not yet)."""
        title = self._titles.get(name, "")
        return "" if title == name else title

    def verify_all(self) -> None:
        """Verify each post; an error is kept in ``problem``."""
        archive = self.archive
        try:
            dead = known_harm(archive.out).dead_images
            checks = pairs.check_all(self.pairs, renderer=archive.renderer, jobs=archive.jobs, completeness=True)
            copies = Copies()
            for number, checked in enumerate(checks):
                state = FAILED if checked.error else DIFFERS if checked.differences else PERFECT
                found = (len(checked.differences), checked.error, checked.incomplete)
                points = _health(self.pairs.found[number], checked, dead.get(checked.name, 0), copies)
                entry = Entry(state, checked.score, checked.name, number, *found, points)
                with self._lock:
                    self._entries[number] = entry
                    self._dirty = True
            self._mark_copies(copies.fuller())
        except Exception as error:  # nobody waits for this thread: the page shows the error
            self.problem = f"{type(error).__name__}: {error}"
        self._done = True

    def _mark_copies(self, fuller: Mapping[str, str]) -> None:
        """Tell of each post of which another one is a fuller copy, which that is; its health is the worse for it."""
        with self._lock:
            for number, entry in enumerate(self._entries):
                if entry.name in fuller and entry.health:
                    points = of_duplicate(entry.health)
                    self._entries[number] = entry._replace(health=points, fuller=fuller[entry.name])
            self._dirty = True

    def ordered(self) -> Sequence[Entry]:
        """Return all posts, worst first."""
        with self._lock:
            if self._dirty:
                self._order, self._dirty = sorted(self._entries), False
                self._counts = Counter(one.state for one in self._order)
            return self._order

    def page(self, filters: Filters, number: int) -> dict[str, Any]:
        """Return one page of the posts that pass the filters, and the counts of all posts."""
        entries = self.ordered()
        wanted = entries if filters == Filters() else self._passing(entries, filters)
        counts = self._counts
        pages = max(1, -(-len(wanted) // PAGE))
        number = min(max(number, 0), pages - 1)
        return {
            "total": len(entries), "failed": counts[FAILED], "differing": counts[DIFFERS], "waiting": counts[WAITING],
            "perfect": counts[PERFECT], "done": self._done, "problem": self.problem, "found": len(wanted),
            "page": number, "pages": pages,
            "rows": [self.row(one) for one in wanted[number * PAGE : (number + 1) * PAGE]],
        }  # fmt: skip

    def _passing(self, entries: Sequence[Entry], filters: Filters) -> Sequence[Entry]:
        passing = entries
        if filters.query.strip():
            held, named = self._text.find(filters.query), self._named(filters.query)
            passing = [one for one in passing if one.number in named or one.name in held]
        if (state := STATES.get(filters.state)) is not None:
            passing = [one for one in passing if one.state == state]
        if filters.complete:
            passing = [one for one in passing if (filters.complete == "no") == bool(one.incomplete)]
        if filters.mark:
            given = self.marks.all()
            passing = [one for one in passing if given.get(one.name, "none") == filters.mark]
        return sorted(passing, key=_by_health) if filters.order == "health" else passing

    def _named(self, query: str) -> frozenset[int]:
        """Return the numbers of the posts whose name or title holds all words of a query."""
        names = self._words
        found: Sequence[int] = range(len(names))
        for word in query.casefold().split():
            found = [number for number in found if word in names[number]]
        return frozenset(found)

    def row(self, entry: Entry) -> list[Any]:
        """Return a post as the page's script expects it."""
        return [
            entry.number, entry.name, round(entry.score, 4), entry.differences, entry.state,
            in_both(entry.error) if entry.error else None, self.title(entry.name), entry.incomplete,
            self.marks.all().get(entry.name, ""), entry.health, entry.fuller,
        ]  # fmt: skip


def _health(pair: Pair, checked: Checked, dead_images: int, copies: Copies) -> int:
    """Return the health of a post that was checked; 0 where it could not be compared, or is gone since."""
    if checked.error:
        return 0
    try:
        markdown = pairs.read_markdown(pair)
    except OSError:
        return 0
    text = readable(markdown)
    copies.add(checked.name, markdown, text)
    return health(text, incomplete=bool(checked.incomplete), dead_images=dead_images, score=checked.score)


def _by_health(entry: Entry) -> int:
    """Return the key of the order by health: the worst first, those that are not checked yet last."""
    return WHOLE + 1 if entry.health is None else entry.health

"""Groups of texts that are the same or nearly the same, found by their sketches; many more texts than memory holds."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from converter.similarity.sketch import Sketch, bands, likeness

ALIKE = 0.8
"""Texts of which this share is the same are in one group."""
MOST_LEADERS = 40
"""Texts of one band that another one is compared with."""
SCHEMA = """
CREATE TABLE texts (number INTEGER PRIMARY KEY, key TEXT, digest BLOB, size INTEGER, bins BLOB, date TEXT);
CREATE TABLE bands (band BLOB, number INTEGER);
"""
COLUMNS = "number, key, digest, size, bins, date"


class Member(NamedTuple):
    """A text of a group.  exact: it has the same letters and digits as the earliest of the group."""

    key: str
    exact: bool


class Group(NamedTuple):
    """Texts that are alike, the earliest first, and the one with the most text."""

    members: tuple[Member, ...]
    fullest: str

    @property
    def earliest(self) -> str:
        """Return the text with the earliest date; of several, or without dates, the first that was added."""
        return self.members[0].key


class Groups:
    """Collects sketches, and finds the groups.  What it holds lies in a temporary file."""

    def __init__(self) -> None:
        self._database = sqlite3.connect("", isolation_level=None)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.executescript(SCHEMA)
        self._database.execute("BEGIN")
        self._count = 0

    def close(self) -> None:
        """Give the temporary file back."""
        self._database.close()

    def add(self, key: str, sketch: Sketch) -> None:
        """Add a text; an empty one is like no other."""
        if not sketch.size:
            return
        self._count += 1
        number, execute = self._count, self._database.execute
        row = (number, key, sketch.digest, sketch.size, sketch.bins, sketch.date)
        execute("INSERT INTO texts VALUES (?, ?, ?, ?, ?, ?)", row)
        execute("INSERT INTO bands VALUES (?, ?)", (sketch.digest, number))
        numbered = ((bytes((place,)) + band, number) for place, band in enumerate(bands(sketch)))
        self._database.executemany("INSERT INTO bands VALUES (?, ?)", numbered)

    def found(self) -> Iterator[Group]:
        """Yield the groups of two and more texts, in the order in which the first of each was added."""
        leaders: dict[int, int] = {}
        for number, other in self._alike():
            one, two = sorted((_leader(leaders, number), _leader(leaders, other)))
            if one != two:
                leaders[two] = one
        groups: dict[int, list[int]] = {}
        for number in sorted(leaders):
            first = _leader(leaders, number)
            groups.setdefault(first, [first]).append(number)
        for _, numbers in sorted(groups.items()):
            yield self._group(numbers)

    def _alike(self) -> Iterator[tuple[int, int]]:
        """Yield pairs of texts that are alike: of each band, those that its first texts show."""
        self._database.execute("CREATE INDEX IF NOT EXISTS bands_band ON bands (band, number)")
        rows = self._database.execute(
            "SELECT band, number FROM bands WHERE band IN "
            "(SELECT band FROM bands GROUP BY band HAVING count(*) > 1) ORDER BY band, number"
        )
        band, leaders = b"", list[tuple[int, Sketch]]()
        for name, number in rows:
            if name != band:
                band, leaders = name, []
            sketch = self._sketch(number)
            like = next((leader for leader, other in leaders if likeness(sketch, other) >= ALIKE), 0)
            if like:
                yield like, number
            elif len(leaders) < MOST_LEADERS:
                leaders.append((number, sketch))

    def _sketch(self, number: int) -> Sketch:
        query = f"SELECT {COLUMNS} FROM texts WHERE number = ?"
        _, _, digest, size, bins, date = self._database.execute(query, (number,)).fetchone()
        return Sketch(digest, size, bins, 0, date)

    def _group(self, numbers: list[int]) -> Group:
        query = f"SELECT {COLUMNS} FROM texts WHERE number = ?"
        rows = [self._database.execute(query, (number,)).fetchone() for number in numbers]
        rows.sort(key=lambda row: (not row[5], row[5], row[0]))
        fullest = max(rows, key=lambda row: row[3])[1]
        return Group(tuple(Member(row[1], row[2] == rows[0][2]) for row in rows), fullest)


def memberships(groups: Iterable[Group]) -> dict[str, dict[str, Any]]:
    """Return, by key, what tables say of the texts that are like another one: ``duplicate``, ``group`` ..."""
    return {key: told for number, group in enumerate(groups, 1) for key, told in _of_group(number, group)}


def _of_group(number: int, group: Group) -> Iterator[tuple[str, dict[str, Any]]]:
    common = {"group": number, "earliest": group.earliest, "fullest": group.fullest}
    twins = sum(member.exact for member in group.members) > 1
    for member in group.members:
        yield member.key, {"duplicate": "exact" if member.exact and twins else "near", **common}


def _leader(leaders: dict[int, int], number: int) -> int:
    while (above := leaders.get(number, number)) != number:
        number = above
    return number

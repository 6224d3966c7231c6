"""Keeps the rows of a run until all are there: a database beside the corpus, which a run that is killed leaves behind.

The next run takes from it every row whose source has not been touched since.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from converter.batch.state_file import problem_of
from converter.batch.storage.files import staged_beside
from converter.batch.values import BatchError, Task
from converter.similarity.sketch import Sketch

SECONDS = 2.0
"""Longest time between two commits."""
SCHEMA = """
CREATE TABLE IF NOT EXISTS settings (settings TEXT);
CREATE TABLE IF NOT EXISTS texts (
    path TEXT PRIMARY KEY, source TEXT, stamp TEXT, facts TEXT, document TEXT,
    digest BLOB, size INTEGER, bins BLOB, date TEXT
) WITHOUT ROWID;
DROP TABLE IF EXISTS plan;
CREATE TABLE plan (number INTEGER PRIMARY KEY, path TEXT UNIQUE);
"""


class Kept(NamedTuple):
    """A row: what the run says of the document, and what the document says of itself."""

    facts: dict[str, Any]
    document: dict[str, Any]


class Spool:
    """The rows of a run, by path; those of an earlier run with the same settings are kept."""

    def __init__(self, corpus: Path, settings: str) -> None:
        """Open the spool of a corpus; BatchError where another run writes it, or it cannot be made."""
        self.path = Path(staged_beside(str(corpus), of="corpus"))
        try:
            corpus.parent.mkdir(parents=True, exist_ok=True)
            self._database = _opened(self.path, settings)
        except OSError as error:
            raise BatchError(f"{corpus}: {error.strerror}") from error
        except sqlite3.DatabaseError as error:
            raise BatchError(f"{self.path}: {problem_of(error)}") from error
        self._committed = time.monotonic()
        self._earlier = self._database.execute("SELECT count(*) FROM texts").fetchone()[0]

    def has(self, task: Task) -> bool:
        """Return whether an earlier run has made the row of a task, and its source is as it was then."""
        if not self._earlier or not task.source_stamp:
            return False
        query = "SELECT 1 FROM texts WHERE path = ? AND source = ? AND stamp = ?"
        return self._database.execute(query, (task.output, task.name, task.source_stamp)).fetchone() is not None

    def keep(self, number: int, path: str) -> None:
        """Take a row of an earlier run over."""
        self._database.execute("INSERT INTO plan VALUES (?, ?)", (number, path))
        self._commit_sometimes()

    def add(self, number: int, path: str, source: str, stamp: str, facts: str, document: str, sketch: Sketch) -> None:
        """Add a row; ``facts`` and ``document`` are JSON objects."""
        row = (path, source, stamp, facts, document, sketch.digest, sketch.size, sketch.bins, sketch.date)
        self._database.execute("INSERT OR REPLACE INTO texts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
        self._database.execute("INSERT INTO plan VALUES (?, ?)", (number, path))
        self._commit_sometimes()

    def sketches(self) -> Iterator[tuple[str, Sketch]]:
        """Yield the path and the sketch of each row, in the order of the plan."""
        query = "SELECT path, digest, size, bins, date FROM plan JOIN texts USING (path) ORDER BY number"
        for path, digest, size, bins, date in self._database.execute(query):
            yield path, Sketch(digest, size, bins, 0, date)

    def rows(self) -> Iterator[Kept]:
        """Yield the rows in the order of the plan."""
        query = "SELECT facts, document FROM plan JOIN texts USING (path) ORDER BY number"
        for facts, document in self._database.execute(query):
            yield Kept(json.loads(facts), json.loads(document))

    def clear(self) -> None:
        """Forget all rows: the corpus is in its place."""
        self._database.execute("DELETE FROM texts")

    def close(self) -> None:
        """Commit and close; a spool without rows is deleted."""
        try:
            holds = self._database.execute("SELECT count(*) FROM texts").fetchone()[0]
            self._database.execute("COMMIT")
        except sqlite3.Error:  # as on a full disk; what is committed stays
            holds = True
        self._database.close()
        if not holds:
            _remove(self.path)

    def _commit_sometimes(self) -> None:
        if time.monotonic() - self._committed > SECONDS:
            self._database.execute("COMMIT")
            self._database.execute("BEGIN IMMEDIATE")
            self._committed = time.monotonic()


def _opened(path: Path, settings: str) -> sqlite3.Connection:
    """Open the database, a new one where that of an earlier run has other settings or is damaged."""
    database = _connected(path)
    try:
        database.executescript(SCHEMA)
        if database.execute("SELECT settings FROM settings").fetchall() in ([], [(settings,)]):
            return _begun(database, settings)
    except sqlite3.DatabaseError as error:
        if "locked" in str(error):
            raise
    database.close()
    _remove(path)
    database = _connected(path)
    database.executescript(SCHEMA)
    return _begun(database, settings)


def _connected(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=1.0, isolation_level=None)
    database.execute("PRAGMA locking_mode = EXCLUSIVE")
    return database


def _begun(database: sqlite3.Connection, settings: str) -> sqlite3.Connection:
    database.execute("PRAGMA synchronous = NORMAL")
    database.execute("DELETE FROM settings")
    database.execute("INSERT INTO settings VALUES (?)", (settings,))
    database.execute("BEGIN IMMEDIATE")
    return database


def _remove(path: Path) -> None:
    path.unlink(missing_ok=True)
    Path(os.fspath(path) + "-journal").unlink(missing_ok=True)

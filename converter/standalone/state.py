"""What is known of an archive: its posts, what they refer to, and which images are here. One SQLite file.

The process that runs the conversion writes; its workers read, each through its own connection.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from converter.model import Csdn2mdError
from converter.standalone.values import Learned, Post

NAME = ".csdn2md-standalone.sqlite"
VERSION = 1
PAGE = 500
IMAGE_COLUMNS = "address, served, state, name, size, fetched, why"
COLUMNS = "output, id, user, title, date, categories"
SCHEMA = """
CREATE TABLE IF NOT EXISTS posts (
    output TEXT PRIMARY KEY, id TEXT NOT NULL, user TEXT NOT NULL, title TEXT NOT NULL, date TEXT NOT NULL,
    categories TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS posts_id ON posts (id) WHERE id != '';
CREATE TABLE IF NOT EXISTS uses (
    post TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, shown TEXT NOT NULL, PRIMARY KEY (post, kind, key)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS uses_key ON uses (kind, key);
CREATE TABLE IF NOT EXISTS images (
    address TEXT PRIMARY KEY, served TEXT NOT NULL, state TEXT NOT NULL, name TEXT NOT NULL, size INTEGER NOT NULL,
    fetched TEXT NOT NULL, why TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS images_state ON images (state, address);
"""

SAVED, WANTED, FAILED, DEAD = "saved", "wanted", "failed", "dead"
"""States of an image: here; not tried; tried in vain, may come yet; will not come."""
OUTDATED = f"""shown != CASE kind
    WHEN 'image' THEN coalesce((SELECT name FROM images WHERE address = key AND state = '{SAVED}'), '')
    ELSE coalesce((SELECT output FROM posts WHERE id = key AND id != '' ORDER BY output LIMIT 1), '') END"""
"""Condition of a use that would be shown otherwise now."""


class Image(NamedTuple):
    """What is known of an image.

    address: of the original; served: the address that a post had, with the host's stamp in it.
    fetched: the address that it came from; why: why it did not.
    """

    address: str
    served: str
    state: str
    name: str = ""
    size: int = 0
    fetched: str = ""
    why: str = ""


class State:
    """The open database."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database

    @classmethod
    def open(cls, folder: Path) -> State:
        """The state of the archive in a folder, made where there is none.  Csdn2mdError if it cannot be had."""
        folder.mkdir(parents=True, exist_ok=True)
        try:
            database = sqlite3.connect(folder / NAME, timeout=5, isolation_level=None)
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("PRAGMA synchronous = FULL")
            database.executescript(SCHEMA)
            (version,) = database.execute("PRAGMA user_version").fetchone()
            if version not in (0, VERSION):
                raise Csdn2mdError(f"{folder / NAME}: was written by another version (its format is {version})")
            database.execute(f"PRAGMA user_version = {VERSION}")
        except sqlite3.Error as error:
            raise Csdn2mdError(f"{folder / NAME}: {error}") from error
        return cls(database)

    @classmethod
    def temporary(cls) -> State:
        """A state that nothing will remember."""
        database = sqlite3.connect("", isolation_level=None)
        database.executescript(SCHEMA)
        return cls(database)

    @classmethod
    def reading(cls, folder: Path) -> State:
        """The state as a worker reads it; an empty one where there is none."""
        path = folder / NAME
        if not path.exists():
            return cls.temporary()
        return cls(sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=5, isolation_level=None))

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self.database.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.database.execute("COMMIT")
        except BaseException:
            if self.database.in_transaction:
                self.database.execute("ROLLBACK")
            raise

    # ----------------------------------------------------------------------------------------------
    # Posts and what they refer to

    def learn(self, page: Iterable[Learned]) -> None:
        """Remember what conversions have taught, all of it at once."""
        execute, many = self.database.execute, self.database.executemany
        with self._transaction():
            for post, uses in ((learned.post, learned.uses) for learned in page):
                categories = json.dumps(post.categories, ensure_ascii=False)
                row = (post.output, post.id, post.user, post.title, post.date, categories)
                execute("INSERT OR REPLACE INTO posts VALUES (?, ?, ?, ?, ?, ?)", row)
                execute("DELETE FROM uses WHERE post = ?", (post.output,))
                many("INSERT OR REPLACE INTO uses VALUES (?, ?, ?, ?)", ((post.output, *use[:3]) for use in uses))
                wanted = ((use.key, use.served, WANTED) for use in uses if use.kind == "image")
                many("INSERT OR IGNORE INTO images VALUES (?, ?, ?, '', 0, '', '')", wanted)

    def forget(self, outputs: Iterable[str]) -> None:
        """Forget posts that are no more."""
        names = [(output,) for output in outputs]
        with self._transaction():
            self.database.executemany("DELETE FROM posts WHERE output = ?", names)
            self.database.executemany("DELETE FROM uses WHERE post = ?", names)

    def posts(self) -> Iterator[Post]:
        """Every post, by output."""
        query = f"SELECT {COLUMNS} FROM posts WHERE output > ? ORDER BY output LIMIT ?"
        last = ""
        while rows := self.database.execute(query, (last, PAGE)).fetchall():
            yield from map(_post, rows)
            last = rows[-1][0]

    def known(self, output: str) -> bool:
        """Whether a post of that name was learned of."""
        return self.database.execute("SELECT 1 FROM posts WHERE output = ?", (output,)).fetchone() is not None

    def article(self, identity: str) -> Post | None:
        """The post that an article became; of several the first by name."""
        query = f"SELECT {COLUMNS} FROM posts WHERE id = ? AND id != '' ORDER BY output LIMIT 1"
        row = self.database.execute(query, (identity,)).fetchone()
        return _post(row) if row else None

    def stale(self, output: str) -> bool:
        """Whether a post must be written anew: it is not known, or would be written otherwise now."""
        query = f"SELECT 1 FROM uses WHERE post = ? AND {OUTDATED} LIMIT 1"
        return not self.known(output) or self.database.execute(query, (output,)).fetchone() is not None

    def outdated(self) -> Iterator[str]:
        """Posts that would be written otherwise now: an image has come, a post has come or gone."""
        query = f"SELECT DISTINCT post FROM uses WHERE post > ? AND {OUTDATED} ORDER BY post LIMIT ?"
        last = ""
        while rows := self.database.execute(query, (last, PAGE)).fetchall():
            yield from (post for (post,) in rows)
            last = rows[-1][0]

    def users(self, address: str) -> list[str]:
        """The posts that show an image."""
        query = "SELECT post FROM uses WHERE kind = 'image' AND key = ? ORDER BY post"
        return [post for (post,) in self.database.execute(query, (address,))]

    # ----------------------------------------------------------------------------------------------
    # Images

    def saved(self, address: str) -> str:
        """The name of an image that is here, "" for one that is not."""
        query = f"SELECT name FROM images WHERE address = ? AND state = '{SAVED}'"
        row = self.database.execute(query, (address,)).fetchone()
        return row[0] if row else ""

    def state_of(self, address: str) -> str:
        """The state of an image, "" for one that is not known."""
        row = self.database.execute("SELECT state FROM images WHERE address = ?", (address,)).fetchone()
        return row[0] if row else ""

    def images(self, *states: str) -> Iterator[Image]:
        """The images that posts show and that are in one of the states, by address.

        What changes meanwhile may be seen or not.
        """
        marks = ", ".join("?" for _ in states)
        query = f"""SELECT {IMAGE_COLUMNS} FROM images WHERE address > ? AND state IN ({marks})
            AND EXISTS (SELECT 1 FROM uses WHERE kind = 'image' AND key = address) ORDER BY address LIMIT ?"""
        last = ""
        while rows := self.database.execute(query, (last, *states, PAGE)).fetchall():
            yield from (Image(*row) for row in rows)
            last = rows[-1][0]

    def count(self, *states: str) -> int:
        """How many such images there are."""
        marks = ", ".join("?" for _ in states)
        query = f"""SELECT count(*) FROM images WHERE state IN ({marks})
            AND EXISTS (SELECT 1 FROM uses WHERE kind = 'image' AND key = address)"""
        return int(self.database.execute(query, states).fetchone()[0])

    def record(self, images: Iterable[Image]) -> None:
        """Remember what became of images, all of it at once and durably."""
        with self._transaction():
            self.database.executemany("INSERT OR REPLACE INTO images VALUES (?, ?, ?, ?, ?, ?, ?)", images)


def _post(row: tuple[str, str, str, str, str, str]) -> Post:
    output, identity, user, title, date, categories = row
    return Post(output, identity, user, title, date, tuple(json.loads(categories)))

"""What is known of an archive: its posts, what they refer to, and the images that are saved.

These are tables in the state file of the output folder, beside those of the manifest.  Only the process that runs
the conversion can open that file; its workers read a copy of the tables that they need (`ArchiveDatabase.copy`).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

from converter.model import Csdn2mdError
from converter.standalone.records import Post, PostRecord

OLD_NAME = ".csdn2md-standalone.sqlite"
"""Name of the file that held these tables, which have the same columns, before they moved into the state file."""
OLD_SUFFIXES = ("", "-wal", "-shm")
PAGE = 500
"""Rows that are read at once."""
IMAGE_COLUMNS = "address, served, state, name, size, fetched, why"
POST_COLUMNS = "output, id, user, title, date, categories"
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

SAVED, WANTED, FAILED, DEAD, ALIVE = "saved", "wanted", "failed", "dead", "alive"
"""Status of an image: saved; not requested yet; failed, may succeed later; gone for good; there, but not saved."""
OUTDATED = f"""shown != CASE kind
    WHEN 'image' THEN coalesce((SELECT name FROM images WHERE address = key AND state = '{SAVED}'), '')
    ELSE coalesce((SELECT output FROM posts WHERE id = key AND id != '' ORDER BY output LIMIT 1), '') END"""
"""SQL condition of a reference (table `uses`) whose target has changed since the post was written."""


class Image(NamedTuple):
    """An image that posts show.

    address: URL of the original; served: the URL in the post, with the watermark of the host.
    status: one of SAVED, WANTED, FAILED, DEAD, ALIVE.  name: of the file, below the folder of assets; size: in bytes.
    fetched: the URL that it was downloaded from; why: the reason why it is not saved.
    """

    address: str
    served: str
    status: str
    name: str = ""
    size: int = 0
    fetched: str = ""
    why: str = ""


class ArchiveDatabase:
    """The tables of an archive in an open database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Make the tables in a database that has no others of their names (isolation level: None)."""
        connection.executescript(SCHEMA)
        self._connection = connection

    @classmethod
    def temporary(cls) -> ArchiveDatabase:
        """Create a database that is deleted when it is closed."""
        return cls(sqlite3.connect("", isolation_level=None))

    @classmethod
    def open_copy(cls, path: Path) -> ArchiveDatabase:
        """Open a copy, as workers do: to read it."""
        return cls(sqlite3.connect(path, timeout=5, isolation_level=None))

    def copy(self, path: Path) -> ArchiveDatabase:
        """Return a copy of the posts and the saved images in a new file at path, which others can read meanwhile."""
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = OFF")
        copied = ArchiveDatabase(connection)
        rows = {
            "posts": self._connection.execute(f"SELECT {POST_COLUMNS} FROM posts"),
            "images": self._connection.execute(f"SELECT {IMAGE_COLUMNS} FROM images WHERE state = '{SAVED}'"),
        }
        copied._insert(rows)
        return copied

    def take_over(self, folder: Path) -> None:
        """Move the tables of an older csdn2md's own file in the folder into this database, and remove that file.

        Csdn2mdError where it cannot be read.
        """
        path = folder / OLD_NAME
        if not path.exists():
            return
        try:
            with closing(sqlite3.connect(path, timeout=5, isolation_level=None)) as old:
                tables = {"posts": POST_COLUMNS, "uses": "post, kind, key, shown", "images": IMAGE_COLUMNS}
                self._insert({name: old.execute(f"SELECT {columns} FROM {name}") for name, columns in tables.items()})
        except sqlite3.Error as error:
            problem = f"{error} (remove it: images will be downloaded again)"
            raise Csdn2mdError(f"{path}: {problem}") from error
        refused = "why LIKE '%is not on the public internet' OR why IN ('HTTP 401', 'HTTP 403')"
        self._connection.execute(f"UPDATE images SET state = '{FAILED}' WHERE state = '{DEAD}' AND ({refused})")
        for suffix in OLD_SUFFIXES:
            path.with_name(OLD_NAME + suffix).unlink(missing_ok=True)

    def _insert(self, tables: Mapping[str, sqlite3.Cursor]) -> None:
        """Insert rows into tables; those that are there stay."""
        with self._transaction():
            for name, rows in tables.items():
                marks = ", ".join("?" for _ in rows.description)
                self._connection.executemany(f"INSERT OR IGNORE INTO {name} VALUES ({marks})", rows)

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    # ----------------------------------------------------------------------------------------------
    # Posts and what they refer to

    def record_posts(self, page: Iterable[PostRecord]) -> None:
        """Record posts and what they refer to, in one transaction."""
        execute, many = self._connection.execute, self._connection.executemany
        with self._transaction():
            for post, references in ((record.post, record.references) for record in page):
                categories = json.dumps(post.categories, ensure_ascii=False)
                row = (post.output, post.id, post.user, post.title, post.date, categories)
                execute("INSERT OR REPLACE INTO posts VALUES (?, ?, ?, ?, ?, ?)", row)
                execute("DELETE FROM uses WHERE post = ?", (post.output,))
                many(
                    "INSERT OR REPLACE INTO uses VALUES (?, ?, ?, ?)",
                    ((post.output, *reference[:3]) for reference in references),
                )
                wanted = ((one.key, one.served, WANTED) for one in references if one.kind == "image")
                many("INSERT OR IGNORE INTO images VALUES (?, ?, ?, '', 0, '', '')", wanted)

    def remove_posts(self, outputs: Iterable[str]) -> None:
        """Remove posts that no longer exist."""
        names = [(output,) for output in outputs]
        with self._transaction():
            self._connection.executemany("DELETE FROM posts WHERE output = ?", names)
            self._connection.executemany("DELETE FROM uses WHERE post = ?", names)

    def posts(self) -> Iterator[Post]:
        """Yield every post, in the order of outputs."""
        query = f"SELECT {POST_COLUMNS} FROM posts WHERE output > ? ORDER BY output LIMIT ?"
        last = ""
        while rows := self._connection.execute(query, (last, PAGE)).fetchall():
            yield from map(_post, rows)
            last = rows[-1][0]

    def has_post(self, output: str) -> bool:
        """Return whether a post with that output is recorded."""
        return self._connection.execute("SELECT 1 FROM posts WHERE output = ?", (output,)).fetchone() is not None

    def post_of_article(self, identity: str) -> Post | None:
        """Return the post of an article (of several the first by output), None where there is none."""
        query = f"SELECT {POST_COLUMNS} FROM posts WHERE id = ? AND id != '' ORDER BY output LIMIT 1"
        row = self._connection.execute(query, (identity,)).fetchone()
        return _post(row) if row else None

    def is_outdated(self, output: str) -> bool:
        """Return whether a post must be converted again: it is not recorded, or would now be written differently."""
        query = f"SELECT 1 FROM uses WHERE post = ? AND {OUTDATED} LIMIT 1"
        return not self.has_post(output) or self._connection.execute(query, (output,)).fetchone() is not None

    def outdated_posts(self) -> Iterator[str]:
        """Yield the posts that would now be written differently: an image was saved, a post came or went."""
        query = f"SELECT DISTINCT post FROM uses WHERE post > ? AND {OUTDATED} ORDER BY post LIMIT ?"
        last = ""
        while rows := self._connection.execute(query, (last, PAGE)).fetchall():
            yield from (post for (post,) in rows)
            last = rows[-1][0]

    def posts_showing(self, address: str) -> list[str]:
        """Return the outputs of the posts that show an image."""
        query = "SELECT post FROM uses WHERE kind = 'image' AND key = ? ORDER BY post"
        return [post for (post,) in self._connection.execute(query, (address,))]

    # ----------------------------------------------------------------------------------------------
    # Images

    def saved_name(self, address: str) -> str:
        """Return the file name of an image that is saved, "" for any other image."""
        query = f"SELECT name FROM images WHERE address = ? AND state = '{SAVED}'"
        row = self._connection.execute(query, (address,)).fetchone()
        return row[0] if row else ""

    def status_of(self, address: str) -> str:
        """Return the status of an image, "" for one that is not recorded."""
        row = self._connection.execute("SELECT state FROM images WHERE address = ?", (address,)).fetchone()
        return row[0] if row else ""

    def images(self, *statuses: str) -> Iterator[Image]:
        """Yield the images that posts show and that have one of the statuses, in the order of addresses.

        An image that changes while this runs may be left out.
        """
        marks = ", ".join("?" for _ in statuses)
        query = f"""SELECT {IMAGE_COLUMNS} FROM images WHERE address > ? AND state IN ({marks})
            AND EXISTS (SELECT 1 FROM uses WHERE kind = 'image' AND key = address) ORDER BY address LIMIT ?"""
        last = ""
        while rows := self._connection.execute(query, (last, *statuses, PAGE)).fetchall():
            yield from (Image(*row) for row in rows)
            last = rows[-1][0]

    def dead_images(self) -> dict[str, int]:
        """Return how many images of each post are gone for good; only posts that have some."""
        query = f"""SELECT post, count(*) FROM uses JOIN images ON address = key
            WHERE kind = 'image' AND state = '{DEAD}' GROUP BY post"""
        return dict(self._connection.execute(query))

    def count_images(self, *statuses: str) -> int:
        """Return the number of images that posts show and that have one of the statuses."""
        marks = ", ".join("?" for _ in statuses)
        query = f"""SELECT count(*) FROM images WHERE state IN ({marks})
            AND EXISTS (SELECT 1 FROM uses WHERE kind = 'image' AND key = address)"""
        return int(self._connection.execute(query, statuses).fetchone()[0])

    def record_images(self, images: Iterable[Image]) -> None:
        """Record images in one transaction; they are on the disk when this returns."""
        with self._transaction():
            self._connection.executemany("INSERT OR REPLACE INTO images VALUES (?, ?, ?, ?, ?, ?, ?)", images)


def _post(row: tuple[str, str, str, str, str, str]) -> Post:
    output, identity, user, title, date, categories = row
    return Post(output, identity, user, title, date, tuple(json.loads(categories)))

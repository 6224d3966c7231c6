"""The manifest of an output folder, a database: what was written there, from what, and how.  It has one writer.

The same database holds the plan of the run in a temporary table on disk, so that no list of documents
is ever held in memory.  Without an output folder both live in a temporary database.

A row is committed *before* its output is renamed into place, with the fingerprints of the content
before and after; so whatever stands there after a crash, the manifest knows it as csdn2md's own.  The
old fingerprint is forgotten when the rename is known to be durable.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from converter.batch.manifest_rows import (
    Entry,
    Planned,
    PostNotes,
    columns_of,
    forget_notes,
    known_of,
    text_of,
)
from converter.batch.manifest_schema import COLUMNS, PLAN, SCHEMA, VERSION
from converter.batch.state_file import DAMAGED, problem_of, require_known_format
from converter.batch.storage.files import reason
from converter.batch.values import BatchError, Known, Outcome

PAGE = 512
PLANNED = f"""SELECT number, plan.root, member, name, plan.output, key, error, taken, {columns_of("entries")}
    FROM plan LEFT JOIN entries ON entries.output = plan.output"""
"""Rows of the plan, each with the entry of its output."""


class Manifest:
    """The open manifest.  Every method may raise sqlite3.Error when the disk is full or gone."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.database = database
        database.isolation_level = None
        database.execute("PRAGMA temp_store = FILE")
        for schema in ("main", "temp"):
            database.execute(f"PRAGMA {schema}.cache_size = -2000")
        database.executescript(SCHEMA)
        database.execute(f"PRAGMA user_version = {VERSION}")
        self.new_plan()

    @classmethod
    def temporary(cls, path: Path | None = None) -> Manifest:
        """Return a manifest that is gone after the run, with all that the one at ``path`` holds, if it can be read."""
        database = sqlite3.connect("")
        if path and path.exists():
            try:
                stored = sqlite3.connect(f"file:{quote(os.fsencode(path))}?mode=ro", uri=True)
                stored.backup(database)
                stored.close()
            except (sqlite3.Error, UnicodeDecodeError):
                database = sqlite3.connect("")
        return cls(database)

    @classmethod
    def read(cls, path: Path) -> Manifest:
        """Return a copy of the manifest at ``path``; BatchError where it cannot be read, or a run holds it."""
        try:
            database = sqlite3.connect("")
            with closing(sqlite3.connect(f"file:{quote(os.fsencode(path))}?mode=ro", uri=True, timeout=1.0)) as stored:
                require_known_format(stored, path)
                stored.backup(database)
            return cls(database)
        except DAMAGED as error:
            raise BatchError(f"{path}: {problem_of(error)}") from error

    @classmethod
    def open(cls, path: Path) -> Manifest:
        """Open or make the manifest at ``path``, locked for this run; BatchError where that cannot be done."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            database = sqlite3.connect(path, timeout=1.0)
            database.execute("PRAGMA locking_mode = EXCLUSIVE")
            database.execute("PRAGMA synchronous = FULL")
            require_known_format(database, path)
            database.execute("BEGIN EXCLUSIVE")
            database.execute("COMMIT")
            return cls(database)
        except OSError as error:
            raise BatchError(f"{error.filename or path.parent}: {reason(error)}") from error
        except DAMAGED as error:
            raise BatchError(f"{path}: {problem_of(error)}") from error

    def close(self) -> None:
        """Close the database."""
        self.database.close()

    # The plan

    def new_plan(self) -> None:
        """Begin an empty plan, as each run does."""
        self.database.executescript(PLAN)

    def add_found(self, rows: Iterable[tuple[int, int, bytes, str, str, str, bytes]]) -> None:
        """Add documents (root, member, name, output, key, error, identity) to what will be planned.

        Two of one identity (b"": none) are one document, named twice.
        """
        self.database.execute("BEGIN")
        self.database.executemany("INSERT INTO found VALUES (?, ?, ?, ?, ?, ?, ?)", rows)
        self.database.execute("COMMIT")

    def number_plan(self) -> int:
        """Sort what was found, drop what was found twice, number it; returns how many there are."""
        execute = self.database.execute
        execute("BEGIN")
        execute(
            "INSERT INTO plan SELECT NULL, root, member, name, output, key, error, identity, '' FROM found "
            "ORDER BY root, member, name, error"
        )
        execute("DELETE FROM found")
        execute("CREATE INDEX temp.plan_key ON plan (key)")
        execute(
            "DELETE FROM plan WHERE identity != x'' AND EXISTS (SELECT 1 FROM plan AS other WHERE other.key = plan.key "
            "AND other.identity = plan.identity AND other.number < plan.number)"
        )
        execute("COMMIT")
        return int(execute("SELECT count(*) FROM plan").fetchone()[0])

    def collisions(self) -> Iterator[list[Planned]]:
        """Yield the documents of each output name that several of them have, in the plan's order."""
        query = f"{PLANNED} WHERE key = ? AND plan.output != '' ORDER BY number"
        last = ""
        while found := self.database.execute(
            "SELECT key FROM plan WHERE key > ? AND output != '' GROUP BY key HAVING count(*) > 1 ORDER BY key LIMIT 1",
            (last,),
        ).fetchone():
            last = found[0]
            rows = self.database.execute(query, (last,)).fetchall()
            yield [
                Planned(number, root, member, os.fsdecode(name), output, key, error, taken, known_of(known))
                for number, root, member, name, output, key, error, taken, *known in rows
            ]

    def is_planned(self, key: str) -> bool:
        """Return whether a document of the plan has an output of this key."""
        return self.database.execute("SELECT 1 FROM plan WHERE key = ? LIMIT 1", (key,)).fetchone() is not None

    def replan(self, number: int, output: str, key: str, taken: str) -> None:
        """Give a row of the plan another output ("": none), because its own name is taken."""
        self.database.execute(
            "UPDATE plan SET output = ?, key = ?, taken = ? WHERE number = ?", (output, key, taken, number)
        )

    def overwritten(self, out: str, limit: int) -> list[tuple[str, str]]:
        """Return sources of the plan that another source would overwrite: (the one, the other's output)."""
        rows = self.database.execute(
            "SELECT other.name, one.output FROM plan AS one JOIN plan AS other "
            "ON other.identity = CAST(? || one.output AS BLOB) WHERE one.output != '' LIMIT ?",
            (os.path.join(out, ""), limit),
        )
        return [(os.fsdecode(name), output) for name, output in rows]

    def planned(self) -> Iterator[Planned]:
        """Yield the plan in order, read page by page (rows written meanwhile may be seen or not)."""
        last = -1
        query = f"{PLANNED} WHERE number > ? ORDER BY number LIMIT ?"
        while page := self.database.execute(query, (last, PAGE)).fetchall():
            for number, root, member, name, output, key, error, taken, *known in page:
                yield Planned(
                    number, root, member, os.fsdecode(name), text_of(output), key, error, taken, known_of(known)
                )
            last = page[-1][0]

    # What is remembered of runs

    def remember_run(self, options: str, settings: str) -> None:
        """Keep the settings (JSON) that outputs with this fingerprint of options are made with."""
        self.database.execute("INSERT OR REPLACE INTO runs VALUES (?, ?)", (options, settings))

    def remembered_runs(self) -> dict[str, str]:
        """Return the settings of each fingerprint of options."""
        return dict(self.database.execute("SELECT options, settings FROM runs"))

    def local_addresses(self) -> dict[str, str]:
        """Return the local addresses (JSON) of each post that has some."""
        return dict(self.database.execute("SELECT post, addresses FROM local_addresses"))

    def incomplete(self) -> dict[str, str]:
        """Return why a post holds no whole article (ids of findings), for each post of which that is known."""
        return dict(self.database.execute("SELECT post, rules FROM incomplete"))

    def scores(self) -> dict[str, float]:
        """Return the score of each post that was verified and differs from its source."""
        return {post: float(score) for post, score in self.database.execute("SELECT post, score FROM scores")}

    def keep_note(self, name: str, text: str) -> None:
        """Keep a text for later runs, in place of the one of the same name."""
        self.database.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, text))

    def documents(self) -> Iterator[Entry]:
        """Yield the entries that are documents (not local files), by root and source."""
        rows = self.database.execute(
            f"SELECT output, {COLUMNS} FROM entries WHERE options IN (SELECT options FROM runs) ORDER BY root, output"
        )
        for output, *known in rows:
            yield Entry(output, Known(*known))

    # The entries

    def known(self, output: str) -> Known | None:
        """Return what is known of an output; None for nothing."""
        row = self.database.execute(f"SELECT {COLUMNS} FROM entries WHERE output = ?", (output,)).fetchone()
        return known_of(list(row)) if row else None

    def drawings(self) -> Iterator[tuple[str, str]]:
        """Yield each drawing that was written, with the post that shows it: (post, drawing)."""
        yield from self.database.execute(
            "SELECT post, file FROM files JOIN entries ON output = file WHERE outcome = ?", (Outcome.DRAWN,)
        )

    def record(self, entries: Iterable[Entry], posts: Iterable[PostNotes] = ()) -> None:
        """Commit rows, and what is kept of posts, at once and durably."""
        execute = self.database.execute
        execute("BEGIN IMMEDIATE")
        try:
            self.database.executemany(
                f"INSERT OR REPLACE INTO entries (output, {COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                ((entry.output, *entry.known) for entry in entries),
            )
            for post, names, local, rules, score in posts:
                forget_notes(self.database, [(post,)])
                self.database.executemany("INSERT INTO files VALUES (?, ?)", ((post, name) for name in names))
                for table, text in (("local_addresses", local), ("incomplete", rules), ("scores", score)):
                    if text:
                        execute(f"INSERT INTO {table} VALUES (?, ?)", (post, text))
            execute("COMMIT")
        except BaseException:
            if self.database.in_transaction:
                execute("ROLLBACK")
            raise

    def plan_files(self) -> int:
        """Make a new plan of the local files that the posts of the plan refer to.

        Its rows carry the name and the output of one such post as ``name`` and ``key``.
        """
        execute = self.database.execute
        (first,) = execute("SELECT coalesce(max(number), 0) FROM plan").fetchone()
        execute("BEGIN")
        execute("CREATE TEMP TABLE planned_posts AS SELECT number, root, name, output FROM plan WHERE output != ''")
        execute("CREATE INDEX temp.planned_posts_output ON planned_posts (output)")
        execute("DELETE FROM plan")
        execute(
            "INSERT INTO plan "
            "SELECT row_number() OVER (ORDER BY file) + ?, root, 0, name, file, output, '', x'', '' FROM "
            "(SELECT min(number), root, name, file, output FROM files "
            "JOIN planned_posts ON output = post GROUP BY file) "
            "WHERE NOT EXISTS (SELECT 1 FROM planned_posts WHERE output = file) "
            f"AND NOT EXISTS (SELECT 1 FROM entries WHERE output = file AND outcome = '{Outcome.DRAWN}')",
            (first,),
        )
        execute("CREATE INDEX temp.plan_output ON plan (output)")
        execute("COMMIT")
        return int(execute("SELECT count(*) FROM plan").fetchone()[0])

    def planned_outputs(self, root: int) -> dict[str, Planned]:
        """Return the plan's rows of one source, by output."""
        return {planned.output: planned for planned in self.planned() if planned.root == root}

    def unplan(self, numbers: Iterable[int]) -> None:
        """Take rows out of the plan."""
        self.database.executemany("DELETE FROM plan WHERE number = ?", ((number,) for number in numbers))

    def vanished(self, roots: Iterable[str], page: int = PAGE) -> Iterator[Entry]:
        """Yield the entries of the named roots that neither plan holds (run after both were made)."""
        self.database.execute("CREATE TEMP TABLE named (root TEXT PRIMARY KEY)")
        self.database.executemany("INSERT OR IGNORE INTO named VALUES (?)", ((root,) for root in roots))
        last = ""
        query = (
            f"SELECT output, {COLUMNS} FROM entries WHERE output > ? AND root IN (SELECT root FROM named) "
            "AND NOT EXISTS (SELECT 1 FROM planned_posts WHERE planned_posts.output = entries.output) "
            "AND NOT EXISTS (SELECT 1 FROM plan WHERE plan.output = entries.output) "
            f"AND NOT (outcome = '{Outcome.DRAWN}' AND EXISTS "
            "(SELECT 1 FROM files JOIN planned_posts AS post ON post.output = files.post "
            "WHERE files.file = entries.output)) "
            "ORDER BY output LIMIT ?"
        )
        while rows := self.database.execute(query, (last, page)).fetchall():
            for output, *known in rows:
                if (entry := known_of(known)) is not None:
                    yield Entry(text_of(output), entry)
            last = rows[-1][0]

    def forget(self, outputs: Iterable[str]) -> None:
        """Delete the rows of outputs that were removed."""
        names = [(output,) for output in outputs]
        self.database.execute("BEGIN IMMEDIATE")
        self.database.executemany("DELETE FROM entries WHERE output = ?", names)
        forget_notes(self.database, names)
        self.database.execute("COMMIT")

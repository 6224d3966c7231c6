"""Full-text index of converted posts: a table of SQLite that is brought up to date, and searched.

It is kept beside the manifest, in a file whose name begins with a dot, so that no site publishes it.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TypeAlias

from converter.batch.storage.files import reason
from converter.model import ConversionError, Csdn2mdError
from converter.source.decode import decode
from converter.standalone import search_text
from converter.standalone.catalogue import entry, post_files
from converter.standalone.search_text import Term

NAME = ".csdn2md-search.sqlite"
VERSION = 1
"""Raised whenever tokens or tables change: an index of another version is made anew."""
TOKENS = "CREATE VIRTUAL TABLE search USING fts5 (title, text, content = '', tokenize = \"unicode61 tokenchars '+#'\");"
"""The table of tokens: its rows hold no text, its ``rowid`` is the number of a post."""
SCHEMA = f"""
CREATE TABLE posts (number INTEGER PRIMARY KEY, path TEXT UNIQUE NOT NULL, size INTEGER, modified INTEGER,
                    title TEXT NOT NULL, date TEXT NOT NULL, tags TEXT NOT NULL, text TEXT NOT NULL);
{TOKENS}
PRAGMA user_version = {VERSION};
"""
TITLE_WEIGHT, TEXT_WEIGHT = 8.0, 1.0
"""A word in the title (or among the tags) counts as much as eight in the text."""
AROUND = 40
"""How many characters are shown on both sides of the words that were found."""

Row: TypeAlias = tuple[str, str, str, str, str, float]
"""Path, title, date, tags, text and score (smaller is better) of a post."""


class Hit(NamedTuple):
    """A post that was found.  line: of the file, from 1 (0: found in title or tags only); score: larger is better."""

    path: str
    title: str
    date: str
    line: int
    snippet: str
    score: float


def add_tokens(connection: sqlite3.Connection, number: int, title: str, text: str) -> None:
    """Add the tokens of a post to the table ``search``.  title: title and tags; text: what a reader sees of it."""
    row = (number, search_text.tokens(title), search_text.tokens(text))
    connection.execute("INSERT INTO search (rowid, title, text) VALUES (?, ?, ?)", row)


def _remove(connection: sqlite3.Connection, path: str) -> None:
    for number, title, tags, text in connection.execute(
        "SELECT number, title, tags, text FROM posts WHERE path = ?", (path,)
    ).fetchall():
        row = (number, search_text.tokens(f"{title}\n{tags}"), search_text.tokens(text))
        connection.execute("INSERT INTO search (search, rowid, title, text) VALUES ('delete', ?, ?, ?)", row)
        connection.execute("DELETE FROM posts WHERE number = ?", (number,))


def opened(folder: Path) -> sqlite3.Connection:
    """Open the index of a folder, an empty one where there is none; a temporary one where the folder is read-only.

    Several threads may use it, one at a time.
    """
    path = folder / NAME
    connection = _connected(path)
    try:
        if connection.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            connection.close()
            path.unlink(missing_ok=True)
            connection = _connected(path)
            connection.executescript(SCHEMA)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise Csdn2mdError(f"{path}: {error} (delete it: it is made anew)") from error
    return connection


def _connected(path: Path) -> sqlite3.Connection:
    database = path if os.access(path.parent, os.W_OK) else ""
    return sqlite3.connect(database, isolation_level=None, check_same_thread=False)


def update(connection: sqlite3.Connection, folder: Path, on_error: Callable[[str, str], object]) -> int:
    """Bring an index up to date with the posts of a folder, by their sizes and times; return how many were read.

    on_error: called with the path of a post that cannot be read, and the reason.
    """
    known = {row[0]: row[1:] for row in connection.execute("SELECT path, size, modified FROM posts")}
    read = 0
    connection.execute("BEGIN IMMEDIATE")
    for path in post_files(folder):
        try:
            facts = (folder / path).stat()
            stamp = (facts.st_size, facts.st_mtime_ns)
            if known.pop(path, None) == stamp:
                continue
            _remove(connection, path)
            _add(connection, path, decode((folder / path).read_bytes())[0], stamp)
            read += 1
        except ConversionError as error:
            on_error(path, error.message)
        except OSError as error:
            on_error(path, reason(error))
    for path in known:
        _remove(connection, path)
    connection.execute("COMMIT")
    return read


def _add(connection: sqlite3.Connection, path: str, source: str, stamp: tuple[int, int]) -> None:
    post = entry(path, source)
    tags = " ".join(dict.fromkeys((*post.tags, *post.categories)))
    cursor = connection.execute(
        "INSERT INTO posts (path, size, modified, title, date, tags, text) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (path, *stamp, post.title or path, post.date, tags, post.text),
    )
    add_tokens(connection, cursor.lastrowid or 0, f"{post.title or path}\n{tags}", post.text)


def search(connection: sqlite3.Connection, query: str, limit: int) -> list[Hit]:
    """Return the posts that hold all words of a query, the best first.

    If there is none, words that begin with those of the query count, too.
    """
    terms = search_text.terms(query)
    if not terms:
        return []
    return _found(connection, terms, [term.match for term in terms], limit) or _found(
        connection, terms, [term.loose for term in terms], limit
    )


def paths(connection: sqlite3.Connection, query: str) -> frozenset[str]:
    """Return the paths of all posts that hold all words of a query."""
    terms = search_text.terms(query)
    if all(term.match and not term.literal for term in terms):
        match = " AND ".join(term.match for term in terms)
        found = "SELECT path FROM posts WHERE number IN (SELECT rowid FROM search WHERE search MATCH ?)"
        return frozenset(path for (path,) in connection.execute(found, (match,))) if match else frozenset()
    return frozenset(row[0] for row in _matching(connection, terms, [term.match for term in terms]))


def _found(connection: sqlite3.Connection, terms: Sequence[Term], matches: Sequence[str], limit: int) -> list[Hit]:
    rows = islice(_matching(connection, terms, matches), limit)
    return [
        Hit(path, title, date, *_place(text, terms), round(-score, 4)) for path, title, date, _, text, score in rows
    ]


def _matching(connection: sqlite3.Connection, terms: Sequence[Term], matches: Sequence[str]) -> Iterator[Row]:
    """Yield the rows that FTS5 finds, the best first, and that hold the literal texts of all terms."""
    literals = [term.literal for term in terms if term.literal]
    with closing(_rows(connection, " AND ".join(filter(None, matches)))) as rows:
        for row in rows:
            _path, title, _date, tags, text, _score = row
            whole = search_text.folded(f"{title}\n{tags}\n{text}") if literals else ""
            if all(literal in whole for literal in literals):
                yield row


def _rows(connection: sqlite3.Connection, match: str) -> Generator[Row, None, None]:
    """Yield the rows that FTS5 finds, the best first; all rows for signs alone, which are no tokens."""
    columns = "path, posts.title, date, tags, posts.text"
    if not match:
        yield from connection.execute(f"SELECT {columns}, 0.0 FROM posts ORDER BY path")
        return
    yield from connection.execute(
        f"SELECT {columns}, found.score FROM (SELECT rowid AS number, bm25(search, ?, ?) AS score FROM search "
        "WHERE search MATCH ?) AS found JOIN posts USING (number) ORDER BY found.score, path",
        (TITLE_WEIGHT, TEXT_WEIGHT, match),
    )


def _place(text: str, terms: Sequence[Term]) -> tuple[int, str]:
    """Return the first line that holds most of the terms, and what is around the first of them; (0, "") for none."""
    best, place, start = 0, (0, ""), 0
    for number, line in enumerate(text.split("\n"), 1):
        if not line:
            continue
        shown = search_text.folded(line)
        found = [match.start() for term in terms if (match := term.pattern.search(shown))]
        if len(found) > best:
            best, start = len(found), min(found)
            place = (number, _around(line, start))
            if best == len(terms):
                break
    return place


def _around(line: str, start: int) -> str:
    """Return the part of a line around an offset (of the folded line, which may differ by some characters)."""
    first, last = max(0, start - AROUND), start + 2 * AROUND
    part = " ".join(line[first:last].split())
    return ("…" if first else "") + part + ("…" if last < len(line) else "")

"""Full-text index of converted posts: a table of SQLite that is brought up to date, and searched.

It is kept beside the manifest, in a file whose name begins with a dot, so that no site publishes it.  It holds no
text: the place that is shown of a post is read from its file.  Tokens cannot be removed without the text that they
came from: those of a post that changed or went stay, under a number that no post has, until they are most of all.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from converter import frontmatter
from converter.batch.storage.files import reason
from converter.model import ConversionError, Csdn2mdError
from converter.source.decode import decode
from converter.standalone import search_text
from converter.standalone.catalogue import labels, post_files
from converter.standalone.search_text import Term

NAME = ".csdn2md-search.sqlite"
VERSION = 2
"""Raised whenever tokens or tables change: an index of another version is made anew."""
_SIGNS = "".join(char for char in map(chr, range(33, 127)) if not char.isalnum())
_TOKENIZER = "ascii tokenchars '{}'".format(_SIGNS.replace("'", "''")).replace('"', '""')
TOKENS = f"CREATE VIRTUAL TABLE search USING fts5 (title, text, content = '', tokenize = \"{_TOKENIZER}\");"
"""The table of tokens, which are separated by blanks: its rows hold no text, its ``rowid`` is the number of a post."""
BUFFER = 16 << 20
"""How many bytes of tokens are sorted in memory before they are written."""
SCHEMA = f"""
CREATE TABLE posts (number INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT UNIQUE NOT NULL, size INTEGER, modified INTEGER,
                    title TEXT NOT NULL, date TEXT NOT NULL);
{TOKENS}
INSERT INTO search (search, rank) VALUES ('hashsize', {BUFFER});
PRAGMA user_version = {VERSION};
"""
TITLE_WEIGHT, TEXT_WEIGHT = 8.0, 1.0
"""A word in the title (or among the tags) counts as much as eight in the text."""
AROUND = 40
"""How many characters are shown on both sides of the words that were found."""


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
    connection.execute("BEGIN IMMEDIATE")
    _start_anew_if_worn(connection)
    known = {row[0]: row[1:] for row in connection.execute("SELECT path, size, modified FROM posts")}
    read = 0
    for path in post_files(folder):
        try:
            facts = (folder / path).stat()
            stamp = (facts.st_size, facts.st_mtime_ns)
            if known.get(path) != stamp:
                _forget(connection, path)
                _add(connection, path, decode((folder / path).read_bytes())[0], stamp)
                read += 1
            known.pop(path, None)
        except ConversionError as error:
            on_error(path, error.message)
        except OSError as error:
            on_error(path, reason(error))
    for path in known:
        _forget(connection, path)
    connection.execute("COMMIT")
    return read


def _forget(connection: sqlite3.Connection, path: str) -> None:
    connection.execute("DELETE FROM posts WHERE path = ?", (path,))


def _start_anew_if_worn(connection: sqlite3.Connection) -> None:
    """Empty an index in which most numbers are of posts that changed or went."""
    posts, numbers = connection.execute(
        "SELECT (SELECT count(*) FROM posts), coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'posts'), 0)"
    ).fetchone()
    if numbers > 2 * posts:
        for statement in ("INSERT INTO search (search) VALUES ('delete-all')", "DELETE FROM posts",
                          "DELETE FROM sqlite_sequence"):  # fmt: skip
            connection.execute(statement)


def _add(connection: sqlite3.Connection, path: str, source: str, stamp: tuple[int, int]) -> None:
    front, body = frontmatter.split(source)
    post = labels(path, front, body)
    title = post.title or path
    insert = "INSERT INTO posts (path, size, modified, title, date) VALUES (?, ?, ?, ?, ?)"
    cursor = connection.execute(insert, (path, *stamp, title, post.date))
    titles = "\n".join((title, *dict.fromkeys((*post.tags, *post.categories))))
    add_tokens(connection, cursor.lastrowid or 0, titles, search_text.readable(source))


def search(connection: sqlite3.Connection, folder: Path, query: str, limit: int) -> list[Hit]:
    """Return the posts of a folder that hold all words of a query, the best first.

    If there is none, words that begin with those of the query count, too.
    """
    for begins in (False, True):
        terms = search_text.terms(query, begins=begins)
        if found := _ranked(connection, terms, limit):
            return [
                Hit(path, title, date, *_place(_text(folder / path), terms), round(-score, 4))
                for path, title, date, score in found
            ]
    return []


def paths(connection: sqlite3.Connection, query: str) -> frozenset[str]:
    """Return the paths of all posts that hold all words of a query."""
    if not (terms := search_text.terms(query)):
        return frozenset()
    found = "SELECT path FROM posts WHERE number IN (SELECT rowid FROM search WHERE search MATCH ?)"
    return frozenset(path for (path,) in connection.execute(found, (_expression(terms),)))


def _expression(terms: Sequence[Term]) -> str:
    return " AND ".join(term.match for term in terms)


def _ranked(connection: sqlite3.Connection, terms: Sequence[Term], limit: int) -> list[tuple[str, str, str, float]]:
    """Return path, title, date and score (smaller is better) of the best posts."""
    if not terms:
        return []
    return connection.execute(
        "SELECT path, posts.title, date, bm25(search, ?, ?) AS score FROM search JOIN posts ON number = search.rowid "
        "WHERE search MATCH ? ORDER BY score, path LIMIT ?",
        (TITLE_WEIGHT, TEXT_WEIGHT, _expression(terms), limit),
    ).fetchall()


def _text(path: Path) -> str:
    """Return what a reader sees of a post ("": it is gone since)."""
    try:
        return search_text.readable(decode(path.read_bytes())[0])
    except (OSError, ConversionError):
        return ""


def _place(text: str, terms: Sequence[Term]) -> tuple[int, str]:
    """Return the first line that holds most of the terms, and what is around the first of them; (0, "") for none."""
    best, place = 0, (0, "")
    for number, line in enumerate(text.split("\n"), 1):
        if not line:
            continue
        shown = search_text.folded(line)
        found = [match.start() for term in terms if (match := term.pattern.search(shown))]
        if len(found) > best:
            best, place = len(found), (number, _around(line, min(found)))
            if best == len(terms):
                break
    return place if best else _place_over_lines(text, terms)


def _place_over_lines(text: str, terms: Sequence[Term]) -> tuple[int, str]:
    """Return the line in which the first phrase begins that goes on in the next; (0, "") for none."""
    shown = search_text.folded(text)
    starts = [match.start() for term in terms if (match := term.pattern.search(shown))]
    if not starts:
        return 0, ""
    number = shown.count("\n", 0, min(starts)) + 1
    line = text.split("\n")[number - 1]
    return number, _around(line, max(0, len(line) - AROUND))


def _around(line: str, start: int) -> str:
    """Return the part of a line around an offset (of the folded line, which may differ by some characters)."""
    first, last = max(0, start - AROUND), start + 2 * AROUND
    part = " ".join(line[first:last].split())
    return ("…" if first else "") + part + ("…" if last < len(line) else "")

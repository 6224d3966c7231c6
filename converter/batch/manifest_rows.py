"""Rows of the manifest and of the plan, and the checks of what is read from a file that others may have written."""

from __future__ import annotations

import sqlite3
from typing import NamedTuple

from converter.batch.manifest_schema import COLUMNS, OF_POSTS
from converter.batch.values import Known


class Entry(NamedTuple):
    """A row of the manifest."""

    output: str
    known: Known


class PostNotes(NamedTuple):
    """Facts of a post that the manifest holds in tables beside its entry.

    files: the local files that it refers to; local: its local addresses (JSON); incomplete: the ids of the findings
    that say why it holds no whole article, with spaces between them; score: of its verification, where it is not 1.
    """

    output: str
    files: tuple[str, ...] = ()
    local: str = ""
    incomplete: str = ""
    score: str = ""


class Planned(NamedTuple):
    """A row of the plan, with what the manifest knows of its output.

    taken: the name that the output would have, had not another document of the plan it ("" for none).
    """

    number: int
    root: int
    member: int
    name: str
    output: str
    key: str
    error: str
    taken: str
    known: Known | None


def columns_of(table: str) -> str:
    """Return the columns of a Known as SQL, of the table named."""
    return ", ".join(f"{table}.{column}" for column in COLUMNS.split(", "))


def forget_notes(database: sqlite3.Connection, posts: list[tuple[str]]) -> None:
    """Delete what is kept of posts beside their entries."""
    for table in OF_POSTS:
        database.executemany(f"DELETE FROM {table} WHERE post = ?", posts)


def known_of(values: list[object]) -> Known | None:
    """Return the Known of such columns, None for columns of no row; sqlite3.DatabaseError where they are damaged."""
    if values[0] is None:
        return None
    if [type(value) for value in values] != _TYPES:
        raise sqlite3.DatabaseError("holds a value of another type: it is damaged")
    return Known(*values)  # type: ignore[arg-type]


def text_of(value: object) -> str:
    """Return a name as text; sqlite3.DatabaseError where it is none."""
    if not isinstance(value, str):
        raise sqlite3.DatabaseError("holds a name that is no text: it is damaged")
    return value


_TYPES = [str, str, str, bytes, str, str, bytes, bytes, str]
"""The types of the columns: of a file that another program may have written."""

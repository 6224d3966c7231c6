"""State files, the manifest and the records of runs in place: what is wrong with one, in words."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from converter.batch.manifest_schema import VERSION
from converter.batch.values import BatchError

TABLE = "entries"
"""A table that each of our files has."""
DAMAGED = (sqlite3.DatabaseError, UnicodeDecodeError)
"""Exceptions of sqlite3 for a damaged file; UnicodeDecodeError where its message would quote bytes that are no text."""


def require_known_format(database: sqlite3.Connection, path: Path) -> None:
    """Raise BatchError for a file of a newer version, or of another program."""
    version = database.execute("PRAGMA user_version").fetchone()[0]
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if tables and TABLE not in tables:
        raise BatchError(f"{path}: is the database of another program: name another file", exit_code=2)
    if version > VERSION:
        raise BatchError(f"{path}: was written by a newer csdn2md (its format is {version}): update this one")


def problem_of(error: Exception) -> str:
    """Return in words why a file cannot be used, and what to do."""
    text = str(error)
    if "locked" in text:
        return "another run is writing this folder"
    if "unable" in text or "readonly" in text:
        return "cannot be opened and written: look at its permissions, and at those of its folder"
    if "full" in text:
        return "No space left on device"
    return f"is no state file of csdn2md, or damaged ({text}): without it, the next run makes a new one"

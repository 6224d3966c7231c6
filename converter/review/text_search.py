"""Titles and texts of the posts that are reviewed: the archive's index for full-text search."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Mapping
from pathlib import Path

from converter.model import Csdn2mdError
from converter.standalone import search_index


class TextSearch:
    """The index of an output folder; empty until ``fill`` has read the posts, and for a single file."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._lock = threading.Lock()
        self._index: sqlite3.Connection | None = None
        self._last: tuple[str, frozenset[str]] = ("", frozenset())

    def fill(self) -> Mapping[str, str]:
        """Bring the index up to date; return the title of each post, by its path."""
        if not self._out.is_dir():
            return {}
        with self._lock:
            try:
                index = search_index.opened(self._out)
                search_index.update(index, self._out, lambda path, why: None)
                self._index = index
                return dict(index.execute("SELECT path, title FROM posts"))
            except (Csdn2mdError, sqlite3.Error, OSError):
                return {}  # names are searched all the same

    def find(self, query: str) -> frozenset[str]:
        """Return the paths of the posts that hold all words of a query; none while the index is being filled."""
        if not self._lock.acquire(blocking=False):
            return frozenset()
        try:
            if self._index is not None and query != self._last[0]:
                self._last = query, search_index.paths(self._index, query)
            return self._last[1] if query == self._last[0] else frozenset()
        except sqlite3.Error:
            return frozenset()
        finally:
            self._lock.release()

"""Marks that a reader gives to posts; they are kept in a file beside the manifest."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from pathlib import Path

from converter.batch.storage import files

NAME = ".csdn2md-review.json"
MARKS = ("seen", "good", "bad")
"""All marks; a post has one of them or none."""


class Marks:
    """Marks by the name of the post; each change is written at once."""

    def __init__(self, path: Path) -> None:
        """Read the marks of a file; none where there is no such file, or another one."""
        self.path = path
        self._lock = threading.Lock()
        try:
            found = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            found = {}
        known = found if isinstance(found, dict) else {}
        self._marks: dict[str, str] = {name: mark for name, mark in known.items() if mark in MARKS}

    def all(self) -> Mapping[str, str]:
        """Return the marks by name."""
        return self._marks

    def put(self, name: str, mark: str) -> None:
        """Give a post a mark, or ("") take it away; OSError where the file cannot be written."""
        with self._lock:
            marks = {**self._marks, name: mark}
            if not mark:
                del marks[name]
            if marks == self._marks:
                return
            with files.replacing(self.path) as staged:
                staged.write_text(json.dumps(marks, ensure_ascii=False, indent=0, sort_keys=True), encoding="utf-8")
            self._marks = marks

"""Where new contents wait until they may replace what stands at their targets."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from converter.batch.storage import files
from converter.batch.storage.local import LOCAL
from converter.batch.storage.protocol import Standing
from converter.batch.values import Task


class Staging(Protocol):
    """Keeps new contents, and knows what stands at the targets."""

    def standing(self, task: Task) -> Standing:
        """Return what stands at a task's target; OSError, FileError."""

    def current(self, task: Task) -> Iterator[bytes]:
        """Return the content that stands there, in blocks; FileNotFoundError where there is none."""

    def stage(self, task: Task, blocks: Iterable[bytes]) -> str:
        """Keep a new content; return the name that it is kept under."""


@dataclass(frozen=True, slots=True)
class StagingFolder:
    """Keeps contents in a folder of the target's file system; "" keeps each beside its target, durably."""

    folder: str

    def standing(self, task: Task) -> Standing:
        """See Staging."""
        return LOCAL.standing_at(task.target)

    def current(self, task: Task) -> Iterator[bytes]:
        """See Staging."""
        return files.blocks(task.target)

    def stage(self, task: Task, blocks: Iterable[bytes]) -> str:
        """See Staging."""
        beside = not self.folder
        if beside:
            os.makedirs(os.path.dirname(task.target) or ".", exist_ok=True)
        staged = files.staged_beside(task.target) if beside else os.path.join(self.folder, str(task.number))
        mode = os.stat(task.path).st_mode if beside and task.target == task.path else None
        files.stage(staged, blocks, mode=mode, durable=beside)
        return staged


class NoTarget:
    """The Staging of documents that go into a corpus: nothing stands at a target, and nothing is written there."""

    def standing(self, task: Task) -> Standing:
        """See Staging."""
        return Standing("", b"")

    def current(self, task: Task) -> Iterator[bytes]:
        """See Staging."""
        raise FileNotFoundError(task.target)

    def stage(self, task: Task, blocks: Iterable[bytes]) -> str:
        """See Staging: the content is in the row's note."""
        return ""


def working_folder(out: Path, prefix: str) -> str:
    """Make a new folder in the output folder for files of this run only; remove what a killed run has left."""
    with os.scandir(out) as entries:  # not Path.glob, which lists the whole folder first
        for old in [entry.path for entry in entries if entry.name.startswith(prefix)]:
            shutil.rmtree(old, ignore_errors=True)
    return tempfile.mkdtemp(prefix=prefix, dir=out)

"""Removes outputs whose source is gone, if they are what csdn2md wrote: the manifest is input like any other."""

from __future__ import annotations

import errno
import os
import stat

from converter.batch.local_files import leads_astray
from converter.batch.manifest import Manifest
from converter.batch.manifest_rows import Entry
from converter.batch.names import shown
from converter.batch.storage import lookup
from converter.batch.storage.urls import is_url
from converter.batch.values import Job, Mode, Outcome


def prune(entry: Entry, target: str, job: Job, manifest: Manifest) -> tuple[Outcome | None, str]:
    """Return the outcome of an output whose source is gone, and a message; None where the output is gone too.

    Only a regular file inside the output folder is removed.  OSError where it cannot be.
    """
    if leads_astray(entry.output):
        return Outcome.FAILED, f"the manifest names {shown(entry.output)!r}, which is no output of csdn2md: left alone"
    if not is_url(target) and os.path.lexists(target) and not _is_file_inside(target, job.folder):
        return (
            Outcome.KEPT,
            f"{shown(target)}: its source is gone, but it is no file of the output folder: kept",
        )
    content = lookup.hash_of(target)
    if not content or not entry.known.output_hash:
        manifest.forget((entry.output,))
        return None, ""
    if not job.prune:
        return Outcome.VANISHED, f"{shown(target)}: its source is gone (--prune removes it)"
    if content not in entry.known.ours and not job.force:
        return Outcome.KEPT, f"{shown(target)}: its source is gone, but it was edited: kept (--force removes it)"
    if job.mode is Mode.WRITE:
        lookup.store_of(target).remove(target)
        manifest.forget((entry.output,))
        if job.out is not None:
            _remove_empty(os.path.dirname(target), str(job.out))
    return Outcome.PRUNED, ""


def _is_file_inside(target: str, out: str) -> bool:
    """Return whether a path is a regular file below a folder, and reached without any link."""
    folder = os.path.realpath(os.path.dirname(target))
    inside = os.path.join(folder, "").startswith(os.path.join(os.path.realpath(out), ""))
    return inside and stat.S_ISREG(os.lstat(target).st_mode)


def _remove_empty(folder: str, out: str) -> None:
    """Remove a folder that holds nothing, and those above it, up to the output folder."""
    while folder != out and folder.startswith(out):
        try:
            os.rmdir(folder)
        except OSError:
            return
        folder = os.path.dirname(folder)


class SameFolder:
    """The output folder as it was when the run began, for a link that stands for it may be moved meanwhile."""

    def __init__(self, out: str) -> None:
        self._out = out
        self._identity = self._current()

    def _current(self) -> tuple[int, int] | None:
        try:
            status = os.stat(self._out)
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def check(self) -> None:
        """Raise OSError if another folder stands there now."""
        if self._identity is not None and self._current() != self._identity:
            raise OSError(errno.ESTALE, "became another folder during the run: nothing more is written", self._out)

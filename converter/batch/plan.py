"""Plans a run before anything is written: finds every document and its output, and refuses colliding outputs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice

from converter.batch.input.discover import Found, Root, roots
from converter.batch.interrupts import Interrupts
from converter.batch.manifest import Manifest
from converter.batch.names import collision_key, shown
from converter.batch.storage import urls
from converter.batch.values import BatchError, Job, Mode

MAX_COLLISIONS = 20
PAGE = 1000


class Plan:
    """The sources of a run as they were named; the documents themselves are in the manifest's plan.

    ``troubled`` are the indices of sources that could not be read whole.
    """

    def __init__(self, job: Job, manifest: Manifest, interrupts: Interrupts) -> None:
        """Find every document; BatchError where two would write one file, or one would write another's source."""
        self._job, self._manifest = job, manifest
        self.roots: list[Root] = []
        self.troubled: set[int] = set()
        for index, (root, found) in enumerate(roots(job)):
            self._refuse_same_folder(root)
            self.roots.append(root)
            rows = (self._found(index, root, one) for one in found)
            while page := list(islice(rows, PAGE)):
                interrupts.check()
                manifest.add_found(page)
        self.total = manifest.number_plan()
        problems = [*self._collisions(), *self._overwritten()]
        if problems:
            raise BatchError("\n".join(problems), exit_code=2)
        if job.out_file is not None and self.total > 1:
            raise BatchError(f"{job.out_file}: is one file, and there are {self.total:,} sources", exit_code=2)

    def whole_roots(self) -> list[str]:
        """The sources of which it is known that what was not found is not there."""
        return [root.absolute for index, root in enumerate(self.roots) if index not in self.troubled]

    def _found(self, index: int, root: Root, found: Found) -> tuple[int, int, bytes, str, str, str, bytes]:
        identity = b"" if root.archive or found.error else os.fsencode(urls.absolute(found.name))
        key = collision_key(found.output)
        if self._job.in_place and found.output == found.name:
            key = "\0" + shown(os.fsdecode(identity))
        if found.error and not found.output:
            self.troubled.add(index)
        return index, found.member, os.fsencode(found.name), found.output, key, found.error, identity

    def _refuse_same_folder(self, root: Root) -> None:
        out, mode = self._job.out, self._job.mode
        if self._job.out_url and mode is Mode.WRITE and self._job.out_url.rstrip("/") == root.named.rstrip("/"):
            raise BatchError(f"{shown(root.named)}: is the output folder too", exit_code=2)
        if out is None or mode is not Mode.WRITE or not os.path.isdir(root.named) or not out.exists():
            return
        if os.path.samefile(root.named, out):
            hint = "--in-place rewrites posts where they stand"
            raise BatchError(f"{shown(root.named)}: is the output folder too: {hint}", exit_code=2)

    def _collisions(self) -> Iterator[str]:
        for output, one, other in self._manifest.collisions(MAX_COLLISIONS):
            yield f"{shown(one)} and {shown(other)} would both write {shown(output)}"

    def _overwritten(self) -> Iterator[str]:
        out = self._job.folder
        if out and any(urls.is_inside(root.base, out) for root in self.roots if root.base):
            for name, output in self._manifest.overwritten(urls.absolute(out), MAX_COLLISIONS):
                yield f"{shown(name)}: is a source, and another source would be written there as {output}"

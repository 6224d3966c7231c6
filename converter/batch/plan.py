"""Plans a run before anything is written: finds every document, and gives each an output of its own."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from itertools import count, islice

from converter.batch.input.discover import Found, Root, roots
from converter.batch.interrupts import Interrupts
from converter.batch.manifest import Manifest
from converter.batch.manifest_rows import Planned
from converter.batch.names import collision_key, name_of_its_own, shown
from converter.batch.storage import files, urls
from converter.batch.values import BatchError, Job, Mode, OnCollision

MAX_COLLISIONS = 20
PAGE = 1000


class Plan:
    """The sources of a run as they were named; the documents themselves are in the manifest's plan.

    ``troubled`` are the indices of sources that could not be read whole; ``left_out`` counts, by suffix, the files in
    source folders that are no documents and no local files of one.
    """

    def __init__(self, job: Job, manifest: Manifest, interrupts: Interrupts) -> None:
        """Find every document; BatchError where one would write another's source."""
        self._job, self._manifest = job, manifest
        self._folds_case = not (job.out_url or job.corpus) and files.folds_case(job.folder or ".")
        self.roots: list[Root] = []
        self.troubled: set[int] = set()
        self.left_out: Counter[str] = Counter()
        for index, (root, found) in enumerate(roots(job, self.left_out)):
            self._refuse_same_folder(root)
            self.roots.append(root)
            rows = (self._found(index, root, one) for one in found)
            while page := list(islice(rows, PAGE)):
                interrupts.check()
                manifest.add_found(page)
        self.total = manifest.number_plan()
        if job.on_collision is OnCollision.ERROR:
            problems = list(islice(self._refused_names(), MAX_COLLISIONS))
        else:
            problems = []
            for group in manifest.collisions():
                interrupts.check()
                self._give_names(group)
        problems += self._overwritten()
        if problems:
            raise BatchError("\n".join(problems), exit_code=2)
        if job.out_file is not None and self.total > 1:
            raise BatchError(f"{job.out_file}: is one file, and there are {self.total:,} sources", exit_code=2)

    def whole_roots(self) -> list[str]:
        """The sources of which it is known that what was not found is not there."""
        return [root.absolute for index, root in enumerate(self.roots) if index not in self.troubled]

    def _found(self, index: int, root: Root, found: Found) -> tuple[int, int, bytes, str, str, str, bytes]:
        identity = b"" if root.archive or found.error else os.fsencode(urls.absolute(found.name))
        key = collision_key(found.output, folds_case=self._folds_case)
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

    def _refused_names(self) -> Iterator[str]:
        for first, *others in self._manifest.collisions():
            for other in others:
                yield f"{shown(first.name)} and {shown(other.name)} would both write {shown(first.output)}"

    def _give_names(self, group: list[Planned]) -> None:
        """Give all documents of one output name but one a name of their own, or none.

        The one that keeps the name is the one that the manifest says has it, else the first.  The others'
        suffixes are made of their own names, so that one more document changes no other's output.
        """
        keeper = next((planned for planned in group if self._wrote(planned)), group[0])
        for planned in group:
            if planned is keeper:
                continue
            output = key = ""
            if self._job.on_collision is OnCollision.RENAME:
                root = self.roots[planned.root]
                relative = os.path.relpath(planned.name, root.base) if root.base else planned.name
                output, key = self._free_name(planned.output, relative)
            self._manifest.replan(planned.number, output, key, planned.output)

    def _wrote(self, planned: Planned) -> bool:
        """Return whether the manifest says that the output was written from this very source."""
        return planned.known is not None and planned.known.source == source_of(planned, self.roots[planned.root])

    def _free_name(self, output: str, identity: str) -> tuple[str, str]:
        """Return a name that no other document has, and its key."""
        for attempt in count():
            name = name_of_its_own(output, f"{identity}\0{attempt}" if attempt else identity)
            key = collision_key(name, folds_case=self._folds_case)
            if not self._manifest.is_planned(key):
                return name, key
        raise AssertionError("there is always another name")

    def _overwritten(self) -> Iterator[str]:
        out = self._job.folder
        if out and any(urls.is_inside(root.base, out) for root in self.roots if root.base):
            for name, output in self._manifest.overwritten(urls.absolute(out), MAX_COLLISIONS):
                yield f"{shown(name)}: is a source, and another source would be written there as {output}"


def in_archive(archive: str, name: str) -> str:
    """Return the name of a document in an archive: below it like in a folder; a record at fault by its line."""
    return f"{archive}{name}" if name.startswith(":") else f"{archive}/{name}"


def source_of(planned: Planned, root: Root) -> str:
    """Return the source of a planned document as the manifest names it."""
    if root.archive:
        return in_archive(root.absolute, shown(planned.name))
    return urls.absolute_shown(planned.name)

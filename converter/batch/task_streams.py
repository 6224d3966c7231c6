"""Makes of each planned document a task for an engine, or a row where the manifest shows that nothing is to do."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator
from itertools import count

from converter.batch.comment_files import SHARED
from converter.batch.commit import Origin
from converter.batch.documents import failed
from converter.batch.drawing_files import beside
from converter.batch.engines.task_queue import Stream
from converter.batch.in_place import InPlaceRecords
from converter.batch.input import archives
from converter.batch.input.discover import MemberReader, Root
from converter.batch.input.unpacking import ArchiveError
from converter.batch.input.walk import kind_of_file
from converter.batch.local_files import HEAD, MOST_OF_DRAWING, SVG, is_obeyed, kind_of, leads_astray, problem
from converter.batch.manifest import Manifest
from converter.batch.manifest_rows import Planned
from converter.batch.names import member_path, shown
from converter.batch.plan import Plan, in_archive, source_of
from converter.batch.storage import files, lookup, urls
from converter.batch.values import IsDone, Job, Outcome, Row, Stale, Task


class TaskStreams:
    """Streams of tasks. ``origins`` holds, for each task under way, where its document comes from.

    records: what was written in place (None: the run is not in place, or looks at no records).
    """

    def __init__(
        self, job: Job, manifest: Manifest, plan: Plan, options: str, stale: Stale, records: InPlaceRecords | None,
        is_done: IsDone,
    ) -> None:  # fmt: skip
        self._job, self._manifest, self._plan, self._options = job, manifest, plan, options
        self._stats = lookup.Stats()
        self._stale, self._records, self._is_done = stale, records, is_done
        self._without_drawing: frozenset[str] = frozenset()
        self._numbers = count(-2, -1)
        self._shared: dict[str, str] = {}
        self.origins: dict[int, Origin] = {}

    def target(self, output: str) -> str:
        """Return the path that an output is written to."""
        return urls.join(self._job.folder, output) if self._job.folder else str(self._job.out_file or output)

    def documents(self) -> Stream:
        """Yield the documents of the plan."""
        reader = MemberReader(self._job)
        drawings = self._manifest.drawings()
        self._without_drawing = frozenset(post for post, name in drawings if not self._stats.target(self.target(name)))
        for planned in self._manifest.planned():
            root = self._plan.roots[planned.root]
            if self._records and planned.output not in ("", planned.name):
                planned = planned._replace(known=self._records.known(planned.output))
            task = self._document(planned, root)
            origin = self.origins[planned.number] = self._origin(planned, root)
            if planned.taken and not planned.output:
                yield _without_name(task, planned)
            elif error := task.error or self._other_source(origin):
                yield failed(task, error)
            elif self._is_done(task) or (task.known_is_current and not self._proves_all() and self._untouched(task)):
                yield _unchanged(task)
            elif root.archive:
                yield self._of_archive(reader.filled(task, root, planned.member), planned.root)
            else:
                yield task

    def drawings(self, row: Row, origin: Origin) -> Stream:
        """Yield the files that are to stand beside the output of a row."""
        for name, content in row.drawings:
            number, (output, target) = next(self._numbers), self._place(row, name)
            known = self._manifest.known(output)
            self.origins[number] = Origin(origin.source, origin.root, "", known)
            yield Task(
                number, row.source, "", output, target, copy=True, data=content,
                source_stamp=row.source_stamp, known=known, size=len(content),
            )  # fmt: skip

    def placed(self, row: Row, origin: Origin) -> Row:
        """Return a row whose files below the output folder have names that those of no other post have."""
        names: dict[str, str] = {}
        for name, _ in row.drawings:
            output = name.removeprefix(SHARED)
            if name != output and self._job.folder and self._is_of_another(output, origin):
                stem, suffix = posixpath.splitext(output)
                names[output] = f"{stem}-{files.digest(row.output.encode()).hex()[:8]}{suffix}"
        if not names:
            return row
        drawings = tuple(
            (SHARED + names[bare] if (bare := name.removeprefix(SHARED)) in names else name, content)
            for name, content in row.drawings
        )
        return row._replace(drawings=drawings, files=tuple(names.get(name, name) for name in row.files))

    def _is_of_another(self, output: str, origin: Origin) -> bool:
        """Return whether the post of another source has a file below the output folder, in this run or before."""
        if self._shared.setdefault(output, origin.source) != origin.source:
            return True
        known = self._manifest.known(output)
        return known is not None and known.source != origin.source and (
            os.path.lexists(known.source) or (known.root != origin.root and os.path.isfile(known.root))
        )  # fmt: skip

    def _place(self, row: Row, name: str) -> tuple[str, str]:
        """Return the output and the target of a file that comes with a row."""
        bare = name.removeprefix(SHARED)
        if name != bare and self._job.folder:
            return bare, self.target(bare)
        return beside(row.output, bare), beside(row.target, bare)

    def _proves_all(self) -> bool:
        return bool(self._job.proof) and not self._job.proves_changed_only

    def local_files(self) -> Stream:
        """Yield the local files that the plan of files has; take those that do not exist out of the plan."""
        missing: list[int] = []
        for planned in self._manifest.planned():
            root = self._plan.roots[planned.root]
            path = _beside(planned)
            if root.archive:
                continue
            if not self._stats.is_file(path):
                missing.append(planned.number)
                continue
            self._plan.left_out[kind_of_file(path)] -= 1
            stamp, size = self._stats.source(path)
            target = self.target(planned.output)
            task = Task(
                planned.number, shown(path), path, planned.output, target, copy=True, known=planned.known,
                source_stamp=stamp, size=size,
            )  # fmt: skip
            self.origins[planned.number] = Origin(urls.absolute_shown(path), root.absolute, "", planned.known)
            if not urls.is_inside(path, root.base):
                yield failed(task, "is a link that leads out of the folder")
            elif left_out := _left_out(task, _head(path, planned.output)):
                yield left_out
            elif self._untouched(task):
                yield _unchanged(task)
            else:
                yield task
        self._manifest.unplan(missing)
        for index, root in enumerate(self._plan.roots):
            if root.archive and root.archive not in archives.TABLES:
                yield from self._packed_files(index, root)

    def _packed_files(self, index: int, root: Root) -> Stream:
        """Yield the local files of an archive, in one pass over it."""
        stamp, _ = self._stats.source(root.named)
        wanted = self._manifest.planned_outputs(index)
        for member in self._members(index, root) if wanted else ():
            path = posixpath.normpath(member_path(member.name).lstrip("/"))
            planned = wanted.pop(path, None)
            if planned is None:
                continue
            name = shown(posixpath.join(root.named, member.name))
            task = Task(
                planned.number, name, "", planned.output, self.target(planned.output), copy=True, known=planned.known,
                source_stamp=stamp, error=member.error,
            )  # fmt: skip
            self.origins[planned.number] = Origin(name, root.absolute, "", planned.known)
            yield _unchanged(task) if self._untouched(task) else self._of_archive(_local_file(task, member), index)
        self._manifest.unplan(planned.number for planned in wanted.values())

    def _members(self, index: int, root: Root) -> Iterator[archives.Member]:
        """Yield the members of an archive as far as it is sound; the plan has reported already where it is not."""
        try:
            yield from archives.members(root.named, root.archive, self._job)
        except ArchiveError:
            self._plan.troubled.add(index)

    def _of_archive(self, task: Task | Row, index: int) -> Task | Row:
        """Return what was made of a member; after an error nothing of its archive is pruned."""
        if isinstance(task, Row) and task.outcome is Outcome.FAILED:
            self._plan.troubled.add(index)
        return task

    def _document(self, planned: Planned, root: Root) -> Task:
        name = in_archive(root.named, planned.name) if root.archive and planned.name else planned.name or root.named
        path = "" if root.archive else planned.name
        target = self.target(planned.output)
        if self._job.in_place and os.path.islink(path):
            target = os.path.realpath(path) if target == path else target
            path = os.path.realpath(path)
        stamp, size = ("", 0) if planned.error else self._stats.source(root.named if root.archive else path)
        return Task(
            planned.number, shown(name), path, planned.output, target, source_stamp=stamp, known=planned.known,
            known_is_current=self._is_current(planned), size=size, error=planned.error,
        )  # fmt: skip

    def _origin(self, planned: Planned, root: Root) -> Origin:
        return Origin(source_of(planned, root), root.absolute, self._options, planned.known, planned.taken)

    def _is_current(self, planned: Planned) -> bool:
        """Return whether the manifest's row was made by this version with these options, and well, and is not stale."""
        known = planned.known
        current = known and self._options and known.options == self._options and known.outcome != Outcome.FAILED
        return bool(current) and planned.output not in self._without_drawing and not self._stale(planned.output)

    def _untouched(self, task: Task) -> bool:
        """Return whether neither source nor output has been touched since the manifest's row was made."""
        known = task.known
        return (
            known is not None and not self._job.force and not known.previous_hash
            and task.source_stamp != "" and known.source_stamp == task.source_stamp
            and known.output_stamp != "" and known.output_stamp == self._stats.target(task.target)
        )  # fmt: skip

    def _other_source(self, origin: Origin) -> str:
        """Return why an output that another source has written may not be taken over, "" where it may."""
        known = origin.known
        if known is None or known.source == origin.source or self._job.force or not known.output_hash:
            return ""
        if os.path.lexists(known.source) or (known.root != origin.root and os.path.isfile(known.root)):
            return f"its output was written from {known.source} (--force overwrites)"
        return ""


def _read(task: Task, member: archives.Member) -> Task | Row:
    try:
        data = member.read()
    except archives.BROKEN as error:
        return failed(task, task.error or archives.why(error))
    return task._replace(data=data, size=len(data))


def _without_name(task: Task, planned: Planned) -> Row:
    message = f"{task.name}: another document has its name {shown(planned.taken)} (--on-collision rename writes it)"
    return Row(task.number, task.name, "", Outcome.KEPT, message, path=task.path)


def _local_file(task: Task, member: archives.Member) -> Task | Row:
    """Return the task of a local file with its content, or the row that says why it is left out."""
    if leads_astray(task.output) or is_obeyed(task.output) or not kind_of(task.output):
        return _left_out(task, b"") or task
    read = _read(task, member)
    return read if isinstance(read, Row) else _left_out(read, read.data or b"") or read


def _left_out(task: Task, head: bytes) -> Row | None:
    """Return the row of a local file that does not come with its post; None for one that does."""
    why = "leads out of the output folder" if leads_astray(task.output) else problem(task.output, head)
    if not why:
        return None
    return Row(
        task.number, task.name, task.output, Outcome.LEFT_OUT, f"{task.name}: {why}", path=task.path, target=task.target
    )


def _head(path: str, output: str) -> bytes:
    """Return the start of a local file, as far as it shows its kind."""
    if is_obeyed(output) or not kind_of(output):
        return b""
    try:
        with lookup.store_of(path).open(path) as file:
            return file.read(MOST_OF_DRAWING if kind_of(output) == SVG else HEAD)
    except OSError:
        return b""


def _unchanged(task: Task) -> Row:
    return Row(
        task.number, task.name, task.output, Outcome.UNCHANGED, bytes_in=task.size, path=task.path, target=task.target
    )


def _beside(planned: Planned) -> str:
    """Return the path of a local file: relative to its post as its output is to the post's output."""
    relative = posixpath.relpath(planned.output, posixpath.dirname(planned.key) or ".")
    return urls.normal(urls.join(os.path.dirname(planned.name), relative))

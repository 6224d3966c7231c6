"""The values that the parts of the batch give to each other: jobs, tasks, rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from converter.model import Csdn2mdError, Document
from converter.options import Options
from converter.similarity.sketch import Sketch

if TYPE_CHECKING:
    from converter.verify.local_addresses import LocalAddresses

ConvertBytes: TypeAlias = Callable[..., Document]
"""``convert(data, *, name, output, options)``: what turns the bytes of one post into a Document."""

Stale: TypeAlias = Callable[[str], bool]
"""Returns whether an output must be made anew although neither its source nor the options have changed."""

FinishRows: TypeAlias = Callable[[list["Row"]], list["Row"]]
"""Takes the rows of a partition where it was converted; returns what is sent to the caller."""


@dataclass(frozen=True, slots=True)
class NotedDocument(Document):
    """A document with what its converter wants to see on its row.

    note: anything small, for it crosses processes.  drawings: names and contents of files to write beside it (or, with
    ``comment_files.SHARED`` in front of the name, below the output folder).
    local: the local addresses that its images and links were given.
    """

    note: object = None
    drawings: tuple[tuple[str, bytes], ...] = ()
    local: LocalAddresses | None = None


MANIFEST_NAME = ".csdn2md.sqlite"
STAGE_PREFIX = ".csdn2md-stage-"
DEFAULT_TIMEOUT = 60.0
DEFAULT_MAX_SIZE = 64 * 1024 * 1024


class BatchError(Csdn2mdError):
    """The whole run cannot be done.  ``exit_code`` is 2 where the request itself is at fault."""

    def __init__(self, message: str, *, exit_code: int = 1) -> None:
        super().__init__(message)
        self.exit_code = exit_code


class Mode(StrEnum):
    """The use that is made of the Markdown."""

    WRITE = "write"
    CHECK = "check"
    DIFF = "diff"


class EngineName(StrEnum):
    """The engine that runs the tasks: processes of this machine, or the workers of a Dask cluster."""

    LOCAL = "local"
    DASK = "dask"


class OnCollision(StrEnum):
    """The treatment of outputs whose name another output already has."""

    RENAME = "rename"
    SKIP = "skip"
    ERROR = "error"


class Proof(StrEnum):
    """The consequence for Markdown that differs from its source."""

    NONE = ""
    REPORT = "report"
    STRICT = "strict"


class Outcome(StrEnum):
    """The outcome for one source, for one output that has no source any more, or (MISSING) for one image."""

    CONVERTED = "converted"
    COPIED = "copied"
    UNCHANGED = "unchanged"
    KEPT = "kept"
    VANISHED = "vanished"
    PRUNED = "pruned"
    DRAWN = "drawn"
    FAILED = "failed"
    MISSING = "missing"
    LEFT_OUT = "left out"


FILE, DRAWING, COMMENTS = "file", "drawing", "comments"
"""Kinds of rows that are no posts: a local file that a post refers to; a drawing, or the comments, that a page held."""
OF_POSTS = frozenset((DRAWING, COMMENTS))
NO_POSTS = frozenset(("", FILE, *OF_POSTS))
SKIPPED = frozenset((Outcome.KEPT, Outcome.VANISHED, Outcome.LEFT_OUT))
WRITTEN = frozenset((Outcome.CONVERTED, Outcome.COPIED, Outcome.DRAWN))


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One run: what to convert, where to, and how.

    sources: files, folders, glob patterns, archives; ``lists``: files that list sources, a line each
    (or each ended by NUL, with ``null_separated``); ``base`` is the folder that their outputs mirror ("": see
    ``SourceList``).
    out: the output folder; None: in place.  out_file: the one output file of one source instead.
    out_url: the output folder as a URL that fsspec knows instead (only with the engine ``dask``).
    corpus: one file (or, as a URL, a folder of parts) that gets all documents instead: see ``converter/corpus/``.
    manifest: the file that remembers the run (None: one in ``out``).
    records: in place, what is written beside its source is recorded there, and what was recorded is read.
    engine, scheduler: who does the work, and the address of the Dask scheduler ("": a cluster of ``jobs``
    processes on this machine, made for the run).
    path_field, content_field: the columns of JSON Lines and Parquet sources.
    variant: what else than options and version says how outputs are written.
    sketches: rows get a sketch of the text, from which duplicates are found.
    proof, renderer: whether each document is verified, and what renders its Markdown for that.
    proves_changed_only: with ``proof``, documents that have not changed are not verified again.
    on_collision: what becomes of documents whose outputs have one name; the first keeps it.
    timeout: seconds that one document may take (0: any).  max_size: bytes that one may have.
    """

    sources: tuple[str, ...] = ()
    lists: tuple[str, ...] = ()
    null_separated: bool = False
    base: str = ""
    out: Path | None = None
    out_file: Path | None = None
    out_url: str = ""
    corpus: str = ""
    manifest: Path | None = None
    records: bool = False
    engine: EngineName = EngineName.LOCAL
    scheduler: str = ""
    mode: Mode = Mode.WRITE
    options: Options = field(default_factory=Options)
    jobs: int = 1
    proof: Proof = Proof.NONE
    renderer: str = "auto"
    proves_changed_only: bool = False
    force: bool = False
    prune: bool = False
    delete_source: bool = False
    on_collision: OnCollision = OnCollision.RENAME
    timeout: float = DEFAULT_TIMEOUT
    max_size: int = DEFAULT_MAX_SIZE
    path_field: str = "path"
    content_field: str = "content"
    variant: str = ""
    sketches: bool = False

    @property
    def in_place(self) -> bool:
        """True when every post is rewritten where it stands."""
        return not self.folder and self.out_file is None and not self.corpus

    @property
    def folder(self) -> str:
        """The output folder's name or URL, "" where there is none."""
        return self.out_url or (str(self.out) if self.out is not None else "")

    @property
    def remembers(self) -> bool:
        """True when the run writes to the manifest."""
        return self.memory is not None and self.mode is Mode.WRITE

    @property
    def memory(self) -> Path | None:
        """Where the manifest lies; None where nothing is remembered."""
        return self.manifest or (self.out / MANIFEST_NAME if self.out is not None else None)


class Known(NamedTuple):
    """An output as the manifest knows it: its source, the options, the fingerprints."""

    source: str
    root: str
    source_stamp: str
    source_hash: bytes
    options: str
    output_stamp: str
    output_hash: bytes
    previous_hash: bytes
    outcome: str

    @property
    def ours(self) -> tuple[bytes, bytes]:
        """The contents that csdn2md itself may have left there (two while a rename was under way)."""
        return self.output_hash, self.previous_hash


class Task(NamedTuple):
    """One document for a worker.  ``data`` holds it where the source is a stream, ``error`` why it cannot be had."""

    number: int
    name: str
    path: str
    output: str
    target: str
    copy: bool = False
    data: bytes | None = None
    source_stamp: str = ""
    known: Known | None = None
    known_is_current: bool = False
    size: int = 0
    error: str = ""
    local: str = ""


IsDone: TypeAlias = Callable[[Task], bool]
"""Returns whether an earlier run, which was stopped, has done a task."""


class Row(NamedTuple):
    """The result for one source: small, for it crosses processes and fills reports.

    ``staged`` is the file that waits to be renamed to ``target``; ``target_stamp`` says what stood
    there when it was decided that it may be replaced ("": nothing).  ``differences`` are what a
    verification found, in words, each with its line in front; ``shares`` are the rules that took more than a
    hundredth of its text, each with the share.  ``taken`` is the name that the output would
    have if no other document had it ("": it has its own name).  ``drawings`` are the names and contents of files
    to write beside the output, before it is put in place.  ``local`` are its local addresses, as JSON.  ``score`` is
    the share of facts that a verification found to be the same.  ``sketch`` is that of the text, where it is asked for.
    """

    number: int
    source: str
    output: str
    outcome: Outcome
    message: str = ""
    seconds: float = 0.0
    bytes_in: int = 0
    bytes_out: int = 0
    kind: str = ""
    rules: tuple[tuple[str, int], ...] = ()
    files: tuple[str, ...] = ()
    diff: str = ""
    differences: tuple[str, ...] = ()
    shares: tuple[tuple[str, float], ...] = ()
    path: str = ""
    target: str = ""
    taken: str = ""
    staged: str = ""
    target_stamp: str = ""
    source_stamp: str = ""
    source_hash: bytes = b""
    output_hash: bytes = b""
    previous_hash: bytes = b""
    note: object = None
    drawings: tuple[tuple[str, bytes], ...] = ()
    local: str = ""
    score: float = 1.0
    sketch: Sketch | None = None

    @property
    def is_document(self) -> bool:
        """True for a post that was read, and not for a file that a post refers to."""
        return self.kind not in NO_POSTS


def nothing_done(_task: Task) -> bool:
    """Return that no earlier run has done a task."""
    return False


def nothing_stale(_output: str) -> bool:
    """Return that no output is stale."""
    return False

"""Processes one document: reads it, converts it, compares it with what stands there, and stages it.

Runs in a worker process (or in the caller's own): touches nothing but the document's own files, prints
nothing, and turns every failure into a row.
"""

from __future__ import annotations

import difflib
import hashlib
import os
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from converter import frontmatter
from converter.batch.comment_files import SHARED, comment_file
from converter.batch.drawing_files import DrawingFiles
from converter.batch.names import shown
from converter.batch.references import references
from converter.batch.staging import Staging
from converter.batch.storage import files
from converter.batch.storage.protocol import Standing
from converter.batch.values import FILE, ConvertBytes, Known, Mode, NotedDocument, Outcome, Proof, Row, Task
from converter.model import ConversionError, Document
from converter.options import Options
from converter.similarity.sketch import Sketch, sketch_of

EDITED = "{target} was edited since csdn2md wrote it: kept (--diff --force shows what --force would change)"
FOREIGN = "{target} exists and csdn2md did not write it (--diff --force shows what --force would change)"
UNRECORDED = (
    "{target} exists, and there is no record that csdn2md wrote it: kept "
    "(--diff --force shows what --force would change)"
)
NOT_WRITTEN = "does not say what its source says: not written (--strict)"
LOSES_TEXT = "there is text beside the article that would be lost: not rewritten (-o writes it elsewhere): {lost}"
LONGEST_LOST = 100
MOST_DIFFERENCES = 20
"""Differences of one document that a row carries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSettings:
    """The settings of a run that hold for each of its documents."""

    options: Options
    mode: Mode
    force: bool
    max_size: int
    with_files: bool
    in_place: bool
    staging: Staging
    proof: Proof = Proof.NONE
    renderer: str = ""
    sketches: bool = False


class NewContent(NamedTuple):
    """A new content and where it came from."""

    source: bytes
    source_stamp: str
    data: bytes
    kind: str
    rules: tuple[tuple[str, int], ...]
    files: tuple[str, ...]
    differences: tuple[str, ...] = ()
    shares: tuple[tuple[str, float], ...] = ()
    score: float = 1.0
    sketch: Sketch | None = None
    note: object = None
    drawings: tuple[tuple[str, bytes], ...] = ()
    local: str = ""


def convert_post(data: bytes, *, name: str, output: str, options: Options) -> Document:
    """Convert a post whose output is ``output``, beside which its drawings will stand.  Raises ConversionError."""
    from converter.pipeline import convert

    files = DrawingFiles(output)
    document = convert(data, name=name, options=options, rewrite=files)
    return with_row_data(document, None, files) if files.contents or document.comments else document


def with_row_data(document: Document, note: object, drawings: DrawingFiles) -> NotedDocument:
    """Return a document with what its row is to have: its drawings and comments are files that come with it."""
    comments = (comment_file(document, drawings.output),) if document.comments else ()
    return NotedDocument(
        document.text, document.front_matter, document.metadata, document.findings, document.kind, document.article,
        document.comments, note, (*drawings.contents.items(), *comments),
    )  # fmt: skip


def process(settings: TaskSettings, convert: ConvertBytes, task: Task) -> Row:
    """Convert (or copy) one document; whatever goes wrong becomes a row that says so."""
    started = time.perf_counter()
    try:
        row = _copy(settings, task) if task.copy else _convert(settings, convert, task)
    except OSError as error:
        row = failed(task, f"{_other_file(task, error)}{files.reason(error)}")
        if error.errno in files.OUT_OF_ROOM and error.errno is not None:
            row = row._replace(kind=OUT_OF_ROOM)
    except files.FileError as error:
        row = failed(task, str(error))
    except ConversionError as error:
        row = failed(task, f"line {error.line}: {error.message}" if error.line else error.message)
    except Exception as error:  # a fault of ours in one document must not stop the others
        row = failed(task, f"internal error: {type(error).__name__}: {error}")
    return row._replace(seconds=time.perf_counter() - started)


OUT_OF_ROOM = "out of room"
"""The kind of a failed row after which no other document could be written either."""


def failed(task: Task, message: str) -> Row:
    """Return the row of a document that failed."""
    return Row(
        task.number, task.name, task.output, Outcome.FAILED, shown(message), bytes_in=task.size, path=task.path,
        target=task.target, source_stamp="",
    )  # fmt: skip


def _other_file(task: Task, error: OSError) -> str:
    """Return the name to put before a system's message that is not about the source."""
    name = error.filename
    is_full = error.errno in files.OUT_OF_ROOM
    return "" if is_full or name is None or os.fsdecode(name) == task.path else f"{task.target}: "


def _convert(settings: TaskSettings, convert: ConvertBytes, task: Task) -> Row:
    if task.error:
        raise files.FileError(task.error)
    source, source_stamp = _source(settings, task)
    source_hash = files.digest(source)
    standing = settings.staging.standing(task)
    if _nothing_to_do(settings, task, source_hash, standing.content):
        row = _row(task, Outcome.UNCHANGED, len(source), source_stamp)
        return row._replace(source_hash=source_hash, output_hash=standing.content, target_stamp=standing.stamp)
    output = task.output if settings.with_files else task.target
    document = convert(source, name=task.name, output=output, options=settings.options)
    differences, shares, score = _proved(settings, source, document) if settings.proof else ((), (), 1.0)
    if differences and settings.proof is Proof.STRICT:
        return failed(task, NOT_WRITTEN)._replace(differences=differences)
    if task.target == task.path and (lost := _beside_article(document)):
        return failed(task, LOSES_TEXT.format(lost=lost))
    data = source if document.kind.is_copied else str(document).encode()
    local_files = references(document, task.output) if settings.with_files else ()
    rules = tuple(sorted(Counter(finding.rule for finding in document.findings).items()))
    sketch = sketch_of_document(document) if settings.sketches else None
    made = NewContent(
        source, source_stamp, data, document.kind.name, rules, local_files, differences, shares, score, sketch
    )
    if isinstance(document, NotedDocument):
        local = document.local.to_json() if document.local else ""
        shared = (name.removeprefix(SHARED) for name, _ in document.drawings if name.startswith(SHARED))
        kept = (*local_files, *shared) if settings.with_files else ()
        made = made._replace(files=kept, note=document.note, drawings=document.drawings, local=local)
    return _compare_and_stage(settings, task, made, source_hash, standing)


def _beside_article(document: Document) -> str:
    """Return the start of the text beside the article that the conversion leaves out; empty for none."""
    found = (finding.text for finding in document.findings if finding.beside)
    return next(found, "")[:LONGEST_LOST]


def sketch_of_document(document: Document) -> Sketch:
    """Return the sketch of the text of a document, with its date."""
    from converter.scraper.dates import normal_date  # a run with nothing to do needs no scraper

    front, _ = frontmatter.split(document.front_matter)
    return sketch_of(document.text, normal_date(front.text("date") or "" if front else "") or document.metadata.date)


def _proved(
    settings: TaskSettings, source: bytes, document: Document
) -> tuple[tuple[str, ...], tuple[tuple[str, float], ...], float]:
    """Return what verification finds: a line for each difference, the share of the text each rule took, the score."""
    from converter.verify import prove  # brings a Markdown renderer, which most runs do not need
    from converter.verify.local_addresses import NONE
    from converter.verify.verdict import at_line

    local = (document.local if isinstance(document, NotedDocument) else None) or NONE
    verdict = prove(source, document, options=settings.options, renderer=settings.renderer, local=local)
    found = verdict.differences
    told = [at_line(difference.line, str(difference)) for difference in found[:MOST_DIFFERENCES]]
    more = len(found) - MOST_DIFFERENCES
    if more > 0:
        told.append(at_line(found[-1].line, f"and {more} more differences"))
    return tuple(told), verdict.shares, verdict.score


def _source(settings: TaskSettings, task: Task) -> tuple[bytes, str]:
    if task.data is not None:
        return task.data, task.source_stamp
    return files.read_source(task.path, settings.max_size)


def _nothing_to_do(settings: TaskSettings, task: Task, source_hash: bytes, current: bytes) -> bool:
    """Return whether the manifest proves, without converting, that the output is what it should be."""
    known = task.known
    return (
        known is not None
        and task.known_is_current
        and not settings.force
        and not settings.proof
        and known.source_hash == source_hash
        and known.output_hash == current
    )


def _compare_and_stage(
    settings: TaskSettings, task: Task, made: NewContent, source_hash: bytes, standing: Standing
) -> Row:
    """Compare the new content with what stands there, and stage it where it may replace that."""
    output_hash = files.digest(made.data)
    force = settings.force or task.target == task.path
    outcome, message = verdict(standing.content, output_hash, task.known, force=force)
    if message == FOREIGN and settings.in_place and not task.copy:
        outcome, message = Outcome.KEPT, UNRECORDED
    row = _row(task, outcome or _written(made), len(made.source), made.source_stamp, message)._replace(
        bytes_out=len(made.data), kind=made.kind, rules=made.rules, files=made.files, differences=made.differences,
        shares=made.shares, score=made.score, sketch=made.sketch,
        note=made.note, drawings=made.drawings, local=made.local, target_stamp=standing.stamp,
        source_hash=source_hash, output_hash=output_hash, previous_hash=standing.content,
    )  # fmt: skip
    if outcome is not None:
        return row
    if settings.mode is Mode.DIFF:
        return row._replace(diff=_diff(settings.staging, task, made))
    if settings.mode is Mode.CHECK:
        return row
    return row._replace(staged=settings.staging.stage(task, (made.data,)))


def _written(made: NewContent) -> Outcome:
    return Outcome.COPIED if made.kind in ("markdown", FILE) else Outcome.CONVERTED


def verdict(current: bytes, new: bytes, known: Known | None, *, force: bool) -> tuple[Outcome | None, str]:
    """Decide whether what stands at the target may be replaced: (None, ""), or the outcome and why not.

    current, new: fingerprints of what stands there (b"": nothing) and of what would be written.
    """
    if current == new:
        return Outcome.UNCHANGED, ""
    if not current or force or (known is not None and current in known.ours):
        return None, ""
    if known is not None and known.output_hash:
        return Outcome.KEPT, EDITED
    return Outcome.FAILED, FOREIGN


def _row(task: Task, outcome: Outcome, size: int, source_stamp: str, message: str = "") -> Row:
    return Row(
        task.number, task.name, task.output, outcome, message.format(target=shown(task.target)), bytes_in=size,
        path=task.path, target=task.target, source_stamp=source_stamp,
    )  # fmt: skip


def _diff(staging: Staging, task: Task, made: NewContent) -> str:
    try:
        old = b"".join(staging.current(task))
        label = shown(task.target)
    except FileNotFoundError:
        old, label = b"", "/dev/null"
    lines = difflib.unified_diff(_lines(old), _lines(made.data), label, shown(task.target))
    return "".join(line if line.endswith("\n") else line + "\n\\ No newline at end of file\n" for line in lines)


def _lines(data: bytes) -> list[str]:
    return data.decode("utf-8", "replace").splitlines(keepends=True)


def _copy(settings: TaskSettings, task: Task) -> Row:
    """A local file that posts refer to, copied as it is (in blocks: it may be large)."""
    if task.data is not None:
        made = NewContent(task.data, task.source_stamp, task.data, FILE, (), ())
        return _compare_and_stage(settings, task, made, files.digest(task.data), settings.staging.standing(task))
    status = os.stat(task.path)
    source_hash = files.hash_file(task.path)
    standing = settings.staging.standing(task)
    outcome, message = verdict(standing.content, source_hash, task.known, force=settings.force)
    row = _row(task, outcome or Outcome.COPIED, status.st_size, files.stable_stamp(status), message)._replace(
        bytes_out=status.st_size, kind=FILE, target_stamp=standing.stamp,
        source_hash=source_hash, output_hash=source_hash, previous_hash=standing.content,
    )  # fmt: skip
    if outcome is not None or settings.mode is not Mode.WRITE:
        return row
    hasher = hashlib.blake2b(digest_size=files.HASH_SIZE)
    staged = settings.staging.stage(task, _hashed(task.path, hasher))
    return row._replace(staged=staged, output_hash=hasher.digest(), source_hash=hasher.digest())


def _hashed(path: str, hasher: hashlib.blake2b) -> Iterator[bytes]:
    for block in files.blocks(path):
        hasher.update(block)
        yield block

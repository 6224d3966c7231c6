"""Finds posts and the Markdown that they were converted to, in two folders or by a manifest, and verifies each pair."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from converter.batch import remembered_settings
from converter.batch.engines.local import START_METHOD, engine_for
from converter.batch.input import archives
from converter.batch.input.unpacking import ArchiveError
from converter.batch.input.walk import UnreadableFolder, posts
from converter.batch.interrupts import Interrupts
from converter.batch.manifest import Manifest
from converter.batch.manifest_rows import Entry
from converter.batch.names import output_name, shown
from converter.batch.plan import in_archive
from converter.batch.remembered_settings import RunSettings
from converter.batch.values import MANIFEST_NAME, BatchError, Job, Outcome, Row, Task
from converter.model import Csdn2mdError
from converter.options import Options
from converter.pipeline import convert
from converter.rules.completeness import INCOMPLETE
from converter.verify import Difference, RendererError, verify
from converter.verify.local_addresses import LocalAddresses

TIMEOUT = 300.0
"""Seconds after which the verification of a pair is taken for one that never ends."""
LIMIT = "the time limit"


class Pair(NamedTuple):
    """A post and its Markdown.  ``name`` is the Markdown's path below its tree, with ``/`` between its parts.

    options: which of the options of ``Pairs`` the post was converted with.
    archive, member: the archive that the post is in ("": it is a file), and its index there.
    local: the local addresses of the Markdown, as JSON ("": none).
    """

    name: str
    source: str
    markdown: str
    options: str = ""
    archive: str = ""
    member: int = 0
    local: str = ""


class Pairs(NamedTuple):
    """Posts with their Markdown, and the settings that they were converted with, by ``Pair.options``."""

    found: Sequence[Pair]
    settings: Mapping[str, RunSettings]


class Checked(NamedTuple):
    """The result of one pair.  ``error`` says why it could not be compared ("": it was).

    incomplete: the id of the finding that says why the source holds no whole article ("": none, or nobody asked).
    """

    name: str
    markdown: str
    score: float
    differences: tuple[Difference, ...] = ()
    error: str = ""
    incomplete: str = ""

    @property
    def perfect(self) -> bool:
        """True when the Markdown says what its source says."""
        return not self.differences and not self.error


def named(source: Path, out: Path, options: Options) -> Pairs:
    """Return every post of a folder (or one file) with the Markdown that it should have become, in the order of names.

    The posts are those that a conversion of the folder finds.
    """
    local = _local_addresses(out)
    found = (pair._replace(local=local.get(pair.name, "")) for pair in _named(source, out))
    return Pairs(tuple(found), {"": RunSettings(options)})


def _local_addresses(out: Path) -> dict[str, str]:
    """Return the local addresses (JSON) of the posts of an output folder, by output; none where nothing is known."""
    path = out / MANIFEST_NAME
    if not path.is_file():
        return {}
    with closing(Manifest.read(path)) as manifest:
        return manifest.local_addresses()


def _named(source: Path, out: Path) -> Iterator[Pair]:
    if source.is_file():
        name = source.with_suffix(".md").name
        yield Pair(name, str(source), str(out / name if out.is_dir() else out))
        return
    for found in posts(str(source), out, ordered=True):
        if not isinstance(found, UnreadableFolder) and not found.is_dir():
            output = output_name(Path(found.path).relative_to(source).as_posix())
            yield Pair(output, found.path, str(out / output))


def remembered(out: Path) -> Pairs:
    """Return the documents that the manifest of an output folder knows; BatchError where there is no manifest."""
    path = out / MANIFEST_NAME
    if not path.is_file():
        raise BatchError(f"{out}: has no {MANIFEST_NAME}: name the posts with --against", exit_code=2)
    with closing(Manifest.read(path)) as manifest:
        settings = {key: remembered_settings.from_json(text) for key, text in manifest.remembered_runs().items()}
        local = manifest.local_addresses()
        found: list[Pair] = []
        for root, entries in groupby(manifest.documents(), key=lambda entry: entry.known.root):
            kind, documents = archives.kind_of(root) if os.path.isfile(root) else "", list(entries)
            if kind:
                found += _in_archive(root, kind, documents, out, settings)
            else:
                found += [_of(entry, out) for entry in documents]
    return Pairs(tuple(pair._replace(local=local.get(pair.name, "")) for pair in found), settings)


def _of(entry: Entry, out: Path) -> Pair:
    return Pair(entry.output, entry.known.source, str(out / entry.output), entry.known.options)


def _in_archive(
    root: str, kind: str, entries: list[Entry], out: Path, settings: Mapping[str, RunSettings]
) -> Iterator[Pair]:
    """Yield the documents of one archive in the archive's order."""
    by_source: dict[str, list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: (-len(entry.output), entry.output)):  # pop() takes the shortest
        by_source.setdefault(entry.known.source, []).append(entry)
    job = _reading_job(settings[entries[0].known.options])
    try:
        for index, member in enumerate(archives.members(root, kind, job)):
            waiting = by_source.get(in_archive(root, shown(member.name)))
            if waiting:
                yield _of(waiting.pop(), out)._replace(archive=root, member=index)
    except ArchiveError as error:
        raise BatchError(f"{shown(root)}: {error}") from error


def _reading_job(settings: RunSettings) -> Job:
    return Job(path_field=settings.path_field, content_field=settings.content_field)


def _contents(pairs: Pairs) -> Iterator[tuple[Pair, bytes | None]]:
    """Yield each pair with its source's bytes where an archive holds them; each archive is read once, as a stream."""
    for root, group in groupby(pairs.found, key=lambda pair: pair.archive):
        if not root:
            yield from ((pair, None) for pair in group)
            continue
        members: Iterator[tuple[int, archives.Member]] = iter(())
        for number, pair in enumerate(group):
            if not number:
                job = _reading_job(pairs.settings[pair.options])
                members = enumerate(archives.members(root, archives.kind_of(root), job))
            yield pair, next(member.read() for index, member in members if index == pair.member)


def read_source(pair: Pair, pairs: Pairs) -> bytes:
    """Return the bytes of a pair's source; OSError or Csdn2mdError where it cannot be read."""
    if not pair.archive:
        return Path(pair.source).read_bytes()
    content = next(data for _, data in _contents(pairs._replace(found=(pair,))))
    assert content is not None
    return content


def check(pair: Pair, *, options: Options, renderer: str, content: bytes | None = None) -> Checked:
    """Verify one pair's Markdown against its source (or its ``content``).  RendererError where there is no renderer."""
    try:
        source, markdown = Path(pair.source).read_bytes() if content is None else content, read_markdown(pair)
        verdict = verify(source, markdown, options=options, renderer=renderer, local=local_addresses(pair))
    except OSError as error:
        return Checked(pair.name, pair.markdown, 0.0, error=f"{error.filename}: {error.strerror}")
    except RendererError:
        raise
    except Csdn2mdError as error:
        return Checked(pair.name, pair.markdown, 0.0, error=f"{pair.source}: {error}")
    return Checked(pair.name, pair.markdown, verdict.score, verdict.differences)


def check_all(pairs: Pairs, *, renderer: str, jobs: int, completeness: bool = False) -> Iterator[Checked]:
    """Yield the result of each pair, in the order of the pairs, worked out by ``jobs`` processes.

    completeness: also tell which sources hold no whole article, which takes a conversion more.
    A pair whose verification crashes or takes too long is an error of its own.  RendererError where there
    is no renderer.
    """
    total = len(pairs.found)
    options = {key: settings.options for key, settings in pairs.settings.items()}
    process = partial(_check_task, options=options, renderer=renderer, completeness=completeness)
    tasks = (
        Task(
            number,
            pair.name,
            pair.source,
            pair.options,
            pair.markdown,
            data=data,
            size=len(data or b""),
            local=pair.local,
        )
        for number, (pair, data) in enumerate(_contents(pairs))
    )
    interrupts = Interrupts()
    has_threads = threading.current_thread() is not threading.main_thread()
    engine = engine_for(
        process, jobs=jobs, total=total, timeout=TIMEOUT, interrupts=interrupts, limit=LIMIT,
        start_method="spawn" if has_threads else START_METHOD,
    )  # fmt: skip
    with closing(interrupts), closing(engine.run(tasks)) as rows:
        yield from (_result(row) for row in rows if row is not None)


def _check_task(task: Task, *, options: Mapping[str, Options], renderer: str, completeness: bool) -> Row:
    """Check the pair that a task stands for (its ``output`` names the options); the row's note is what came of it."""
    result: Checked | RendererError
    pair = Pair(task.name, task.path, task.target, local=task.local)
    try:
        result = check(pair, options=options[task.output], renderer=renderer, content=task.data)
        if completeness and not result.error:
            result = result._replace(incomplete=_incomplete(pair, options[task.output], task.data))
    except RendererError as error:
        result = error
    except Exception as error:  # a fault of ours in one pair must not stop the others
        result = _failed(task.name, task.path, task.target, f"internal error: {type(error).__name__}: {error}")
    return Row(task.number, task.name, task.output, Outcome.UNCHANGED, path=task.path, target=task.target, note=result)


def _incomplete(pair: Pair, options: Options, content: bytes | None) -> str:
    """Return the id of the finding that says why a source holds no whole article ("": it does)."""
    document = convert(Path(pair.source).read_bytes() if content is None else content, options=options)
    return next((finding.rule for finding in document.findings if finding.rule in INCOMPLETE), "")


def _result(row: Row) -> Checked:
    if isinstance(row.note, Checked):
        return row.note
    if isinstance(row.note, RendererError):
        raise row.note
    return _failed(row.source, row.path, row.target, row.message)


def _failed(name: str, source: str, markdown: str, message: str) -> Checked:
    return Checked(name, markdown, 0.0, error=f"{source}: {message}")


def local_addresses(pair: Pair) -> LocalAddresses:
    """Return the local addresses of a pair's Markdown whose files are there; BatchError where they are damaged.

    The address of a file that is gone is left as it is: it is no longer that of the source's image.
    """
    try:
        local = LocalAddresses.from_json(pair.local)
    except ValueError as error:
        raise BatchError(f"the manifest is damaged: {error}") from error
    folder = Path(pair.markdown).parent
    return LocalAddresses({name: urls for name, urls in local.images.items() if _is_there(folder, name)}, local.links)


def _is_there(folder: Path, address: str) -> bool:
    """Return whether an address is that of a file relative to a folder, or cannot be looked up."""
    if address.startswith("/") or urlsplit(address).scheme:
        return True
    return (folder / unquote(urlsplit(address).path)).is_file()


def read_markdown(pair: Pair) -> str:
    """Return the Markdown of a pair, its line ends as they are."""
    return Path(pair.markdown).read_bytes().decode("utf-8", "replace")

"""Reads archives as streams, never unpacked to disk: zip, tar, JSON Lines, Parquet."""

from __future__ import annotations

import gzip
import json
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, Any, BinaryIO, NamedTuple

from converter.batch.storage import lookup
from converter.batch.storage.files import reason, too_large
from converter.batch.values import BatchError, Job
from converter.model import Csdn2mdError
from converter.source.suffixes import POST_SUFFIXES, has_suffix


class ArchiveError(Csdn2mdError):
    """An archive that cannot be read (further); the text says why, without its name."""


class Member(NamedTuple):
    """One document of an archive; ``read`` gives its bytes and may be called until the next member is asked for."""

    name: str
    read: Callable[[], bytes]
    error: str = ""


ZIP, TAR, LINES, PARQUET = "zip", "tar", "lines", "parquet"
TABLES = frozenset((LINES, PARQUET))
"""Kinds whose every row is a post, whatever its name ends in."""

KINDS: tuple[tuple[tuple[str, ...], str], ...] = (
    ((".zip",), ZIP),
    ((".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2", ".tar.zst", ".tzst"), TAR),
    ((".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"), LINES),
    ((".parquet",), PARQUET),
)

BROKEN = (tarfile.TarError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, gzip.BadGzipFile, OSError)


def kind_of(name: str) -> str:
    """Return the kind of archive that a name stands for, "" for none."""
    return next((kind for suffixes, kind in KINDS if has_suffix(name, suffixes)), "")


def members(path: str, kind: str, job: Job) -> Iterator[Member]:
    """Yield every document of an archive, in its order; ArchiveError where it is broken."""
    try:
        yield from READERS[kind](path, job)
    except BROKEN as error:
        text = reason(error) if isinstance(error, OSError) else str(error)
        raise ArchiveError(f"cannot be read: {text or type(error).__name__}") from error


def _limited(file: IO[bytes] | None, limit: int) -> bytes:
    if file is None:
        raise ArchiveError("is not a regular file")
    with file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise ArchiveError(too_large(len(data), limit))
    return data


def _zip(path: str, job: Job) -> Iterator[Member]:
    with lookup.store_of(path).open(path) as file, zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            if not info.is_dir():
                yield Member(info.filename, partial(_zip_read, archive, info, job.max_size))


def _zip_read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int) -> bytes:
    try:
        return _limited(archive.open(info), limit)
    except (RuntimeError, NotImplementedError, zipfile.BadZipFile, zlib.error, EOFError) as error:
        raise ArchiveError(str(error)) from error


def _tar(path: str, job: Job) -> Iterator[Member]:
    with lookup.store_of(path).open(path) as file, _tar_file(path, file) as archive:
        while (info := archive.next()) is not None:
            vars(archive)["members"].clear()  # a stream never goes back, and a list of a million headers is no stream
            if info.isreg():
                yield Member(info.name, partial(_tar_read, archive, info, job.max_size))
            elif not info.isdir() and has_suffix(info.name, POST_SUFFIXES):
                yield Member(info.name, bytes, "is not a regular file")


def _tar_read(archive: tarfile.TarFile, info: tarfile.TarInfo, limit: int) -> bytes:
    return _limited(archive.extractfile(info), limit)


def _tar_file(path: str, file: IO[bytes]) -> tarfile.TarFile:
    if not has_suffix(path, (".zst", ".tzst")):
        return tarfile.open(fileobj=file, mode="r|*")
    zstandard = _extra("zstandard", path)
    stream = zstandard.ZstdDecompressor().stream_reader(file)
    return tarfile.open(fileobj=stream, mode="r|")


def _extra(module: str, path: str) -> Any:
    try:
        return __import__(module, fromlist=["_"])
    except ImportError:
        raise BatchError(f"{path}: needs {module}: pip install 'csdn2md[archives]'", exit_code=2) from None


def _lines(path: str, job: Job) -> Iterator[Member]:
    limit = 6 * job.max_size + (1 << 16)  # JSON writes a byte in at most six
    with lookup.store_of(path).open(path) as packed, _unpacked(path, packed) as file:
        number = 0
        while line := file.readline(limit):
            number += 1
            if not line.endswith(b"\n") and len(line) >= limit:
                while rest := file.readline(limit):
                    if rest.endswith(b"\n"):
                        break
                yield Member(f"line {number}", bytes, too_large(limit, job.max_size))
            elif line.strip():
                yield _line(line, number, job)


def _unpacked(path: str, file: BinaryIO) -> gzip.GzipFile | BinaryIO:
    return gzip.GzipFile(fileobj=file) if has_suffix(path, (".gz",)) else file


def _line(line: bytes, number: int, job: Job) -> Member:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Member(f"line {number}", bytes, f"is not JSON: {error}")
    if not isinstance(record, dict):
        return Member(f"line {number}", bytes, "is not a JSON object")
    return _record(record, f"line {number}", job)


def _record(record: dict[str, Any], location: str, job: Job) -> Member:
    name = record.get(job.path_field)
    if not isinstance(name, str) or not name:
        return Member(location, bytes, f"has no text in the field {job.path_field!r} (--path-field)")
    content = record.get(job.content_field)
    if isinstance(content, bytes):
        return _sized(name, content, job)
    if not isinstance(content, str):
        return Member(name, bytes, f"has no text in the field {job.content_field!r} (--content-field)")
    return _sized(name, content.encode("utf-8", "replace"), job)


def _sized(name: str, content: bytes, job: Job) -> Member:
    error = too_large(len(content), job.max_size) if len(content) > job.max_size else ""
    return Member(name, lambda: content, error)


def _parquet(path: str, job: Job) -> Iterator[Member]:
    parquet = _extra("pyarrow.parquet", path)
    arrow = _extra("pyarrow", path)
    try:
        with lookup.store_of(path).open(path) as file, parquet.ParquetFile(file) as table:
            wanted = [job.path_field, job.content_field]
            missing = [name for name in wanted if name not in table.schema_arrow.names]
            if missing:
                raise ArchiveError(f"has no column {missing[0]!r}: it has {', '.join(table.schema_arrow.names)}")
            number = 0
            for batch in table.iter_batches(batch_size=64, columns=wanted):
                for record in batch.to_pylist():
                    number += 1
                    yield _record(record, f"row {number}", job)
    except arrow.ArrowException as error:
        raise ArchiveError(f"cannot be read: {error}") from error


READERS: dict[str, Callable[[str, Job], Iterator[Member]]] = {
    ZIP: _zip,
    TAR: _tar,
    LINES: _lines,
    PARQUET: _parquet,
}

"""Reads archives as streams, never unpacked to disk: zip, tar, JSON Lines, CSV, Parquet, WARC."""

from __future__ import annotations

import csv
import io
import json
import os
import struct
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from typing import IO, Any, NamedTuple

from converter.batch.input import tar, unpacking, warc, zips
from converter.batch.input.unpacking import ArchiveError, unpacked
from converter.batch.storage import lookup
from converter.batch.storage.files import reason, too_large
from converter.batch.values import BatchError, Job
from converter.source.suffixes import POST_SUFFIXES, has_suffix


class Member(NamedTuple):
    """One document of an archive; ``read`` gives its bytes and may be called until the next member is asked for."""

    name: str
    read: Callable[[], bytes]
    error: str = ""


ZIP, TAR, LINES, CSV, PARQUET, WARC = "zip", "tar", "lines", "csv", "parquet", "warc"
TABLES = frozenset((LINES, CSV, PARQUET, WARC))
"""Kinds whose every row is a post, whatever its name ends in."""

KINDS: tuple[tuple[tuple[str, ...], str], ...] = (
    ((".zip",), ZIP),
    ((".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2", ".tar.zst", ".tzst"), TAR),
    ((".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"), LINES),
    ((".csv", ".tsv", ".csv.gz", ".tsv.gz"), CSV),
    ((".parquet",), PARQUET),
    ((".warc", ".warc.gz"), WARC),
)
TAB_SUFFIXES = (".tsv", ".tsv.gz")
MOST_CSV = 2**31 - 1
"""The largest limit of a field's length that the csv module takes on every system."""

BROKEN: tuple[type[Exception], ...] = (
    *(ArchiveError, tarfile.TarError, zipfile.BadZipFile, ValueError, struct.error, RuntimeError, NotImplementedError),
    *unpacking.broken(),
)
"""What unsound archives raise; RuntimeError and NotImplementedError: members of a zip that are encrypted, or packed in
a way that the standard library does not know."""


def kind_of(name: str) -> str:
    """Return the kind of archive that a name stands for, "" for none."""
    return next((kind for suffixes, kind in KINDS if has_suffix(name, suffixes)), "")


def members(path: str, kind: str, job: Job) -> Iterator[Member]:
    """Yield every document of an archive, in its order; ArchiveError where it is broken."""
    try:
        yield from READERS[kind](path, job)
    except ArchiveError:
        raise
    except BROKEN as error:
        raise ArchiveError(f"cannot be read: {why(error)}") from error
    except BatchError as error:
        raise BatchError(f"{path}: {error}", exit_code=error.exit_code) from None


def why(error: Exception) -> str:
    """Return the text of an error that is one of BROKEN."""
    return (reason(error) if isinstance(error, OSError) else str(error)) or type(error).__name__


def _limited(file: IO[bytes], limit: int, meter: unpacking.Meter | None = None) -> bytes:
    """Return a content that has not more bytes than the limit."""
    data = bytearray()
    while piece := file.read(unpacking.PIECE):
        data += piece
        if meter is not None:
            meter.add(len(piece))
        if len(data) > limit:
            raise ArchiveError(too_large(len(data), limit))
    return bytes(data)


def _zip(path: str, job: Job) -> Iterator[Member]:
    with lookup.store_of(path).open(path) as file, zipfile.ZipFile(file) as archive:
        meter = unpacking.Meter(zips.checked_size(file, archive))
        for info in archive.infolist():
            if not info.is_dir():
                yield Member(info.filename, partial(_zip_read, archive, info, job.max_size, meter))


def _zip_read(archive: zipfile.ZipFile, info: zipfile.ZipInfo, limit: int, meter: unpacking.Meter) -> bytes:
    if info.file_size > limit:
        raise ArchiveError(too_large(info.file_size, limit))
    with archive.open(info) as file:
        return _limited(file, limit, meter)


def _tar(path: str, job: Job) -> Iterator[Member]:
    with lookup.store_of(path).open(path) as file, unpacked(file) as stream:
        for info, archive in tar.members(stream):
            if info.isreg():
                yield Member(info.name, partial(_tar_read, archive, info, job.max_size))
            elif not info.isdir() and has_suffix(info.name, POST_SUFFIXES):
                yield Member(info.name, bytes, "is not a regular file")


def _tar_read(archive: tarfile.TarFile, info: tarfile.TarInfo, limit: int) -> bytes:
    if info.size > limit:
        raise ArchiveError(too_large(info.size, limit))
    with tar.content(archive, info) as file:
        return _limited(file, limit)


def _lines(path: str, job: Job) -> Iterator[Member]:
    limit = 6 * job.max_size + (1 << 16)  # JSON writes a byte in at most six
    with lookup.store_of(path).open(path) as packed, unpacked(packed) as file:
        number = 0
        while line := file.readline(limit):
            number += 1
            if not line.endswith(b"\n") and len(line) >= limit:
                while rest := file.readline(limit):
                    if rest.endswith(b"\n"):
                        break
                yield Member(f":{number}", bytes, too_large(limit, job.max_size))
            elif line.strip():
                yield _line(line, number, job)


def _line(line: bytes, number: int, job: Job) -> Member:
    try:
        record = json.loads(line)
    except json.JSONDecodeError as error:
        return Member(f":{number}", bytes, f"is not JSON: {error.msg} (column {error.colno})")
    except (ValueError, RecursionError) as error:
        return Member(f":{number}", bytes, f"is not JSON: {error}")
    if not isinstance(record, dict):
        return Member(f":{number}", bytes, "is not a JSON object")
    if number == 1:
        _require_fields(record, job)
    return _record(record, f":{number}", job)


def _csv(path: str, job: Job) -> Iterator[Member]:
    """Read a table of text: the first line names the fields; tabs or commas part them, by the file's suffix."""
    csv.field_size_limit(min(job.max_size, MOST_CSV))
    delimiter = "\t" if has_suffix(path, TAB_SUFFIXES) else ","
    with lookup.store_of(path).open(path) as packed, unpacked(packed) as file:
        lines = io.TextIOWrapper(file, "utf-8-sig", "replace", newline="")
        rows = csv.DictReader(lines, delimiter=delimiter)
        _require_fields(dict.fromkeys(rows.fieldnames or ()), job)
        try:
            for record in rows:
                yield _record(record, f":{rows.line_num}", job)
        except csv.Error as error:
            raise ArchiveError(f"cannot be read: line {rows.line_num + 1}: {error}") from error


def _require_fields(record: dict[str, Any], job: Job) -> None:
    """Raise ArchiveError where the first record has not the fields that are read; it names those that it has."""
    options = (("--path-field", job.path_field), ("--content-field", job.content_field))
    missing = [(option, field) for option, field in options if field not in record]
    if missing:
        names, others = (", ".join(pair[part] for pair in missing) for part in (1, 0))
        raise ArchiveError(f"has no field {names}: its fields are {', '.join(record)} ({others}: another field)")


def _record(record: dict[str, Any], location: str, job: Job) -> Member:
    """Return the document of a record; ``location`` (``:LINE``) is its name where the record is at fault."""
    name = record.get(job.path_field)
    if isinstance(name, int) and not isinstance(name, bool):
        name = str(name)
    if not isinstance(name, str) or not name:
        return Member(location, bytes, f"has no text in the field {job.path_field!r} (--path-field)")
    content = record.get(job.content_field)
    if isinstance(content, str):
        content = content.encode("utf-8", "replace")
    if not isinstance(content, bytes):
        return Member(location, bytes, f"has no text in the field {job.content_field!r} (--content-field)")
    error = too_large(len(content), job.max_size) if len(content) > job.max_size else ""
    return Member(name, lambda: content, error)


def _parquet(path: str, job: Job) -> Iterator[Member]:
    parquet, arrow = unpacking.extra("pyarrow.parquet"), unpacking.extra("pyarrow")
    try:
        with lookup.store_of(path).open(path) as file:
            size = file.seek(0, os.SEEK_END)
            with parquet.ParquetFile(file, page_checksum_verification=True) as table:
                _require_fields(dict.fromkeys(table.schema_arrow.names), job)
            names = [name for name in (job.path_field, job.content_field) if _is_text(table.schema_arrow.field(name))]
            # a value that a dictionary repeats is then in memory once
            with parquet.ParquetFile(file, page_checksum_verification=True, read_dictionary=names) as table:
                yield from _parquet_rows(table, size, job)
    except arrow.ArrowException as error:
        raise ArchiveError(f"cannot be read: {error}") from error


def _is_text(field: Any) -> bool:
    return str(field.type) in ("string", "large_string", "binary", "large_binary")


def _parquet_rows(table: Any, size: int, job: Job) -> Iterator[Member]:
    """Yield the document of each row; each group of rows is read only if it says that it is not too large."""
    number, wanted = 0, (job.path_field, job.content_field)
    stored, shown = unpacking.Meter(size), unpacking.Meter(size)
    for index in range(table.num_row_groups):
        group = table.metadata.row_group(index)
        columns = map(group.column, range(group.num_columns))
        stored.add(sum(one.total_uncompressed_size for one in columns if one.path_in_schema in wanted))
        for batch in table.iter_batches(batch_size=64, row_groups=[index], columns=list(wanted)):
            for path, content in zip(*map(batch.column, wanted), strict=True):
                number += 1
                record = {job.path_field: path.as_py(), job.content_field: content.as_py()}
                shown.add(len(record[job.content_field] or ""))
                yield _record(record, f":{number}", job)


def _warc(path: str, job: Job) -> Iterator[Member]:
    with lookup.store_of(path).open(path) as packed, unpacked(packed) as file:
        for page in warc.pages(file):
            yield Member(warc.name_of(page.address), partial(page.read, job.max_size), page.error)


READERS: dict[str, Callable[[str, Job], Iterator[Member]]] = {
    ZIP: _zip,
    TAR: _tar,
    LINES: _lines,
    CSV: _csv,
    PARQUET: _parquet,
    WARC: _warc,
}

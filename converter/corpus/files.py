"""Writes the rows of a corpus to a file: JSON Lines, packed or not, or Parquet."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeAlias

from converter.batch.storage import files
from converter.batch.values import BatchError
from converter.corpus.columns import COLUMNS, INTEGER, NUMBER, RECORDS, TEXT, TEXTS
from converter.source.suffixes import CORPUS_SUFFIXES, has_suffix

Rows: TypeAlias = Iterable[Mapping[str, Any]]

ROWS_OF_GROUP = 1000
BYTES_OF_GROUP = 32 << 20
"""A group of rows of a Parquet file is full at either."""
MARK = b"csdn2md"
"""Key in the metadata of a Parquet file that csdn2md wrote."""


def suffix_of(name: str) -> str:
    """Return the suffix of a corpus that a name ends in; empty for another name."""
    return next((suffix for suffix in CORPUS_SUFFIXES if has_suffix(name, (suffix,))), "")


def write(path: Path, rows: Rows) -> None:
    """Write a corpus whole, or leave what stands there.  Raises OSError."""
    with files.replacing(path) as staged:
        WRITERS[suffix_of(path.name)](staged, rows)


def is_corpus(path: Path) -> bool:
    """Return whether a file looks like one that csdn2md wrote as a corpus."""
    try:
        if suffix_of(path.name) == ".parquet":
            import pyarrow.parquet

            return MARK in (pyarrow.parquet.read_schema(path).metadata or {})
        opened = gzip.open if path.name.lower().endswith(".gz") else open
        with opened(path, "rb") as file:
            head = file.read(len(_HEAD))
        return head in (b"", _HEAD)
    except (OSError, ValueError, EOFError):
        return False


_HEAD = f'{{"{COLUMNS[0].name}": "'.encode()
"""The first bytes of JSON Lines that are a corpus."""


def schema() -> Any:
    """Return the schema of a corpus for pyarrow; BatchError where that is not installed."""
    try:
        import pyarrow
    except ImportError:
        raise BatchError(".parquet needs pyarrow: pip install pyarrow", exit_code=2) from None
    simple = {TEXT: pyarrow.string(), INTEGER: pyarrow.int64(), NUMBER: pyarrow.float64()}
    simple[TEXTS] = pyarrow.list_(pyarrow.string())
    for name, record in RECORDS.items():
        simple[name] = pyarrow.list_(pyarrow.struct([(field, simple[kind]) for field, kind in record.items()]))
    return pyarrow.schema([(column.name, simple[column.kind]) for column in COLUMNS], metadata={MARK: b"corpus"})


def lines(rows: Rows) -> Iterator[bytes]:
    """Yield each row as a line of JSON."""
    return (json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def _json_lines(path: Path, rows: Rows) -> None:
    with path.open("wb") as file:
        file.writelines(lines(rows))


def _packed_json_lines(path: Path, rows: Rows) -> None:
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as file:
        file.writelines(lines(rows))


def write_parquet(target: Any, rows: Rows) -> None:
    """Write rows as Parquet to a path or an open file."""
    columns = schema()
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    with ParquetWriter(target, columns, compression="zstd") as writer:
        for group in _groups(rows):
            writer.write_batch(pyarrow.RecordBatch.from_pylist(group, schema=columns))


def _groups(rows: Rows) -> Iterator[list[Mapping[str, Any]]]:
    """Yield the rows in groups that are small enough for memory."""
    group: list[Mapping[str, Any]] = []
    size = 0
    for row in rows:
        group.append(row)
        size += len(row["markdown"]) + len(row["text"])
        if len(group) >= ROWS_OF_GROUP or size >= BYTES_OF_GROUP:
            yield group
            group, size = [], 0
    if group:
        yield group


WRITERS: Mapping[str, Callable[[Path, Rows], None]] = MappingProxyType(
    dict(zip(CORPUS_SUFFIXES, (_json_lines, _packed_json_lines, write_parquet), strict=True))
)
"""The writer for each suffix."""

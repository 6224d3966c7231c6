"""The interface of a store of files, and the values that it takes and gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, BinaryIO, NamedTuple, Protocol

from converter.batch.storage import files


class Standing(NamedTuple):
    """The state of a target: its stamp, and the fingerprint of its content ("" and b"": nothing)."""

    stamp: str
    content: bytes


class Write(NamedTuple):
    """A content for a target.  ``expected`` is the stamp of what may be replaced there ("": nothing)."""

    target: str
    data: bytes
    expected: str


class Store(Protocol):
    """Reads and writes whole files by name.  An error of one of many files is returned in the place of its result."""

    def stat(self, name: str) -> tuple[str, int]:
        """Return the stamp and the size of a file; FileNotFoundError where there is none."""

    def open(self, name: str) -> BinaryIO:
        """Open a file for reading."""

    def read(self, names: Sequence[str]) -> list[bytes | Exception]:
        """Return the contents of files."""

    def standing(self, names: Sequence[str]) -> list[Standing | Exception]:
        """Return what stands at each of these names."""

    def write(self, writes: Sequence[Write]) -> list[str | Exception]:
        """Put contents in place, each whole or not at all; return their stamps.

        FileError for a target where something else stands than was expected.
        """

    def remove(self, name: str) -> None:
        """Remove a file."""


def changed(target: str) -> files.FileError:
    """Return the error for a target that is not what it was when it was looked at."""
    return files.FileError(f"{target} was changed while csdn2md was at work: kept")


def result_or_error(function: Any, value: object) -> Any:
    """Return what the function returns for the value, or the exception that it raises."""
    try:
        return function(value)
    except Exception as error:  # one file's error must not stop the others
        return error

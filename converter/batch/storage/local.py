"""The store of this machine's files, or of a file system that it shares with others."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import BinaryIO

from converter.batch.storage import files
from converter.batch.storage.protocol import Standing, Write, changed, result_or_error


class Local:
    """Files that the operating system opens by path (a Store)."""

    def stat(self, name: str) -> tuple[str, int]:
        """See Store."""
        status = os.stat(name)
        return files.stable_stamp(status), status.st_size

    def open(self, name: str) -> BinaryIO:
        """See Store."""
        return open(name, "rb")

    def read(self, names: Sequence[str]) -> list[bytes | Exception]:
        """See Store."""
        return [result_or_error(lambda name: b"".join(files.blocks(name)), name) for name in names]

    def standing(self, names: Sequence[str]) -> list[Standing | Exception]:
        """See Store."""
        return [result_or_error(self.standing_at, name) for name in names]

    def write(self, writes: Sequence[Write]) -> list[str | Exception]:
        """See Store."""
        staged = [result_or_error(self._stage, write) for write in writes]
        folders = {
            os.stat(folder).st_dev: folder for folder in {os.path.dirname(s) for s in staged if isinstance(s, str)}
        }
        for folder in folders.values():
            files.make_durable(Path(folder))
        return [result_or_error(self._put, pair) for pair in zip(staged, writes, strict=True)]

    def remove(self, name: str) -> None:
        """See Store."""
        os.unlink(name)

    @staticmethod
    def standing_at(name: str) -> Standing:
        """Return what stands there.  The stamp is taken first, so that it can only be too old."""
        stamp = files.stamp_of(name)
        if not stamp:
            return Standing("", b"")
        try:
            return Standing(stamp, files.hash_file(name))
        except files.FileError as problem:
            raise files.FileError(f"{name} {problem}") from None

    @staticmethod
    def _stage(write: Write) -> str:
        target, data, expected = write
        if files.stamp_of(target) != expected:
            raise changed(target)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        staged = files.staged_beside(target)
        files.stage(staged, (data,))
        return staged

    @staticmethod
    def _put(pair: tuple[str | Exception, Write]) -> str:
        staged, write = pair
        if isinstance(staged, Exception):
            raise staged
        files.put(staged, write.target)
        return files.stamp_of(write.target)


LOCAL = Local()

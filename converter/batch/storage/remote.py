"""The stores that fsspec reaches by URL.

Such a store holds whole objects: what is put there appears whole or not at all (as S3, Google Cloud
Storage and Azure promise), but nothing can be renamed at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO

from converter.batch.storage import files
from converter.batch.storage.protocol import Standing, Write, changed, result_or_error
from converter.batch.values import BatchError

_CHECKSUMS = ("ETag", "etag", "md5Hash", "checksum")
_TIMES = ("LastModified", "last_modified", "updated", "mtime", "modified", "created")


class Remote:
    """Objects of a store that fsspec reaches.  Many at once are asked for at once, where the store can that."""

    def __init__(self, protocol: str) -> None:
        try:
            import fsspec
        except ImportError:
            raise BatchError(f"{protocol}:// needs fsspec: pip install fsspec", exit_code=2) from None
        try:
            self._fs: Any = fsspec.filesystem(protocol, use_listings_cache=False)
        except (ImportError, ValueError) as error:
            raise BatchError(f"{protocol}://: {error}", exit_code=2) from None

    def stat(self, name: str) -> tuple[str, int]:
        """See Store."""
        info = self._fs.info(name)
        return stamp(info), int(info["size"] or 0)

    def open(self, name: str) -> BinaryIO:
        """See Store."""
        file: BinaryIO = self._fs.open(name, "rb")
        return file

    def read(self, names: Sequence[str]) -> list[bytes | Exception]:
        """See Store."""
        if not names:
            return []
        found = self._fs.cat(list(names), on_error="return")
        if isinstance(found, bytes | Exception):  # what fsspec makes of a single name
            return [found]
        return [found[self._fs._strip_protocol(name)] for name in names]

    def standing(self, names: Sequence[str]) -> list[Standing | Exception]:
        """See Store."""
        stamps = self._stamps(names)
        there = [name for name, one in zip(names, stamps, strict=True) if isinstance(one, str) and one]
        contents = dict(zip(there, self.read(there), strict=True))
        return [_standing(one, contents.get(name, b"")) for name, one in zip(names, stamps, strict=True)]

    def write(self, writes: Sequence[Write]) -> list[str | Exception]:
        """See Store."""
        before = zip(writes, self._stamps([write.target for write in writes]), strict=True)
        wrong = {write.target: _objection(write, one) for write, one in before if one != write.expected}
        good = [write for write in writes if write.target not in wrong]
        wrong |= self._put({write.target: write.data for write in good})
        after = dict(zip((write.target for write in good), self._stamps([one.target for one in good]), strict=True))
        return [wrong.get(write.target) or after[write.target] for write in writes]

    def remove(self, name: str) -> None:
        """See Store."""
        self._fs.rm_file(name)

    def is_folder(self, name: str) -> bool:
        """Return whether objects lie below a name."""
        return bool(self._fs.isdir(name))

    def exists(self, name: str) -> bool:
        """Return whether a name stands for an object or a folder."""
        return bool(self._fs.exists(name))

    def names(self, folder: str) -> Iterator[str]:
        """Yield the names of all objects below a folder, relative to it."""
        start = len(self._fs._strip_protocol(folder).rstrip("/")) + 1
        for _, _, found in self._fs.walk(folder, detail=True, on_error="raise"):
            yield from (info["name"][start:] for info in found.values())

    def matching(self, pattern: str) -> Iterator[str]:
        """Yield the URLs that a pattern matches."""
        protocol = pattern.partition("://")[0]
        for path in self._fs.glob(pattern):
            yield f"{protocol}://{path}"

    def listed(self, folder: str) -> dict[str, tuple[str, int]]:
        """Return stamp and size of each object that lies in a folder, by URL."""
        try:
            infos = self._fs.ls(folder, detail=True)
        except FileNotFoundError:
            return {}
        return {
            f"{folder}/{info['name'].rpartition('/')[2]}": (stamp(info), int(info["size"] or 0))
            for info in infos if info["type"] == "file"
        }  # fmt: skip

    def _stamps(self, names: Sequence[str]) -> list[str | Exception]:
        """Return the stamps of what stands there, "" where nothing does."""
        return [stamp(one) if isinstance(one, dict) else _missing(one) for one in self._infos(names)]

    def _infos(self, names: Sequence[str]) -> list[Any]:
        if not getattr(self._fs, "async_impl", False):
            return [result_or_error(self._fs.info, name) for name in names]
        from fsspec.asyn import sync

        found: list[Any] = sync(self._fs.loop, _gathered, self._fs, names)
        return found

    def _put(self, contents: dict[str, bytes]) -> dict[str, Exception]:
        """Write objects, all at once or else one by one; return those that failed, and why."""
        try:
            if contents:
                self._fs.pipe(contents)
        except Exception:  # it is one object's error, and does not say which one's
            results = {name: result_or_error(partial(self._fs.pipe_file, name), contents[name]) for name in contents}
            return {name: error for name, error in results.items() if error is not None}
        return {}


async def _gathered(fs: Any, names: Sequence[str]) -> list[Any]:
    import asyncio

    return await asyncio.gather(*(fs._info(name) for name in names), return_exceptions=True)


def _standing(one: str | Exception, content: bytes | Exception) -> Standing | Exception:
    if isinstance(one, Exception):
        return one
    if isinstance(content, Exception):
        return content
    return Standing(one, files.digest(content) if one else b"")


def _objection(write: Write, one: str | Exception) -> Exception:
    return one if isinstance(one, Exception) else changed(write.target)


def _missing(error: Exception) -> str | Exception:
    return "" if isinstance(error, FileNotFoundError) else error


def stamp(info: dict[str, Any]) -> str:
    """Return size and checksum (or time) of an object; "?" where the store tells neither, which is never untouched."""
    mark = next((info[key] for key in (*_CHECKSUMS, *_TIMES) if info.get(key)), "")
    if isinstance(mark, datetime):
        mark = mark.timestamp()
    return f"{info['size']}:{mark}" if mark else "?"

"""Where documents lie: on a file system of this machine, or in a store that fsspec reaches by URL.

A name with a protocol (``s3://bucket/key``) is a URL; every other is a path, and ``file://`` URLs are
paths too.  A store of URLs holds whole objects: what is put there appears whole or not at all (as S3,
Google Cloud Storage and Azure promise), but nothing can be renamed at once.
"""

from __future__ import annotations

import errno
import os
import posixpath
import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, Protocol, TypeVar
from urllib.parse import unquote, urlsplit

from converter.batch.names import shown
from converter.batch.storage import files
from converter.batch.values import BatchError

T = TypeVar("T")

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_CHECKSUMS = ("ETag", "etag", "md5Hash", "checksum")
_TIMES = ("LastModified", "last_modified", "updated", "mtime", "modified", "created")
FOLDERS = 16
"""Listings that are kept at a time: a plan is sorted by name, so that its folders hardly interleave."""


class Standing(NamedTuple):
    """What stands at a target: its stamp, and the fingerprint of its content ("" and b"": nothing)."""

    stamp: str
    content: bytes


class Write(NamedTuple):
    """A content for a target.  ``expected`` is the stamp of what may be replaced there ("": nothing)."""

    target: str
    data: bytes
    expected: str


class Store(Protocol):
    """Whole contents by name.  What goes wrong with one of many is returned in its place."""

    def look(self, name: str) -> tuple[str, int]:
        """Stamp and size of a file; FileNotFoundError where there is none."""

    def open(self, name: str) -> BinaryIO:
        """A file for reading, from its beginning on."""

    def read(self, names: Sequence[str]) -> list[bytes | Exception]:
        """Contents."""

    def standing(self, names: Sequence[str]) -> list[Standing | Exception]:
        """What stands at these names, or that nothing does."""

    def write(self, writes: Sequence[Write]) -> list[str | Exception]:
        """Put contents in place, each whole or not at all; their stamps. FileError: something else stands there."""

    def remove(self, name: str) -> None:
        """Remove a file."""


class Local:
    """Files of this machine, or of a file system that it shares with others."""

    def look(self, name: str) -> tuple[str, int]:
        """See Store."""
        status = os.stat(name)
        return files.stable_stamp(status), status.st_size

    def open(self, name: str) -> BinaryIO:
        """See Store."""
        return open(name, "rb")

    def read(self, names: Sequence[str]) -> list[bytes | Exception]:
        """See Store."""
        return [_tried(lambda name: b"".join(files.blocks(name)), name) for name in names]

    def standing(self, names: Sequence[str]) -> list[Standing | Exception]:
        """See Store."""
        return [_tried(self.standing_at, name) for name in names]

    def write(self, writes: Sequence[Write]) -> list[str | Exception]:
        """See Store."""
        staged = [_tried(self._stage, write) for write in writes]
        folders = {
            os.stat(folder).st_dev: folder for folder in {os.path.dirname(s) for s in staged if isinstance(s, str)}
        }
        for folder in folders.values():
            files.make_durable(Path(folder))
        return [_tried(self._put, pair) for pair in zip(staged, writes, strict=True)]

    def remove(self, name: str) -> None:
        """See Store."""
        os.unlink(name)

    @staticmethod
    def standing_at(name: str) -> Standing:
        """What stands there. The stamp is taken first, so that it can only be too old."""
        try:
            return Standing(files.stamp_of(name), files.hash_file(name))
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


class Remote:
    """Objects of a store that fsspec reaches.  Many at once are asked for at once, where the store can that."""

    def __init__(self, protocol: str) -> None:
        try:
            import fsspec
        except ImportError:
            raise BatchError(f"{protocol}:// needs fsspec: pip install 'csdn2md[cluster]'", exit_code=2) from None
        try:
            self._fs: Any = fsspec.filesystem(protocol, use_listings_cache=False)
        except (ImportError, ValueError) as error:
            raise BatchError(f"{protocol}://: {error}", exit_code=2) from None

    def look(self, name: str) -> tuple[str, int]:
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
        """Whether objects lie below a name."""
        return bool(self._fs.isdir(name))

    def exists(self, name: str) -> bool:
        """Whether a name stands for an object or a folder."""
        return bool(self._fs.exists(name))

    def names(self, folder: str) -> Iterator[str]:
        """The names of all objects below a folder, relative to it."""
        start = len(self._fs._strip_protocol(folder).rstrip("/")) + 1
        for _, _, found in self._fs.walk(folder, detail=True, on_error="raise"):
            yield from (info["name"][start:] for info in found.values())

    def matching(self, pattern: str) -> Iterator[str]:
        """The URLs that a pattern matches."""
        protocol = pattern.partition("://")[0]
        for path in self._fs.glob(pattern):
            yield f"{protocol}://{path}"

    def listed(self, folder: str) -> dict[str, tuple[str, int]]:
        """Stamp and size of each object that lies in a folder, by URL."""
        try:
            infos = self._fs.ls(folder, detail=True)
        except FileNotFoundError:
            return {}
        return {
            f"{folder}/{info['name'].rpartition('/')[2]}": (stamp(info), int(info["size"] or 0))
            for info in infos if info["type"] == "file"
        }  # fmt: skip

    def _stamps(self, names: Sequence[str]) -> list[str | Exception]:
        """The stamps of what stands there, "" where nothing does."""
        return [stamp(one) if isinstance(one, dict) else _missing(one) for one in self._infos(names)]

    def _infos(self, names: Sequence[str]) -> list[Any]:
        if not getattr(self._fs, "async_impl", False):
            return [_tried(self._fs.info, name) for name in names]
        from fsspec.asyn import sync

        found: list[Any] = sync(self._fs.loop, _gathered, self._fs, names)
        return found

    def _put(self, contents: dict[str, bytes]) -> dict[str, Exception]:
        """Write objects, all at once or else one by one; those that could not be, and why."""
        try:
            if contents:
                self._fs.pipe(contents)
        except Exception:  # of the first that failed: who it was is not said
            tried = ((name, _tried(lambda name: self._fs.pipe_file(name, contents[name]), name)) for name in contents)
            return {name: error for name, error in tried if error is not None}
        return {}


async def _gathered(fs: Any, names: Sequence[str]) -> list[Any]:
    import asyncio

    return await asyncio.gather(*(fs._info(name) for name in names), return_exceptions=True)


def _tried(function: Any, value: object) -> Any:
    try:
        return function(value)
    except Exception as error:  # the others shall not suffer
        return error


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


def changed(target: str) -> files.FileError:
    """What is said where a target is not what it was when it was looked at."""
    return files.FileError(f"{target} was changed while csdn2md was at work: kept")


def stamp(info: dict[str, Any]) -> str:
    """Size and checksum (or time) of an object; "?" where the store tells neither, which is never untouched."""
    mark = next((info[key] for key in (*_CHECKSUMS, *_TIMES) if info.get(key)), "")
    if isinstance(mark, datetime):
        mark = mark.timestamp()
    return f"{info['size']}:{mark}" if mark else "?"


def is_url(name: str) -> bool:
    """Whether a name is a URL of another store than this machine's files."""
    return bool(_URL.match(name))


def plain(name: str) -> str:
    """The name, a ``file://`` URL as the path that it stands for."""
    return unquote(urlsplit(name).path) if name.startswith("file://") else name


def join(folder: str, relative: str) -> str:
    """The name of what lies at a relative path below a folder."""
    return f"{folder.rstrip('/')}/{relative}" if is_url(folder) else os.path.join(folder, relative)


def normal(name: str) -> str:
    """The name without ``..`` and ``.``."""
    protocol, separator, path = name.partition("://") if is_url(name) else ("", "", name)
    return protocol + separator + (posixpath.normpath(path) if separator else os.path.normpath(path))


def is_inside(name: str, folder: str) -> bool:
    """Whether a name is a folder's or lies below it, wherever links lead."""
    if is_url(name) or is_url(folder):
        return f"{name.rstrip('/')}/".startswith(f"{folder.rstrip('/')}/")
    return os.path.join(os.path.realpath(name), "").startswith(os.path.join(os.path.realpath(folder), ""))


def identity(name: str) -> str:
    """The one name of a file, from wherever it is looked at."""
    return name if is_url(name) else os.path.abspath(name)


def absolute(name: str) -> str:
    """The one name of a file on one line, as it stands in the manifest."""
    return shown(identity(name))


LOCAL = Local()


@cache
def remote(protocol: str) -> Remote:
    """The store of a protocol; BatchError where what it needs is not installed."""
    return Remote(protocol)


def of(name: str) -> Store:
    """The store that a name belongs to."""
    return remote(name.partition("://")[0]) if is_url(name) else LOCAL


def url_store(url: str) -> Remote:
    """The store of a URL."""
    return remote(url.partition("://")[0])


def by_store(items: Iterable[T], names: Iterable[str]) -> Iterator[tuple[Store, list[T]]]:
    """The items grouped by the store that their names belong to."""
    groups: dict[str, tuple[Store, list[T]]] = {}
    for item, name in zip(items, names, strict=True):
        protocol = name.partition("://")[0] if is_url(name) else ""
        groups.setdefault(protocol, (of(name), []))[1].append(item)
    yield from groups.values()


class Looks:
    """Stamps and sizes for the eyes of one run: of objects from listings of their folders, a few requests for many."""

    def __init__(self) -> None:
        self._folders: OrderedDict[str, dict[str, tuple[str, int]]] = OrderedDict()

    def source(self, name: str) -> tuple[str, int]:
        """Settled stamp and size of a source, "" and 0 where it cannot be had."""
        try:
            return self._listed(name) if is_url(name) else LOCAL.look(name)
        except (OSError, ValueError):
            return "", 0

    def target(self, name: str) -> str:
        """The stamp of what stands at a target, "" where nothing does."""
        return self._listed(name)[0] if is_url(name) else files.stamp_of(name)

    def is_file(self, name: str) -> bool:
        """Whether there is such a file."""
        return bool(self._listed(name)[0]) if is_url(name) else os.path.isfile(name)

    def _listed(self, name: str) -> tuple[str, int]:
        folder = name.rpartition("/")[0]
        if folder not in self._folders:
            self._folders[folder] = url_store(name).listed(folder)
            if len(self._folders) > FOLDERS:
                self._folders.popitem(last=False)
        self._folders.move_to_end(folder)
        return self._folders[folder].get(name, ("", 0))


def hash_of(name: str) -> bytes:
    """The fingerprint of a content, b"" where there is none; OSError where it cannot be read."""
    if not is_url(name):
        return files.hash_file(name) if os.path.isfile(name) else b""
    (content,) = url_store(name).read([name])
    if isinstance(content, FileNotFoundError):
        return b""
    if isinstance(content, Exception):
        raise content if isinstance(content, OSError) else OSError(errno.EIO, str(content), name)
    return files.digest(content)

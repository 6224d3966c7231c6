"""Reads, hashes and replaces single files; none is ever left half written.

A new content is first written whole to a *staged* file on the same file system; ``make_durable`` then makes
all staged files durable at once, and ``os.replace`` puts each in its place.  So a name never stands
for half a file: not after SIGKILL (a rename is whole or not at all), and not after a power cut (the
bytes are on the disk before the rename that shows them can be).
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import hashlib
import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from itertools import islice
from pathlib import Path

from converter.model import Csdn2mdError

HASH_SIZE = 16
BLOCK = 1 << 20
OUT_OF_ROOM = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EROFS))
"""Errors after which no other document can be written either."""

_COARSE_CLOCK_NS = 2_000_000_000
_FINE_CLOCK_NS = 100_000_000


class FileError(Csdn2mdError):
    """A file that cannot be read as a post; the text says why, without the name."""


def digest(data: bytes) -> bytes:
    """Return the fingerprint of a content."""
    return hashlib.blake2b(data, digest_size=HASH_SIZE).digest()


def stamp(status: os.stat_result) -> str:
    """Return size, time of modification and time of change: equal stamps mean an untouched file.

    The time of change is in it because a copy can bring its time of modification along.
    """
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}"


def stable_stamp(status: os.stat_result) -> str:
    """Return the stamp, or "" where the file is so fresh that its next change could leave the same stamp.

    (The "racily clean" entries of git's index.)  Clocks of file systems tick in up to two seconds;
    where the time has a fraction, they tick in some milliseconds.
    """
    changed = max(status.st_mtime_ns, status.st_ctime_ns)
    tick = _FINE_CLOCK_NS if changed % 1_000_000_000 else _COARSE_CLOCK_NS
    return stamp(status) if time.time_ns() - changed > tick else ""


def stamp_of(path: str) -> str:
    """Return the stamp of what stands at a path, "" where nothing does."""
    try:
        return stamp(os.stat(path))
    except (FileNotFoundError, NotADirectoryError):
        return ""


def reason(error: OSError) -> str:
    """Return the system's message, without number and name."""
    return error.strerror or str(error)


def open_regular(path: str) -> int:
    """Open a file for reading and return its descriptor; FileError for a fifo or a device, on which it never waits."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    mode = os.fstat(descriptor).st_mode
    if not stat.S_ISREG(mode):
        os.close(descriptor)
        raise FileError("is a folder" if stat.S_ISDIR(mode) else "is not a regular file")
    return descriptor


def read_source(path: str, max_size: int) -> tuple[bytes, str]:
    """Return content and stamp of a source; the stamp is "" where the content may not be what it stands for."""
    descriptor = open_regular(path)
    with open(descriptor, "rb", buffering=0) as file:
        before = os.fstat(descriptor)
        if before.st_size > max_size:
            raise FileError(too_large(before.st_size, max_size))
        data = file.read(before.st_size + 1)  # to read to a limit makes room for as much
        if len(data) > before.st_size:
            data += file.read(max_size + 1 - len(data))
        if len(data) > max_size:
            raise FileError(too_large(len(data), max_size))
        after = os.fstat(descriptor)
    return data, stable_stamp(after) if stamp(before) == stamp(after) else ""


def too_large(size: int, max_size: int) -> str:
    """Return the message for a document above the limit."""
    return f"is larger than --max-size ({size:,} > {max_size:,} bytes)"


def blocks(path: str) -> Iterator[bytes]:
    """Yield the content of a regular file, in blocks."""
    with open(open_regular(path), "rb", buffering=0) as file:
        while block := file.read(BLOCK):
            yield block


def hash_file(path: str) -> bytes:
    """Return the fingerprint of a file's content, b"" where there is no file."""
    hasher = hashlib.blake2b(digest_size=HASH_SIZE)
    try:
        for block in blocks(path):
            hasher.update(block)
    except (FileNotFoundError, NotADirectoryError):
        return b""
    return hasher.digest()


def stage(path: str, blocks: Iterable[bytes], *, mode: int | None = None, durable: bool = False) -> None:
    """Write a content whole to a staged file, or leave no such file behind (OSError)."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o666)
    try:
        with open(descriptor, "wb", buffering=0) as file:
            for block in blocks:
                view = memoryview(block)
                while view:
                    view = view[file.write(view) :]
            if mode is not None:
                os.chmod(path, stat.S_IMODE(mode))
            if durable:
                os.fsync(descriptor)
    except OSError:
        os.unlink(path)
        raise


def staged_beside(target: str, *, of: str = "") -> str:
    """Return the path of a staged file beside its target: one for each target, so that a rerun finds it again.

    of: tells staged files of one target apart, where several are written at the same time.
    """
    name = digest(os.fsencode(os.path.basename(target) + of)).hex()
    return os.path.join(os.path.dirname(target), f".csdn2md-{name}.part")


def put(staged: str | os.PathLike[str], target: str | os.PathLike[str]) -> None:
    """Rename a staged file to its target, making the folders above it."""
    try:
        os.replace(staged, target)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        os.replace(staged, target)


@contextmanager
def replacing(target: Path, *, shared: bool = False) -> Iterator[Path]:
    """Give a staged file to write the new content of ``target`` to; rename it when the block ends well.

    Whatever is raised in the block removes the staged file and leaves the target as it was.
    shared: other processes may write the same target at the same time, so each has a staged file of its own.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    staged = Path(staged_beside(str(target), of=str(os.getpid()) if shared else ""))
    staged.unlink(missing_ok=True)
    try:
        yield staged
        put(staged, target)
    except BaseException:
        staged.unlink(missing_ok=True)
        raise


@cache
def _syncfs() -> object:
    if not sys.platform.startswith("linux"):
        return None
    return getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)


def make_durable(folder: Path) -> None:
    """Make everything written so far in the folder's file system durable."""
    syncfs = _syncfs()
    if not callable(syncfs):
        os.sync() if hasattr(os, "sync") else None
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        if syncfs(descriptor):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(folder))
    finally:
        os.close(descriptor)


def folds_case(folder: str) -> bool:
    """Return whether the file system of a folder takes names that differ in case only for one name.

    Asked of names that are there, so that nothing is written; a folder that does not exist yet is on the
    file system of the nearest one above it.
    """
    path = os.path.abspath(folder)
    while not os.path.isdir(path):
        path = os.path.dirname(path)
    with contextlib.suppress(OSError), os.scandir(path) as entries:
        for entry in islice(entries, 100):
            if entry.name.swapcase() != entry.name:
                return _is_same(path, entry.name)
    if os.path.ismount(path):
        return sys.platform in ("darwin", "win32")
    parent, name = os.path.split(path)
    return _is_same(parent, name) if name.swapcase() != name else folds_case(parent)


def _is_same(folder: str, name: str) -> bool:
    """Return whether a name with the case of its letters swapped is the same file."""
    try:
        return os.path.samefile(os.path.join(folder, name), os.path.join(folder, name.swapcase()))
    except OSError:
        return False

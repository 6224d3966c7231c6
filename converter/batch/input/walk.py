"""The one walk over folders: for conversion, for verification, and for the catalogue of an archive."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeAlias

from converter.batch.storage.files import reason
from converter.batch.values import MANIFEST_NAME
from converter.source.suffixes import POST_SUFFIXES, has_suffix

TOOL_FOLDERS = frozenset((".git", ".hg", ".svn", ".venv", ".tox", "node_modules", "__pycache__"))
"""Folders of tools, which hold no posts."""
OWN_PREFIX = ".csdn2md"
"""Start of the names of our own files: records, configuration files, what a killed run has left."""
PACKED = frozenset((".gz", ".xz", ".bz2", ".zst"))
"""Suffixes behind the suffix of what is packed."""

DirEntry: TypeAlias = "os.DirEntry[str]"


class UnreadableFolder(NamedTuple):
    """A folder that cannot be listed, and why."""

    path: str
    error: str


def walk(
    folder: str, *, enters: Callable[[DirEntry], bool], ordered: bool = False
) -> Iterator[DirEntry | UnreadableFolder]:
    """Yield every entry below a folder that is not a folder; symbolic links are yielded, never followed.

    enters: whether to walk into a folder.
    ordered: by name, the files of a folder before those of its subfolders; else as the system lists them,
    which holds no list of a large folder in memory.
    """
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        below: list[str] = []
        try:
            with os.scandir(current) as listed:
                for entry in sorted(listed, key=lambda one: one.name) if ordered else listed:
                    if not entry.is_dir(follow_symlinks=False):
                        yield entry
                    elif enters(entry):
                        below.append(entry.path)
        except OSError as error:
            yield UnreadableFolder(current, reason(error))
        waiting.extend(reversed(below))


def posts(
    folder: str, out: Path | None, *, ordered: bool = False, others: Counter[str] | None = None
) -> Iterator[DirEntry | UnreadableFolder]:
    """Yield the files below a folder that are taken for posts, by their suffix.

    Left out are folders of tools and of saved pages, and output folders: ``out`` (None: there is none) and those of
    other runs.  others: counts the other files that are seen on the way, by ``kind_of_file``.
    """
    for found in walk(folder, enters=_enters(out), ordered=ordered):
        if isinstance(found, UnreadableFolder) or has_suffix(found.name, POST_SUFFIXES):
            yield found
        elif others is not None and not found.name.startswith(OWN_PREFIX):
            others[kind_of_file(found.name)] += 1


def kind_of_file(name: str) -> str:
    """Return the suffix of a file's name in lower case, both of a packed file: ``.png``, ``.warc.gz``; "" for none."""
    stem, suffix = os.path.splitext(name.lower())
    return (os.path.splitext(stem)[1] if suffix in PACKED else "") + suffix


def other_files(folder: str, out: Path | None) -> Iterator[DirEntry]:
    """Yield, in order, the files that ``posts`` passes over in the folders where it looks."""
    for found in walk(folder, enters=_enters(out), ordered=True):
        if isinstance(found, UnreadableFolder) or has_suffix(found.name, POST_SUFFIXES):
            continue
        if not found.name.startswith(OWN_PREFIX):
            yield found


def _enters(out: Path | None) -> Callable[[DirEntry], bool]:
    """Return which folders hold posts: not those of tools, no output folder."""
    identity = _identity(out) if out else None

    def enters(entry: DirEntry) -> bool:
        return entry.name not in TOOL_FOLDERS and not _is_output(entry, identity) and not _is_of_page(entry)

    return enters


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _is_of_page(folder: DirEntry) -> bool:
    """Return whether a browser saved a folder with a page: `NAME_files` beside `NAME.html` holds its parts."""
    name = folder.path.removesuffix("_files")
    return name != folder.path and any(os.path.isfile(name + suffix) for suffix in (".html", ".htm"))


def _is_output(folder: DirEntry, out: tuple[int, int] | None) -> bool:
    status = folder.stat(follow_symlinks=False)
    return (status.st_dev, status.st_ino) == out or os.path.lexists(os.path.join(folder.path, MANIFEST_NAME))

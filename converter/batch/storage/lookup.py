"""Finds the store that a name belongs to, and what one run needs to know of files there."""

from __future__ import annotations

import errno
import os
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import TypeVar

from converter.batch.storage import files
from converter.batch.storage.local import LOCAL
from converter.batch.storage.protocol import Store
from converter.batch.storage.remote import Remote
from converter.batch.storage.urls import is_url, protocol_of

T = TypeVar("T")

FOLDERS = 16
"""Listings that are kept at a time: a plan is sorted by name, so that its folders hardly interleave."""


@cache
def remote_store(protocol: str) -> Remote:
    """Return the store of a protocol; BatchError where what it needs is not installed."""
    return Remote(protocol)


def url_store(url: str) -> Remote:
    """Return the store of a URL."""
    return remote_store(protocol_of(url))


def store_of(name: str) -> Store:
    """Return the store that a name belongs to."""
    return url_store(name) if is_url(name) else LOCAL


def names_in(folder: str) -> list[str]:
    """Return the names of the files in a folder, none where there is no such folder.  OSError where it is a file."""
    if is_url(folder):
        return list(url_store(folder).listed(folder))
    return os.listdir(folder) if os.path.lexists(folder) else []


def by_store(items: Iterable[T], names: Iterable[str]) -> Iterator[tuple[Store, list[T]]]:
    """Group the items by the store that their names belong to."""
    groups: dict[str, tuple[Store, list[T]]] = {}
    for item, name in zip(items, names, strict=True):
        groups.setdefault(protocol_of(name), (store_of(name), []))[1].append(item)
    yield from groups.values()


class Stats:
    """The stamps and sizes of files during one run; those of objects come from listings of their folders."""

    def __init__(self) -> None:
        self._folders: OrderedDict[str, dict[str, tuple[str, int]]] = OrderedDict()

    def source(self, name: str) -> tuple[str, int]:
        """Return the stable stamp and the size of a source, "" and 0 where they cannot be had."""
        try:
            return self._listed(name) if is_url(name) else LOCAL.stat(name)
        except (OSError, ValueError):
            return "", 0

    def target(self, name: str) -> str:
        """Return the stamp of what stands at a target, "" where nothing does."""
        return self._listed(name)[0] if is_url(name) else files.stamp_of(name)

    def is_file(self, name: str) -> bool:
        """Return whether there is such a file."""
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
    """Return the fingerprint of a content, b"" where there is none; OSError where it cannot be read."""
    if not is_url(name):
        return files.hash_file(name) if os.path.isfile(name) else b""
    (content,) = url_store(name).read([name])
    if isinstance(content, FileNotFoundError):
        return b""
    if isinstance(content, Exception):
        raise content if isinstance(content, OSError) else OSError(errno.EIO, str(content), name)
    return files.digest(content)

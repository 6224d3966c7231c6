"""Files named by their content, and where they stand for a post."""

from __future__ import annotations

import hashlib
import os
import posixpath
import shutil
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from converter.batch.storage import files

_DIGITS = 32


def name_of(data: bytes, suffix: str) -> str:
    """The name of a content, below the store's folder."""
    digest = hashlib.sha256(data).hexdigest()[:_DIGITS]
    return f"{digest[:2]}/{digest}{suffix}"


def put(folder: Path, data: bytes, suffix: str) -> str:
    """Keep a content and return its name; many processes may keep the same one at once.

    The file is whole as soon as it has its name, but only durable when its file system says so.
    """
    name = name_of(data, suffix)
    target = folder / name
    if not _holds(target, len(data)):
        with files.replacing(target, shared=True) as staged:
            staged.write_bytes(data)
    return name


def _holds(target: Path, size: int) -> bool:
    try:
        return target.stat().st_size == size
    except OSError:
        return False


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the assets of a post are, and how the post names them.

    out: the folder of the posts; folder: the store, in it or beside it.
    per_post: each post has its own folder (``post.assets``) with links to what it shows.
    base: address of the store's folder (of the posts' folder, if per post) on the site; "" for relative paths.
    """

    out: Path
    folder: Path
    per_post: bool = False
    base: str = ""

    def address(self, name: str, output: str) -> str:
        """How the post ``output`` names an asset."""
        if self.per_post:
            own = self._own(name, output)
            return (
                f"{self.base.rstrip('/')}/{quote(own)}" if self.base else quote(posixpath.relpath(own, _above(output)))
            )
        if self.base:
            return f"{self.base.rstrip('/')}/{quote(name)}"
        path = os.path.relpath(self.folder / name, self.out / _above(output))
        return quote(path.replace(os.sep, "/"))

    def settle(self, name: str, output: str) -> bool:
        """See that the asset stands where the post will look for it; False where the store has it no more."""
        stored = self.folder / name
        if not self.per_post:
            return stored.is_file()
        own = self.out / self._own(name, output)
        if own.is_file():
            return True
        own.parent.mkdir(parents=True, exist_ok=True)
        try:
            own.hardlink_to(stored)
        except FileExistsError:
            return True
        except FileNotFoundError:
            return False
        except OSError:  # a file system without hard links, or another one
            with files.replacing(own, shared=True) as staged:
                shutil.copyfile(stored, staged)
        return True

    def _own(self, name: str, output: str) -> str:
        stem = posixpath.splitext(output)[0]
        return f"{stem}.assets/{posixpath.basename(name)}"


def _above(output: str) -> str:
    return posixpath.dirname(output) or "."

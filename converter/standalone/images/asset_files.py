"""Save images and drawings in files that are named by their content, and return their addresses in a post."""

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


def asset_name(data: bytes, suffix: str) -> str:
    """Return the file name of a content, relative to the folder of assets."""
    digest = hashlib.sha256(data).hexdigest()[:_DIGITS]
    return f"{digest[:2]}/{digest}{suffix}"


def save_asset(folder: Path, data: bytes, suffix: str) -> str:
    """Save a content and return its file name; several processes may save the same content at once.

    The file is complete as soon as it has its name; it is durable only after `files.make_durable`.
    """
    name = asset_name(data, suffix)
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
    """Where the assets of a post are, and which address the post has for them.

    out: the folder of the posts; folder: the folder of assets, inside it or not.
    per_post: each post has its own folder (`post.assets`) with hard links to the assets that it shows.
    base: URL of the folder of assets (per post: of the folder of posts) on the site; "" for relative paths.
    """

    out: Path
    folder: Path
    per_post: bool = False
    base: str = ""

    @property
    def fingerprint(self) -> str:
        """Return a text that is equal for layouts that give the same addresses."""
        folder = "" if self.per_post else os.path.relpath(self.folder, self.out)
        return repr((folder, self.per_post, self.base))

    def address(self, name: str, output: str) -> str:
        """Return the address of an asset in the post `output`."""
        if self.per_post:
            own = self._own(name, output)
            return (
                f"{self.base.rstrip('/')}/{quote(own)}" if self.base else quote(posixpath.relpath(own, _above(output)))
            )
        if self.base:
            return f"{self.base.rstrip('/')}/{quote(name)}"
        path = os.path.relpath(self.folder / name, self.out / _above(output))
        return quote(path.replace(os.sep, "/"))

    def ensure_file(self, name: str, output: str) -> bool:
        """Put the asset where the post refers to it; return False where the folder of assets no longer has it."""
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

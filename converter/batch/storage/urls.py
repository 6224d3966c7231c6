"""Names of documents: paths of this machine, and URLs of stores that fsspec reaches.

A name with a protocol (``s3://bucket/key``) is a URL; every other is a path, and ``file://`` URLs are
paths too.
"""

from __future__ import annotations

import os
import posixpath
import re
from urllib.parse import unquote, urlsplit

from converter.batch.names import shown

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")


def is_url(name: str) -> bool:
    """Return whether a name is a URL of another store than this machine's files."""
    return bool(_URL.match(name))


def protocol_of(name: str) -> str:
    """Return the protocol of a URL, "" for a path."""
    return name.partition("://")[0] if is_url(name) else ""


def plain(name: str) -> str:
    """Return the path that a ``file://`` URL stands for; any other name as it is."""
    return unquote(urlsplit(name).path) if name.startswith("file://") else name


def join(folder: str, relative: str) -> str:
    """Return the name of what lies at a relative path below a folder."""
    return f"{folder.rstrip('/')}/{relative}" if is_url(folder) else os.path.join(folder, relative)


def normal(name: str) -> str:
    """Return the name without ``..`` and ``.``."""
    protocol, separator, path = name.partition("://") if is_url(name) else ("", "", name)
    return protocol + separator + (posixpath.normpath(path) if separator else os.path.normpath(path))


def is_inside(name: str, folder: str) -> bool:
    """Return whether a name is a folder's or lies below it, with symbolic links resolved."""
    if is_url(name) or is_url(folder):
        return f"{name.rstrip('/')}/".startswith(f"{folder.rstrip('/')}/")
    return os.path.join(os.path.realpath(name), "").startswith(os.path.join(os.path.realpath(folder), ""))


def absolute(name: str) -> str:
    """Return the absolute path of a path; a URL as it is."""
    return name if is_url(name) else os.path.abspath(name)


def absolute_shown(name: str) -> str:
    """Return the absolute name on one line, as it stands in the manifest."""
    return shown(absolute(name))

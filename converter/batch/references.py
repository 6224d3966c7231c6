"""The local files that a document refers to, which are copied with it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from urllib.parse import unquote, urlsplit

from converter.model import Document
from converter.source.suffixes import POST_SUFFIXES, has_suffix

_MARKDOWN_ADDRESS = re.compile(
    r"""(?:\]\([ ]*<?|^[ ]{0,3}\[[^\]\n]+\]:[ ]*<?|\b(?:src|href)=["']?)([^\s"'<>()]+)""", re.MULTILINE
)
"""Where Markdown names a file.  It may find too much: what is not there is not copied."""
_WEB = ("http://", "https://")
_MAX_ADDRESS = 4096


def references(document: Document, output: str) -> tuple[str, ...]:
    """Return the local files that a document refers to, each once, as paths below the output folder.

    output: the document's own path below that folder.
    """
    folder = posixpath.dirname(output)
    return tuple(dict.fromkeys(path for address in _addresses(document) if (path := local_path(address, folder))))


def _addresses(document: Document) -> Iterable[str]:
    """Return the addresses of images and links, those of images first."""
    if document.article is None or document.kind.name == "mixed":
        return _MARKDOWN_ADDRESS.findall(document.text)
    images: list[str] = []
    links: list[str] = []
    for node in document.article.body.nodes():
        if node.tag == "img":
            images.append(node.attributes.get("src", ""))
        elif node.tag == "a":
            links.append(node.attributes.get("href", ""))
    return images + links


def local_path(address: str, folder: str) -> str:
    """Return the path that an address relative to a folder stands for, "" where it is no local file of the tree.

    A post is not such a file: it is converted in its own right.
    """
    if not address or address[0] in "/\\#?" or address.startswith(_WEB) or len(address) > _MAX_ADDRESS:
        return ""
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    if parts.scheme or parts.netloc or not parts.path:
        return ""
    path = posixpath.normpath(posixpath.join(folder, unquote(parts.path)))
    if path.startswith(("../", "/")) or path in ("..", ".") or "\0" in path or has_suffix(path, POST_SUFFIXES):
        return ""
    return path

"""Give the drawings of a post names of files beside it."""

from __future__ import annotations

import hashlib
import os
import posixpath
from dataclasses import dataclass, field
from urllib.parse import quote

from converter.extract.drawings import data_url_content
from converter.frontmatter import FrontMatter
from converter.model import Article
from converter.rules.svg import DATA_START, DRAWING_RULE

_DIGITS = 12


@dataclass(slots=True)
class DrawingFiles:
    """Gives each drawing of a post a file's name (an `AddressRewriter`), and remembers what to write there.

    output: the path of the post, whose name the names of its drawings begin with.
    contents: the drawings by name.  A name depends on the content, so that no other drawing ever has it.
    """

    output: str
    contents: dict[str, bytes] = field(default_factory=dict)

    @property
    def images(self) -> bool:
        """See `pipeline.AddressRewriter`."""
        return False

    def __call__(self, article: Article, _front: FrontMatter | None, /) -> Article:
        """See `pipeline.AddressRewriter`."""
        has_drawings = any(finding.rule == DRAWING_RULE for finding in article.findings)
        for node in article.body.nodes() if has_drawings else ():
            address = node.attributes.get("src", "")
            if node.tag == "img" and address.startswith(DATA_START):
                node.attributes = {**node.attributes, "src": quote(self._name(data_url_content(address)))}
        return article

    def _name(self, drawing: bytes) -> str:
        stem = posixpath.splitext(posixpath.basename(self.output.replace(os.sep, "/")))[0]
        name = f"{stem}.{hashlib.sha256(drawing).hexdigest()[:_DIGITS]}.svg"
        self.contents[name] = drawing
        return name


def beside(path: str, name: str) -> str:
    """Return the path of a file that stands beside another one (a path or a URL)."""
    return path[: len(path) - len(os.path.basename(path))] + name

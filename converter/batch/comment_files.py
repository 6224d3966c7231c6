"""The comments of a page as a file of data, as site generators read it."""

from __future__ import annotations

import re
from dataclasses import asdict
from pathlib import PurePosixPath

import yaml

from converter.model import Comment, Document

FOLDER = "_data/comments"
"""Where Jekyll and Hexo look for files of data, in the folder of their sources."""
SUFFIX = ".yml"
SHARED = "/"
"""Start of the name of a file that stands below the output folder, not beside its post."""
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")


def comment_file(document: Document, output: str) -> tuple[str, bytes]:
    """Return the name and the content of the file with the comments of a document.  output: the path of its post.

    The name is the number of the article on its site, else that of the post.
    """
    identity = document.metadata.article_id
    stem = identity if _ID.fullmatch(identity) else PurePosixPath(output.replace("\\", "/")).stem
    return f"{SHARED}{FOLDER}/{stem}{SUFFIX}", to_yaml(document.comments)


def to_yaml(comments: tuple[Comment, ...]) -> bytes:
    """Return comments as YAML: a list of maps, each text in double quotes, so that no loader takes it for a number."""
    rows = list(map(_row, comments))
    text: str = yaml.safe_dump(rows, allow_unicode=True, sort_keys=False, default_style='"', width=1 << 30)
    return text.encode()


def _row(comment: Comment) -> dict[str, object]:
    """Return what a comment says, without what it does not have."""
    row: dict[str, object] = {key: value for key, value in asdict(comment).items() if value and key != "replies"}
    return {**row, "replies": list(map(_row, comment.replies))} if comment.replies else row

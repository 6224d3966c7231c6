"""Verifies the posts that a commit changes against the HTML that git's HEAD has of them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from converter.batch.names import shown
from converter.hook.candidates import may_be_post
from converter.model import ConversionError, Csdn2mdError
from converter.options import Options
from converter.pipeline import convert
from converter.source.suffixes import HTML_SUFFIXES, MARKDOWN_SUFFIXES, has_suffix
from converter.translation import _, translated
from converter.verify import RendererError, verify
from converter.verify.verdict import at_line


class GitError(Csdn2mdError):
    """Git is not installed, or the folder is in no repository."""


class Change(NamedTuple):
    """A file that differs from HEAD, and the name it has there ("": it is new)."""

    name: str
    before: str


def verify_changed(names: Sequence[str], options: Options) -> int:
    """Verify those of the files that HEAD has as HTML, and print each difference.

    Returns 0 for no difference; 1 for some, or where nothing can be verified.
    """
    posts = [name for name in names if has_suffix(name, MARKDOWN_SUFFIXES)]
    try:
        failures = [_differs(change, options) for change in changes(posts)] if posts else []
    except (GitError, RendererError) as error:
        print(_("error: nothing is verified: {why}").format(why=translated(str(error))), file=sys.stderr)
        return 1
    return 1 if any(failures) else 0


def _differs(change: Change, options: Options) -> bool:
    """Return whether a post differs from its HTML in HEAD, or cannot be compared; print the differences."""
    for before in _names_before(change):
        source = _blob(before)
        if source is not None and _is_html(source, before):
            break
    else:
        return False
    name = shown(change.name)
    try:
        with open(change.name, "rb") as file:
            markdown = file.read()
        if markdown == source:
            return False
        verdict = verify(source, markdown.decode(), options=options)
    except (OSError, UnicodeDecodeError, ConversionError) as error:
        print(f"{name}: {translated(str(error))}")
        return True
    for difference in verdict.differences:
        print(at_line(difference.line, translated(str(difference)), name))
    return not verdict.perfect


def _is_html(source: bytes, name: str) -> bool:
    try:
        is_html = has_suffix(name, HTML_SUFFIXES)
        return may_be_post(source, is_html=is_html) and not convert(source, name=name).kind.is_copied
    except ConversionError:
        return False


def _names_before(change: Change) -> Iterable[str]:
    """Return the names that HEAD may have a post under: its own, the one before a rename, the .html beside it."""
    stem = os.path.splitext(change.name)[0]
    return dict.fromkeys(filter(None, (change.before, change.name, *(stem + suffix for suffix in HTML_SUFFIXES))))


def changes(names: Sequence[str]) -> list[Change]:
    """Return the files that differ from HEAD; [] before the first commit.  GitError outside of a repository."""
    if _git("rev-parse", "--is-inside-work-tree") is None:
        raise GitError(_("not in a git repository"))
    listing = _git("diff", "--name-status", "--relative", "-z", "-M", "HEAD", "--")
    if listing is None:
        return []
    by_path = {os.path.normpath(os.path.relpath(name)): name for name in names}
    before = dict(_statuses(listing.decode("utf-8", "surrogateescape").split("\0")))
    return [Change(name, before[path]) for path, name in by_path.items() if path in before]


def _statuses(fields: list[str]) -> Iterable[tuple[str, str]]:
    """Yield (name, name in HEAD) for each entry of ``git diff --name-status -z``."""
    entries = iter(fields)
    for status in entries:
        if status[:1] in ("R", "C"):
            before, now = next(entries), next(entries)
            yield now, before
        elif status:
            now = next(entries)
            yield now, "" if status == "A" else now


def _blob(name: str) -> bytes | None:
    path = os.path.relpath(name).replace(os.sep, "/")
    return _git("cat-file", "blob", f"HEAD:./{path}")


def _git(*arguments: str) -> bytes | None:
    """Return what git prints, or None where it fails.  GitError where it is not installed."""
    try:
        done = subprocess.run(["git", *arguments], capture_output=True, check=False)
    except FileNotFoundError:
        raise GitError(_("git is not installed")) from None
    return done.stdout if done.returncode == 0 else None

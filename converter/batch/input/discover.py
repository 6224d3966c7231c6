"""Finds documents: in folders, files, glob patterns, lists and archives, one by one, never all in memory."""

from __future__ import annotations

import errno
import glob
import os
import posixpath
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from converter.batch.documents import failed
from converter.batch.input import archives
from converter.batch.input.lists import SourceList
from converter.batch.input.unpacking import ArchiveError
from converter.batch.input.walk import UnreadableFolder, posts
from converter.batch.local_files import is_obeyed
from converter.batch.names import NAMED_SUFFIXES, PathError, member_path, output_name, shown
from converter.batch.storage import lookup, urls
from converter.batch.storage.files import reason
from converter.batch.values import BatchError, EngineName, Job, Row, Task
from converter.source.suffixes import HTML_SUFFIXES, MARKDOWN_SUFFIXES, POST_SUFFIXES, has_suffix

NEEDS_CLUSTER = "is a URL, which --engine dask reads"
SAVE_FIRST = "is the address of a page, and csdn2md downloads no pages: save it first, then name the file"


@dataclass(frozen=True, slots=True)
class Root:
    """One source as it was named.  ``base`` is the folder that the tree is mirrored from ("": a stream)."""

    named: str
    absolute: str
    base: str
    archive: str = ""


class Found(NamedTuple):
    """One document.  ``name`` is its path, or the name it has in the archive; ``member`` its index there."""

    name: str
    output: str = ""
    member: int = 0
    error: str = ""


def roots(job: Job, others: Counter[str] | None = None) -> Iterator[tuple[Root, Iterator[Found]]]:
    """Yield every named source with the documents it holds, in the order they were named.

    others: counts the files in folders that are no documents, by suffix, as the documents are read.
    """
    for named in job.sources:
        named = urls.plain(named)
        if urls.is_url(named) and job.engine is EngineName.LOCAL:
            raise BatchError(f"{shown(named)}: {NEEDS_CLUSTER}", exit_code=2)
        yield _remote_root(named, job) if urls.is_url(named) else _root(named, job, others)
    for named in job.lists:
        sources = SourceList(named, job)
        yield Root(named, shown(os.path.abspath(named)), sources.base), _listed(sources, job)


def _root(named: str, job: Job, others: Counter[str] | None) -> tuple[Root, Iterator[Found]]:
    absolute = shown(os.path.abspath(named))
    if os.path.isdir(named):
        return Root(named, absolute, named), _walk(named, job, others)
    if not os.path.lexists(named) and glob.has_magic(named):
        base = _fixed_folder(named)
        return Root(named, absolute, base), _globbed(named, base, job)
    if not os.path.lexists(named):
        return Root(named, absolute, ""), iter((Found(named, error=os.strerror(errno.ENOENT)),))
    kind = archives.kind_of(named)
    if kind:
        return Root(named, absolute, "", kind), _members(named, kind, job)
    return Root(named, absolute, os.path.dirname(named) or "."), iter((_single(named, os.path.basename(named), job),))


def _remote_root(url: str, job: Job) -> tuple[Root, Iterator[Found]]:
    absolute, base = shown(url), url.rpartition("/")[0]
    kind = archives.kind_of(url)
    if kind:
        return Root(url, absolute, "", kind), _members(url, kind, job)
    if lookup.url_store(url).is_folder(url):
        return Root(url, absolute, url), _remote_walk(url, job)
    if glob.has_magic(url) and not lookup.url_store(url).exists(url):
        base = re.split(r"/[^/]*[*?\[]", url, maxsplit=1)[0]
        return Root(url, absolute, base), _remote_globbed(url, base, job)
    if not lookup.url_store(url).exists(url):
        return Root(url, absolute, ""), iter((Found(url, error=os.strerror(errno.ENOENT)),))
    return Root(url, absolute, base), iter((_single(url, url.rpartition("/")[2], job),))


def _remote_walk(url: str, job: Job) -> Iterator[Found]:
    try:
        for relative in lookup.url_store(url).names(url):
            if has_suffix(relative, POST_SUFFIXES):
                yield _single(urls.join(url, relative), relative, job)
    except OSError as error:
        yield Found(url, error=reason(error))


def _remote_globbed(pattern: str, base: str, job: Job) -> Iterator[Found]:
    count = 0
    for url in lookup.url_store(pattern).matching(pattern):
        if has_suffix(url, NAMED_SUFFIXES):
            count += 1
            yield _single(url, url[len(base) + 1 :], job)
    if not count:
        yield Found(pattern, error="no file matches")


def _output(path: str, relative: str, job: Job) -> str:
    """The output's path below the output folder; in place: beside the source."""
    if not job.in_place:
        return output_name(relative)
    if has_suffix(path, MARKDOWN_SUFFIXES):
        return path
    for suffix in (*HTML_SUFFIXES, ".txt"):
        if has_suffix(path, (suffix,)):
            return path[: -len(suffix)] + ".md"
    return path + ".md"


def _single(path: str, relative: str, job: Job) -> Found:
    try:
        return Found(path, _output(path, relative, job))
    except PathError as problem:
        return Found(path, error=str(problem))


def _walk(folder: str, job: Job, others: Counter[str] | None) -> Iterator[Found]:
    inside = os.path.join(os.path.realpath(folder), "")
    start = len(os.path.join(folder, ""))
    for found in posts(folder, job.out, others=others):
        if isinstance(found, UnreadableFolder):
            yield Found(found.path, error=found.error)
        else:
            yield _entry(found, inside, start, job)


def _entry(entry: os.DirEntry[str], inside: str, start: int, job: Job) -> Found:
    if entry.is_symlink():
        real = os.path.realpath(entry.path)
        if not real.startswith(inside):
            return Found(entry.path, error="is a link that leads out of the folder")
        if os.path.isdir(real):
            return Found(entry.path, error="is a link to a folder: not followed")
    elif not entry.is_file(follow_symlinks=False):
        return Found(entry.path, error="is not a regular file")
    return _single(entry.path, entry.path[start:].replace(os.sep, "/"), job)


def _fixed_folder(pattern: str) -> str:
    """The longest folder at the start of a pattern that holds no wildcard."""
    folder = pattern
    while glob.has_magic(folder):
        folder = os.path.dirname(folder)
    return folder or "."


def _globbed(pattern: str, base: str, job: Job) -> Iterator[Found]:
    count = 0
    for path in glob.iglob(pattern, recursive=True, include_hidden=True):
        if has_suffix(path, NAMED_SUFFIXES) and not os.path.isdir(path):
            count += 1
            yield _single(path, os.path.relpath(path, base).replace(os.sep, "/"), job)
    if not count:
        yield Found(pattern, error="no file matches")


def _listed(sources: SourceList, job: Job) -> Iterator[Found]:
    for line, name, relative, error in sources.sources():
        if urls.is_url(name) and job.engine is EngineName.LOCAL:
            error = SAVE_FIRST if name.startswith(("http://", "https://")) else NEEDS_CLUSTER
        found = Found(name, error=error) if error else _single(name, relative, job)
        yield found._replace(member=line)


def _members(named: str, kind: str, job: Job) -> Iterator[Found]:
    if job.in_place:
        raise BatchError(f"{shown(named)}: an archive cannot be converted in place: name a folder with -o", exit_code=2)
    try:
        for index, member in enumerate(archives.members(named, kind, job)):
            if member.error:
                yield Found(member.name, member=index, error=member.error)
            elif is_obeyed(posixpath.dirname(member_path(member.name)).replace("/..", "/").removeprefix("..")):
                if has_suffix(member.name, POST_SUFFIXES):
                    yield Found(member.name, member=index, error="is in a folder that programs obey: left out")
            elif kind in archives.TABLES or has_suffix(member.name, POST_SUFFIXES):
                yield _single(member.name, member_path(member.name), job)._replace(member=index)
    except ArchiveError as problem:
        yield Found("", member=sys.maxsize, error=str(problem))


class MemberReader:
    """Reads the members of archives that a plan wants, in the plan's order: each archive once, as a stream."""

    def __init__(self, job: Job) -> None:
        self._job = job
        self._root: Root | None = None
        self._members: Iterator[tuple[int, archives.Member]] = iter(())

    def filled(self, task: Task, root: Root, index: int) -> Task | Row:
        """The task with its data, or the row that says why it cannot be had."""
        if root is not self._root:
            self._root = root
            self._members = enumerate(archives.members(root.named, root.archive, self._job))
        try:
            member = next(member for number, member in self._members if number == index)
            data = member.read()
        except StopIteration:
            return failed(task, "is gone from the archive")
        except archives.BROKEN as problem:
            return failed(task, archives.why(problem))
        return task._replace(data=data, size=len(data))

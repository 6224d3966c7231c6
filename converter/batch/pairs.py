"""Posts and the Markdown that was made of them, found beside each other in two trees, and held against each other."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import NamedTuple

from converter.batch.input.discover import TOOL_FOLDERS
from converter.batch.interrupts import without_interrupts
from converter.batch.names import output_name
from converter.model import Csdn2mdError
from converter.options import Options
from converter.source.suffixes import POST_SUFFIXES, has_suffix
from converter.verify import Difference, RendererError, verify

CHUNK = 8
"""Pairs that a worker process gets at once."""


class Pair(NamedTuple):
    """A post and its Markdown.  ``name`` is the Markdown's path below its tree, with ``/`` between its parts."""

    name: str
    source: str
    markdown: str


class Checked(NamedTuple):
    """What came of one pair.  ``error`` says why there was nothing to compare ("": there was)."""

    name: str
    markdown: str
    score: float
    differences: tuple[Difference, ...] = ()
    error: str = ""

    @property
    def perfect(self) -> bool:
        """True when the Markdown says what its source says."""
        return not self.differences and not self.error


def find(source: Path, out: Path) -> Iterator[Pair]:
    """Every post of a tree (or one file) with the Markdown it should have become, by name."""
    if source.is_file():
        yield Pair(
            source.with_suffix(".md").name,
            str(source),
            str(out / source.with_suffix(".md").name if out.is_dir() else out),
        )
        return
    skipped = out.resolve()
    for folder, folders, files in os.walk(source):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if name not in TOOL_FOLDERS and (here / name).resolve() != skipped)
        for name in sorted(files):
            if has_suffix(name, POST_SUFFIXES):
                output = output_name((here / name).relative_to(source).as_posix())
                yield Pair(output, str(here / name), str(out / output))


def check(pair: Pair, *, options: Options, renderer: str) -> Checked:
    """Hold one pair's Markdown against its source.  RendererError where there is no renderer."""
    try:
        source, markdown = Path(pair.source).read_bytes(), read_markdown(pair)
        verdict = verify(source, markdown, options=options, renderer=renderer)
    except OSError as error:
        return Checked(pair.name, pair.markdown, 0.0, error=f"{error.filename}: {error.strerror}")
    except RendererError:
        raise
    except Csdn2mdError as error:
        return Checked(pair.name, pair.markdown, 0.0, error=f"{pair.source}: {error}")
    return Checked(pair.name, pair.markdown, verdict.score, verdict.differences)


def check_all(found: Iterable[Pair], *, options: Options, renderer: str, jobs: int) -> Iterator[Checked]:
    """What came of each pair, in the pairs' order, worked out by several processes."""
    work = partial(check, options=options, renderer=renderer)
    if jobs == 1:
        yield from map(work, found)
        return
    with without_interrupts():
        workers = multiprocessing.get_context("spawn").Pool(jobs)
    with workers as pool:
        yield from pool.imap(work, found, CHUNK)


def read_markdown(pair: Pair) -> str:
    """The Markdown of a pair, its line ends as they are."""
    return Path(pair.markdown).read_bytes().decode("utf-8", "replace")

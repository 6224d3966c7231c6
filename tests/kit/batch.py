"""Small posts for tests, and helpers that run csdn2md on them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from converter.batch import Job, Result, run
from converter.batch.listener import Listener
from converter.batch.values import Row
from converter.model import ConversionError, Document
from converter.options import Options
from tests.kit.paths import ROOT

MARKDOWN = b"---\ntitle: Plain\n---\n\n# Plain  \n\n* as it was\n"


def html_post(text: str, extra: str = "") -> bytes:
    """Return a post as the dumps have it: front matter and a wrapper around one paragraph."""
    body = f'<div id="content_views" class="htmledit_views"><p>{text}</p>{extra}</div>'
    return f'---\ntitle: A post\n---\n<div id="article_content">{body}</div>\n'.encode()


def make(folder: Path, **posts: bytes | str) -> Path:
    """Write a folder of posts; the key ``a__b_md`` becomes ``a/b.md``, a str the one paragraph of an HTML post."""
    for key, content in posts.items():
        name = key.replace("__", "/")
        stem, _, suffix = name.rpartition("_")
        path = folder / f"{stem}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else html_post(content))
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Return the content of every file below a folder, without the manifest."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".csdn2md.sqlite")
    }


def command(*arguments: str | Path) -> list[str]:
    """Return the command that runs csdn2md in a new process."""
    return [sys.executable, "-m", "converter", *map(str, arguments)]


def environment() -> dict[str, str]:
    """Return environment variables with which a new process finds this package."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def csdn2md(
    *arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"", preexec: Callable[[], object] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run csdn2md and wait until it ends."""
    done = subprocess.run(
        command(*arguments),
        cwd=cwd,
        input=stdin,
        capture_output=True,
        env=environment(),
        preexec_fn=preexec,
        timeout=120,
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def stub(data: bytes, *, name: str, output: str, options: Options) -> Document:
    """Convert trivially (upper case), for tests of what is around the conversion."""
    if b"<fail>" in data:
        raise ConversionError("cannot be converted", name=name)
    return Document(data.decode().upper() + options.flavor + "\n")


class Rows(Listener):
    """Keeps the rows of a run."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def planned(self, total: int) -> None:
        self.total = total

    def row(self, row: Row) -> None:
        self.rows.append(row)

    def outcomes(self) -> dict[str, str]:
        return {row.output: str(row.outcome) for row in self.rows}


def run_stub(folder: Path, *sources: str, **given: object) -> tuple[Result, Rows]:
    """Run a job from ``folder/in`` (or the named sources) to ``folder/out`` with the stub conversion."""
    rows = Rows()
    named = tuple(str(folder / name) for name in sources or ("in",))
    job = Job(**{"sources": named, "out": folder / "out", "force": False, **given})  # type: ignore[arg-type]
    return run(job, convert=stub, listeners=(rows,)), rows


def outcomes(folder: Path, *sources: str, **given: object) -> dict[str, str]:
    """Run such a job; return the outcome of each output."""
    return run_stub(folder, *sources, **given)[1].outcomes()

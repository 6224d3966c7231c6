"""Tiny posts, and ways to run csdn2md over them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from converter.batch.values import Row
from converter.model import ConversionError, Document
from converter.options import Options
from tests.kit.paths import ROOT

MARKDOWN = b"---\ntitle: Plain\n---\n\n# Plain  \n\n* as it was\n"


def html_post(text: str, extra: str = "") -> bytes:
    """A post of the dump's kind."""
    body = f'<div id="content_views" class="htmledit_views"><p>{text}</p>{extra}</div>'
    return f'---\ntitle: A post\n---\n<div id="article_content">{body}</div>\n'.encode()


def make(folder: Path, **posts: bytes | str) -> Path:
    """A folder of posts; ``a__b_md`` is ``a/b.md``, a str is the one paragraph of an HTML post."""
    for key, content in posts.items():
        name = key.replace("__", "/")
        stem, _, suffix = name.rpartition("_")
        path = folder / f"{stem}.{suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else html_post(content))
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder but the manifest."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(".csdn2md.sqlite")
    }


def command(*arguments: str | Path) -> list[str]:
    """The command line in a process of its own."""
    return [sys.executable, "-m", "converter", *map(str, arguments)]


def environment() -> dict[str, str]:
    """Where the package is found, wherever the process runs."""
    return {**os.environ, "PYTHONPATH": str(ROOT)}


def csdn2md(
    *arguments: str | Path, cwd: Path | None = None, stdin: bytes = b"", preexec: Callable[[], object] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run the command to its end."""
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
    """A conversion that does next to nothing, for tests of what is around it."""
    if b"<fail>" in data:
        raise ConversionError("cannot be converted", name=name)
    return Document(data.decode().upper() + options.flavor + "\n")


class Rows:
    """A listener that keeps the rows."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def planned(self, total: int) -> None:
        self.total = total

    def received(self, count: int) -> None:
        pass

    def row(self, row: Row) -> None:
        self.rows.append(row)

    def outcomes(self) -> dict[str, str]:
        return {row.output: str(row.outcome) for row in self.rows}

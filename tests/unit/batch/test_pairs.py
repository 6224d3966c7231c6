"""Pairs of posts and their Markdown: which are found, and that one pair's crash or hang is an error of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from converter.batch import Job, run
from converter.batch.documents import convert_post
from converter.batch.pairs import check_all, find
from converter.options import Options
from converter.verify import RendererError
from tests.kit.batch import environment, make

PROGRAM = """
import os, signal
from pathlib import Path
from converter.batch import pairs
from converter.options import Options

real = pairs.check

def check(pair, **given):
    data = Path(pair.source).read_bytes()
    if b"CRASH" in data:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"RAISE" in data:
        raise RuntimeError("a fault of ours")
    while b"HANG" in data:
        pass
    return real(pair, **given)

pairs.check, pairs.TIMEOUT = check, 2.0
if __name__ == "__main__":  # a worker process imports this file under another name
    found = pairs.find(Path("in"), Path("out"))
    for checked in pairs.check_all(found, options=Options(), renderer="markdown-it", jobs=2):
        print(checked.name, checked.error)
"""


def test_one_pair_costs_itself_only(tmp_path: Path) -> None:
    make(tmp_path / "in", a_html="one", b_html="CRASH", c_html="HANG", d_html="RAISE", e_html="five")
    make(tmp_path / "out", **{f"{name}_md": b"one\n" for name in "abcde"})
    (tmp_path / "program.py").write_text(PROGRAM)
    done = subprocess.run(
        [sys.executable, "program.py"], cwd=tmp_path, capture_output=True, text=True, env=environment(), timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "a.md ",
        "b.md in/b.html: its worker process was killed (SIGKILL, out of memory?)",
        "c.md in/c.html: took longer than the time limit (2 s)",
        "d.md in/d.html: internal error: RuntimeError: a fault of ours",
        "e.md ",
    ]


def test_finds_the_posts_that_a_conversion_finds(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "in/made"
    make(source, b_html="two", a_md="one", sub__c_markdown="three", _git__d_md="no", other__e_md="no", pic_png=b"P")
    (source / "_git").rename(source / ".git")
    (source / "other/.csdn2md.sqlite").touch()
    run(Job(sources=(str(source),), out=out), convert=convert_post)
    found = [pair.name for pair in find(source, out)]
    assert found == ["a.md", "b.md", "sub/c.md"]
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("*.md")) == found


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_renderer_that_is_not_there_ends_it(tmp_path: Path, jobs: int) -> None:
    make(tmp_path, in__a_html="one", in__b_html="two", out__a_md=b"one\n", out__b_md=b"two\n")
    pairs = list(find(tmp_path / "in", tmp_path / "out"))
    with pytest.raises(RendererError):
        list(check_all(pairs, options=Options(), renderer="no such renderer", jobs=jobs))

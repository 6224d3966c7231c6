"""Pairs of posts and their Markdown: which are found, and that one pair's crash or hang is an error of its own."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from converter.batch import Job, run
from converter.batch.documents import convert_post
from converter.batch.pairs import check_all, named, remembered
from converter.options import Options
from converter.verify import RendererError
from tests.kit import review_pages
from tests.kit.batch import csdn2md, environment, html_post, make

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

pairs.check, pairs.TIMEOUT = check, 5.0
if __name__ == "__main__":  # a worker process imports this file under another name
    found = pairs.named(Path("in"), Path("out"), Options())
    for checked in pairs.check_all(found, renderer="markdown-it", jobs=2):
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
        "c.md in/c.html: took longer than the time limit (5 s)",
        "d.md in/d.html: internal error: RuntimeError: a fault of ours",
        "e.md ",
    ]


def test_finds_the_posts_that_a_conversion_finds(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "in/made"
    make(source, b_html="two", a_md="one", sub__c_markdown="three", _git__d_md="no", other__e_md="no", pic_png=b"P")
    (source / "_git").rename(source / ".git")
    (source / "other/.csdn2md.sqlite").touch()
    run(Job(sources=(str(source),), out=out), convert=convert_post)
    found = [pair.name for pair in named(source, out, Options()).found]
    assert found == ["a.md", "b.md", "sub/c.md"]
    assert sorted(path.relative_to(out).as_posix() for path in out.rglob("*.md")) == found


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_renderer_that_is_not_there_ends_it(tmp_path: Path, jobs: int) -> None:
    make(tmp_path, in__a_html="one", in__b_html="two", out__a_md=b"one\n", out__b_md=b"two\n")
    pairs = named(tmp_path / "in", tmp_path / "out", Options())
    with pytest.raises(RendererError):
        list(check_all(pairs, renderer="no such renderer", jobs=jobs))


# -- by the manifest


def test_an_archive_needs_no_other_argument(tmp_path: Path) -> None:
    make(tmp_path / "in", a_html="one", sub__b_html="two")
    (tmp_path / "in/.csdn2md.toml").write_text('flavor = "jekyll"\nbullets = "*"\n')
    assert csdn2md("convert", "in", "-o", "out", cwd=tmp_path).returncode == 0
    done = csdn2md("verify", "out", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "2 perfect" in done.stdout
    settings = remembered(tmp_path / "out").settings.values()
    assert [(one.options.flavor, one.options.bullets) for one in settings] == [("jekyll", "*")]
    (tmp_path / "out/a.md").write_text("other words\n")
    done = csdn2md("verify", "out", cwd=tmp_path)
    assert done.returncode == 1
    assert "out/a.md" in done.stdout


@pytest.mark.parametrize("kind", ["zip", "tar", "jsonl"])
def test_posts_in_archives_are_read_again(tmp_path: Path, kind: str) -> None:
    posts = {f"{name}.html": html_post(name * 3) for name in ("b", "a", "c/d")}
    path = tmp_path / f"posts.{kind}"
    if kind == "zip":
        with zipfile.ZipFile(path, "w") as packed:
            for name, data in posts.items():
                packed.writestr(name, data)
    elif kind == "tar":
        with tarfile.open(path, "w") as tape:
            for name, data in posts.items():
                member = tarfile.TarInfo(name)
                member.size = len(data)
                tape.addfile(member, io.BytesIO(data))
    else:
        path.write_text("".join(json.dumps({"url": n, "html": d.decode()}) + "\n" for n, d in posts.items()))
    fields = ("--path-field", "url", "--content-field", "html") if kind == "jsonl" else ()
    assert csdn2md("convert", path.name, "-o", "out", *fields, cwd=tmp_path).returncode == 0
    for jobs in "12":
        done = csdn2md("verify", "out", "-j", jobs, cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert "3 perfect" in done.stdout
    export = csdn2md("review", "out", "--export", "page", "-j1", cwd=tmp_path)
    assert (export.returncode, export.stderr) == (0, "")
    shown = [review_pages.unpacked(tmp_path / f"page/post/{number}.js")["markdown"] for number in range(3)]
    assert any("aaa" in markdown for markdown in shown)


@pytest.mark.parametrize("command", ["verify", "review"])
def test_a_folder_without_a_manifest_is_told_what_to_name(tmp_path: Path, command: str) -> None:
    (tmp_path / "out").mkdir()
    done = csdn2md(command, "out", cwd=tmp_path)
    assert done.returncode == 2
    assert "out: has no .csdn2md.sqlite: name the posts with --against" in done.stderr
    done = csdn2md(command, "out", "--flavor", "hugo", cwd=tmp_path)
    assert done.returncode == 2
    assert "go with --against" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="no process is forked here")
def test_a_crash_in_the_only_pair_is_its_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, in__a_html="one", out__a_md=b"one\n")
    monkeypatch.setattr("converter.batch.pairs.check", lambda _pair, **_given: os.kill(os.getpid(), signal.SIGKILL))
    found = named(tmp_path / "in", tmp_path / "out", Options())
    (checked,) = check_all(found, renderer="markdown-it", jobs=1)
    assert checked.error == f"{tmp_path}/in/a.html: its worker process was killed (SIGKILL, out of memory?)"

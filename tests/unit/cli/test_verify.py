"""``convert --verify``, ``verify``, ``review --export`` and ``explain --html`` as commands."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from converter.model import Document
from converter.pipeline import convert
from tests.kit.command import run
from tests.kit.paths import ROOT

FIXTURE = ROOT / "fixtures" / "verify"
BAD_SOURCE = '<div id="content_views"><p>one eaten word</p></div>'
"""What ``careless`` makes wrong Markdown of."""


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch) -> None:
    """A converter that eats a word."""

    def eating(*arguments: Any, **options: Any) -> Document:
        document = convert(*arguments, **options)
        return replace(document, text=document.text.replace("eaten ", ""))

    monkeypatch.setattr("converter.pipeline.convert", eating)


def converted() -> None:
    assert run("convert", "in", "-o", "out", "-q", "-j1").exit_code == 0


def break_heading() -> None:
    path = Path("out/good.md")
    path.write_text(path.read_text("utf-8").replace("## 一", "### 一"), "utf-8")


def test_an_archive_that_is_right(folder: Path) -> None:
    converted()
    done = run("verify", "out", "--against", "in", "-j1")
    assert (done.exit_code, done.output) == (0, "1 documents: 1 perfect, 0 differ, 0 could not be compared\n")


@pytest.mark.parametrize("renderer", ["markdown-it", "cmark-gfm"])
def test_an_archive_that_is_wrong(folder: Path, renderer: str) -> None:
    converted()
    break_heading()
    line = Path("out/good.md").read_text("utf-8").split("\n").index("### 一、安装") + 1
    done = run("verify", "out", "--against", "in", "-j1", "--renderer", renderer)
    assert done.exit_code == 1
    assert done.output.splitlines()[0] == f"out/good.md:{line}: heading level 2 became 3: 一、安装"


def test_one_file_against_one_file(folder: Path) -> None:
    converted()
    assert run("verify", "out/good.md", "--against", "in/good.html").exit_code == 0
    assert run("verify", "out", "--against", "in/good.html").exit_code == 0


def test_several_processes_say_the_same(folder: Path) -> None:
    for number in range(20):
        shutil.copy("in/good.html", f"in/good-{number}.html")
    converted()
    break_heading()
    one, two = (run("verify", "out", "--against", "in", "-j", jobs) for jobs in "12")
    assert (one.exit_code, one.output) == (two.exit_code, two.output)
    assert "21 documents: 20 perfect, 1 differ" in one.output


def test_markdown_that_is_not_there(folder: Path) -> None:
    converted()
    Path("out/good.md").unlink()
    done = run("verify", "out", "--against", "in", "-j1")
    assert done.exit_code == 1
    assert done.output.startswith("error: out/good.md: No such file")


def test_nothing_to_verify_is_no_success(folder: Path) -> None:
    Path("empty").mkdir()
    assert run("verify", "in", "--against", "empty").exit_code == 1


def test_convert_verifies(folder: Path, careless: None) -> None:
    Path("in/bad.html").write_text(BAD_SOURCE)
    report = ("--report", "r.jsonl")
    done = run("convert", "--verify", "in", "-o", "out", "-j1", *report)
    assert done.exit_code == 1
    assert "out/bad.md:1: " in done.output
    assert "1 differing from their source" in done.output
    assert Path("out/bad.md").exists()
    rows = {row["source"]: row for row in map(json.loads, Path("r.jsonl").read_text("utf-8").splitlines())}
    assert rows["in/bad.html"]["differences"]
    assert "differences" not in rows["in/good.html"]
    again = run("convert", "--verify", "in", "-o", "out", "-j1")
    assert again.exit_code == 1, "what is unchanged is verified all the same"


def test_strict_writes_nothing_that_differs(folder: Path, careless: None) -> None:
    Path("in/bad.html").write_text(BAD_SOURCE)
    done = run("convert", "--verify=strict", "in", "-o", "out", "-j1")
    assert done.exit_code == 1
    assert "error: in/bad.html: does not say what its source says" in done.output
    assert sorted(path.name for path in Path("out").glob("*.md")) == ["good.md"]


def test_stdin_is_verified_too(folder: Path, careless: None) -> None:
    good = run("convert", "-", "--verify", given="<p>a</p>")
    assert (good.exit_code, good.stdout) == (0, "a\n")
    bad = run("convert", "-", "--verify", given=BAD_SOURCE)
    assert (bad.exit_code, bool(bad.stdout)) == (1, True)
    strict = run("convert", "-", "--verify=strict", given=BAD_SOURCE)
    assert (strict.exit_code, strict.stdout) == (1, "")


def test_a_difference_without_a_line_names_none(folder: Path) -> None:
    lost = "一句不在文章里的话。" * 40
    Path("page.html").write_text(
        f"<body><div id='content_views'><p>文</p></div><div class='x'><p>{lost}</p></div>", "utf-8"
    )
    told = "selection: text beside the article (400 characters, 100%)"
    result = run("convert", "page.html", "-o", "one", "--verify", "--report", "report.jsonl")
    assert f"{Path('one/page.md')}: {told}" in result.stderr
    (row,) = map(json.loads, Path("report.jsonl").read_text("utf-8").splitlines())
    assert row["differences"][0].startswith(told)
    assert f"page.html: {told}" in run("convert", "page.html", "-o", "-", "--verify").stderr
    assert f"{Path('one/page.md')}: {told}" in run("verify", "one").output

"""`csdn2md search`."""

from __future__ import annotations

import json
from pathlib import Path

from tests.kit.batch import csdn2md, make

POST = "---\ntitle: 微软\n---\n\n线程与数据库\n".encode()


def test_posts_are_named_with_line_and_words(tmp_path: Path) -> None:
    make(tmp_path / "out", a_md=POST, sub__b_md=b"nothing\n")
    done = csdn2md("search", "out", "数据库", "线程", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.replace("\\", "/") == "out/a.md:5  微软\n    线程与数据库\n"


def test_json(tmp_path: Path) -> None:
    make(tmp_path / "out", a_md=POST)
    done = csdn2md("search", "out", "微软", "--json", cwd=tmp_path)
    (hit,) = json.loads(done.stdout)
    assert (hit["path"], hit["title"], hit["line"]) == ("a.md", "微软", 0)
    assert json.loads(csdn2md("search", "out", "没有", "--json", cwd=tmp_path).stdout) == []


def test_nothing_found_is_no_error(tmp_path: Path) -> None:
    make(tmp_path / "out", a_md=POST)
    done = csdn2md("search", "out", "没有", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "no post holds all of these words\n")


def test_a_damaged_index_is_an_error_of_one_line(tmp_path: Path) -> None:
    make(tmp_path / "out", a_md=POST)
    (tmp_path / "out" / ".csdn2md-search.sqlite").write_bytes(b"no database" * 100)
    done = csdn2md("search", "out", "微软", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("error: ") and done.stderr.count("\n") == 1

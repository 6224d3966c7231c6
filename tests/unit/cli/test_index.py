"""`csdn2md index`."""

from __future__ import annotations

from pathlib import Path

from tests.kit.batch import MARKDOWN, csdn2md, make


def test_index(tmp_path: Path) -> None:
    make(tmp_path / "out", a_md=MARKDOWN, sub__b_md=MARKDOWN)
    done = csdn2md("index", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "- [Plain](a.md)" in (tmp_path / "out" / "INDEX.md").read_text()
    assert len((tmp_path / "out" / "index.jsonl").read_text().splitlines()) == 2


def test_unknown_kind_of_file_is_a_usage_error(tmp_path: Path) -> None:
    make(tmp_path / "out", a_md=MARKDOWN)
    done = csdn2md("index", tmp_path / "out", "-o", "x.txt")
    assert done.returncode == 2
    assert "error: x.txt: unknown format of a catalogue" in done.stderr


def test_file_that_cannot_be_written(tmp_path: Path) -> None:
    make(tmp_path, out__a_md=MARKDOWN, file_md=b"")
    done = csdn2md("index", "out", "-o", "file.md/x.md", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("error: file.md")
    assert done.stderr.count("\n") == 1

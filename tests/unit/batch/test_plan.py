"""Outputs of one name: each document arrives, under names that stay."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from converter.batch.names import name_of_its_own
from converter.batch.storage.files import folds_case
from tests.kit.batch import csdn2md, html_post, tree

MEETING = 231
"""Pairs of names that meet: an ``.html`` beside an ``.md``, as one archive has them."""


def _posts(folder: Path, names: dict[str, str]) -> Path:
    for name, words in names.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(html_post(words))
    return folder


def _bodies(out: Path) -> dict[str, str]:
    made = {name: data.decode() for name, data in tree(out).items() if name.endswith(".md")}
    return {name: re.sub(r"(?s)\A---.*?---", "", text).strip() for name, text in made.items()}


def test_all_of_462_meeting_names_arrive_under_names_that_stay(tmp_path: Path) -> None:
    names = {f"{n // 50}/{n}.{suffix}": f"{n} {suffix}" for n in range(MEETING) for suffix in ("md", "html")}
    _posts(tmp_path / "in", names)
    done = csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    bodies = _bodies(tmp_path / "out")
    assert sorted(bodies.values()) == sorted(names.values())
    assert done.stderr.count("renamed: ") == MEETING
    assert "231 renamed" in done.stdout

    again = csdn2md("convert", "in", "-o", "again", cwd=tmp_path)
    assert again.returncode == 0
    assert _bodies(tmp_path / "again") == bodies


def test_one_more_document_renames_no_other(tmp_path: Path) -> None:
    _posts(tmp_path / "in", {"a.md": "md", "a.htm": "htm"})
    csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    before = _bodies(tmp_path / "out")
    _posts(tmp_path / "in", {"a.html": "html", "a.HTM": "HTM"})
    done = csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    after = _bodies(tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert before.items() <= after.items()
    assert sorted(after.values()) == sorted({"md", "htm", "html"} | {"HTM"})


def test_the_document_that_has_the_name_keeps_it(tmp_path: Path) -> None:
    _posts(tmp_path / "in", {"a.md": "first"})
    csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    _posts(tmp_path / "in", {"a.html": "sorts before it"})
    csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    assert _bodies(tmp_path / "out")["a.md"] == "first"


def test_equal_names_of_two_sources(tmp_path: Path) -> None:
    _posts(tmp_path / "one", {"a.html": "one"})
    _posts(tmp_path / "two", {"a.html": "two"})
    done = csdn2md("convert", "one", "two", "-o", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    bodies = _bodies(tmp_path / "out")
    assert bodies["a.md"] == "one"
    assert sorted(bodies.values()) == ["one", "two"]


@pytest.mark.parametrize("flag", ["--check", "--dry-run"])
def test_what_only_looks_gives_the_same_names(tmp_path: Path, flag: str) -> None:
    _posts(tmp_path / "in", {"a.md": "md", "a.html": "html"})
    told = csdn2md("convert", "in", "-o", "out", flag, cwd=tmp_path)
    csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    renamed = next(name for name in _bodies(tmp_path / "out") if name != "a.md")
    assert renamed in told.stdout + told.stderr


def test_a_document_without_a_name_of_its_own_is_left_out_on_request(tmp_path: Path) -> None:
    _posts(tmp_path / "in", {"a.md": "md", "a.html": "html"})
    done = csdn2md("convert", "in", "-o", "out", "--on-collision", "skip", cwd=tmp_path)
    assert _bodies(tmp_path / "out") == {"a.md": "html"}
    assert "kept: in/a.md: another document has its name a.md" in done.stderr
    assert done.returncode == 0


def test_names_of_their_own() -> None:
    name = name_of_its_own("x/a.md", "x/a.html")
    assert re.fullmatch(r"x/a-[0-9a-f]{6}\.md", name)
    assert name_of_its_own("x/a.md", "x/a.htm") != name == name_of_its_own("x/a.md", "x/a.html")


def test_a_file_system_is_asked_without_writing(tmp_path: Path) -> None:
    (tmp_path / "Name").write_bytes(b"")
    expected = (tmp_path / "nAME").exists()
    assert folds_case(str(tmp_path)) == folds_case(str(tmp_path / "not" / "there")) == expected
    assert [path.name for path in tmp_path.iterdir()] == ["Name"]

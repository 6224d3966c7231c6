"""Files that are replaced whole or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.batch.storage import files


@pytest.mark.parametrize("shared", [False, True])
def test_replacing_makes_folders_and_leaves_one_file(tmp_path: Path, shared: bool) -> None:
    target = tmp_path / "a/b.txt"
    for text in ("one", "two"):
        with files.replacing(target, shared=shared) as staged:
            staged.write_text(text)
            assert not target.exists() or target.read_text() == "one"
        assert target.read_text() == text
    assert [path.name for path in target.parent.iterdir()] == ["b.txt"]


def test_an_error_leaves_the_old_content(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    target.write_text("old")
    with pytest.raises(KeyError), files.replacing(target) as staged:
        staged.write_text("half")
        raise KeyError
    assert [(path.name, path.read_text()) for path in tmp_path.iterdir()] == [("a.txt", "old")]


def test_what_a_killed_writer_left_is_written_over(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    Path(files.staged_beside(str(target))).write_text("left")
    with files.replacing(target) as staged:
        assert not staged.exists()
        staged.write_text("new")
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]

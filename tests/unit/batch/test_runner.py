"""Runs over a folder: what a second run does, and that the number of processes changes nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from converter import Document, Options, convert_folder
from converter.batch import BatchError, Job, Mode, run
from tests.kit.batch import MARKDOWN, Rows, make, outcomes, run_stub, stub, tree


def test_nothing_to_do(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md=b"a", b_md=b"b")
    assert outcomes(tmp_path) == {"a.md": "converted", "b.md": "converted"}
    stamps = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.md")}
    assert outcomes(tmp_path) == {"a.md": "unchanged", "b.md": "unchanged"}
    assert stamps == {path: path.stat().st_mtime_ns for path in (tmp_path / "out").glob("*.md")}


def test_only_what_changed(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md=b"a", b_md=b"b")
    run_stub(tmp_path)
    make(tmp_path / "in", b_md=b"B2", c_md=b"c")
    assert outcomes(tmp_path) == {"a.md": "unchanged", "b.md": "converted", "c.md": "converted"}


def test_a_change_that_hides_behind_size_and_time(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md=b"a")
    path = tmp_path / "in/a.md"
    os.utime(path, (1_000_000_000, 1_000_000_000))
    run_stub(tmp_path)
    run_stub(tmp_path)
    path.write_bytes(b"b")
    os.utime(path, (1_000_000_000, 1_000_000_000))
    assert outcomes(tmp_path) == {"a.md": "converted"}


def test_a_touched_source_is_not_converted_again(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md=b"a")
    run_stub(tmp_path)
    os.utime(tmp_path / "in/a.md", (1_000_000_000, 1_000_000_000))
    rows = Rows()
    run(Job(sources=(str(tmp_path / "in"),), out=tmp_path / "out"), convert=never, listeners=(rows,))
    assert rows.outcomes() == {"a.md": "unchanged"}


def test_other_options_convert_again(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md=b"a")
    run_stub(tmp_path)
    assert outcomes(tmp_path, options=Options(flavor="hugo")) == {"a.md": "converted"}
    assert tree(tmp_path / "out")["a.md"] == b"Ahugo\n"


def test_another_version_converts_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "in", a_md=b"a")
    run_stub(tmp_path)
    monkeypatch.setattr("converter.batch.remembered_settings.__version__", "999")
    with pytest.raises(Never):
        run(Job(sources=(str(tmp_path / "in"),), out=tmp_path / "out", timeout=0), convert=never)


def never(data: bytes, *, name: str, output: str, options: Options) -> Document:
    raise Never("converted")


class Never(BaseException):
    pass


def test_a_lost_output_is_made_again(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md=b"a")
    run_stub(tmp_path)
    (tmp_path / "out/a.md").unlink()
    assert outcomes(tmp_path) == {"a.md": "converted"}


@pytest.mark.parametrize("change_source", [False, True])
@pytest.mark.parametrize("options", [Options(), Options(flavor="hugo")])
def test_an_edited_output_is_kept(tmp_path: Path, change_source: bool, options: Options) -> None:
    make(tmp_path / "in", a_md=b"a", b_md=b"b")
    run_stub(tmp_path)
    (tmp_path / "out/a.md").write_bytes(b"edited\n")
    if change_source:
        make(tmp_path / "in", a_md=b"a2")
    for _ in range(2):
        result, rows = run_stub(tmp_path, options=options)
        assert rows.outcomes()["a.md"] == "kept"
        assert "was edited since csdn2md wrote it" in rows.rows[0].message
        assert (result.skipped, result.failed) == (1, 0)
        assert tree(tmp_path / "out")["a.md"] == b"edited\n"
    assert outcomes(tmp_path, options=options, force=True)["a.md"] == "converted"


def test_an_output_edited_while_the_run_is_on_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from converter.batch.storage import files

    make(tmp_path / "in", a_md=b"a")
    run_stub(tmp_path)
    make(tmp_path / "in", a_md=b"a2")
    make_durable = files.make_durable

    def edit(folder: Path) -> None:
        (tmp_path / "out/a.md").write_bytes(b"edited\n")
        make_durable(folder)

    monkeypatch.setattr(files, "make_durable", edit)
    assert outcomes(tmp_path) == {"a.md": "kept"}
    monkeypatch.undo()
    assert tree(tmp_path / "out") == {"a.md": b"edited\n"}
    assert outcomes(tmp_path) == {"a.md": "kept"}


def test_a_failure_is_tried_again_and_keeps_the_old_output(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md=b"a")
    run_stub(tmp_path)
    make(tmp_path / "in", a_md=b"<fail>")
    for _ in range(2):
        assert outcomes(tmp_path) == {"a.md": "failed"}
        assert tree(tmp_path / "out") == {"a.md": b"Agfm\n"}
    make(tmp_path / "in", a_md=b"a")
    assert outcomes(tmp_path) == {"a.md": "unchanged"}


def test_vanished_and_pruned(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md=b"a", sub__b_md=b"b", sub__c_md=b"c")
    run_stub(tmp_path)
    for name in ("b", "c"):
        (tmp_path / f"in/sub/{name}.md").unlink()
    assert outcomes(tmp_path) == {"a.md": "unchanged", "sub/b.md": "vanished", "sub/c.md": "vanished"}
    assert "sub/b.md" in tree(tmp_path / "out")
    (tmp_path / "out/sub/c.md").write_bytes(b"edited\n")
    assert outcomes(tmp_path, prune=True) == {"a.md": "unchanged", "sub/b.md": "pruned", "sub/c.md": "kept"}
    assert list(tree(tmp_path / "out")) == ["a.md", "sub/c.md"]
    assert outcomes(tmp_path, prune=True, force=True)["sub/c.md"] == "pruned"
    assert not (tmp_path / "out/sub").exists()
    assert outcomes(tmp_path, prune=True) == {"a.md": "unchanged"}


def test_a_source_that_is_not_named_has_not_vanished(tmp_path: Path) -> None:
    make(tmp_path, in__a_md=b"a", more__b_md=b"b")
    run_stub(tmp_path, "in", "more")
    assert outcomes(tmp_path, "in", prune=True) == {"a.md": "unchanged"}
    assert outcomes(tmp_path, "in/a.md", prune=True) == {"a.md": "unchanged"}


def test_a_source_that_cannot_be_read_prunes_nothing(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md=b"a")
    run_stub(tmp_path)
    (tmp_path / "in").rename(tmp_path / "away")
    result, _ = run_stub(tmp_path, prune=True)
    assert result.failed == 1
    assert list(tree(tmp_path / "out")) == ["a.md"]


def test_local_files_follow(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md=MARKDOWN + b"![](i.png)", i_png=b"1")
    convert_folder(tmp_path / "in", tmp_path / "out")
    assert tree(tmp_path / "out")["i.png"] == b"1"
    make(tmp_path / "in", i_png=b"22")
    assert convert_folder(tmp_path / "in", tmp_path / "out").copied == 1
    assert tree(tmp_path / "out")["i.png"] == b"22"
    (tmp_path / "out/i.png").write_bytes(b"edited")
    assert convert_folder(tmp_path / "in", tmp_path / "out").skipped == 1
    (tmp_path / "out/i.png").write_bytes(b"22")
    (tmp_path / "in/i.png").unlink()
    assert convert_folder(tmp_path / "in", tmp_path / "out", prune=True).pruned == 1
    assert list(tree(tmp_path / "out")) == ["a.md"]


def test_an_output_of_another_source_is_not_taken_over(tmp_path: Path) -> None:
    make(tmp_path, in__a_md=b"a", more__a_md=b"other")
    run_stub(tmp_path, "in")
    _, rows = run_stub(tmp_path, "more")
    assert rows.rows[0].message == f"its output was written from {tmp_path}/in/a.md (--force overwrites)"
    assert tree(tmp_path / "out") == {"a.md": b"Agfm\n"}


def test_a_source_that_has_moved_is_the_same(tmp_path: Path) -> None:
    make(tmp_path, in__a_md=b"a")
    run_stub(tmp_path, "in")
    (tmp_path / "in").rename(tmp_path / "moved")
    assert outcomes(tmp_path, "moved") == {"a.md": "unchanged"}


def test_a_source_in_the_output_folder_is_not_overwritten(tmp_path: Path) -> None:
    make(tmp_path, out__raw__raw__a_md=b"a", out__raw__a_md=b"b")
    with pytest.raises(BatchError, match="another source would be written there"):
        run_stub(tmp_path, "out/raw")
    assert tree(tmp_path / "out") == {"raw/raw/a.md": b"a", "raw/a.md": b"b"}


def test_check_tells_what_a_run_would_do(tmp_path: Path) -> None:
    make(tmp_path / "in", a_md=b"a", b_md=b"b", c_md=b"c")
    run_stub(tmp_path)
    make(tmp_path / "in", b_md=b"b2", d_md=b"d")
    (tmp_path / "out/c.md").write_bytes(b"edited\n")
    before = tree(tmp_path)
    predicted = outcomes(tmp_path, mode=Mode.CHECK)
    assert tree(tmp_path) == before
    assert predicted == outcomes(tmp_path)
    assert predicted == {"a.md": "unchanged", "b.md": "converted", "c.md": "kept", "d.md": "converted"}


def test_jobs_change_nothing(tmp_path: Path) -> None:
    make(tmp_path / "in", **{f"p{n:03}_md": b"x" * n if n % 7 else b"<fail>" for n in range(1, 150)})
    seen = []
    for jobs in (1, 2, 5):
        rows = Rows()
        out = tmp_path / f"out{jobs}"
        run(Job(sources=(str(tmp_path / "in"),), out=out, jobs=jobs), convert=stub, listeners=(rows,))
        seen.append(([(row.source, row.outcome, row.message) for row in rows.rows], tree(out)))
    assert seen[0] == seen[1] == seen[2]
    assert [source for source, _, _ in seen[0][0]] == sorted(source for source, _, _ in seen[0][0])

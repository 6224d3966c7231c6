"""In place, an .md beside its .html: made again from a changed source if nobody has edited it, and otherwise kept."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from click.testing import Result

from converter.batch.in_place import IN_PLACE_NAME
from converter.hook import main as hook
from tests.kit.batch import html_post, make, outcomes, run_stub, tree
from tests.kit.command import run

EDITED = "a.md was edited since csdn2md wrote it: kept (--diff --force shows what --force would change)"
UNRECORDED = (
    "a.md exists, and there is no record that csdn2md wrote it: kept (--diff --force shows what --force would change)"
)


def convert(*arguments: str) -> Result:
    """Convert in this process, which is faster than to start workers."""
    return run("convert", *arguments, "--timeout", "0", "--jobs", "1")


@pytest.fixture
def posts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder, the current one, in which two posts were converted in place."""
    monkeypatch.chdir(tmp_path)
    make(tmp_path, a_html="one", b__c_html="two")
    assert convert(".", "--in-place").exit_code == 0
    return tmp_path


def test_a_changed_source_is_converted_again(posts: Path) -> None:
    make(posts, a_html="three")
    done = convert(".", "--in-place")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("1 converted, 3 unchanged in ")
    assert (posts / "a.md").read_text().endswith("\nthree\n")
    assert convert(".", "--in-place").stdout.startswith("4 unchanged in ")


def test_edited_markdown_is_kept(posts: Path) -> None:
    make(posts, a_html="three", a_md=b"mine\n")
    done = convert("a.html", "--in-place")
    assert (done.exit_code, done.stderr) == (0, f"kept: {EDITED}\n")
    assert (posts / "a.md").read_bytes() == b"mine\n"
    assert convert("a.html", "--in-place", "--force").exit_code == 0
    assert (posts / "a.md").read_text().endswith("\nthree\n")


def test_an_older_content_that_a_person_put_back_is_kept(posts: Path) -> None:
    older = (posts / "a.md").read_bytes()
    make(posts, a_html="three")
    convert("a.html", "--in-place")
    make(posts, a_html="four", a_md=older)
    assert convert("a.html", "--in-place").stderr == f"kept: {EDITED}\n"


def test_markdown_without_a_record_is_kept(posts: Path) -> None:
    make(posts, a_html="three")
    (posts / IN_PLACE_NAME).unlink()
    done = convert("a.html", "--in-place")
    assert (done.exit_code, done.stderr) == (0, f"kept: {UNRECORDED}\n")
    assert (posts / "a.md").read_text().endswith("\none\n")


def test_markdown_that_is_as_it_would_be_made_is_recorded(posts: Path) -> None:
    (posts / IN_PLACE_NAME).unlink()
    assert convert("a.html", "--in-place").stdout.startswith("1 unchanged in ")
    make(posts, a_html="three")
    assert convert("a.html", "--in-place").stdout.startswith("1 converted in ")


@pytest.mark.parametrize("flag", ["--check", "--diff", "--dry-run"])
def test_runs_that_write_nothing_give_the_same_answer(posts: Path, flag: str) -> None:
    make(posts, a_html="three", b__c_html="four", b__c_md=b"mine\n")
    before = tree(posts)
    done = convert(".", flag)
    told = done.stdout + done.stderr
    assert "a.html" in told or "a.md" in told
    assert "b/c.md was edited since csdn2md wrote it: kept" in told
    assert tree(posts) == before


@pytest.mark.parametrize("first", ["b", "b/c.html", "."])
@pytest.mark.parametrize("later", ["b", "b/c.html", ".", "b/*.html"])
def test_the_records_are_found_whichever_folder_a_run_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: str, later: str
) -> None:
    monkeypatch.chdir(make(tmp_path, b__c_html="two"))
    assert convert(first, "--in-place").exit_code == 0
    make(tmp_path, b__c_html="three")
    assert convert(later, "--in-place").stderr == ""
    assert (tmp_path / "b/c.md").read_text().endswith("\nthree\n")


def test_a_moved_folder_keeps_its_records(posts: Path) -> None:
    (posts / "b").rename(posts / "moved")
    (posts / IN_PLACE_NAME).rename(posts / "moved" / IN_PLACE_NAME)
    with sqlite3.connect(posts / "moved" / IN_PLACE_NAME) as records:
        records.execute("UPDATE entries SET output = 'c.md' WHERE output = 'b/c.md'")
    records.close()
    make(posts, moved__c_html="three")
    assert convert("moved", "--in-place").stderr == ""
    assert (posts / "moved/c.md").read_text().endswith("\nthree\n")


def test_records_of_others_are_not_believed(posts: Path) -> None:
    """A file in a folder above may be another user's; here it is a link, which has no owner to trust either."""
    other = posts.parent / f"{posts.name}-other.sqlite"
    (posts / IN_PLACE_NAME).rename(other)
    (posts / IN_PLACE_NAME).symlink_to(other)
    make(posts, b__c_html="three")
    assert "no record that csdn2md wrote it" in convert("b", "--in-place").stderr
    assert not (posts / "b" / IN_PLACE_NAME).exists()


def test_damaged_records_stop_the_run_and_change_nothing(posts: Path) -> None:
    (posts / IN_PLACE_NAME).write_bytes(b"no database" * 100)
    make(posts, a_html="three")
    before = tree(posts)
    done = convert(".", "--in-place")
    assert done.exit_code == 1
    assert done.stderr == (
        f"error: {posts / IN_PLACE_NAME}: is no state file of csdn2md, or damaged (file is not a database): without it, "
        "the next run makes a new one\n"
    )
    assert tree(posts) == before


def test_markdown_alone_needs_no_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(make(tmp_path, a_md="one"))
    assert convert(".", "--in-place").stdout.startswith("1 converted in ")
    assert list(tree(tmp_path)) == ["a.md"]


def test_a_failed_record_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "in", a_html="one")
    (tmp_path / "in" / IN_PLACE_NAME).mkdir()
    with pytest.raises(Exception, match="cannot be opened and written: look at its permissions"):
        run_stub(tmp_path, out=None, records=True)
    assert list(tree(tmp_path)) == ["in/a.html"]


def test_without_records_a_file_that_differs_is_kept(tmp_path: Path) -> None:
    make(tmp_path / "in", a_html="one", a_md=b"MINE\n")
    assert outcomes(tmp_path, "in/a.html", out=None) == {str(tmp_path / "in/a.md"): "kept"}


def test_a_hook_leaves_no_records_in_a_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.html").write_bytes(html_post("one"))
    assert hook(["a.html"]) == 1
    assert list(tree(tmp_path)) == ["a.html", "a.md"]

"""Wrong inputs as people type them: the message is true, names the file and says what to do; nothing is written."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from converter.hook import main as hook
from tests.kit.batch import command, environment, make, outcomes, run_stub, tree
from tests.kit.command import run

FOLDER_OR_MD = "csdn2md writes Markdown: name a folder, or for one source a file that ends in .md"
WRONG = {
    "output that is a file": ("convert in -o notes", "notes: is no folder: name one to write to"),
    "output that is a device": ("convert one.html -o /dev/null", "/dev/null: is no folder: name one to write to"),
    "output named as a page": ("convert one.html -o two.html", f"-o two.html: {FOLDER_OR_MD}"),
    "output named as an archive": ("convert in -o posts.zip", f"-o posts.zip: {FOLDER_OR_MD}"),
    "quiet and verbose": ("convert in -o out -q -v", "--quiet and --verbose exclude each other"),
    "jobs in words": ("convert in -o out -j many", "'many' is not a whole number"),
    "time with a unit": ("convert in -o out --timeout 1m", "'1m' is not a number of seconds, such as 90"),
    "time that is no number": ("convert in -o out --timeout nan", "'nan' is not a number of seconds, such as 90"),
    "list with NUL": ("convert --files-from nul.txt -o out", "nul.txt: holds NUL characters: -0 reads names that"),
    "list in UTF-16": ("convert --files-from utf16.txt -o out", "a list in UTF-16 must be saved as UTF-8"),
    "another program's database": ("convert in -o out --manifest other.sqlite", "is the database of another program"),
    "settings of no file": ("config nothing.html", "Path 'nothing.html' does not exist."),
    "questions without answers": ("init new", "no answer: --yes takes the defaults; --flavor, --images and --links"),
}


@pytest.fixture
def box(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with some posts and some files that are none."""
    import sqlite3

    monkeypatch.chdir(make(tmp_path, in__a_html="a", one_html="one"))
    (tmp_path / "notes").write_text("words")
    (tmp_path / "new").mkdir()
    (tmp_path / "nul.txt").write_bytes(b"in/a.html\0one.html\0")
    (tmp_path / "utf16.txt").write_bytes("in/a.html\n".encode("utf-16"))
    with sqlite3.connect(tmp_path / "other.sqlite") as database:
        database.execute("CREATE TABLE places (name TEXT)")
    database.close()
    return tmp_path


@pytest.mark.parametrize("name", WRONG)
def test_wrong_inputs_are_usage_errors(box: Path, name: str) -> None:
    line, words = WRONG[name]
    before = tree(box)
    done = run(*line.split())
    assert (done.exit_code, done.stderr.rpartition("error: ")[2].find(words) >= 0) == (2, True), done.stderr
    assert tree(box) == before


def test_the_folder_of_one_output_is_made(box: Path) -> None:
    assert run("convert", "one.html", "-o", "new/folder/a.md").exit_code == 0
    assert (box / "new/folder/a.md").read_text().endswith("\none\n")


def test_a_line_that_is_no_path_does_not_fill_the_screen(box: Path) -> None:
    (box / "list.txt").write_text("x" * 100_000 + "\nin/a.html\n")
    done = run("convert", "--files-from", "list.txt", "-o", "out")
    assert done.exit_code == 1
    assert done.stderr == f"error: {'x' * 60}…: is longer than any path (line 1)\n"
    assert (box / "out/in/a.md").is_file()


@pytest.mark.parametrize("others", ["in/a.html -o out", "-o out", ""])
def test_a_name_that_is_too_long_is_an_error_of_its_own(box: Path, others: str) -> None:
    long = "a" * 300 + ".html"
    done = run("convert", long, *others.split())
    assert done.exit_code == 1
    assert done.stderr in [f"error: {long}: {why}\n" for why in ("File name too long", "No such file or directory")]
    assert (box / "out/a.md").is_file() == ("a.html" in others)


def test_a_byte_order_mark_is_no_part_of_a_list_or_of_a_configuration(box: Path) -> None:
    (box / "list.txt").write_bytes(b"\xef\xbb\xbfin/a.html\r\n")
    (box / ".csdn2md.toml").write_bytes(b'\xef\xbb\xbfbullets = "*"\r\n')
    assert run("convert", "--files-from", "list.txt", "-o", "out").exit_code == 0
    assert 'bullets = "*"' in run("config").stdout


def test_a_configuration_that_is_not_in_utf_8(box: Path) -> None:
    (box / ".csdn2md.toml").write_bytes(b'flavor = "\xff"\n')
    done = run("convert", "in", "-o", "out")
    assert done.exit_code == 2
    assert f"error: {box}/.csdn2md.toml: is not in UTF-8: save it as UTF-8\n" in done.stderr


def test_an_index_of_nothing_says_so(box: Path) -> None:
    done = run("index", "new")
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "no posts in new (looked for .md, .markdown)")


def test_a_hook_is_given_files(box: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = tree(box)
    assert hook(["in", "one.html"]) == 1
    assert capsys.readouterr().err == "error: in: Is a directory\n"
    assert tree(box) == before


def test_fields_that_a_table_does_not_have(box: Path) -> None:
    (box / "posts.jsonl").write_text('{"name": "a", "html": "<p>a</p>"}\n{oops\n')
    done = run("convert", "posts.jsonl", "-o", "out", "--path-field", "name")
    assert (
        done.stderr
        == "error: posts.jsonl: has no field content: its fields are name, html (--content-field: another field)\n"
    )
    done = run("convert", "posts.jsonl", "-o", "out", "--path-field", "name", "--content-field", "html")
    assert done.stderr.startswith("error: posts.jsonl:2: is not JSON: ")
    assert done.stderr.endswith(" (column 2)\n")


@pytest.mark.skipif(sys.platform != "linux", reason="needs /dev/full")
@pytest.mark.parametrize("arguments", ["convert one.html", "convert in -o out", "convert --help"])
def test_a_full_disk_behind_stdout(box: Path, arguments: str) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command(*arguments.split()), cwd=box, stdout=full, stderr=subprocess.PIPE, env=environment(), check=False
        )
    assert (done.returncode, done.stderr.decode()) == (1, "error: stdout: No space left on device\n")


def test_a_full_disk_names_the_output_and_loses_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno

    def full(*_arguments: object, **_given: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    make(tmp_path / "in", a_html="a", b_html="b")
    with monkeypatch.context() as patch:
        patch.setattr("converter.batch.storage.files.stage", full)
        result, _ = run_stub(tmp_path, timeout=0)
    assert result.fatal == f"{tmp_path}/out/a.md: No space left on device"
    assert outcomes(tmp_path) == {"a.md": "converted", "b.md": "converted"}


CLOSED = {
    "stdin": ("convert - <&-", "error: -: stdin is closed\n"),
    "stdout": ("convert one.html >&-", "error: one.html: stdout is closed\n"),
    "the current folder": ("convert in -o out", "error: the current folder is gone: change to another one\n"),
}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a POSIX shell")
@pytest.mark.parametrize("name", CLOSED)
def test_what_is_gone(box: Path, name: str) -> None:
    arguments, message = CLOSED[name]
    gone = "rmdir ../new; " if name == "the current folder" else ""
    line = f'{gone}"{sys.executable}" -m converter {arguments}'
    folder = box / ("new" if gone else ".")
    done = subprocess.run(["sh", "-c", line], cwd=folder, capture_output=True, env=environment(), check=False)
    assert (done.returncode, done.stderr.decode()) == (1, message)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("convert one.html -o mine.md", "错误：one.html: mine.md 已经存在，但不是 csdn2md 写的"),
        ("convert picture.html", "错误：picture.html: PNG 图片，不是文章"),
        ("verify nothing", "'OUT' 的值无效：路径 'nothing' 不存在。"),
    ],
)
def test_in_chinese(box: Path, line: str, words: str) -> None:
    (box / "mine.md").write_text("mine")
    (box / "picture.html").write_bytes(b"\x89PNG\r\n\x1a\n")
    done = subprocess.run(
        command(*line.split()), cwd=box, capture_output=True, env={**environment(), "LANGUAGE": "zh_CN"}, check=False
    )
    assert words in done.stderr.decode()

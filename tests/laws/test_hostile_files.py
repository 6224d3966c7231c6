"""Files that are no posts, and names that no other system can hold: each handled, none followed out of the tree."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from converter.batch import convert_folder
from converter.batch.values import Row
from tests.kit.batch import html_post, make, tree

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="fifos, links and raw names")


def run(folder: Path, out: Path, **options: int) -> dict[str, Row]:
    rows: list[Row] = []
    convert_folder(folder, out, on_row=rows.append, **options)  # type: ignore[arg-type]
    return {row.source: row for row in rows}


def test_links_out_of_the_tree_are_not_followed(tmp_path: Path) -> None:
    make(tmp_path / "secret", a_html="secret words")
    folder = make(tmp_path / "in", b_html="words")
    (folder / "file.html").symlink_to(tmp_path / "secret" / "a.html")
    (folder / "folder").symlink_to(tmp_path / "secret")
    (folder / "dead.html").symlink_to("nowhere.html")
    (folder / "loop").symlink_to(folder)
    (folder / "self.html").symlink_to("self.html")
    run(folder, tmp_path / "out")
    assert b"secret" not in b"".join(tree(tmp_path / "out").values())
    assert "b.md" in tree(tmp_path / "out")


def test_a_fifo_costs_itself_only(tmp_path: Path) -> None:
    folder = make(tmp_path / "in", b_html="words")
    os.mkfifo(folder / "a.html")
    run(folder, tmp_path / "out")
    assert list(tree(tmp_path / "out")) == ["b.md"]


def test_a_device_costs_itself_only(tmp_path: Path) -> None:
    folder = make(tmp_path / "in", b_html="words")
    (folder / "a.html").symlink_to("/dev/zero")
    run(folder, tmp_path / "out")
    assert list(tree(tmp_path / "out")) == ["b.md"]


def test_a_huge_file_costs_itself_only(tmp_path: Path) -> None:
    folder = make(tmp_path / "in", b_html="words")
    with (folder / "a.html").open("wb") as file:
        file.truncate(1 << 40)
    run(folder, tmp_path / "out", max_size=10_000)
    assert list(tree(tmp_path / "out")) == ["b.md"]


NAMES = {
    "line end": b"a\nb.html",
    "invalid UTF-8": b"a\xff\xfe.html",
    "control": b"a\x1b[31m.html",
    "reserved on Windows": b"con.html",
    "reserved on Windows, with more": b"aux.x.html",
    "characters that Windows has not": b'a<b>c:d"e|f?g*.html',
    "blank at the end": b"a .html",
    "dot at the end": b"a..html",
    "as long as names may be": b"a" * 250 + b".html",
    "long in UTF-8": "字".encode() * 83 + b".html",
    "an option": b"--help.html",
    "bidi": "a\u202elmth.html".encode(),
    "a dash": b"-.html",
}


@pytest.mark.parametrize("name", NAMES)
def test_names(tmp_path: Path, name: str) -> None:
    folder = make(tmp_path / "in", other_html="other")
    try:
        (folder / os.fsdecode(NAMES[name])).write_bytes(html_post("words"))
    except OSError:
        pytest.skip("this file system has no such name")
    rows = run(folder, tmp_path / "out")
    made = tree(tmp_path / "out")
    assert made["other.md"].endswith(b"other\n")
    assert len(rows) == 2
    assert sum(content.endswith(b"words\n") for content in made.values()) == 1
    for path in made:
        path.encode("utf-8")
        assert len(path.encode("utf-8")) <= 255
        assert not any(ord(character) < 32 for character in path)


def test_names_that_differ_in_case_only_are_two_files_where_the_file_system_tells_them_apart(tmp_path: Path) -> None:
    folder = make(tmp_path / "in")
    folder.mkdir(exist_ok=True)
    for name, text in (("A.html", "one"), ("a.html", "two"), ("\u00e9.html", "three"), ("e\u0301.html", "four")):
        (folder / name).write_bytes(html_post(text))
    if len(list(folder.iterdir())) < 4:
        pytest.skip("this file system takes some of these names for the same")
    run(folder, tmp_path / "out")
    assert sorted(tree(tmp_path / "out")) == sorted(("A.md", "a.md", "\u00e9.md", "e\u0301.md"))

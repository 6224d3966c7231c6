"""The table of an archive."""

from __future__ import annotations

import csv
import json
import sqlite3
from pathlib import Path

import pytest

from converter import translation
from converter.model import OptionError
from converter.standalone import catalogue_files
from converter.standalone.catalogue import entries, entry
from tests.kit.batch import csdn2md

POST = """---
title: "中文 and [English]"
date: 2020-03-04 05:06:07 +0800
author: me
artid: 1234567
categories: ['数据库']
tags: [a, b]
original_url: https://blog.csdn.net/me/article/details/1234567
---

汉字四个 two words ![图](a/b.png) [x](http://not.counted.example)

````python
```
print("数")
````
"""


def test_entry() -> None:
    found = entry("a/b.md", POST)
    assert found._replace(text="") == found._replace(
        path="a/b.md", id="1234567", title="中文 and [English]", date="2020-03-04 05:06:07 +0800", author="me",
        tags=("a", "b"), categories=("数据库",), words=8, images=1, scripts={"han": 0.625, "latin": 0.375},
        code={"python": 1.0}, original_url="https://blog.csdn.net/me/article/details/1234567",
        kind="", license="", column="", incomplete=(), health=100, duplicate="",
        earliest="", fullest="", text="",
    )  # fmt: skip


def test_entry_without_front_matter() -> None:
    found = entry("x.md", "# A title\n\nBody\n")
    assert (found.title, found.date, found.id, found.tags) == ("A title", "", "", ())


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    (folder / "a").mkdir(parents=True)
    (folder / "a" / "b c.md").write_text(POST, encoding="utf-8")
    (folder / "plain.md").write_text("only words", encoding="utf-8")
    (folder / "INDEX.md").write_text("not a post")
    (folder / ".hidden").mkdir()
    (folder / ".hidden" / "x.md").write_text("not a post")
    return folder


def written(archive: Path, name: str) -> Path:
    path = archive / name
    catalogue = catalogue_files.create_database("", entries(archive, lambda path, why: pytest.fail(why)))
    catalogue_files.write(catalogue, path, archive)
    catalogue.close()
    return path


def test_the_page_is_in_the_language_of_the_user(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(translation, "_active", translation.catalogue())
    (archive / "again.md").write_text("only words", encoding="utf-8")
    page = written(archive, "INDEX.md").read_text("utf-8")
    assert page.startswith("# 目录\n\n3 篇文章。\n")
    assert "## 没有日期\n\n### 未分类\n" in page


def test_json_lines(archive: Path) -> None:
    rows = [json.loads(line) for line in written(archive, "index.jsonl").read_text().splitlines()]
    assert [row["path"] for row in rows] == ["a/b c.md", "plain.md"]
    assert rows[0]["tags"] == ["a", "b"] and rows[0]["scripts"]["han"] == 0.625 and "text" not in rows[0]


def test_csv(archive: Path) -> None:
    with written(archive, "index.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["categories"] == "数据库" and rows[0]["words"] == "8"


@pytest.mark.parametrize(
    ("query", "found"),
    [('"汉 字 四"', ["a/b c.md"]), ('"汉 字"', ["a/b c.md"]), ('"only words"', ["plain.md"]), ("没有", [])],
)
def test_full_text_search(archive: Path, query: str, found: list[str]) -> None:
    database = sqlite3.connect(written(archive, "index.sqlite"))
    rows = database.execute(
        "SELECT path FROM search JOIN posts ON number = search.rowid WHERE search MATCH ? ORDER BY rank", (query,)
    )
    assert [path for (path,) in rows] == found


def test_page(archive: Path) -> None:
    assert written(archive, "INDEX.md").read_text() == (
        "# Index\n\n2 posts.\n\n## 2020\n\n### 数据库\n\n- 2020-03-04 [中文 and [English]](a/b%20c.md)\n"
        "\n## Undated\n\n### Without a category\n\n- [plain.md](plain.md)\n"
    )


@pytest.mark.parametrize(
    ("mark", "words"), [("_config.yml", "published: false"), ("hugo.toml", "render: never"), (".obsidian/x", "")]
)
def test_a_page_in_a_project_is_not_published(archive: Path, mark: str, words: str) -> None:
    project = archive.parent
    (project / mark).parent.mkdir(exist_ok=True)
    (project / mark).touch()
    (project / "_posts").mkdir()
    page = written(archive, "INDEX.md").read_text()
    assert page.startswith("---\n" if words else "# Index")
    assert words in page.partition("# Index")[0]


def test_the_title_is_the_page_s_own() -> None:
    assert entry("x.md", "---\ntitle: 一 二\noriginal_title: 一：二\n---\n\n文\n").title == "一：二"


def test_page_elsewhere(archive: Path) -> None:
    assert "(out/a/b%20c.md)" in written(archive, "../catalogue.md").read_text()


def test_unknown_form(archive: Path) -> None:
    with pytest.raises(OptionError):
        written(archive, "index.txt")


def test_a_file_that_is_no_text_is_named_and_left_out(archive: Path) -> None:
    (archive / "empty.md").write_bytes(b"")
    (archive / "picture.md").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    done = csdn2md("index", ".", "-o", "index.jsonl", cwd=archive)
    assert done.returncode == 1
    assert done.stderr == "error: empty.md: the file is empty\nerror: picture.md: a PNG picture, not a post\n"
    assert "wrote index.jsonl" in done.stdout
    paths = [json.loads(line)["path"] for line in (archive / "index.jsonl").read_text("utf-8").splitlines()]
    assert paths
    assert not {"empty.md", "picture.md"} & set(paths)


def test_posts_that_are_not_whole_are_named(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    locked = '<div id="content_views"><p>文</p></div><div class="vip">最低0.47元/天 解锁文章</div>'
    (tmp_path / "in" / "a.html").write_text(locked, "utf-8")
    (tmp_path / "in" / "b.html").write_text("<html><title>521 | Web server is down</title><p>x</p></html>", "utf-8")
    (tmp_path / "in" / "c.html").write_text('<div id="content_views"><p>文</p></div>', "utf-8")
    csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    done = csdn2md("index", "out", "-o", "i.jsonl", "-o", "i.csv", "-o", "i.md", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in (tmp_path / "i.jsonl").read_text("utf-8").splitlines()]
    assert [row["incomplete"] for row in rows] == [["article/locked"], ["page/error"], []]
    with (tmp_path / "i.csv").open(newline="", encoding="utf-8") as file:
        assert [row["incomplete"] for row in csv.DictReader(file)] == ["article/locked", "page/error", ""]
    page = (tmp_path / "i.md").read_text("utf-8")
    assert "3 posts, 2 of them not whole.\n" in page
    assert "- [a.md](out/a.md) (not whole: locked)\n" in page
    assert "](out/b.md) (not whole: an error page)\n" in page
    assert "- [c.md](out/c.md)\n" in page


def test_posts_that_are_alike_are_named(tmp_path: Path) -> None:
    text = "".join(f"第 {number} 句话说的是 {number * 7} 件事。" for number in range(100))
    (tmp_path / "a.md").write_text(f"---\ntitle: 后\ndate: 2020-01-02\n---\n\n{text}\n", "utf-8")
    (tmp_path / "b.md").write_text(f"---\ntitle: 先\ndate: 2019-01-02\n---\n\n**{text}**\n", "utf-8")
    (tmp_path / "c.md").write_text(f"---\ntitle: 长\n---\n\n{text}还有一句。\n", "utf-8")
    (tmp_path / "d.md").write_text("另一篇\n", "utf-8")
    done = csdn2md("index", ".", "-o", "i.jsonl", "-o", "i.md", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    rows = [json.loads(line) for line in (tmp_path / "i.jsonl").read_text("utf-8").splitlines()]
    assert [(row["duplicate"], row["earliest"], row["fullest"]) for row in rows] == [
        ("exact", "b.md", "c.md"), ("exact", "b.md", "c.md"), ("near", "b.md", "c.md"), ("", "", ""),
    ]  # fmt: skip
    page = (tmp_path / "i.md").read_text("utf-8")
    assert "- 2020-01-02 [后](a.md) (the same as [b.md](b.md))\n" in page
    assert "- 2019-01-02 [先](b.md)\n" in page
    assert "- [长](c.md) (almost the same as [b.md](b.md))\n" in page


def test_a_manifest_that_cannot_be_read_is_an_error(archive: Path) -> None:
    (archive / ".csdn2md.sqlite").write_bytes(b"SQLite format 3\0" + bytes(200))
    done = csdn2md("index", ".", cwd=archive)
    assert (done.returncode, "error: .csdn2md.sqlite: " in done.stderr) == (1, True)

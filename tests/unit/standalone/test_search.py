"""Full-text search: text, tokens, queries, and an index that follows the files."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

import pytest

from converter.model import Csdn2mdError
from converter.standalone.search_index import NAME, Hit, opened, search, update
from converter.standalone.search_text import GAP, readable, terms, tokens

POSTS = {
    "title.md": "---\ntitle: 微软的线程\n---\n\n正文\n",
    "often.md": "---\ntitle: 别的\ntags: [数据库]\n---\n\n" + "微软和微软\n\n" * 3,
    "own.md": "---\ntitle: 一 二\noriginal_title: 一：二\n---\n\n多**线**程，Java 多线程\n",
    "code.md": "# Code\n\n```cpp\nstd::vector<int> a_b;\n```\n\nNullPointerException `a+b` C\\+\\+\n",
    "other.md": "C D std vector, a b; [text](https://address.example/secret)\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in POSTS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    return tmp_path


def found(folder: Path, query: str, limit: int = 20) -> list[Hit]:
    index = opened(folder)
    update(index, folder, lambda path, why: pytest.fail(f"{path}: {why}"))
    hits = search(index, folder, query, limit)
    index.close()
    return hits


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("微软", ["title.md", "often.md"]), ("软", ["title.md", "often.md"]), ("数据库", ["often.md"]),
        ("线程", ["title.md", "own.md"]), ("java多线程", ["own.md"]), ("线程 JAVA", ["own.md"]), ("一：二", ["own.md"]),
        ("nullpointerexception", ["code.md"]), ("NullPointer", ["code.md"]), ("ＮｕｌｌPointerException", ["code.md"]),
        ("a+b", ["code.md"]), ("C++", ["code.md"]), ("std::vector", ["code.md"]), ("a_b", ["code.md"]),
        ("<", ["code.md"]), ("b;", ["code.md", "other.md"]), ('"a +b"', []), ("a +b", ["code.md"]), ("“", []), ("->", []),
        ('"std vector"', ["other.md"]), ("<int>", ["code.md"]), (">", ["code.md"]), ("secret", []),
        ("没有", []), ("", []), ('"', []), ('" "', []), ("*", []), ("NEAR(a b)", []), ("title:微软", []), ("\0", []),
        ("\ud800", []),
    ],
)  # fmt: skip
def test_queries(folder: Path, query: str, names: list[str]) -> None:
    assert sorted(hit.path for hit in found(folder, query)) == sorted(names)


def test_the_best_is_first_with_its_line(folder: Path) -> None:
    first, second = found(folder, "微软")
    assert (first.path, first.title, first.line) == ("title.md", "微软的线程", 0)
    assert (second.path, second.line, second.snippet) == ("often.md", 6, "微软和微软")
    assert first.score > second.score
    assert found(folder, "微软", limit=1) == [first]
    assert found(folder, "一：二")[0].title == "一：二"
    assert [hit.line for hit in found(folder, "std::vector")] == [4]


def test_a_long_line_is_cut(folder: Path) -> None:
    (folder / "long.md").write_text("字" * 500 + "目标" + "字" * 500, encoding="utf-8")
    snippet = found(folder, "目标")[0].snippet
    assert snippet.startswith("…字") and snippet.endswith("字…") and "目标" in snippet and len(snippet) < 200


def test_the_index_follows_the_files(folder: Path) -> None:
    assert len(found(folder, "微软")) == 2
    (folder / "title.md").unlink()
    (folder / "often.md").write_text("线程\n", encoding="utf-8")
    (folder / "new.md").write_text("微软\n", encoding="utf-8")
    assert [hit.path for hit in found(folder, "微软")] == ["new.md"]
    assert {hit.path for hit in found(folder, "线程")} == {"often.md", "own.md"}
    index = opened(folder)
    assert update(index, folder, lambda path, why: None) == 0
    index.execute("INSERT INTO search (search) VALUES ('integrity-check')")
    index.close()


def test_an_index_of_another_version_is_made_anew(folder: Path) -> None:
    found(folder, "微软")
    connection = sqlite3.connect(folder / NAME)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    assert len(found(folder, "微软")) == 2


def test_a_damaged_index_is_named(folder: Path) -> None:
    (folder / NAME).write_bytes(b"no database" * 100)
    with pytest.raises(Csdn2mdError, match="delete it"):
        opened(folder)


def test_a_folder_that_cannot_be_written_is_searched(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)
    assert len(found(folder, "微软")) == 2
    assert not (folder / NAME).exists()


def test_a_post_that_cannot_be_read_is_named(folder: Path) -> None:
    (folder / "empty.md").write_bytes(b"")
    problems: list[str] = []
    index = opened(folder)
    update(index, folder, lambda path, why: problems.append(f"{path}: {why}"))
    assert problems == ["empty.md: the file is empty"]
    assert search(index, folder, "微软", 5)
    index.close()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("数据库", "数 据 库"),
        ("用C++写", "用 c + + 写"),
        ("a_b", "a _ b"),
        ("ＡＢ　ﬁ", "ab fi"),
        ("カナ한글", "カ ナ 한 글"),
        ("a + b", f"a {GAP} + b"),
        ("数据\n库\n \n库", f"数 据 库 {GAP} 库"),
        ("一：“二”…", "一 : “ 二 ” . . ."),
        ("Cafe\u0301 \0", "café"),
    ],
)
def test_tokens(text: str, expected: str) -> None:
    assert tokens(text) == expected


def test_readable_text_keeps_the_lines() -> None:
    source = "---\ntitle: x\n---\n# 题\n**微软**公司 a\\*b ![p](q.png) `x*y`<br>&lt;\n```\n**c**\n```\n"
    assert readable(source) == "\n\n\n题\n微软公司 a*b p x*y<\n\n**c**\n\n"


def test_terms_are_words_and_phrases() -> None:
    assert [term.match for term in terms('"hello world" 线程')] == ['"hello world"', '"线 程"']
    assert [term.match for term in terms('C++ "a""b" Null', begins=True)] == ['"c + +"', '"a" *', '"b" *', '"null" *']


def test_a_phrase_that_goes_on_in_the_next_line_is_shown(folder: Path) -> None:
    (folder / "wrapped.md").write_text("# 题\n\n一个垃圾\n回收器 `a`\n\n回\n\n收\n", encoding="utf-8")
    (hit,) = found(folder, "垃圾回收")
    assert (hit.line, hit.snippet) == (3, "一个垃圾")


def test_an_index_of_posts_that_changed_often_is_made_anew(folder: Path) -> None:
    numbers = "SELECT max(number) FROM posts"
    for text in ("一", "二", "三"):
        for name in POSTS:
            (folder / name).write_text(text * len(name), encoding="utf-8")
        assert len(found(folder, text)) == len(POSTS)
    index = sqlite3.connect(folder / NAME)
    assert index.execute(numbers).fetchone() == (3 * len(POSTS),)
    assert not found(folder, "一")
    assert index.execute(numbers).fetchone() == (len(POSTS),)
    index.close()

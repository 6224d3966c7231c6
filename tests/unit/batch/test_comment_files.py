"""Comments as files of data: their names, what YAML loaders make of any text, and their life beside posts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from converter.batch.comment_files import comment_file, to_yaml
from converter.model import Comment, Document, Meta
from converter.options import Options
from converter.pipeline import convert
from tests.kit.batch import csdn2md

PAGE = """<!DOCTYPE html><html><head><link rel="canonical" href="https://blog.csdn.net/u/article/details/{number}"></head>
<body><div id="content_views"><p>{text}</p></div><div class="comment-box"><ul><li class="comment-line-box"
data-commentid="1"><span class="name">甲</span><span class="new-comment">{comment}</span></li></ul></div></body></html>"""
HOSTILE = (
    "null",
    "!!python/object/apply:os.system [x]",
    "a: b # c",
    "- x",
    "---\n...\n%YAML 1.1",
    "&a *a <<: *b",
    "quote \" and \\ and '",
    "line\u2028para\u2029next\x85nel\x07bell\ufeffbom",
    "{{ site.secret }} {% include x %}",
    "2020-01-01",
    "😀 中文",
    " lead and trail ",
    "<script>alert(1)</script>",
)


def page(number: int, comment: str = "好", text: str = "每天一个文件。") -> str:
    return PAGE.format(number=number, text=text, comment=comment)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_loader_reads_any_text_as_text(text: str) -> None:
    comments = (Comment(text, text, text, text, (Comment(text, text=text),)),)
    (row,) = yaml.safe_load(to_yaml(comments))
    assert row == {
        "author": text,
        "date": text,
        "answers": text,
        "text": text,
        "replies": [{"author": text, "text": text}],
    }
    assert to_yaml(comments).count(b"\n- ") == 0


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=60))
def test_any_text_is_read_back(text: str) -> None:
    (row,) = yaml.safe_load(to_yaml((Comment(text=text),)))
    assert row.get("text", "") == text


def test_yaml() -> None:
    comments = (
        Comment("甲", "2020-05-01 08:30:00", text="好\n\n- a\n", replies=(Comment("乙", answers="甲", text="谢"),)),
    )
    assert to_yaml(comments).decode() == (
        '- "author": "甲"\n'
        '  "date": "2020-05-01 08:30:00"\n'
        '  "text": "好\\n\\n- a\\n"\n'
        '  "replies":\n'
        '  - "author": "乙"\n'
        '    "answers": "甲"\n'
        '    "text": "谢"\n'
    )


@pytest.mark.parametrize(
    ("identity", "output", "name"),
    [
        ("143000001", "a/b.md", "143000001"),
        ("cnblogs-12", "b.md", "cnblogs-12"),
        ("", "a/我的 文章.md", "我的 文章"),
        ("../../x", "a/b.md", "b"),
        ("a/b", "c:\\d\\e.md", "e"),
        ("con\n", "b.md", "b"),
    ],
)
def test_the_name_is_the_number_or_the_post_s(identity: str, output: str, name: str) -> None:
    document = Document("", metadata=Meta(article_id=identity), comments=(Comment(text="x"),))
    assert comment_file(document, output)[0] == f"/_data/comments/{name}.yml"


def run(folder: Path, *more: str) -> str:
    done = csdn2md("convert", folder / "in", "-o", folder / "out", "--comments", "data", *more)
    assert done.returncode == 0, done.stderr
    return done.stdout


def read(folder: Path) -> dict[str, str]:
    files = sorted((folder / "out/_data").rglob("*.yml"))
    return {path.name: yaml.safe_load(path.read_bytes())[0]["text"].strip() for path in files}


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    source = tmp_path / "in/sub"
    source.mkdir(parents=True)
    (source / "a.html").write_text(page(143000001), "utf-8")
    (source / "b.html").write_text(page(143000002, "也好", "又是一篇。"), "utf-8")
    return tmp_path


def test_a_run_writes_them_and_knows_them(pages: Path) -> None:
    out = pages / "out"
    assert run(pages, "--verify").startswith("2 converted, 2 with comments, 2 verified")
    assert read(pages) == {"143000001.yml": "好", "143000002.yml": "也好"}
    assert "好" not in (out / "sub/a.md").read_text("utf-8")
    assert run(pages).startswith("2 unchanged")
    (out / "_data/comments/143000001.yml").unlink()
    assert run(pages).startswith("1 with comments, 2 unchanged")
    (pages / "in/sub/b.html").unlink()
    assert run(pages, "--prune").startswith("1 unchanged, 2 removed")
    assert read(pages) == {"143000001.yml": "好"}
    done = csdn2md("convert", pages / "in", "-o", out, "--comments", "drop", "--prune")
    assert "1 removed" in done.stdout
    assert not (out / "_data").exists()


def test_two_pages_of_one_article_keep_both(pages: Path) -> None:
    (pages / "in/sub/b.html").write_text(page(143000001, "后来的", "同一篇。"), "utf-8")
    run(pages)
    found = read(pages)
    assert sorted(found.values()) == ["后来的", "好"]
    assert found["143000001.yml"] == "好"
    assert run(pages).startswith("2 unchanged")
    (pages / "in/sub/b.html").write_text(page(143000001, "更晚的", "同一篇。"), "utf-8")
    run(pages)
    assert sorted(read(pages).values()) == ["好", "更晚的"]
    assert run(pages, "--prune").startswith("2 unchanged")


def test_an_edited_file_stays(pages: Path) -> None:
    run(pages)
    path = pages / "out/_data/comments/143000001.yml"
    path.write_text("- text: mine\n", "utf-8")
    (pages / "in/sub/a.html").write_text(page(143000001, "改过"), "utf-8")
    run(pages)
    assert path.read_text("utf-8") == "- text: mine\n"


def test_beside_one_file_and_with_links(pages: Path) -> None:
    done = csdn2md("convert", pages / "in/sub/a.html", "-o", pages / "one.md", "--comments", "data")
    assert done.returncode == 0, done.stderr
    assert (pages / "_data/comments/143000001.yml").is_file()
    run(pages, "--link-local", "relative")
    assert len(read(pages)) == 2


def test_a_dry_run_names_them_and_writes_nothing(pages: Path) -> None:
    told = run(pages, "--dry-run")
    assert "write comments" in told and "_data/comments/143000001.yml" in told
    assert not (pages / "out").exists()


def test_where_they_have_no_place(pages: Path) -> None:
    file = pages / "in/sub/a.html"
    done = csdn2md("convert", file, "-o", "-", "--comments", "data")
    assert (done.returncode, "--comments data writes files" in done.stderr) == (2, True)
    done = csdn2md("convert", file, "-o", pages / "c.jsonl", "--comments", "data")
    assert (done.returncode, "has no place in a corpus" in done.stderr) == (2, True)
    assert not (pages / "c.jsonl").exists()


def test_jekyll_s_tags_are_not_written_into_data() -> None:
    """No template engine reads a file of data: escapes would be seen."""
    document = convert(page(1, "{{ x }}"), options=Options(flavor="jekyll", comments="data"))
    assert json.loads(document.to_json())["comments"][0]["text"] == "{{ x }}\n"

"""The hooks by themselves: what is a post, what is printed, what is left alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from converter.hook import main
from converter.hook.candidates import MARKERS, may_be_post
from converter.options.settings import SETTINGS
from converter.sites.tables import WRAPPERS
from tests.kit.batch import MARKDOWN, environment, html_post

FRONT = b"---\ntitle: A\n---\n"

ORDINARY = {
    "empty": b"",
    "Markdown": MARKDOWN,
    "Markdown that ends in a tag": FRONT + b"\nText\n\n<br>\n",
    "a read-me that is all HTML": b"<p align='center'>\n<img src='logo.png'>\n</p>\n",
    "a page of Liquid": FRONT + b"\n<div>{% for post in site.posts %}{{ post.title }}{% endfor %}</div>\n",
    "HTML in fenced code": FRONT + b"\n```html\n<!doctype html>\n<html></html>\n```\n",
    "front matter that never ends": b"---\ntitle: A\n\n<p>a</p>\n",
}
POSTS = {
    "a post of the dump": html_post("text"),
    "HTML under front matter": FRONT + b"\n<p>text</p>\n",
    "HTML under TOML": b"+++\ntitle = 'A'\n+++\n<p>text</p>\n",
    "front matter behind a byte order mark": b"\xef\xbb\xbf" + FRONT + b"<p>text</p>\n",
    "a page": b"<!DOCTYPE html>\n<html><body><p>text</p></body></html>\n",
    "UTF-16": html_post("text").decode().encode("utf-16"),
}


def test_markers_are_the_wrappers() -> None:
    assert tuple(marker.decode() for marker in MARKERS) == WRAPPERS


@pytest.mark.parametrize("name", ORDINARY)
def test_ordinary_files_are_no_candidates(name: str) -> None:
    assert not may_be_post(ORDINARY[name])


@pytest.mark.parametrize("name", POSTS)
def test_posts_are_candidates(name: str) -> None:
    assert may_be_post(POSTS[name])


def test_html_needs_the_elements_that_csdn_makes() -> None:
    assert not may_be_post(b"---\nlayout: default\n---\n<div class='post-content'>{{ content }}</div>", is_html=True)
    assert may_be_post(html_post("text"), is_html=True)


def files(folder: Path, **contents: bytes) -> Path:
    for name, content in contents.items():
        (folder / name.replace("_", ".")).write_bytes(content)
    return folder


def test_fixes_in_place_and_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(files(tmp_path, a_md=html_post("one"), b_markdown=html_post("two"), c_md=MARKDOWN))
    assert main(["a.md", "b.markdown", "c.md"]) == 1
    assert capsys.readouterr().out == "Fixing a.md\nFixing b.markdown\n"
    assert Path("a.md").read_bytes() == b"---\ntitle: A post\n---\n\none\n"
    assert Path("c.md").read_bytes() == MARKDOWN
    assert main(["a.md", "b.markdown", "c.md"]) == 0
    assert capsys.readouterr().out == ""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "b.markdown", "c.md"]


def test_a_page_with_text_beside_its_article_is_not_rewritten(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    page = "<html><body><p>别的话</p><div id='content_views'><p>文</p></div></body></html>".encode()
    post = html_post("three") + "<div class='person-messagebox'>下周停更，请见谅。</div>".encode()
    monkeypatch.chdir(files(tmp_path, a_md=page, b_md=html_post("two"), c_md=post))
    assert main(["a.md", "b.md", "c.md"]) == 1
    out, err = capsys.readouterr()
    assert out == "Fixing b.md\n"
    for name, words in (("a", "别的话"), ("c", "下周停更，请见谅。")):
        assert f"{name}.md: there is text beside the article that would be lost" in err
        assert words in err
    assert Path("c.md").read_bytes() == post
    assert Path("a.md").read_bytes() == page
    assert main(["--check", "a.md"]) == 1
    assert main(["a.md", "b.md"]) == 1  # it is named until somebody looks at it


def test_check_changes_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(files(tmp_path, a_md=html_post("one"), c_md=MARKDOWN))
    assert main(["--check", "a.md", "c.md"]) == 1
    assert capsys.readouterr().out == "Would fix a.md\n"
    assert Path("a.md").read_bytes() == html_post("one")
    assert main(["--check", "c.md"]) == 0


def test_html_becomes_md_beside_it_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(files(tmp_path, a_html=html_post("one"), layout_html=b"<html>{{ content }}</html>"))
    assert main(["a.html", "layout.html"]) == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.html", "a.md", "layout.html"]
    Path("a.md").write_text("edited by hand\n")
    assert main(["a.html", "layout.html"]) == 0
    assert Path("a.md").read_text() == "edited by hand\n"


def test_delete_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(files(tmp_path, a_html=html_post("one")))
    assert main(["--delete-source", "a.html"]) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_configuration_counts_and_arguments_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listing = b"---\ntitle: A\n---\n<div id='content_views'><ul><li>x</li></ul></div>"
    monkeypatch.chdir(files(tmp_path, a_md=listing, b_md=listing))
    Path(".csdn2md.toml").write_text('bullets = "+"\n')
    assert main(["a.md"]) == 1
    assert Path("a.md").read_text().endswith("\n+ x\n")
    assert main(["--bullets=*", "b.md"]) == 1
    assert Path("b.md").read_text().endswith("\n* x\n")


def test_errors(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(files(tmp_path, a_md=html_post("one")))
    assert main(["gone.md"]) == 1
    assert capsys.readouterr().err == "error: gone.md: No such file or directory\n"
    Path(".csdn2md.toml").write_text("flavour = 1\n")
    assert main(["a.md"]) == 2
    error = capsys.readouterr().err
    assert error.startswith(f"error: {tmp_path / '.csdn2md.toml'}: flavour: unknown key: did you mean 'flavor'?")
    assert main(["c.md"]) == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--no-such-option"], "error: No such option"),
        (["--check", "--verify"], "error: --check and --verify exclude each other"),
        (["--bullets=x", "a.md"], "error: Invalid value for '--bullets': 'x' is not one or more of"),
    ],
)
def test_usage_errors(arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


def test_help_names_every_setting(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--help"])
    assert stopped.value.code == 0
    out = capsys.readouterr().out
    assert [key for key in SETTINGS if f"--{key}" not in out] == []


def test_clean_files_import_next_to_nothing(tmp_path: Path) -> None:
    """The promise is speed; what costs it is imports, and these can be counted."""
    names = [f"{number}.md" for number in range(100)]
    for name in names:
        (tmp_path / name).write_bytes(MARKDOWN)
    code = "import sys; old = set(sys.modules); from converter.hook import main; code = main(sys.argv[1:])\n"
    code += "print(code, *sorted(set(sys.modules) - old))"
    done = subprocess.run(
        [sys.executable, "-c", code, *names],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        env=environment(),
        check=True,
    )
    assert done.stdout.split() == [
        "0",
        "__future__",
        "converter",
        "converter.hook",
        "converter.hook.candidates",
        "converter.hook.run",
        "converter.source",
        "converter.source.suffixes",
        "converter.version",
    ]


# -- the proof against git's HEAD


def git(*arguments: str) -> None:
    identity = ("-c", "user.name=A", "-c", "user.email=a@example.com")
    subprocess.run(["git", *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose HEAD has posts as HTML, converted since."""
    monkeypatch.chdir(files(tmp_path, c_md=MARKDOWN))
    for name in ("文章 一.md", "renamed.md", "beside.html"):
        Path(name).write_bytes(html_post(f"the words of {name}"))
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "posts")
    git("mv", "renamed.md", "new name.md")
    assert main(["文章 一.md", "new name.md", "beside.html", "--delete-source"]) == 1
    git("add", "-A")
    return tmp_path


CHANGED = ["文章 一.md", "new name.md", "beside.md", "c.md"]


@pytest.mark.usefixtures("repository")
def test_verify_is_content_with_what_was_converted(capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["--verify", *CHANGED]) == 0
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize("name", ["文章 一.md", "beside.md"])
def test_verify_names_what_was_lost(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path(name).write_text(Path(name).read_text().replace("the words", "words"))
    capsys.readouterr()
    assert main(["--verify", *CHANGED]) == 1
    out = capsys.readouterr().out
    assert out.startswith(f"{name}:5: ") and out.count("\n") == 1


@pytest.mark.usefixtures("repository")
def test_verify_leaves_what_head_has_as_markdown() -> None:
    git("commit", "-qm", "converted")
    for name in CHANGED:
        Path(name).write_text("quite another text\n")
    assert main(["--verify", *CHANGED]) == 0


def test_verify_before_the_first_commit_and_outside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(files(tmp_path, a_md=MARKDOWN))
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert main(["--verify", "a.md"]) == 1
    assert "not in a git repository" in capsys.readouterr().err
    git("init", "-q")
    assert main(["--verify", "a.md"]) == 0

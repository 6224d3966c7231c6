"""`csdn2md init`: each question has a flag, and what is written is a configuration file that `convert` follows."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.options.files import parsed
from tests.kit.batch import csdn2md, make, tree

ANSWERS = "jekyll\ndownload\nrelative\n"


def test_it_asks_and_writes_the_answers(tmp_path: Path) -> None:
    done = csdn2md("init", cwd=tmp_path, stdin=ANSWERS.encode())
    assert (done.returncode, done.stderr) == (0, "")
    questions = [line.partition("?")[0] for line in done.stdout.splitlines() if "?" in line]
    assert questions[0] == "What will render the posts"
    assert "What to do with images" in done.stdout and "What to do with links between posts" in done.stdout
    assert done.stdout.endswith(
        "wrote .csdn2md.toml\nnext: csdn2md convert POSTS -o OUT --dry-run shows what would happen\n"
    )
    values = parsed((tmp_path / ".csdn2md.toml").read_bytes(), "f")
    assert values == {"flavor": "jekyll", "assets": "download", "link-local": "relative"}


@pytest.mark.parametrize(
    ("arguments", "values"),
    [
        (("--flavor", "hugo", "--images", "download", "--links", "hugo"),
         {"flavor": "hugo", "assets": "download", "link-local": "hugo"}),
        (("--yes",), {"flavor": "auto"}),
        (("-y", "--links", "relative"), {"flavor": "auto", "link-local": "relative"}),
    ],
)  # fmt: skip
def test_flags_answer_the_questions(tmp_path: Path, arguments: tuple[str, ...], values: dict[str, str]) -> None:
    done = csdn2md("init", *arguments, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "?" not in done.stdout
    assert parsed((tmp_path / ".csdn2md.toml").read_bytes(), "f") == values


def test_it_says_which_project_it_found(tmp_path: Path) -> None:
    (tmp_path / "hugo.toml").touch()
    assert csdn2md("init", "-y", cwd=tmp_path).stdout.startswith("found hugo.toml: this is a hugo project\n")


def test_a_file_that_is_there_is_replaced_only_with_force(tmp_path: Path) -> None:
    path = tmp_path / ".csdn2md.toml"
    path.write_text("# mine\n")
    done = csdn2md("init", "-y", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == "error: .csdn2md.toml: exists already: edit it, or replace it with --force\n"
    assert path.read_text() == "# mine\n"
    assert csdn2md("init", "-y", "--force", cwd=tmp_path).returncode == 0
    assert "flavor" in path.read_text()


def test_no_answer_writes_nothing(tmp_path: Path) -> None:
    done = csdn2md("init", cwd=tmp_path, stdin=b"jekyll\n")
    assert (done.returncode, "error: no answer: --yes takes the defaults" in done.stderr) == (2, True)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    done = csdn2md("init", "nowhere", "-y", cwd=tmp_path)
    assert done.returncode == 2
    assert "nowhere" in done.stderr and "\nerror: " in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_convert_follows_what_was_written(tmp_path: Path) -> None:
    make(tmp_path, in__a_html="x")
    assert csdn2md("init", "in", "--flavor", "gfm", "-y", cwd=tmp_path).returncode == 0
    done = csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert list(tree(tmp_path / "out")) == ["a.md"]

"""`--flavor auto`: the project around the output is recognised by its own files, and the run says so once."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.options import Options
from converter.options.files import options_for, project_around
from converter.options.flavors import FLAVORS, PROJECTS
from tests.kit.batch import csdn2md, html_post, make, tree

FORMULA = '<p><script type="math/tex">a_1</script></p>'
PROJECT_FILES = {
    "jekyll": ({"_config.yml": "title: x\n", "_posts/x.txt": ""}, "_config.yml"),
    "jekyll, Gemfile": ({"_config.yml": "title: x\n", "Gemfile": ""}, "_config.yml"),
    "hugo": ({"hugo.toml": ""}, "hugo.toml"),
    "hugo, folder of configuration": ({"config/_default/hugo.yaml": ""}, "config/_default/hugo.yaml"),
    "hugo, before 0.110": ({"config.toml": 'baseURL = "https://example.com"\n'}, "config.toml"),
    "hexo": ({"_config.yml": "title: x\n", "package.json": '{"dependencies": {"hexo": "^8"}}'}, "package.json"),
    "hexo, scaffolds": ({"_config.yml": "title: x\n", "scaffolds/post.md": ""}, "_config.yml"),
    "obsidian": ({".obsidian/app.json": "{}"}, ".obsidian"),
}
NO_PROJECTS = {
    "nothing": {"readme.txt": ""},
    "a Jupyter book": {"_config.yml": "title: x\n", "_toc.yml": ""},
    "Zola": {"config.toml": 'base_url = "https://example.com"\n'},
    "another program of Node": {"package.json": '{"dependencies": {"vite": "1"}}'},
}


def write(folder: Path, files: dict[str, str]) -> Path:
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    return folder


@pytest.mark.parametrize("name", PROJECT_FILES)
def test_a_project_is_recognised_from_a_folder_below(tmp_path: Path, name: str) -> None:
    files, shows = PROJECT_FILES[name]
    write(tmp_path, files)
    found = project_around(tmp_path / "content/posts/new")
    assert found is not None
    assert (found.flavor, found.path) == (name.partition(",")[0], tmp_path / shows)


@pytest.mark.parametrize("name", NO_PROJECTS)
def test_what_is_no_project(tmp_path: Path, name: str) -> None:
    assert project_around(write(tmp_path, NO_PROJECTS[name]) / "out") is None


def test_each_row_names_a_flavor() -> None:
    assert {row.flavor for row in PROJECTS} <= set(FLAVORS)


def test_the_nearest_project_counts_and_the_search_ends_at_a_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {".obsidian/app.json": "", "site/hugo.toml": "", "site/content/x": "", "other/.git/HEAD": ""})
    assert getattr(project_around(tmp_path / "site/content"), "flavor", "") == "hugo"
    assert getattr(project_around(tmp_path / "elsewhere"), "flavor", "") == "obsidian"
    assert project_around(tmp_path / "other/out") is None
    monkeypatch.setenv("HOME", str(tmp_path))
    assert project_around(tmp_path / "elsewhere") is None
    assert project_around("s3://bucket/site") is None


def test_a_file_that_cannot_be_read_recognises_nothing(tmp_path: Path) -> None:
    (tmp_path / "package.json").mkdir()
    assert project_around(tmp_path) is None


def test_the_command_line_and_the_file_win(tmp_path: Path) -> None:
    write(tmp_path, {"hugo.toml": ""})
    assert options_for([tmp_path], {}).flavor == "hugo"
    assert options_for([tmp_path], {"flavor": "auto"}).flavor == "hugo"
    assert options_for([tmp_path], {"flavor": "gfm"}).flavor == "gfm"
    write(tmp_path, {".csdn2md.toml": 'flavor = "jekyll"\n'})
    assert options_for([tmp_path], {}).flavor == "jekyll"
    write(tmp_path, {".csdn2md.toml": 'flavor = "auto"\n'})
    assert options_for([tmp_path], {}).flavor == "hugo"
    assert Options().flavor == "gfm"


def test_the_run_says_once_what_it_recognised(tmp_path: Path) -> None:
    write(tmp_path, {"site/_config.yml": "", "site/_layouts/x": "", "elsewhere/x": ""})
    make(tmp_path / "in", a_html=html_post("x", FORMULA), b_html=html_post("y", FORMULA))
    done = csdn2md("convert", "in", "-o", "site/_posts", cwd=tmp_path)
    assert done.returncode == 0
    assert done.stderr == "flavor: jekyll, because of site/_config.yml (--flavor chooses another)\n"
    assert b"$$a_1$$" in tree(tmp_path / "site/_posts")["a.md"]
    done = csdn2md("convert", "in", "-o", "elsewhere", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert b"\n$a_1$\n" in tree(tmp_path / "elsewhere")["a.md"]
    done = csdn2md("convert", "in", "-o", "site/_posts", "-q", cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_one_document_and_the_config_command_recognise_it_too(tmp_path: Path) -> None:
    write(tmp_path, {"hugo.toml": ""})
    make(tmp_path, a_html="x")
    done = csdn2md("convert", "a.html", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "flavor: hugo, because of hugo.toml (--flavor chooses another)\n")
    done = csdn2md("config", cwd=tmp_path)
    line = next(line for line in done.stdout.splitlines() if line.startswith("flavor"))
    assert line.split(" # ")[1] == f"default: here hugo, because of {tmp_path / 'hugo.toml'}"

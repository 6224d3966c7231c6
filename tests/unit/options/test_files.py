"""Configuration files: which one is used, which errors they give, and that the command line wins."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from converter.model import OptionError
from converter.options import Options, files
from converter.options.settings import SETTINGS
from tests.kit.batch import csdn2md, html_post

NO_SETTING = {"code_language_callback", "sites"}
"""Fields that only Python code can set, or that have tables of their own."""


def test_every_option_is_a_setting() -> None:
    assert {row.name for row in SETTINGS.values()} == {field.name for field in fields(Options)} - NO_SETTING


@pytest.mark.parametrize("setting", SETTINGS.values(), ids=lambda row: row.key)
def test_defaults_are_allowed(setting: object) -> None:
    row = next(row for row in SETTINGS.values() if row is setting)
    assert row.checked(row.default) == row.default


def write(path: Path, content: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content, "utf-8")
    return path


def test_the_nearest_file_upward_is_used(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.csdn2md]\nflavor = "hugo"\n')
    post = write(tmp_path / "a/b/post.md", "")
    assert files.find([post]).values == {"flavor": "hugo"}
    write(tmp_path / "a/pyproject.toml", "[tool.other]\n")
    assert files.find([post]).values == {"flavor": "hugo"}
    own = write(tmp_path / "a/.csdn2md.toml", 'flavor = "jekyll"\n')
    found = files.find([post])
    assert (found.path, found.values) == (own, {"flavor": "jekyll"})
    assert files.find([post, tmp_path / "elsewhere.md"]).values == {"flavor": "hugo"}


def test_the_own_file_is_used_before_the_project_file(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.csdn2md]\nflavor = "hugo"\n')
    write(tmp_path / ".csdn2md.toml", "")
    assert files.find([tmp_path]).values == {}


WRONG = {
    "flavour = 1": "flavour: unknown key: did you mean 'flavor'? allowed are flavor, assume, ",
    'flavor = "wiki"': 'flavor: must be one of "gfm", "github", "commonmark", "jekyll", "hugo", "hugo-legacy", "hexo", "obsidian", or "auto", not "wiki"',
    "flavor = 3": 'flavor: must be one of "gfm", "github", "commonmark", "jekyll", "hugo", "hugo-legacy", "hexo", "obsidian", or "auto", not 3',
    "title-heading = 'yes'": 'title-heading: must be true or false, not "yes"',
    "title-heading = 1": "title-heading: must be true or false, not 1",
    "title_heading = true": "title_heading: unknown key: did you mean 'title-heading'? ",
    "bullets = 'x'": 'bullets: must be one or more of "-", "+" and "*", not "x"',
    "code_language_callback = 'x'": "code_language_callback: unknown key: ",
    "[flavor]\nx = 1": "flavor: must be one of ",
    "flavor": "is not valid TOML: ",
}


@pytest.mark.parametrize("content", WRONG)
def test_errors_name_file_key_and_what_is_allowed(content: str) -> None:
    with pytest.raises(OptionError) as caught:
        files.parsed(content.encode(), "some/.csdn2md.toml")
    assert str(caught.value).startswith(f"some/.csdn2md.toml: {WRONG[content]}")


def test_errors_in_a_project_file_name_its_table(tmp_path: Path) -> None:
    path = write(tmp_path / "pyproject.toml", "[tool.csdn2md]\nflavor = true\n")
    with pytest.raises(OptionError, match=r"tool\.csdn2md\.flavor: must be one of") as caught:
        files.find([tmp_path])
    assert str(caught.value).startswith(f"{path}: ")
    write(path, "[tool]\ncsdn2md = 1\n")
    with pytest.raises(OptionError, match=r"tool\.csdn2md: must be a table"):
        files.find([tmp_path])


def test_the_command_line_wins() -> None:
    found = files.ConfigurationFile(Path("f"), {"flavor": "hugo", "toc": "keep"})
    rows = {row.key: (row.value, row.origin) for row in files.settings_in_force(found, {"flavor": "jekyll"})}
    assert rows["flavor"] == ("jekyll", "command line")
    assert rows["toc"] == ("keep", "f")
    assert rows["assume"] == ("auto", "default")
    assert list(rows) == list(SETTINGS)


def test_the_config_command_prints_the_settings_in_force_and_their_origin(tmp_path: Path) -> None:
    path = write(tmp_path / ".csdn2md.toml", 'flavor = "hugo"\ntitle-heading = true\n')
    done = csdn2md("config", "--no-title-heading", cwd=tmp_path)
    lines = [[part.strip() for part in line.split("#", 1)] for line in done.stdout.splitlines()]
    assert ['flavor = "hugo"', str(path)] in lines
    assert ["title-heading = false", "command line"] in lines
    assert ['bullets = "-"', "default"] in lines
    assert len(lines) == len(SETTINGS)


def test_convert_and_explain_use_the_configuration_file(tmp_path: Path) -> None:
    post = tmp_path / "posts/a.md"
    write(post, "").write_bytes(html_post("one", "<ul><li>x</li></ul>"))
    write(tmp_path / ".csdn2md.toml", 'bullets = "+"\n')
    assert csdn2md("convert", post, "-o", tmp_path / "out.md").returncode == 0
    assert (tmp_path / "out.md").read_text("utf-8").endswith("\n\n+ x\n")
    assert csdn2md("convert", "-", cwd=post.parent, stdin=post.read_bytes()).stdout.endswith("\n\n+ x\n")
    write(tmp_path / ".csdn2md.toml", "bullet = 1\n")
    for command in (("convert", post, "--check"), ("explain", post), ("config", post)):
        done = csdn2md(*command)
        assert done.returncode == 2 and f"{tmp_path / '.csdn2md.toml'}: bullet: unknown key" in done.stderr


@pytest.mark.parametrize(
    "command", [("convert", "-"), ("explain", "post.md"), ("config",), ("verify", ".", "--against", ".")]
)
def test_a_wrong_value_on_the_command_line_is_a_usage_error(tmp_path: Path, command: tuple[str, ...]) -> None:
    write(tmp_path / "post.md", "")
    done = csdn2md(*command, "--code-language", "a b", cwd=tmp_path, stdin=b"<p>a</p>")
    assert done.returncode == 2
    assert 'one word without "`", "~", "{" and "}"' in done.stderr

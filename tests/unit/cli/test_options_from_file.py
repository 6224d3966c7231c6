"""Every option of `convert` may stand in the configuration file; the command line wins."""

from __future__ import annotations

from pathlib import Path

import click
import pytest

from converter.cli.convert import convert
from converter.model import OptionError
from converter.options import files
from converter.options.settings import RUN_SETTINGS, SETTINGS
from tests.kit.batch import csdn2md, html_post, make, tree


def test_every_option_of_convert_is_a_key() -> None:
    options = [param for param in convert.params if isinstance(param, click.Option)]
    assert {max(option.opts, key=len)[2:] for option in options} == {*SETTINGS, *RUN_SETTINGS, "rules"}
    assert not set(SETTINGS) & set(RUN_SETTINGS)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("verify = 1", "verify: must be true or false, not 1"),
        ("jobs = true", "jobs: must be a number, not true"),
        ("out = 1.5", "out: must be a text, not 1.5"),
        ('report = "r.html"', 'report: must be a list of texts, not "r.html"'),
        ("asset = 1", "asset: unknown key: did you mean 'assets'? "),
    ],
)
def test_a_value_of_another_type_is_refused(line: str, message: str) -> None:
    with pytest.raises(OptionError) as caught:
        files.parsed(line.encode(), "f")
    assert str(caught.value).startswith(f"f: {message}")


def configured(tmp_path: Path, content: str) -> Path:
    make(tmp_path / "in", a_html="one")
    (tmp_path / "in/.csdn2md.toml").write_text(content)
    return tmp_path


def test_a_run_by_the_file_alone(tmp_path: Path) -> None:
    configured(tmp_path, 'out = "../out"\nverify = true\nreport = ["../r.jsonl"]\nmax-size = "1MB"\n')
    done = csdn2md("convert", "../in", cwd=make(tmp_path / "elsewhere", x_css=b""))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("1 converted, 1 verified in ")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["elsewhere", "in", "out", "r.jsonl"]


def test_the_command_line_wins(tmp_path: Path) -> None:
    configured(tmp_path, "in-place = true\njobs = 1\n")
    before = tree(tmp_path / "in")
    done = csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert tree(tmp_path / "in") == before
    assert list(tree(tmp_path / "out")) == ["a.md"]


def test_a_pipe_needs_no_files(tmp_path: Path) -> None:
    configured(tmp_path, 'out = "../out"\nreport = ["r.html"]\nprune = true\n')
    for arguments, given in ((("-",), html_post("one")), (("a.html", "-o", "-"), b"")):
        done = csdn2md("convert", *arguments, cwd=tmp_path / "in", stdin=given)
        assert (done.returncode, done.stdout, done.stderr) == (0, "---\ntitle: A post\n---\n\none\n", "")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("line", "message"),
    [("jobs = 0", "jobs: 0 is not in the range x>=1"), ('engine = "x"', "engine: 'x' is not one of 'local', 'dask'")],
)
def test_a_value_that_an_option_does_not_take(tmp_path: Path, line: str, message: str) -> None:
    configured(tmp_path, f"{line}\n")
    done = csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert f"error: {tmp_path / 'in/.csdn2md.toml'}: {message}" in done.stderr
    assert not (tmp_path / "out").exists()


def test_config_prints_what_the_file_says(tmp_path: Path) -> None:
    configured(tmp_path, 'jobs = 2\nreport = ["r.html"]\n')
    lines = csdn2md("config", "in", cwd=tmp_path).stdout.splitlines()
    file = tmp_path / "in/.csdn2md.toml"
    assert [line.split() for line in lines[-2:]] == [
        ["jobs", "=", "2", "#", str(file)], ["report", "=", '["r.html"]', "#", str(file)],
    ]  # fmt: skip

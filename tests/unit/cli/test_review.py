"""`csdn2md review`."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from converter.cli.main import cli
from tests.kit.paths import ROOT

FIXTURE = ROOT / "fixtures" / "verify"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with one good source."""
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    shutil.copy(FIXTURE / "article.html", "in/good.html")
    return tmp_path


def run(*arguments: str, given: str | None = None) -> Result:
    return CliRunner().invoke(cli, arguments, input=given)


def converted() -> None:
    assert run("convert", "in", "-o", "out", "-q", "-j1").exit_code == 0


def test_export(folder: Path) -> None:
    converted()
    done = run("review", "out", "--against", "in", "--export", "page", "-j1")
    assert (done.exit_code, done.output) == (0, f"1 posts: open {Path('page/index.html')}\n")
    assert Path("page/post/0.html").exists()

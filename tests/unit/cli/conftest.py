"""Fixtures of the tests of the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.kit.paths import ROOT

ARTICLE = ROOT / "fixtures" / "verify" / "article.html"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A current folder with one good source."""
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    shutil.copy(ARTICLE, "in/good.html")
    return tmp_path

"""`csdn2md review`."""

from __future__ import annotations

from pathlib import Path

from tests.kit.command import run
from tests.kit.paths import ROOT

FIXTURE = ROOT / "fixtures" / "verify"


def converted() -> None:
    assert run("convert", "in", "-o", "out", "-q", "-j1").exit_code == 0


def test_export(folder: Path) -> None:
    converted()
    done = run("review", "out", "--against", "in", "--export", "page", "-j1")
    assert (done.exit_code, done.output) == (0, f"1 posts: open {Path('page/index.html')}\n")
    assert Path("page/post/0.js").exists()

"""Verification must find and name each of fifty faults in a good Markdown file, near its line."""

from __future__ import annotations

import tomllib

import pytest

from converter.verify import RENDERERS, verify
from tests.kit.paths import ROOT

FOLDER = ROOT / "fixtures" / "verify"
SOURCE = (FOLDER / "article.html").read_bytes()
GOOD = (FOLDER / "article.md").read_text(encoding="utf-8")

FAULTS = {
    fault["name"]: fault for fault in tomllib.loads((FOLDER / "faults.toml").read_text(encoding="utf-8"))["fault"]
}
NEAR = 3
"""Most lines between a fault and its report: a missing fact is reported where it would be."""


@pytest.mark.parametrize("renderer", RENDERERS)
def test_the_good_file_is_perfect(renderer: str) -> None:
    verdict = verify(SOURCE, GOOD, renderer=renderer)
    assert verdict.perfect, [str(difference) for difference in verdict.differences]
    assert verdict.score == 1.0


def test_there_are_fifty_faults() -> None:
    assert len(FAULTS) >= 50
    assert all(GOOD.count(fault["old"]) == 1 for fault in FAULTS.values())


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_found_and_named(name: str, renderer: str) -> None:
    old, new, words = (FAULTS[name][key] for key in ("old", "new", "says"))
    line = GOOD.count("\n", 0, GOOD.index(old)) + 1
    verdict = verify(SOURCE, GOOD.replace(old, new), renderer=renderer)
    assert verdict.score < 1
    messages = [f"{difference.line}: {difference}" for difference in verdict.differences]
    named = [difference for difference in verdict.differences if words in str(difference)]
    assert named, messages
    assert abs(named[0].line - line) <= NEAR, messages

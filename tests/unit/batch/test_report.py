"""The script of the HTML report knows the columns of its rows."""

from __future__ import annotations

import json
import re

import pytest

from converter.batch.report import record
from converter.batch.values import Outcome, Row
from tests.kit.paths import ROOT

SCRIPT = (ROOT / "converter/batch/report.html").read_text("utf-8")
KEYS = list(record(Row(number=0, source="a.html", output="a.md", outcome=Outcome.CONVERTED)))


def named(name: str, pattern: str) -> str:
    found = re.search(rf"\b{name} = (?:new Set\()?({pattern})", SCRIPT)
    assert found
    return found[1]


def test_columns_are_those_of_the_rows() -> None:
    assert json.loads(named("COLUMNS", r"\[.*?\]")) == [key.replace("_", " ") for key in KEYS]


@pytest.mark.parametrize(
    ("name", "keys"),
    [("NUMBERS", ("seconds", "bytes_in", "bytes_out", "findings")), ("WORDS", ("outcome", "kind"))],
)
def test_columns_of_a_kind(name: str, keys: tuple[str, ...]) -> None:
    assert json.loads(named(name, r"\[.*?\]")) == [KEYS.index(key) for key in keys]


def test_links_stand_behind_the_columns() -> None:
    assert named("LINKS", r"\{.*?\}") == f"{{ 0: {len(KEYS)}, 1: {len(KEYS) + 1} }}"

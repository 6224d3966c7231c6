"""The script of the HTML report knows the columns of its rows."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from converter.batch.report import Reports, record
from converter.batch.result import Result
from converter.batch.values import Outcome, Row
from converter.similarity.sketch import sketch_of
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


def test_reports_name_the_documents_that_are_alike(tmp_path: Path) -> None:
    with Reports((tmp_path / "report.jsonl", tmp_path / "report.html")) as reports:
        for name, text in (("a.md", "就是这样"), ("b.md", "另一篇"), ("c.md", "**就是**这样")):
            row = Row(0, f"{name}.html", name, Outcome.CONVERTED, target=f"out/{name}", sketch=sketch_of(text))
            for listener in reports.listeners:
                listener.row(row)
        reports.finish(Result())
    rows = [json.loads(line) for line in (tmp_path / "report.jsonl").read_text("utf-8").splitlines()]
    assert [(row.get("duplicate"), row.get("earliest")) for row in rows] == [
        ("exact", "out/a.md"), (None, None), ("exact", "out/a.md"),
    ]  # fmt: skip
    page = (tmp_path / "report.html").read_text("utf-8")
    table = page.partition("Duplicates</span>: 1")[2].partition("</table>")[0]
    assert (table.count("out/a.md<"), table.count("out/b.md<"), table.count("out/c.md<")) == (3, 0, 1)

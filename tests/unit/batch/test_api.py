"""The batch as library calls."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter import ConversionError, convert_file, convert_folder
from converter.batch import Outcome
from converter.batch.values import Row
from tests.kit.batch import MARKDOWN, html_post, make, tree


def test_convert_file(tmp_path: Path) -> None:
    make(tmp_path, a_html="hello")
    row = convert_file(tmp_path / "a.html", tmp_path / "b.md")
    assert (row.outcome, row.target) == (Outcome.CONVERTED, str(tmp_path / "b.md"))
    assert (tmp_path / "b.md").read_bytes().endswith(b"\nhello\n")
    assert convert_file(tmp_path / "a.html").target == str(tmp_path / "a.md")
    (tmp_path / "b.md").write_bytes(b"mine")
    with pytest.raises(ConversionError, match="csdn2md did not write it"):
        convert_file(tmp_path / "a.html", tmp_path / "b.md")
    with pytest.raises(ConversionError, match=r"none.html: No such file"):
        convert_file(tmp_path / "none.html", tmp_path / "c.md")


def test_convert_folder(tmp_path: Path) -> None:
    make(tmp_path / "in", a_html="hello", b_md=MARKDOWN, c_html=html_post("x"))
    rows: list[Row] = []
    result = convert_folder(tmp_path / "in", tmp_path / "out", on_row=rows.append)
    assert (result.converted, result.copied, result.failed) == (2, 1, 0)
    assert [row.output for row in rows] == ["a.md", "b.md", "c.md"]
    assert list(tree(tmp_path / "out")) == ["a.md", "b.md", "c.md"]

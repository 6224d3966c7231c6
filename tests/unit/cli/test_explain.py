"""`csdn2md explain`."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from converter.pipeline import convert
from tests.kit.batch import csdn2md, html_post, make
from tests.kit.command import run
from tests.kit.paths import ROOT

FIXTURE = ROOT / "fixtures" / "verify"


def test_explain(tmp_path: Path) -> None:
    make(tmp_path, a_html=html_post("x", "<script>alert(1)</script>"))
    done = csdn2md("explain", "a.html", cwd=tmp_path)
    assert done.returncode == 0
    findings, _, total = done.stdout.partition("\n\n")
    lines = findings.splitlines()
    assert "characters in the file's body" in total
    assert all(line.startswith("a.html:") for line in lines)
    assert any("alert(1)" in line and line.endswith("dropped") for line in lines)


def test_explain_as_a_page(folder: Path) -> None:
    source = '<div id="content_views"><p>a</p>\n<p style="display:none">hidden &lt;words&gt;</p></div>'
    Path("a.html").write_text(source)
    done = run("explain", "a.html", "--html")
    assert done.exit_code == 0
    page = done.output
    for word in ("hidden", "&amp;lt;words&amp;gt;"):
        assert f'title="chrome/hidden">{word}</mark>' in page
    assert "13  chrome/hidden (1, 93%)" in page
    assert "<script" not in page
    assert "default-src" in page


def test_explain_keeps_every_character_of_the_source(folder: Path) -> None:
    from html import unescape
    from re import DOTALL, findall, sub

    done = run("explain", "in/good.html", "--html")
    lines = findall(r'<div id="\d+">(.*?)</div>\n', done.output, DOTALL)
    text = "\n".join(unescape(sub(r"</?mark[^>]*>", "", line)) for line in lines) + "\n"
    assert text == Path("in/good.html").read_text("utf-8")


def test_the_sum_is_printed(folder: Path) -> None:
    document = convert(Path("in/good.html").read_bytes())
    done = run("explain", "in/good.html")
    assert all(finding.rule in done.output for finding in document.findings)
    assert "characters in the file's body" in done.output
    assert "UNEXPLAINED" not in done.output


@pytest.mark.skipif(sys.platform != "linux", reason="no process is forked here")
def test_a_source_that_crashes_the_parser_is_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(folder, a_html="one")
    monkeypatch.setattr("converter.pipeline.convert", lambda *_, **__: os.kill(os.getpid(), signal.SIGKILL))
    done = run("explain", "a.html")
    assert done.exit_code == 1
    assert done.stderr == "error: a.html: its worker process was killed (SIGKILL, out of memory?)\n"

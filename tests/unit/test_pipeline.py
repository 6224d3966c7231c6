"""``convert``: what it accepts, and what it says to the rest."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from lxml import etree, html

from converter import convert
from converter.options import Options
from tests.kit.paths import ROOT

ACCEPTED: dict[str, Any] = {
    "str": "<p>a <b>b</b></p>",
    "bytes": b"<p>a <b>b</b></p>",
    "BeautifulSoup": BeautifulSoup("<p>a <b>b</b></p>", "html.parser"),
    "Tag": BeautifulSoup("<div><p>a <b>b</b></p></div>", "html.parser").div,
    "lxml": html.fromstring("<p>a <b>b</b></p>"),
}


@pytest.mark.parametrize("name", ACCEPTED)
def test_every_accepted_type_gives_the_same(name: str) -> None:
    assert convert(ACCEPTED[name]).text == "a **b**\n"


REFUSED: dict[str, Any] = {
    "NoneType": None,
    "int": 123,
    "dict": {"html": "<p>a</p>"},
    "list": ["<p>a</p>"],
    "bytearray": bytearray(b"<p>a</p>"),
    "_ElementTree": etree.ElementTree(html.fromstring("<p>a</p>")),
}


@pytest.mark.parametrize("name", REFUSED)
def test_another_type_is_refused(name: str) -> None:
    with pytest.raises(TypeError) as caught:
        convert(REFUSED[name])
    accepted = "str, bytes, a BeautifulSoup or Tag, or an lxml element"
    assert str(caught.value) == f"source: must be {accepted}, not {name}; for a path call convert_file"


def test_a_path_is_refused_and_the_message_names_convert_file(tmp_path: Path) -> None:
    path: Any = tmp_path / "a.html"
    with pytest.raises(TypeError, match=r"not \w+Path; for a path call convert_file$"):
        convert(path)


def test_an_error_of_a_callback_passes_with_the_documents_name() -> None:
    def fails(_element: object) -> str:
        raise ZeroDivisionError("mine")

    with pytest.raises(ZeroDivisionError, match="mine") as caught:
        convert("<pre>a</pre>", name="a.html", options=Options(code_language_callback=fails))
    assert caught.value.__notes__ == ["while csdn2md converted a.html"]


def test_converting_text_imports_no_beautifulsoup() -> None:
    code = "import sys; from converter import convert; convert('<pre>a</pre>'); sys.exit('bs4' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0

"""Tests as data: each source under ``fixtures/convert`` beside the Markdown that it must become.

``<construct>--<variant>.html`` (a fragment or a page), ``.mhtml`` or ``.md`` (a post), ``<same>.expected.md``, and
``<same>.options.json`` where other than the default options are what the pair pins.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from converter.model import Document
from converter.options import Options
from converter.pipeline import convert
from converter.vocabulary import problems
from tests.kit.paths import ROOT

FIXTURES = ROOT / "fixtures" / "convert"
EXPECTED, OPTIONS = ".expected.md", ".options.json"
FILES = sorted(FIXTURES.iterdir())
SOURCES = [path for path in FILES if not path.name.endswith((EXPECTED, OPTIONS))]


def stem(path: Path) -> str:
    return path.name.removesuffix(EXPECTED).removesuffix(OPTIONS).removesuffix(path.suffix)


def options_of(source: Path) -> Options:
    path = source.with_name(stem(source) + OPTIONS)
    return Options(**json.loads(path.read_text("utf-8"))) if path.exists() else Options()


def converted(source: Path) -> Document:
    return convert(source.read_bytes(), options=options_of(source), name=source.name)


def test_each_file_is_one_of_a_pair() -> None:
    names = [stem(path) for path in SOURCES]
    assert len(set(names)) == len(names), "two sources for one expectation"
    assert {path.suffix for path in SOURCES} == {".html", ".md", ".mhtml"}
    assert {stem(path) for path in FILES if path.name.endswith(EXPECTED)} == set(names)
    assert {stem(path) for path in FILES if path.name.endswith(OPTIONS)} <= set(names)


def test_names_say_what_they_pin() -> None:
    assert [path.name for path in SOURCES if stem(path).count("--") != 1] == []


@pytest.mark.parametrize("source", SOURCES, ids=stem)
def test_conversion(source: Path) -> None:
    document = converted(source)
    assert str(document).encode() == source.with_name(stem(source) + EXPECTED).read_bytes()
    if document.article is not None:
        assert list(problems(document.article.body)) == []


@pytest.mark.parametrize("source", SOURCES, ids=stem)
def test_converting_the_output_changes_nothing(source: Path) -> None:
    expected = source.with_name(stem(source) + EXPECTED).read_bytes()
    again = convert(expected, options=Options(flavor=options_of(source).flavor), name="post.md")
    assert str(again).encode() == expected

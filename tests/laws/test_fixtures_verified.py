"""Every pair of ``fixtures/convert`` passes verification, but for the exceptions in a table, and so does every page."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest

from converter import convert
from converter.verify import RENDERERS, prove, verify
from tests.kit.paths import ROOT
from tests.laws.test_fixtures import EXPECTED, SOURCES, options_of, stem

EXCEPTIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        # name of the pair: (the one difference, why it is there)
    }
)
"""Pairs that verification does not find perfect, today."""


def differences(source: Path, renderer: str) -> list[str]:
    """Messages of all differences between a source and the Markdown that is expected of it."""
    markdown = source.with_name(stem(source) + EXPECTED).read_text(encoding="utf-8")
    verdict = verify(source.read_bytes(), markdown, options=options_of(source), renderer=renderer)
    return [str(difference) for difference in verdict.differences]


def test_every_exception_names_a_pair() -> None:
    assert EXCEPTIONS.keys() <= set(map(stem, SOURCES))


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize("source", SOURCES, ids=stem)
def test_a_pair_says_what_its_source_says(source: Path, renderer: str) -> None:
    """An exception must differ as its row says: one that became perfect has to leave the table."""
    expected = [EXCEPTIONS[stem(source)][0]] if stem(source) in EXCEPTIONS else []
    assert differences(source, renderer) == expected


@pytest.mark.parametrize("page", sorted((ROOT / "fixtures" / "pages").glob("*.html")), ids=lambda page: page.stem)
def test_a_page_with_hardly_any_article_is_no_false_alarm(page: Path) -> None:
    source = page.read_bytes()
    assert [str(difference) for difference in prove(source, convert(source, name=page.name)).differences] == []

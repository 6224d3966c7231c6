from __future__ import annotations

import pytest

from converter import scraper
from converter.rules.roots import Root
from converter.sites.tables import ROOTS
from tests.kit.paths import ROOT

PAGES = ROOT / "fixtures" / "pages"


@pytest.mark.parametrize("row", ROOTS, ids=lambda row: row.id)
def test_every_root_is_the_article_of_its_fixture(row: Root) -> None:
    article = scraper.scrape((PAGES / f"{row.fixture}.html").read_text("utf-8")).article
    assert row.value in (article.get(row.attribute, "").split() if row.attribute else [article.tag])


def test_ids_are_unique() -> None:
    assert len({row.id for row in ROOTS}) == len(ROOTS)

from __future__ import annotations

import pytest
from lxml import etree

from converter.rules.metadata import MetaRow
from converter.scraper.metadata import PageReader, clean_title, count_of
from converter.sites.record import Site
from converter.sites.tables import METADATA
from tests.kit.paths import ROOT

PAGES = ROOT / "fixtures" / "pages"


@pytest.mark.parametrize("row", METADATA, ids=lambda row: row.id)
def test_every_row_of_metadata_finds_something_in_its_fixture(row: MetaRow) -> None:
    body = (PAGES / f"{row.fixture}.html").read_text("utf-8")
    assert PageReader(etree.HTML(body, etree.HTMLParser()), body).usable(row)


def test_ids_are_unique() -> None:
    assert len({row.id for row in METADATA}) == len(METADATA)


@pytest.mark.parametrize(
    ("title", "clean"),
    [
        ("仓库分类_github repositories-CSDN博客", "仓库分类"),
        ("什么是BFC？_javascript_Leon的博客-CSDN博客", "什么是BFC？"),
        ("入门指导 - CSDN博客", "入门指导"),
        ("a_b - CSDN文库", "a_b"),
        ("第十三周作业 - 徐涛% - 博客园", "第十三周作业 - 徐涛%"),
        ("爬虫-CSDN博客", "爬虫"),
        ("故障迁移_吴十九的技术博客_51CTO博客", "故障迁移"),
        ("分布式锁_51CTO博客_redis setnx 分布式锁", "分布式锁"),
        ("动静分离 - 掘金", "动静分离"),
        ("snake_case", "snake_case"),
        ("_x-CSDN博客", "_x"),
        ("", ""),
    ],
)
def test_titles(title: str, clean: str) -> None:
    assert clean_title(title) == clean


def test_a_selector_with_a_space_means_an_element_anywhere_in_another() -> None:
    body = (
        '<html><body><p class="name">1</p><div class="info"><p><b class="name">2</b></p></div>'
        '<div class="infos"><b class="name">3</b></div></body></html>'
    )
    row = MetaRow("author/x", "author", "text", ".info p .name", "test", "")
    reader = PageReader(etree.HTML(body, etree.HTMLParser()), body, (Site(name="x", metadata=(row,)),))
    assert reader.usable(row) == "2"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("阅读数：23318", "23318"),
        ("2.5k", "2500"),
        ("10w+ 阅读", "100000"),
        ("3万", "30000"),
        ("1,133", "1133"),
        ("0", "0"),
        ("参与评论", ""),
    ],
)
def test_counts(text: str, expected: str) -> None:
    assert count_of(text) == expected

from __future__ import annotations

import json
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter import scraper
from converter.model import ConversionError, Meta
from converter.source.kind import classify
from tests.kit.bodies import bodies
from tests.kit.paths import ROOT

PAGES = ROOT / "fixtures" / "pages"
NAMES = sorted(path.stem for path in PAGES.glob("*.html"))
URL = "https://blog.csdn.net/someone/article/details/12345"
HEX = URL.encode().hex()
PIECES = f"{HEX[:20]}:{HEX[20:44]}:{HEX[44:]}"
POST = (
    '<div class="blog-content-box"><h1 class="title-article" id="articleContentId">\n 题\n</h1>%s'
    '<div id="content_views"><p>文</p></div>%s</div>'
)


def words(page: scraper.Page) -> str:
    return "".join("".join(map(str, page.article.itertext())).split())


def tuples(expected: dict[str, object]) -> dict[str, object]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in expected.items()}


def test_every_page_has_its_expectation() -> None:
    assert sorted(path.stem for path in PAGES.glob("*.json")) == NAMES
    assert {path.suffix for path in PAGES.iterdir()} == {".html", ".json"}


@pytest.mark.parametrize("name", NAMES)
def test_page(name: str) -> None:
    expected = json.loads((PAGES / f"{name}.json").read_text("utf-8"))
    body = (PAGES / f"{name}.html").read_text("utf-8")
    root, text = expected.pop("root"), expected.pop("text")
    assert classify(body, False, suffix=".md").kind.name == "page"
    page = scraper.scrape(body)
    assert {key: value for key, value in asdict(page.meta).items() if value not in ("", (), None)} == tuples(expected)
    article = page.article
    named = [article.get(attribute) for attribute in ("id", "class", "itemprop") if article.get(attribute)]
    assert (named or [str(article.tag)])[0] == root
    assert words(page) == text


@given(bodies | st.text(st.characters()))
def test_scrape_is_total(body: str) -> None:
    try:
        page = scraper.scrape(body)
    except ConversionError:
        return
    assert isinstance(page.article.tag, str)


@pytest.mark.parametrize(
    ("lead", "tail", "url", "rules"),
    [
        ("", "", "", []),
        ("", f'<p alt="{PIECES}" class_="artid" style="display:none">\n </p>', URL, ["meta/artid"]),
        ("", f'<p class="artid" style="display:none">{PIECES}</p>', URL, ["meta/artid"]),
        (f'<span class="artid" style="display:none" artid={PIECES}></span>\n', "", URL, ["meta/artid"]),
        ('<p class="artid" style="display:none">$url</p>\n', "", "", ["meta/artid"]),
        ("</p>\n", "", "", ["frontmatter/stray-text"]),
        ("$url\n", "", "", ["frontmatter/stray-text"]),
        ("", f'<p alt="{b"javascript:alert(1)".hex()}" class_="artid"></p>', "", ["meta/artid"]),
        ("", '<p alt="68747470733a2f2" class_="artid"></p>', "", ["meta/artid"]),
        ("", '<p alt="ffff" class_="artid"></p>', "", ["meta/artid"]),
    ],
)
def test_post(lead: str, tail: str, url: str, rules: list[str]) -> None:
    page = scraper.scrape(lead + POST % ("", tail))
    assert page.meta == Meta(title="题", url=url, article_id="12345" if url else "")
    assert [finding.rule for finding in page.findings] == [*rules, "page/title"]
    assert words(page) == "文"


@pytest.mark.parametrize(
    ("lead", "tail", "text"),
    [
        ("", "<p>后记</p>", "文后记"),
        ("前言\n", "", "前言题文"),
        ("", '<div class="recommend-box">推荐</div><p style="display: none">x</p><button>y</button>', "文"),
        ("", '<div id="content_views"><p>下篇</p></div>', "文下篇"),
    ],
)
def test_what_stands_beside_the_article_of_a_post_is_the_authors_unless_a_row_says_that_it_is_chrome(
    lead: str, tail: str, text: str
) -> None:
    page = scraper.scrape(lead + POST % ("", tail))
    assert words(page).replace("推荐xy", "") == text
    assert page.meta.title == "题"


def test_titles_of_two_articles_stay_in_their_articles() -> None:
    page = scraper.scrape(POST % ("", "") + POST.replace("文", "下") % ("", ""))
    assert (page.meta.title, words(page)) == ("", "题文题下")


def test_two_articles_of_a_page_are_taken_in_order() -> None:
    page = scraper.scrape(f"<html><body>{POST % ('', '')}<p>x</p>{POST.replace('文', '下') % ('', '')}</body></html>")
    assert words(page) == "题文题下"  # each with its title


def test_the_copyright_note_names_the_address() -> None:
    note = f'<div class="article-copyright">版权声明：转载自 {URL}9 \n\t{URL}</div>'
    page = scraper.scrape(f'<div id="article_content">{note}<div id="content_views">文</div></div>')
    assert page.meta.url == URL
    assert [(finding.rule, finding.kept) for finding in page.findings] == [("page/copyright", URL)]


def test_the_title_leaves_the_article_where_it_is_its_first_block_and_the_text_behind_it_stays() -> None:
    page = scraper.scrape('<p>前</p><h1 class="title-article">题</h1>后<p>文</p>')
    assert (page.meta.title, words(page)) == ("题", "前题后文")
    page = scraper.scrape('<h1 class="title-article">题</h1>后')
    assert (page.meta.title, words(page)) == ("题", "后")


@pytest.mark.parametrize("attribute", ['id="articleContentId"', 'class="x title-article"'])
def test_the_title_is_known_by_its_id_or_class(attribute: str) -> None:
    page = scraper.scrape(f"<h1 {attribute}>题</h1><h1>别</h1><p>文</p>")
    assert (page.meta.title, words(page)) == ("题", "别文")


def test_lines_are_those_of_the_file() -> None:
    page = scraper.scrape(f'</p>\n{POST % ("", "")}\n<p class="artid">{HEX}</p>', first_line=10)
    assert [(finding.rule, finding.line) for finding in page.findings] == [
        ("frontmatter/stray-text", 10),
        ("meta/artid", 14),
        ("page/title", 11),
    ]
    line = page.article.sourceline
    assert isinstance(line, int)
    assert page.first_line - 1 + line == 13


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>a\x01b\x0bc\x1fd</p>", "abcd"),
        ("<p>a\ud800中</p>", "a\ufffd中"),
        ("<?xml version='1.0' encoding='gbk'?><p>中文</p>", "中文"),
        ("<meta charset=gbk><p>中文</p>", "中文"),
        ("<p>a<!-- x -->b</p>", "ab"),
        ("", ""),
        (" \n", ""),
        ("<!-- only -->", ""),
        ("\x01", ""),
        ("<div>" * 5000 + "深" + "</div>" * 5000 + "<p>后</p>", "深后"),
        ("<ul><li>" * 3000 + "深", "深"),
    ],
)
def test_nothing_is_lost_in_odd_input(body: str, text: str) -> None:
    assert words(scraper.scrape(body)) == text


NOTHING = """<img src="https://counter.example.com/pixel.gif" width="1" height="1">
<table><tbody><tr><td></td></tr></tbody></table>
<div id="content_views"><p>正文在这里。</p></div>
<p><br></p>
<a href="#"><img src="https://img.example.com/top.png"></a>
<svg width="16" height="16"><path d="M0 0h16v16H0z"></path></svg>
"""


def test_buttons_icons_and_counters_beside_the_wrapper_are_no_content() -> None:
    assert scraper.scrape(NOTHING).article.get("id") == "content_views"
    assert scraper.scrape(NOTHING.replace('width="1" height="1"', "")).article.tag == "body"

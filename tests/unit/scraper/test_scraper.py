from __future__ import annotations

import json
from dataclasses import asdict

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from converter import scraper
from converter.model import ConversionError, Meta
from converter.rules.meta import META, MetaRow
from converter.rules.roots import ROOTS, Root
from converter.scraper.dates import normal_date
from converter.scraper.markers import article_address, markers, permanent, web_address
from converter.scraper.metadata import PageReader, clean_title
from converter.source.kind import classify
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
    assert classify(body, False, suffix=".md") == "page"
    page = scraper.scrape(body)
    assert {key: value for key, value in asdict(page.meta).items() if value} == tuples(expected)
    article = page.article
    named = [article.get(attribute) for attribute in ("id", "class", "itemprop") if article.get(attribute)]
    assert (named or [str(article.tag)])[0] == root
    assert words(page) == text


@pytest.mark.parametrize("row", META, ids=lambda row: row.id)
def test_every_row_of_metadata_finds_something_in_its_fixture(row: MetaRow) -> None:
    body = (PAGES / f"{row.fixture}.html").read_text("utf-8")
    assert PageReader(etree.HTML(body, etree.HTMLParser()), body).usable(row)


@pytest.mark.parametrize("row", ROOTS, ids=lambda row: row.id)
def test_every_root_is_the_article_of_its_fixture(row: Root) -> None:
    article = scraper.scrape((PAGES / f"{row.fixture}.html").read_text("utf-8")).article
    assert row.value in (article.get(row.attribute, "").split() if row.attribute else [article.tag])


def test_ids_are_unique() -> None:
    for rows in (META, ROOTS):
        assert len({row.id for row in rows}) == len(rows)


@pytest.mark.parametrize(
    ("body", "suffix", "kind"),
    [
        ('<div class="blog-content-box">\n<p>a</p></div>', ".md", "html"),
        ("</p>\n<div class=blog-content-box>", ".md", "html"),
        ('<p class="artid" style="display:none">$url</p>\n<div class="x blog-content-box">', ".md", "html"),
        ('\n<div id="article_content" class="article_content clearfix">a', ".markdown", "html"),
        ("<DIV CLASS='markdown_views' ID='content_views'>a", ".md", "html"),
        ("<article class=baidu_pl>", ".md", "html"),
        ('转自[原文](http://a/)\n\n<div id="article_content" class="article_content">', ".md", "html"),
        ('text\n\n```html\n<div id="content_views">\n```\n', ".md", "markdown"),
        ('text\n\n```html\n<div id="x">\n```\n<div id="content_views">\n', ".md", "html"),
        ('~~~~\n```\n<div id="content_views">\n~~~~\n', ".md", "markdown"),
        ('text\n\n    <div id="content_views">\n', ".md", "markdown"),
        ('look for `<div id="content_views">` there', ".md", "markdown"),
        ('# a\n<div class="markdown_views"><p>b</p></div>\n', ".md", "markdown"),
        ("<!-- a --><?xml version='1.0'?>\n<!DOCTYPE html><html>", ".md", "page"),
        ("\ufeff<html lang=zh>", ".md", "page"),
        ("```html\n<!DOCTYPE html>\n```", ".md", "markdown"),
        ("# Title\n\ntext", ".md", "markdown"),
        ("plain text", ".txt", "markdown"),
        ("plain text", ".html", "html"),
        ("plain text", ".HTM", "html"),
        ("plain text", "", "html"),
        ("<p>a</p>\n<ul><li>b</li></ul>", ".md", "html"),
        ("<p>a</p>\n\n- b\n\n<p>c</p>", ".md", "markdown"),
        ('<h1 align="center">x</h1>\n\nA [link](http://a/) here.\n\n<br>', ".md", "markdown"),
        ("<p>a</p><pre># no heading\n- no list\n</pre>", ".md", "html"),
        ("<pre>never ends\n# heading\n<p>", ".md", "markdown"),
        ("<iostream> is a header", ".md", "markdown"),
        ("", ".md", "markdown"),
    ],
)
def test_classify(body: str, suffix: str, kind: str) -> None:
    assert classify(body, False, suffix=suffix) == kind


def test_text_below_front_matter_is_markdown_where_nothing_says_otherwise() -> None:
    assert classify("plain text", True) == "markdown"
    assert classify("<p>plain</p>", True) == "html"


FRAGMENTS = (
    "<",
    ">",
    "</",
    "<div ",
    'id="content_views"',
    "class=artid",
    "<html",
    "<!--",
    "-->",
    "`" * 3,
    "\n",
    "<pre>",
)
bodies = st.lists(st.sampled_from(FRAGMENTS) | st.text(max_size=5), max_size=12).map("".join)


@given(bodies | st.text(), st.booleans(), st.sampled_from(("", ".md", ".html")))
def test_classify_is_total(body: str, front_matter: bool, suffix: str) -> None:
    assert classify(body, front_matter, suffix=suffix) in ("page", "html", "markdown")


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
        (f"转自[原文]({URL})\n", "", URL, ["frontmatter/stray-text"]),
        ("", f'<p alt="{b"javascript:alert(1)".hex()}" class_="artid"></p>', "", ["meta/artid"]),
        ("", '<p alt="68747470733a2f2" class_="artid"></p>', "", ["meta/artid"]),
        ("", '<p alt="ffff" class_="artid"></p>', "", ["meta/artid"]),
        ("", "<p>推荐</p>", "", ["page/outside"]),
    ],
)
def test_post(lead: str, tail: str, url: str, rules: list[str]) -> None:
    page = scraper.scrape(lead + POST % ("", tail))
    assert page.meta == Meta(title="题", url=url, article_id="12345" if url else "")
    assert [finding.rule for finding in page.findings] == rules
    assert words(page) == "文"


def test_the_copyright_note_names_the_address() -> None:
    note = f'<div class="article-copyright">版权声明：转载自 {URL}9 \n\t{URL}</div>'
    page = scraper.scrape(f'<div id="article_content">{note}<div id="content_views">文</div></div>')
    assert page.meta.url == URL
    assert [(finding.rule, finding.kept) for finding in page.findings] == [("page/copyright", URL)]


def test_a_heading_in_the_article_leaves_it_and_the_text_behind_it_stays() -> None:
    page = scraper.scrape('<p>前</p><h1 class="title-article">题</h1>后<p>文</p>')
    assert (page.meta.title, words(page)) == ("题", "前后文")
    page = scraper.scrape('<h1 class="title-article">题</h1>后')
    assert (page.meta.title, words(page)) == ("题", "后")


def test_lines_are_those_of_the_file() -> None:
    page = scraper.scrape(f'</p>\n{POST % ("", "")}\n<p class="artid">{HEX}</p>', first_line=10)
    assert [(finding.rule, finding.line) for finding in page.findings] == [
        ("frontmatter/stray-text", 10),
        ("meta/artid", 14),
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


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2016年04月18日 11:22:27", "2016-04-18 11:22:27"),
        ("2018-06-09", "2018-06-09 00:00:00"),
        ("2018-06-09 9:05", "2018-06-09 09:05:00"),
        ("最后发布于2018/6/9 11:50:19", "2018-06-09 11:50:19"),
        ("2022-01-08T13:52:15", "2022-01-08 13:52:15"),
        ("2022-01-08T23:52:15.123Z", "2022-01-09 07:52:15"),
        ("2022-01-08T13:52:15+08:00", "2022-01-08 13:52:15"),
        ("2022-01-08 13:52:15 -0500", "2022-01-09 02:52:15"),
        ("2022-02-30", ""),
        ("0000-01-01", ""),
        ("9999-12-31T23:59:59Z", ""),
        ("2022-01-08 13:52:15+99:99", ""),
        ("昨天", ""),
    ],
)
def test_dates(text: str, date: str) -> None:
    assert normal_date(text) == date


@pytest.mark.parametrize(
    ("title", "clean"),
    [
        ("仓库分类_github repositories-CSDN博客", "仓库分类"),
        ("什么是BFC？_javascript_Leon的博客-CSDN博客", "什么是BFC？"),
        ("入门指导 - CSDN博客", "入门指导"),
        ("a_b - CSDN文库", "a_b"),
        ("第十三周作业 - 徐涛% - 博客园", "第十三周作业 - 徐涛%"),
        ("爬虫-CSDN博客", "爬虫"),
        ("snake_case", "snake_case"),
        ("_x-CSDN博客", "_x"),
        ("", ""),
    ],
)
def test_titles(title: str, clean: str) -> None:
    assert clean_title(title) == clean


@pytest.mark.parametrize(
    ("value", "url"),
    [
        (" https://a.example/b ", "https://a.example/b"),
        ("HTTP://A/", "HTTP://A/"),
        ("javascript:alert(1)", ""),
        ("https://a/ b", ""),
        ('https://a/"onload=x', ""),
        ("//a/b", ""),
        ("", ""),
    ],
)
def test_only_web_addresses_are_addresses(value: str, url: str) -> None:
    assert web_address(value) == url


def test_article_addresses() -> None:
    assert article_address(f"见 {URL}，以及 http://blog.csdn.net/x/article/details/77?a=b。") == (
        "http://blog.csdn.net/x/article/details/77"
    )
    assert article_address("https://example.com/article/details/1") == ""


def test_what_a_search_added_to_an_address_goes() -> None:
    assert permanent(f"{URL}?utm_term=BFC&biz_id=102") == URL
    assert permanent("https://example.com/?a=b") == "https://example.com/?a=b"


def test_escaped_markers_are_text() -> None:
    assert markers('&lt;p class_="artid"&gt; <code>class_="artid"</code>') == []


@given(st.text() | st.from_regex(r"(<p (alt=\"[0-9a-f:]*\" )?class_=\"artid\">)+[0-9a-f:]*", fullmatch=True))
def test_markers_are_total(body: str) -> None:
    assert all(marker.url == "" or web_address(marker.url) for marker in markers(body))

"""The kind, the licence and the source of an article, from notes and from its text."""

from __future__ import annotations

import pytest

from converter import Meta, convert
from converter.scraper.origin import kind_name, license_name, with_note, with_source


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("http://creativecommons.org/licenses/by-sa/4.0/", "CC-BY-SA-4.0"),
        ("https://creativecommons.org/licenses/by-nc-nd/3.0/cn/", "CC-BY-NC-ND-3.0"),
        ("遵循 CC 4.0 BY-SA 版权协议", "CC-BY-SA-4.0"),
        ("CC BY 4.0", "CC-BY-4.0"),
        ("https://creativecommons.org/publicdomain/zero/1.0/", "CC0-1.0"),
        ("版权所有", ""),
    ],
)
def test_licences(text: str, name: str) -> None:
    assert license_name(text) == name


@pytest.mark.parametrize(("word", "kind"), [("1", "original"), (" 转载 ", "reprint"), ("译", "translation"), ("3", "")])
def test_kinds(word: str, kind: str) -> None:
    assert kind_name(word) == kind


@pytest.mark.parametrize(
    ("note", "kind", "license_"),
    [
        (
            "版权声明：本文为博主原创文章，遵循 CC 4.0 BY-SA 版权协议，转载请附上原文出处链接和本声明。",
            "original",
            "CC-BY-SA-4.0",
        ),
        ("版权声明：本文为博主翻译文章", "translation", ""),
        ("版权声明：转自 http://example.com/", "reprint", ""),
        ("版权声明：欢迎转载", "", ""),
    ],
)
def test_notes(note: str, kind: str, license_: str) -> None:
    meta = with_note(Meta(), note)
    assert (meta.kind, meta.license) == (kind, license_)


@pytest.mark.parametrize(
    ("html", "kind", "source"),
    [
        ("<p>转自：http://example.com/a.htm</p>", "reprint", "http://example.com/a.htm"),
        (
            '<p>本文转载自 <a href="https://example.com/?a=1&amp;b=2">某站</a></p>',
            "reprint",
            "https://example.com/?a=1&b=2",
        ),
        ("<p>翻译自：</p>\n<p>https://example.com/en</p>", "translation", "https://example.com/en"),
        ("<p>原文地址：https://example.com/x，感谢。</p>", "", "https://example.com/x"),
        ("<p>转载请附上原文链接：https://example.com/x</p>", "", ""),
        ("<p>以上内容转自 https://example.com/x</p>", "", ""),
        ("<p>原文链接：https://blog.csdn.net/a/article/details/123456</p>", "", ""),
        ("<p>转自一位朋友" + "的话" * 30 + "https://example.com/x</p>", "", ""),
        ("<p>没有来源 https://example.com/x</p>", "", ""),
        ("转自：http://example.com/first", "reprint", "http://example.com/first"),
        ("<p>注明翻译自：http://example.com/t</p>", "translation", "http://example.com/t"),
        ("<p>自原文链接：http://example.com/o 转自 http://example.com/p</p>", "", "http://example.com/o"),
    ],
)
def test_sources(html: str, kind: str, source: str) -> None:
    meta = with_source(Meta(article_id="123456"), html)
    assert (meta.kind, meta.source_url) == (kind, source)


def test_an_original_has_no_source() -> None:
    assert with_source(Meta(kind="original"), "<p>转自：http://example.com/a</p>").source_url == ""


def test_a_post_says_it_in_its_metadata() -> None:
    meta = convert("---\ntitle: a\n---\n<div id='content_views'><p>转自：http://example.com/a</p></div>").metadata
    assert (meta.kind, meta.source_url) == ("reprint", "http://example.com/a")

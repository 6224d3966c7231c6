from __future__ import annotations

import pytest

from converter.extract.addresses import (
    ArticleAddress,
    article_id,
    last_article_address,
    old_address,
    old_paths,
    permanent_address,
    read_article_address,
    web_address,
)
from converter.sites.record import AddressForm
from converter.sites.tables import ARTICLE_ADDRESSES

URL = "https://blog.csdn.net/someone/article/details/12345"


ADDRESSES = [
    ("https://blog.csdn.net/some_one/article/details/1234567", "1234567", "some_one", ""),
    ("http://blog.csdn.net/some-one/article/details/1234567?spm=1001.2#t3", "1234567", "some-one", "t3"),
    ("//blog.csdn.net/u/article/details/1234567/", "1234567", "u", ""),
    ("http://http//blog.csdn.net/u/article/details/1234567", "1234567", "u", ""),
    ("https://someone.blog.csdn.net/article/details/1234567#", "1234567", "someone", ""),
    ("https://blog.csdn.net/article/details/1234567", "1234567", "", ""),
    ("http://m.blog.csdn.net/u/article/details/1234567", "1234567", "u", ""),
    ("http://m.blog.csdn.net/article/details?id=1234567", "1234567", "", ""),
    ("http://m.blog.csdn.net/blog/u/1234567", "1234567", "u", ""),
    ("http://blog.csdn.net/u/article/details.aspx?x=1&id=1234567", "1234567", "u", ""),
    ("http://blog.csdn.net/u/archive/2007/04/20/1234567.aspx", "1234567", "u", ""),
    ("http://www.cnblogs.com/some-one/p/4550391.html#b", "cnblogs-4550391", "some-one", "b"),
    ("https://www.cnblogs.com/u/archive/2012/03/29/2423554.html", "cnblogs-2423554", "u", ""),
    ("https://u.iteye.com/admin/blogs/642948", "iteye-642948", "u", ""),
    ("https://mp.weixin.qq.com/s/ZhDXTjv5ciEGOZirqQ6BJA", "weixin-ZhDXTjv5ciEGOZirqQ6BJA", "", ""),
    ("https://zhuanlan.zhihu.com/p/22925478480", "zhihu-22925478480", "", ""),
    ("https://juejin.im/post/5d07cf13f265da1bd522cfb6", "juejin-5d07cf13f265da1bd522cfb6", "", ""),
    ("https://juejin.cn/post/6844903960826888206", "juejin-6844903960826888206", "", ""),
    ("https://www.jianshu.com/p/fa24238d84a9", "jianshu-fa24238d84a9", "", ""),
    ("https://blog.51cto.com/u_15214399/5880761", "51cto-5880761", "u_15214399", ""),
    ("http://my.oschina.net/flashsword/blog/158200", "oschina-158200", "flashsword", ""),
]


@pytest.mark.parametrize(("url", "identity", "user", "fragment"), ADDRESSES, ids=[row[0] for row in ADDRESSES])
def test_every_form_of_an_address(url: str, identity: str, user: str, fragment: str) -> None:
    assert read_article_address(url) == ArticleAddress(identity, user, fragment)


@pytest.mark.parametrize(
    "url",
    [
        "https://blog.csdn.net/someone", "https://download.csdn.net/u/article/details/1", "https://csdn.net.evil.test/1",
        "https://x.test/?u=https://blog.csdn.net/u/article/details/1", "#a",
        "https://blog.csdn.net/u/category_1234.html", "https://www.cnblogs.com/u/category/1.html",
        "https://www.iteye.com/blogs/tag/1", "https://blog.51cto.com/topic/k8s.html",
    ],
)  # fmt: skip
def test_other_addresses(url: str) -> None:
    assert read_article_address(url) is None


@pytest.mark.parametrize("row", ARTICLE_ADDRESSES, ids=lambda row: row.id)
def test_every_row_of_addresses_is_needed(row: AddressForm, monkeypatch: pytest.MonkeyPatch) -> None:
    rest = tuple(other for other in ARTICLE_ADDRESSES if other is not row)
    monkeypatch.setattr("converter.extract.addresses.ARTICLE_ADDRESSES", rest)
    assert any(read_article_address(url) != ArticleAddress(*told) for url, *told in ADDRESSES)


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
    assert last_article_address(f"见 {URL}，以及 http://blog.csdn.net/x/article/details/77?a=b。") == (
        "http://blog.csdn.net/x/article/details/77"
    )
    assert last_article_address("https://example.com/article/details/1") == ""


def test_what_a_search_added_to_an_address_goes() -> None:
    assert permanent_address(f"{URL}?utm_term=BFC&biz_id=102") == URL
    assert permanent_address("https://example.com/?a=b") == "https://example.com/?a=b"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"{URL}http://blog.csdn.net/x/article/details/77", "http://blog.csdn.net/x/article/details/77"),
        (f"{URL}?from=https://example.com/", URL),
        (
            "http://blog.csdn.net/u/archive/2007/04/20/77.aspx，原文",
            "http://blog.csdn.net/u/archive/2007/04/20/77.aspx",
        ),
        ("//blog.csdn.net/x/article/details/77", ""),
    ],
)
def test_printed_addresses_end_where_the_next_begins(text: str, found: str) -> None:
    assert last_article_address(text) == found


@pytest.mark.parametrize(("url", "identity"), [(row[0], row[1]) for row in ADDRESSES])
def test_the_number_of_an_article(url: str, identity: str) -> None:
    assert article_id(url) == identity
    assert article_id("https://example.com/article/details/1") == ""


def test_the_address_that_an_article_had() -> None:
    assert old_paths("1", "u") == ("/u/article/details/1", "/article/details/1")
    assert old_paths("1", "") == ("/article/details/1",)
    assert old_address("1", "u") == "https://blog.csdn.net/u/article/details/1"

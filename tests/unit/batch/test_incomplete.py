"""Documents that hold no whole article, and HTML that was left as it is, are counted, named, and may fail a run."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter import Options, convert
from converter.rules.completeness import ARTICLE_SIGNS, PAGE_SIGNS
from tests.kit.batch import csdn2md

LOCK = '<div class="hide-article-box">最低0.47元/天 解锁文章</div>'
SIGNS = {
    f'<div id="content_views"><p>文</p></div>{LOCK}': ["article/locked"],
    '<div id="content_views"><p>文</p><p>关注博主即可阅读全文</p></div>': ["article/locked"],
    '<div id="content_views"><p>文</p><p>请登录后查看全文</p></div>': ["article/locked"],
    f'<div id="content_views"><p>{LOCK}</p><p>{"长" * 300}</p></div>': [],
    '<div id="content_views"><p>文</p></div><div class="hide-article-box"><a>展开阅读全文</a></div>': [],
    '<div id="content_views"><p>文…… 阅读全文</p></div>': ["article/truncated"],
    '<div id="content_views"><p>文</p><p cla': ["article/truncated"],
    '<div id="content_views"><p>等等……</p></div>': [],
    '<div id="content_views"> </div>': ["article/empty"],
    "<html><title>521 | Web server is down</title><p>x</p></html>": ["page/error"],
    f"<html><title>502 Bad Gateway 怎么办</title><p>{'长' * 1200}</p></html>": [],
    '<div id="content_views"><p>文</p></div><div class="vip">成为会员后阅读</div>': ["article/locked"],
    '<div id="content_views"><p>文</p><p>订阅专栏后阅读全文</p></div>': ["article/locked"],
    '<div id="content_views"><p>文</p><p>本文仅限会员可见</p></div>': ["article/locked"],
    '<div id="content_views"><p>文</p><p>微信扫一扫，关注后查看全文</p></div>': ["article/locked"],
    f'<div id="content_views"><p>扫码查看全文</p><p>{"长" * 300}</p></div>': [],
    '<div id="content_views"><p>这个专栏讲会员系统，VIP 也能读。</p></div>': [],
    "<html><title>Forbidden</title><p>x</p></html>": ["page/error"],
    f"<head><meta http-equiv='status' content='404'></head><p>{'长' * 1200}</p>": ["page/error"],
    "<head><meta http-equiv='status' content='200 OK'></head><p>文</p>": [],
    "<html><title>文章已被作者删除</title><p>x</p></html>": ["page/error"],
    "<html><title>百度安全验证</title><p>x</p></html>": ["page/error"],
    '<html><ul class="column_article_list"><li>x</li></ul></html>': ["page/listing"],
    "<html><script src='/cdn-cgi/challenge-platform/x.js'></script></html>": ["page/error", "article/empty"],
    "<html><title>用户登录 - 某站</title><p>x</p></html>": ["page/error"],
    '<html><link rel="canonical" href="https://blog.csdn.net/a/category_1.html"><p>x</p></html>': ["page/listing"],
    '<html><div class="so-result-list">x</div></html>': ["page/listing"],
    '<html><div class="article-item-box">x</div></html>': ["page/listing"],
    '<div id="content_views"><p>文</p><p>剩余60%内容</p></div>': ["article/locked"],
    f'<html><div class="article-item-box">x</div><div id="content_views">{"长" * 9}</div></html>': [],
}


@pytest.mark.parametrize("source", SIGNS)
def test_signs(source: str) -> None:
    document = convert(source)
    found = [finding.rule for finding in document.findings if finding.rule.startswith(("article/", "page/"))]
    assert [rule for rule in found if rule != "page/chrome"] == SIGNS[source]
    if found == ["page/listing"]:
        assert document.kind.name == "listing"


def test_a_locked_article_that_was_pasted_into_markdown() -> None:
    source = f'# 记\n\n<div id="content_views"><p>文</p>{LOCK}</div>\n\n*后记*\n'
    document = convert(source, options=Options(assume="post"))
    assert document.kind.name == "mixed"
    assert [finding.rule for finding in document.findings if finding.rule.startswith("article/")] == ["article/locked"]


def test_each_sign_has_an_example() -> None:
    signs = [row for row in (*PAGE_SIGNS, *ARTICLE_SIGNS) if not any(map(row.pattern.search, SIGNS))]
    assert signs == []


def test_they_are_named_and_fail_a_run_that_asks_for_it(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.html").write_text(f'<div id="content_views">文</div>{LOCK}', "utf-8")
    (tmp_path / "in" / "b.md").write_text("<p>文</p>\n\n字\n", "utf-8")
    done = csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    assert done.returncode == 0
    assert "1 document holds no whole article (locked, cut, empty, a list or an error): in/a.html" in done.stdout
    assert "1 file looks like HTML but was left as it is; --assume html converts it: in/b.md" in done.stdout
    for more in ((), ("--force",)):
        done = csdn2md("convert", "in", "-o", "out", *more, "--fail-on", "incomplete", cwd=tmp_path)
        assert (done.returncode, "1 document holds no whole article" in done.stdout) == (1, True)
    (tmp_path / "in" / "a.html").write_text('<div id="content_views">文和文</div>', "utf-8")
    for _ in range(2):  # what is known of a post goes when it is converted again
        assert csdn2md("convert", "in", "-o", "out", "--fail-on", "incomplete", cwd=tmp_path).returncode == 0


def test_a_page_with_text_beside_its_article_is_not_rewritten_in_place(tmp_path: Path) -> None:
    page = "<html><body><p>别的话</p><div id='content_views'><p>文</p></div></body></html>"
    (tmp_path / "a.md").write_text(page, "utf-8")
    done = csdn2md("convert", "a.md", "--in-place", cwd=tmp_path)
    assert done.returncode == 1
    assert "a.md: there is text beside the article that would be lost" in done.stderr
    assert "别的话" in done.stderr
    assert (tmp_path / "a.md").read_text("utf-8") == page


def test_front_matter_that_loaders_reject_is_named_with_what_to_do(tmp_path: Path) -> None:
    body = '<div id="content_views"><p>文</p></div>'
    for name, front in {"twice": "image: a\nimage: b", "open": 'title: "x', "good": "title: x"}.items():
        (tmp_path / f"{name}.md").write_text(f"---\n{front}\n---\n{body}\n", "utf-8")
    told = "front matter that YAML loaders reject; --repair-front-matter helps"
    done = csdn2md("convert", ".", "-o", "out", cwd=tmp_path)
    named = done.stdout.partition(f"2 documents have {told}: ")[2]
    assert sorted(named.strip().split(", ")) == ["./open.md", "./twice.md"]
    repaired = csdn2md("convert", "open.md", "twice.md", "-o", "repaired", "--repair-front-matter", cwd=tmp_path)
    assert told not in repaired.stdout


BESIDE = """---
title: a
---
<div id="content_views"><p>正文在这里。</p></div>
<div class="recommend-box"><a href="/t">标题里有一句话，是链接。</a> 2020-01-01 阅读 3</div>
{}
"""
LOST = {
    '<div class="person-messagebox">下周停更，请见谅。</div>': "下周停更，请见谅。",
    '<div class="person-messagebox">下周停更，请见谅。</div><p>又一段。</p>': "下周停更，请见谅。",
    '<div class="article-copyright">我写了一句话。</div>': "我写了一句话。",
    '<div class="person-messagebox">私信 关注</div>': "",
    '<div class="article-copyright">版权声明：本文为博主原创文章，转载请附上链接。</div>': "",
    "<p>又一段。</p>": "",
}


@pytest.mark.parametrize("beside", LOST)
def test_a_post_with_sentences_in_a_box_beside_its_article_is_not_rewritten_in_place(
    tmp_path: Path, beside: str
) -> None:
    source = BESIDE.format(beside)
    (tmp_path / "a.md").write_text(source, "utf-8")
    done = csdn2md("convert", "a.md", "--in-place", cwd=tmp_path)
    text = (tmp_path / "a.md").read_text("utf-8")
    assert done.returncode == (1 if LOST[beside] else 0)
    assert (text == source) == bool(LOST[beside])
    if LOST[beside]:
        lost = "a.md: there is text beside the article that would be lost: not rewritten (-o writes it elsewhere)"
        assert f"{lost}: {LOST[beside]}" in done.stderr
    assert csdn2md("convert", "a.md", "-o", "out", cwd=tmp_path).returncode == 0

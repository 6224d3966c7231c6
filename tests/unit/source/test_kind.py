from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.source.kind import classify, looks_like_html
from tests.kit.bodies import bodies


@pytest.mark.parametrize(
    ("body", "suffix", "kind"),
    [
        ('<div class="blog-content-box">\n<p>a</p></div>', ".md", "fragment"),
        ("</p>\n<div class=blog-content-box>", ".md", "fragment"),
        ('<p class="artid" style="display:none">$url</p>\n<div class="x blog-content-box">', ".md", "fragment"),
        ('\n<div id="article_content" class="article_content clearfix">a', ".markdown", "fragment"),
        ("<DIV CLASS='markdown_views' ID='content_views'>a", ".md", "fragment"),
        ("<article class=baidu_pl>", ".md", "fragment"),
        ('转自[原文](http://a/)\n\n<div id="article_content" class="article_content">', ".md", "mixed"),
        ('text\n\n```html\n<div id="content_views">\n```\n', ".md", "markdown"),
        ('text\n\n```html\n<div id="x">\n```\n<div id="content_views">\n', ".md", "mixed"),
        ('~~~~\n```\n<div id="content_views">\n~~~~\n', ".md", "markdown"),
        ('text\n\n    <div id="content_views">\n', ".md", "markdown"),
        ('look for `<div id="content_views">` there', ".md", "markdown"),
        ('# a\n<div class="markdown_views"><p>b</p></div>\n', ".md", "mixed"),
        ("<!-- a --><?xml version='1.0'?>\n<!DOCTYPE html><html>", ".md", "page"),
        ("\ufeff<html lang=zh>", ".md", "page"),
        ("```html\n<!DOCTYPE html>\n```", ".md", "markdown"),
        ("# Title\n\ntext", ".md", "markdown"),
        ("plain text", ".txt", "markdown"),
        ("plain text", ".html", "fragment"),
        ("plain text", ".HTM", "fragment"),
        ("plain text", "", "fragment"),
        ("<p>a</p>\n<ul><li>b</li></ul>", ".md", "fragment"),
        ("<p>a</p>\n\n- b\n\n<p>c</p>", ".md", "markdown"),
        ('<h1 align="center">x</h1>\n\nA [link](http://a/) here.\n\n<br>', ".md", "markdown"),
        ("<p>a</p><pre># no heading\n- no list\n</pre>", ".md", "fragment"),
        ("<pre>never ends\n# heading\n<p>", ".md", "markdown"),
        ("<iostream> is a header", ".md", "markdown"),
        ("", ".md", "markdown"),
    ],
)
def test_classify(body: str, suffix: str, kind: str) -> None:
    source = classify(body, False, suffix=suffix)
    assert source.kind.name == kind
    assert "".join(part.text for part in source.parts) == body


def test_text_below_front_matter_is_markdown_where_nothing_says_otherwise() -> None:
    assert classify("plain text", True).kind.is_copied
    assert classify("<p>plain</p>", True).kind.name == "post"


@pytest.mark.parametrize(
    ("body", "looks_like_it"),
    [
        ("# a\n\n    <div>\n\n    <p>b</p>\n\n    </div>\n", False),
        ("a\n\n<div>\n\n<p>b</p>\n\n<p>c</p>\n", True),
        ("<div>\n\n* c\n", True),
        ("a < b\n", False),
        ("<!-- a -->", False),
        ("甲<br>\n乙<br />\n<pre>c</pre>\n", True),
        ("<strong>甲</strong><br>\n乙<br>\n", True),
        ("甲<br>\n乙<br />\n- 丙<br>\n\n**丁**\n", False),
        ("甲<br>\n乙\n丙\n\n丁\n", False),
    ],
)
def test_what_looks_like_html(body: str, looks_like_it: bool) -> None:
    assert looks_like_html(body) is looks_like_it


@given(bodies | st.text(), st.booleans(), st.sampled_from(("", ".md", ".html")))
def test_classify_is_total(body: str, front_matter: bool, suffix: str) -> None:
    source = classify(body, front_matter, suffix=suffix)
    assert source.kind.reason
    assert "".join(part.text for part in source.parts) == body
    assert [part.start for part in source.parts] == [
        *accumulate((len(part.text) for part in source.parts[:-1]), initial=0)
    ]

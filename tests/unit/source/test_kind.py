from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.source.kind import classify
from tests.kit.bodies import bodies


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


@given(bodies | st.text(), st.booleans(), st.sampled_from(("", ".md", ".html")))
def test_classify_is_total(body: str, front_matter: bool, suffix: str) -> None:
    assert classify(body, front_matter, suffix=suffix) in ("page", "html", "markdown")

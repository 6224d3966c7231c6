"""Elements: small pieces of HTML, and the canonical HTML that they become."""

from __future__ import annotations

import pytest

from converter.options import Options
from tests.kit.canonical_nodes import cleaned, cleaned_notation, rules_of

INLINES = {
    "neighbouring emphasis": ("<b>a</b><strong>b</strong>", "<p><strong>ab</strong></p>"),
    "neighbours with a space between": ("<b>a</b> <b>b</b>", "<p><strong>a b</strong></p>"),
    "nested equal emphasis": ("<b>a<strong>b</strong></b>", "<p><strong>ab</strong></p>"),
    "emphasis split by a break": ("<em>a<br>b</em>", "<p><em>a</em><br><em>b</em></p>"),
    "emphasis around blocks": ("<b><div>a</div><div>b</div></b>", "<p><strong>a</strong></p><p><strong>b</strong></p>"),
    "empty emphasis": ("a<b></b><i> </i>b", "<p>a b</p>"),
    "space at the edge of emphasis": ("a<b> b </b>c", "<p>a <strong>b</strong> c</p>"),
    "style inside an element": (
        "<b>a<span style='font-weight:bold'>b</span></b>",
        "<p><strong>ab</strong></p>",
    ),
    "style alone": ("<span style='font-style:italic'>a</span>", "<p><em>a</em></p>"),
    "link in a link": ("<a href=x>a<a href=y>b</a></a>", "<p><a href=x>a</a><a href=y>b</a></p>"),
    "link without an address": ("<a>a</a>", "<p>a</p>"),
    "title that repeats the text": ("<a href=x title='a  b'>a b</a>", "<p><a href=x>a b</a></p>"),
    "code in code": ("<code>a<code>b</code></code>", "<p><code>ab</code></p>"),
    "neighbouring keys": ("<kbd>a</kbd><kbd>b</kbd>", "<p><kbd>a</kbd><kbd>b</kbd></p>"),
    "unknown element": ("<blink>a</blink>", "<p>a</p>"),
    "comment": ("a<!-- x -->b", "<p>ab</p>"),
    "anchor with a link to it": ("<a href='#x'>a</a> <i id=x>b</i>", "<p><a href=#x>a</a> <a id=x><em>b</em></p>"),
    "anchor without a link to it": ("<i id=x>b</i>", "<p><em>b</em></p>"),
}

BLOCKS = {
    "text between blocks": ("a<p>b</p>c", "<p>a</p><p>b</p><p>c</p>"),
    "boxes in boxes": ("<div><div>a</div>b</div>", "<p>a</p><p>b</p>"),
    "quote": ("<blockquote>a</blockquote>", "<blockquote><p>a</p></blockquote>"),
    "empty quote": ("<blockquote> </blockquote>", ""),
    "heading in bold": ("<h2><b>a</b></h2>", "<h2>a</h2>"),
    "heading of two lines": ("<h2>a<br>b</h2>", "<h2>a b</h2>"),
    "heading without words": ("<h2><img src=a.png></h2>", "<p><img src=a.png></p>"),
    "heading with a block in it": ("<h2>a<hr>b</h2>", "<h2>a</h2><hr><p>b</p>"),
    "tight list": ("<ul><li>a</li></ul>", "<ul tight=true><li><p>a</p></li></ul>"),
    "loose list": ("<ul><li><p>a</p></li></ul>", "<ul><li><p>a</p></li></ul>"),
    "list with a start": ("<ol start=3><li>a</li></ol>", "<ol tight=true start=3><li><p>a</p></li></ol>"),
    "list in a list without an item": (
        "<ul><li>a</li><ul><li>b</li></ul></ul>",
        "<ul tight=true><li><p>a</p><ul tight=true><li><p>b</p></li></ul></li></ul>",
    ),
    "text between items": (
        "<ol><li>a</li>b<li>c</li></ol>",
        "<ol tight=true><li><p>a</p></li></ol><p>b</p><ol tight=true start=2><li><p>c</p></li></ol>",
    ),
    "item without a list": ("<li>a</li>", "<ul tight=true><li><p>a</p></li></ul>"),
    "table": (
        "<table><tr><td>a</td><td align=RIGHT colspan=2>b</td></tr></table>",
        "<table><tr><td>a</td><td align=right colspan=2>b</td></tr></table>",
    ),
    "table for layout": ("<table><tr><td>a</td></tr></table>", "<p>a</p>"),
    "caption": (
        "<table><caption>c</caption><tr><td>a</td><td>b</td></tr></table>",
        "<p>c</p><table><tr><td>a</td><td>b</td></tr></table>",
    ),
    "definitions": ("<dl><dt>a</dt><dd>b</dd></dl>", "<dl><dt>a</dt><dd><p>b</p></dd></dl>"),
    "definitions without terms": ("<dl><dd>b</dd></dl>", "<p>b</p>"),
    "details": (
        "<details>b<summary>a</summary></details>",
        "<details><summary>a</summary><p>b</p></details>",
    ),
    "summary without details": ("<summary>a</summary>", "<p>a</p>"),
    "player": ("<iframe src='//host/x'></iframe>", "<p><a href=https://host/x>https://host/x</a></p>"),
    "image with a size": ("<img src=a.png width=20px height=9%>", "<p><img src=a.png width=20></p>"),
    "image without an address": ("a<img alt=b>", "<p>a</p>"),
}

CASES = {**INLINES, **BLOCKS}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_what_html_becomes(source: str, expected: str) -> None:
    assert cleaned_notation(source) == expected


REMOVED = {
    "style element": ("a<style>b{}</style>", "html/style"),
    "script": ("a<script>b()</script>", "html/script"),
    "hidden by a style": ("a<p style='display:none'>b</p>", "chrome/hidden"),
    "hidden by an attribute": ("a<p hidden>b</p>", "chrome/hidden"),
    "chrome by its class": ("a<div class='x recommend-box'>b</div>", "chrome/recommend-box"),
    "chrome by its id": ("a<div id=treeSkill>b</div>", "chrome/skill-tree"),
    "contents": ("a<div class=toc><ul><li>b</li></ul></div>", "toc/generated"),
}


@pytest.mark.parametrize(("source", "rule"), REMOVED.values(), ids=REMOVED)
def test_what_is_removed_leaves_a_finding(source: str, rule: str) -> None:
    assert cleaned_notation(source) == "<p>a</p>"
    (finding,) = cleaned(source).findings
    assert finding.rule == rule
    assert finding.text.startswith("b")
    assert finding.kept is None


def test_contents_are_kept_on_request() -> None:
    source = "<div class=toc><ul><li>b</li></ul></div>"
    assert rules_of(source, Options(toc="keep")) == []


def test_what_is_nested_too_deep_becomes_text() -> None:
    source = "<i>" * 400 + "a<br><b>b</b><style>c</style>" + "</i>" * 400
    assert cleaned_notation(source) == "<p><em>a</em><br><em>b</em></p>"
    assert "html/too-deep" in rules_of(source)

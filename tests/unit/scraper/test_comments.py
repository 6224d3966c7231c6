"""Comments of readers: what becomes a comment, and what verification makes of the same page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from converter.model import Comment, ConversionError, Document
from converter.options import Options
from converter.pipeline import convert
from converter.verify.fidelity import prove, verify

SECTION = Options(comments="section")
TEXT = "<div id='content_views'><p>每天一个文件，旧的压缩以后保存三十天。</p></div>"
PAGE = f"<html><body>{TEXT}<div class='comment-box'><ul>%s</ul></div></body></html>"
ITEM = "<li class='comment-line-box' data-commentid='1'>%s</li>"
NAME = "<a><span class='name'>甲</span></a>"
DATE = "<span class='date' title='2020-05-01 08:30:00'>1周前</span>"
ONE = ITEM % f"{NAME}<span class='new-comment'>好{DATE}</span>"
LINE = "**甲** · 2020-05-01 08:30:00"


def section(html: str) -> str:
    """The section that becomes of a page ("" for none), which is proved."""
    document = convert(html, options=SECTION)
    assert prove(html, document, options=SECTION).differences == ()
    return document.text.partition("## 评论\n\n")[2]


@pytest.mark.parametrize(
    ("items", "expected"),
    [
        pytest.param(ONE, f"- {LINE}\n\n  好\n", id="a comment"),
        pytest.param(
            ITEM % f"{NAME}{DATE}<p><span class='new-comment'>好</span></p>",
            f"- {LINE}\n\n  好\n",
            id="the date before",
        ),
        pytest.param(ITEM % "<span class='new-comment'>好</span>", "- 好\n", id="nothing but the text"),
        pytest.param(f"<li class='replay-box'><ul>{ONE}</ul></li>", f"- {LINE}\n\n  好\n", id="a reply to nothing"),
        pytest.param(
            f"{ONE}<li class='replay-box'><ul>{ONE}{ONE}</ul></li>{ONE}",
            f"- {LINE}\n\n  好\n\n  - {LINE}\n\n    好\n\n  - {LINE}\n\n    好\n\n- {LINE}\n\n  好\n",
            id="replies",
        ),
        pytest.param(
            ITEM % f"{NAME}<span class='nick-name'>乙<b>:</b></span><span class='new-comment'># 好 *x*</span>",
            "- **甲** 回复 乙\n\n  \\# 好 \\*x*\n",
            id="signs of Markdown",
        ),
        pytest.param(
            ITEM % f"{NAME}<span class='new-comment'>好<script>x()</script><a href='javascript:x()'>点</a></span>",
            "- **甲**\n\n  好点\n",
            id="scripts",
        ),
        pytest.param(
            ITEM % f"<span class='name'><script>x()</script></span><ul>{ONE}</ul>",
            "- · 2020-05-01 08:30:00\n\n  好\n",
            id="a script for a name, a comment in one",
        ),
        pytest.param(ITEM % NAME, "", id="no text"),
        pytest.param(f"<template>{ONE}</template>", "", id="not shown"),
    ],
)
def test_section(items: str, expected: str) -> None:
    assert section(PAGE % items) == expected


def test_comments_are_only_those_of_a_page_that_is_a_site_s() -> None:
    assert "评论" not in convert(f"---\ntitle: a\n---\n{TEXT}<ul>{ONE}</ul>\n", options=SECTION).text
    assert section(f"<html><body>{TEXT}<ul>{ONE}</ul></body></html>") == ""


def test_by_default_comments_stay_out() -> None:
    assert convert(PAGE % ONE).text == convert(PAGE % "").text


def test_an_article_with_nothing_but_comments_is_empty() -> None:
    document = convert((PAGE % ONE).replace(TEXT, "<div id='content_views'></div>"), options=SECTION)
    assert "article/empty" in {finding.rule for finding in document.findings}


@pytest.mark.parametrize(("was", "written"), [("好", "差"), (LINE, "**乙**"), ("## 评论", "## 说明")])
def test_verification_misses_what_a_comment_lacks(was: str, written: str) -> None:
    text = str(convert(PAGE % ONE, options=SECTION))
    assert verify(PAGE % ONE, text, options=SECTION).perfect
    assert not verify(PAGE % ONE, text.replace(was, written), options=SECTION).perfect


DATA = Options(comments="data")
REPLIED = f"{ONE}<li class='replay-box'><ul>{ITEM % (NAME + '<span class=nick-name>乙</span><span class=new-comment>谢谢</span>')}</ul></li>"


def data(items: str) -> tuple[Comment, ...]:
    """The comments of a page, which are proved."""
    document = convert(PAGE % items, options=DATA)
    assert document.text == convert(PAGE % "").text
    assert prove(PAGE % items, document, options=DATA).differences == ()
    return document.comments


def test_comments_as_data() -> None:
    reply = Comment("甲", answers="乙", text="谢谢\n")
    assert data(REPLIED) == (Comment("甲", "2020-05-01 08:30:00", text="好\n", replies=(reply,)),)
    assert data(f"<li class='replay-box'><ul>{ONE}</ul></li>") == (Comment("甲", "2020-05-01 08:30:00", text="好\n"),)
    assert data(ITEM % NAME) == ()
    assert convert(TEXT, options=DATA).comments == ()


def test_texts_of_comments_are_harmless_markdown() -> None:
    html = "<b>好</b><script>x()</script><a href='javascript:x()'>点</a> &lt;script&gt; # {{ site.x }} {% include x %}"
    (comment,) = data(ITEM % f"<span class='new-comment'>{html}</span>")
    assert comment.text == "**好**点 \\<script> # {{ site.x }} {% include x %}\n"


def test_the_finding_has_the_texts() -> None:
    document = convert(PAGE % REPLIED, options=DATA)
    assert [finding.text for finding in document.findings if finding.rule == "comments/data"] == ["好 谢谢"]


@pytest.mark.parametrize(
    "changed",
    [
        (),
        (Comment("甲", "2020-05-01 08:30:00", text="差\n"),),
        (Comment("乙", "2020-05-01 08:30:00", text="好\n"),),
        (Comment("甲", "", text="好\n"),),
        (Comment("甲", "2020-05-01 08:30:00", text="好\n"),) * 2,
    ],
)
def test_verification_misses_what_the_data_lack(changed: tuple[Comment, ...]) -> None:
    document = convert(PAGE % ONE, options=DATA)
    assert prove(PAGE % ONE, document, options=DATA).perfect
    assert not prove(PAGE % ONE, replace(document, comments=changed), options=DATA).perfect


def test_comments_are_in_the_json_of_a_document() -> None:
    document = convert(PAGE % REPLIED, options=DATA)
    assert Document.from_json(document.to_json()) == document
    for wrong in ('[{"author": 1, "replies": []}]', '[{"replies": 1}]', "[1]", "1"):
        text = document.to_json()
        start = text.index('"comments": [') + len('"comments": ')
        with pytest.raises(ConversionError, match="no document: "):
            Document.from_json(f"{text[:start]}{wrong}}}")

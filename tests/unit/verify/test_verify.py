"""Verification: content that counts as the same, differences and their lines; conservation: no text lost or added."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from converter.model import Document, Finding
from converter.options import Options
from converter.pipeline import convert
from converter.verify import RENDERERS, RendererError, conservation, prove, verify
from converter.verify.verdict import LONGEST_SHOWN, Difference
from tests.kit.paths import ROOT

CORPUS = ROOT.parent / "shared" / "corpus"
PAGES = sorted((ROOT / "fixtures").rglob("*.html"))
DOCUMENTS = sorted(path for path in CORPUS.glob("*/*") if path.is_file()) if CORPUS.is_dir() else []
MATH = '<math><semantics><mi>x</mi><annotation encoding="application/x-tex">{}</annotation></semantics></math>'

SAME = {
    # name: (source, Markdown that says the same)
    "styles may be emphasis": ('<p><span style="font-weight:bold">甲</span>乙</p>', "**甲**乙"),
    "or none": ('<p><span style="font-weight:bold">甲</span>乙</p>', "甲乙"),
    "punctuation at the edge of emphasis": ("<p>前<strong>注意：</strong>请</p>", "前**注意**：请"),
    "neighbouring emphasis": ("<p><b>a</b><strong>b</strong> <b>c</b></p>", "**ab c**"),
    "emphasis in a heading": ("<h2><strong>甲</strong></h2>", "## 甲"),
    "places in the page have new names": ('<p><a href="#b">跳</a></p><h2 id="b">标</h2>', "[跳](#标)\n\n## 标"),
    "redirects": ('<p><a href="https://link.csdn.net/?target=http%3A%2F%2Fx.y%2Fz">甲</a></p>', "[甲](http://x.y/z)"),
    "a script is no address": ('<p><a href="javascript:void(0)">甲</a></p>', "甲"),
    "a bare address": ("<p>http://x.y/z 。</p>", "<http://x.y/z> 。"),
    "a list ends the heading around it": ("<h4><section>甲<ul><li><b>乙</b></li></ul>丙</section></h4>", "#### 甲\n\n- **乙**\n\n丙"),
    "so do code and quotes": ("<h4>甲<pre>x</pre></h4><h4>乙<blockquote>丙</blockquote></h4>", "#### 甲\n\n```\nx\n```\n\n#### 乙\n\n> 丙"),
    "a player may be a link": ('<p>甲<iframe src="https://p.b.com/x"></iframe></p>', "甲\n\n[视频](https://p.b.com/x)"),
    "beside a link to the same address": (
        '<p><iframe src="https://p.b.com/x"></iframe></p><p><a href="https://p.b.com/x">看</a></p>',
        "[https://p.b.com/x](https://p.b.com/x)\n\n[看](https://p.b.com/x)",
    ),
    "or go": ('<p>甲<iframe src="https://p.b.com/x"></iframe></p>', "甲"),
    "a picture that could not be copied": (
        "<p>甲[外链图片转存失败,源站可能有防盗链机制,建议将图片保存下来直接上传(img-Ab1-16)(http://x/a.png)]乙</p>",
        "甲![](http://x/a.png)乙",
    ),
    "the same in a link": (
        '<p>甲<a href="http://t/">[外链图片转存失败,源站可能有防盗链机制,建议将图片保存下来直接上传(img-Ab1-16)(http://x/a.png)]</a></p>',
        "甲[![](http://x/a.png)](http://t/)",
    ),
    "its address holds no formula": (
        f"<p>{MATH.format('a')}[外链图片转存失败,源站可能有防盗链机制,建议将图片保存下来直接上传(img-$1)(http://x/$a.png)]</p>",
        "$a$![](http://x/%24a.png)",
    ),
    "or whose copy had not ended": ("<p>甲[外链图片转存中...(img-Ab1-17)]乙</p>", "甲乙"),
    "an address that shows no image": ('<p>甲<img src="blob:https://x/y"><img src=" JavaScript:x"><img src="data:text/html,x"></p>', "甲"),
    "libxml2 puts text behind a player into it": ('<p><embed src="http://x/c.swf">说<b>明</b></p>', "[播放](http://x/c.swf)说**明**"),
    "what an image host adds": ('<p><img src="http://i/a.png?x-oss-process=image/w#pic_center =600x"></p>', "![](http://i/a.png)"),
    "what an editor says of any picture": ('<p><img src="http://i/a.png" alt="在这里插入图片描述"></p>', "![](http://i/a.png)"),
    "a table of contents is left out": ('<div class="toc"><a href="#a">目</a></div><p>甲</p>', "甲"),
    "or kept": ('<div class="toc"><a href="#a">目</a></div><p>甲</p>', "[目](#a)\n\n甲"),
    "its title is a part of it": (
        '<div id="content_views"><div class="toc"><h4>一个很长的目录的标题，它比任何按钮上的字都长得多，而且还有更多的字</h4><ul><li><a href="#a">目</a></li></ul></div><p>甲</p></div>',
        "甲",
    ),
    "a heading ends the one around it": ("<h1><h1>甲</h1></h1><h4><span><h3>乙</h3></span></h4>", "# 甲\n\n### 乙"),
    "the article's own heading that is its title": (
        '---\ntitle: 题\n---\n<div id="content_views"><h3>甲</h3><h1>题</h1><p>乙</p></div>',
        "---\ntitle: 题\n---\n### 甲\n\n# 题\n\n乙",
    ),
    "a hidden picture": (
        '<p>这是一篇文章的文字，足够长的文字，要说明的是图片<img src="http://i/a.gif" style="DISPLAY: none"></p>',
        "这是一篇文章的文字，足够长的文字，要说明的是图片",
    ),
    "a picture on the author's drive": ('<p>甲<img src="C:\\a.png"><img src="D:%5Cb.png"></p>', "甲"),
    "line numbers behind U+00A0": (
        "<pre>&nbsp;1 START TRANSACTION OF THE CUSTOMER;\n&nbsp;2 SELECT BALANCE FROM CHECKING;\n&nbsp;3 COMMIT;</pre>",
        "```\nSTART TRANSACTION OF THE CUSTOMER;\nSELECT BALANCE FROM CHECKING;\nCOMMIT;\n```",
    ),
    "words of code that a pretty-printer parted": (
        '<p>须执行的语句为：<span class="code">\n <b>CREATE</b>\n ALIAS UUID\n <b>FOR</b>\n "function"\n</span>，结果如下</p>',
        '须执行的语句为：**CREATE** ALIAS UUID **FOR** "function" ，结果如下',
    ),
    "a part of what a style emphasises": ('<p><span style="font-weight:bold">甲乙</span>丙</p>', "甲**乙**丙"),
    "a fence of the file behind the article": (
        '---\ntitle: 题\n---\n<div id="content_views"><pre>x</pre><p>甲</p></div>\n\n```\n',
        "---\ntitle: 题\n---\n```\nx\n```\n\n甲\n\n```\n",
    ),
    "layout tables": ("<table><tr><td><p>甲</p><pre>x\ny</pre></td></tr></table>", "甲\n\n```\nx\ny\n```\n"),
    "a guessed language may go": ('<pre><code class="hljs lasso">x</code></pre>', "```\nx\n```"),
    "or stay": ('<pre><code class="hljs lasso">x</code></pre>', "```lasso\nx\n```"),
    "formulas": (f"<p>甲{MATH.format('a_1')}乙</p>", "甲$a_1$乙"),
    "formulas as they were typed": (f"<p>{MATH.format('a')} $b*c*d$</p>", "$a$ $b*c*d$"),
    "money is no formula": ("<p>5$ 6$</p>", "5$ 6$"),
    "the title may be a heading": ("---\ntitle: 题\n---\n<p>甲</p>", "---\ntitle: 题\n---\n# 题\n\n甲"),
    "lists in lists without items": ("<ul><li>甲</li><ul><li>乙</li></ul></ul>", "- 甲\n  - 乙\n"),
    "template guards": ("<pre>{{ x }}</pre>", "{% raw %}\n```\n{{ x }}\n```\n{% endraw %}"),
    "prettified blanks": ("\n".join(["<div>", "<p>", "a", "<b>", "b", "</b>", "</p>", "</div>"]), "a **b**"),
    "nothing": ("<p> </p>", ""),
}  # fmt: skip


@pytest.mark.parametrize("renderer", RENDERERS)
@pytest.mark.parametrize("name", SAME)
def test_equivalent_markdown_is_perfect(name: str, renderer: str) -> None:
    source, markdown = SAME[name]
    assert [str(difference) for difference in verify(source, markdown, renderer=renderer).differences] == []


def test_an_image_that_may_show_something_is_missed() -> None:
    source = '<p>甲<img src="data:image/tiff;base64,AA"><img src="cid:x"></p>'
    assert len(verify(source, "甲").differences) == 2


def test_lines_are_counted_in_the_files() -> None:
    source = "---\ntitle: t\n---\n<p>a</p>\n<h2>b</h2>"
    (difference,) = verify(source, "---\ntitle: t\n---\n\na\n\n### b\n").differences
    assert (difference.line, difference.source_line) == (7, 5)


def test_a_missing_fact_has_the_line_where_it_would_be() -> None:
    markdown = "a\n\nb\n\n\n\nc\n"
    (difference,) = verify('<p>a</p>\n<p>b<img src="http://x/y.png"></p>\n<p>c</p>', markdown).differences
    assert (difference.line, str(difference)) == (3, "image missing: http://x/y.png")


def test_long_texts_are_cut_in_messages() -> None:
    assert len(str(Difference("text", 1, "text", "x" * 5000))) < LONGEST_SHOWN + 30


def test_the_language_of_code_that_names_none_is_the_option() -> None:
    options = Options(code_language="python")
    assert verify("<pre>x</pre>", "```python\nx\n```", options=options).perfect
    assert not verify("<pre>x</pre>", "```python\nx\n```").perfect


def test_markdown_that_was_left_as_it_is_is_perfect() -> None:
    text = "---\ntitle: t\n---\n# 甲 <b>\n"
    assert verify(text.encode(), text).perfect


def test_more_differences_give_a_lower_score() -> None:
    source = "".join(f"<p>{number}</p>" for number in range(10))
    good = "\n\n".join(map(str, range(10)))
    scores = [verify(source, markdown).score for markdown in (good, good.replace("3", "x"), good[: len(good) // 2], "")]
    assert scores == sorted(scores, reverse=True)
    assert scores[0] == 1.0
    assert scores[-1] == 0.0


def test_unknown_renderer() -> None:
    with pytest.raises(RendererError, match="markdown-it, cmark-gfm"):
        verify("<p>a</p>", "a", renderer="nothing")


def test_deep_nesting_is_verified() -> None:
    assert verify("<div>" * 2000 + "a" + "</div>" * 2000, "a").perfect


# --------------------------------------------------------------------------------------------------
# Conservation


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_character_of_a_fixture_is_accounted_for(path: Path) -> None:
    data = path.read_bytes()
    balance = conservation(data, convert(data, name=path.name))
    assert balance.even, str(balance)


@pytest.mark.skipif(not DOCUMENTS, reason="the corpus is not on this machine")
@pytest.mark.parametrize("part", range(16))
def test_every_character_of_the_corpus_is_accounted_for(part: int) -> None:
    for path in DOCUMENTS[part::16]:
        data = path.read_bytes()
        if path.suffix in (".md", ".markdown", ".html", ".htm"):
            balance = conservation(data, convert(data, name=path.name))
            assert balance.even, f"{path.name}\n{balance}"


ARTICLE = '<div id="content_views"><p>甲 乙</p><svg width="9" height="9"><text>图</text></svg><p style="display:none">丙丁</p></div>'


def without(document: Document, rule: str) -> Document:
    assert document.article is not None
    kept = tuple(finding for finding in document.findings if finding.rule != rule)
    return replace(document, findings=kept, article=replace(document.article, findings=kept))


def test_the_balance_lists_each_rule() -> None:
    balance = conservation(ARTICLE, convert(ARTICLE))
    assert (balance.file, balance.body) == (5, 2)
    assert {entry.rule: entry.removed for entry in balance.entries} == {"image/svg": 1, "chrome/hidden": 2}
    assert str(balance).splitlines() == [
        "        5  characters in the file's body",
        "       -1  image/svg (1, 20%)",
        "       -2  chrome/hidden (1, 40%)",
        "        2  characters in the Markdown's content",
    ]


def test_text_that_no_finding_explains_is_reported() -> None:
    balance = conservation(ARTICLE, without(convert(ARTICLE), "chrome/hidden"))
    assert (balance.even, sorted(balance.missing), balance.added) == (False, ["丁", "丙"], "")
    assert "UNEXPLAINED, lost" in str(balance)


def test_added_text_is_reported() -> None:
    document = convert(ARTICLE)
    assert document.article is not None
    document.article.body.children[0].children.append("戊")  # type: ignore[union-attr]
    assert conservation(ARTICLE, document).added == "戊"


def test_proof_is_both_laws() -> None:
    document = convert(ARTICLE)
    assert prove(ARTICLE, document).perfect
    (difference,) = prove(ARTICLE, without(document, "chrome/hidden")).differences
    assert (difference.facet, str(difference)) == ("conservation", "unexplained text missing: 丙丁")
    assert not prove(ARTICLE, replace(document, text="甲 已\n")).perfect


def test_a_title_written_as_a_heading_is_accounted_for() -> None:
    page = '<h1 class="title-article">题</h1><div id="content_views"><p>甲</p></div>'
    document = convert(page, options=Options(title_heading=True))
    assert document.text == "# 题\n\n甲\n"
    assert conservation(page, document).even
    assert Finding("title/heading", "", "题") in document.findings

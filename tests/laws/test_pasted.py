"""A property: whatever Markdown stands around whatever wrappers, all of it is in the output byte for byte, in order."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from converter import convert
from converter.verify import prove

WRAPPERS = (
    '<div id="content_views"><p>{}</p></div>',
    '<div class="blog-content-box">\n <article class="baidu_pl">\n  <div id="content_views">\n   <p>\n    {}\n   </p>\n'
    "  </div>\n </article>\n</div>",
    '<div id="article_content" class="article_content">\n<div><p>{}</p>\n\n<pre>a\n\n</div\n</pre></div>\n</div>',
    "<article class='baidu_pl'><ul><li>{}</li></ul></article>",
    '<div id="article_content"><div id="content_views"><div class="htmledit_views"><p>{}</p></div></div></div>',
    '<!--more--><div id="content_views"><p>{}</p></div>',
    '<div id="content_views"><p>{}</p>\n<!--more-->\n<p>乙</p></div>',
    '<div id="content_views"><p>{}</p>\n<pre><code>&lt;div id="content_views"&gt;\n\n# 甲\n</code></pre></div>',
)
PIECES = (
    "一段文字",
    "# 标题",
    "* 甲\n* 乙",
    "1) 甲\n2) 乙",
    "> 引文\n> 又一行",
    '```html\n<div id="content_views">例子</div>\n```',
    "~~~~\n<article class='baidu_pl'>\n```\n~~~~",
    '- 项\n\n  ```html\n  <div id="content_views">\n  ```',
    '> ```html\n> <div id="content_views">例子</div>\n> ```',
    '1. 项\n\n   ~~~html\n   <div id="content_views">\n   </div>\n   ~~~',
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "行末两个空格  \n下一行",
    "<!-- more -->",
    "<!--more-->",
    '<!--\n<div id="content_views">\n-->',
    '<div class="note">\n\n**盒子**\n\n</div>',
    "    缩进的代码",
    '    <div id="content_views">缩进的例子</div>',
    '`<div id="content_views">`与文字',
    '``<div id="content_views"> ` ``与文字',
    '<pre>\n<div id="content_views">\n</pre>',
    "***",
    "上标题\n=====",
    "[甲]: https://example.com/a",
    "甲[^1]\n\n[^1]: 注",
    "$$\na_b\n$$",
    "{% raw %}{{ x }}{% endraw %}",
    "\\*字\\* &amp; &lt;b&gt;",
    "<b>粗</b>与<br>换行",
    "\t制表符开头的代码",
    '> <div id="content_views"><p>引用里的</p></div>',
    '- <div id="content_views"><p>列表里的</p></div>',
    '<div id="content_views">\n\n**这里是 Markdown**\n\n- 甲\n- 乙\n\n</div>',
    "<details><summary>看</summary>\n\n*里面*\n\n</details>",
)
FRONT = (
    "",
    "---\ntitle: 甲\n---\n",
    "---\ntitle: 甲\n---\n\n",
    '+++\ntitle = "甲"\n+++\n',
    '{\n  "title": "甲"\n}\n\n',
)
markdown = st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map("\n\n".join)
indents = st.sampled_from(("", "", " ", "   "))
wrappers = st.tuples(st.sampled_from(WRAPPERS), st.text("甲乙abc*_[<&", min_size=1, max_size=8), indents).map(
    lambda drawn: drawn[2] + drawn[0].format(drawn[1].replace("&", "&amp;").replace("<", "&lt;"))
)


@st.composite
def posts(draw: st.DrawFn) -> tuple[str, list[str]]:
    """Return a post and the stretches of Markdown in it: one to five wrappers, each behind or before Markdown."""
    kept: list[str] = ["一段文字"]
    parts: list[str] = ["一段文字"]
    for _ in range(draw(st.integers(1, 5))):
        parts.append(draw(wrappers))
        if draw(st.booleans()):
            text = draw(markdown)
            kept.append(text)
            parts.append(text)
    if draw(st.booleans()) and len(kept) > 1:
        parts.append(parts.pop(0))
        kept.append(kept.pop(0))
    gap = draw(st.sampled_from(("\n\n", "\n\n\n")))
    tight = draw(st.booleans())  # a wrapper may follow a line of text, but not the other way round
    body = parts[0]
    for before, part in pairwise(parts):
        body += ("\n" if tight and before == "一段文字" else gap) + part
    return draw(st.sampled_from(FRONT)) + body + draw(st.sampled_from(("", "\n"))), kept


@given(posts(), st.booleans(), st.booleans())
def test_markdown_around_wrappers_stays_byte_for_byte(post: tuple[str, list[str]], crlf: bool, bom: bool) -> None:
    source, kept = post
    if crlf:
        source, kept = source.replace("\n", "\r\n"), [text.replace("\n", "\r\n") for text in kept]
    data = ("\ufeff" if bom else "").encode() + source.encode()
    document = convert(data, name="post.md")
    assert document.kind.name == "mixed"
    position = 0
    text = str(document)
    for stretch in kept:
        found = text.find(stretch, position)
        assert found >= 0, (stretch, text[position:])
        position = found + len(stretch)
    if not crlf:
        assert prove(data, document).differences == ()

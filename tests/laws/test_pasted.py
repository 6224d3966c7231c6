"""A property: whatever Markdown stands around whatever wrappers, all of it is in the output byte for byte, in order."""

from __future__ import annotations

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
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "行末两个空格  \n下一行",
    "<!-- more -->",
    '<!--\n<div id="content_views">\n-->',
    '<div class="note">\n\n**盒子**\n\n</div>',
    "    缩进的代码",
    '`<div id="content_views">`与文字',
    "***",
    "上标题\n=====",
)
FRONT = ("", "---\ntitle: 甲\n---\n", "---\ntitle: 甲\n---\n\n")
markdown = st.lists(st.sampled_from(PIECES), min_size=1, max_size=3).map("\n\n".join)
wrappers = st.tuples(st.sampled_from(WRAPPERS), st.text("甲乙abc*_[<&", min_size=1, max_size=8)).map(
    lambda pair: pair[0].format(pair[1].replace("&", "&amp;").replace("<", "&lt;"))
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
    body = draw(st.sampled_from(FRONT)) + draw(st.sampled_from(("\n\n", "\n\n\n"))).join(parts)
    return body + draw(st.sampled_from(("", "\n"))), kept


@given(posts(), st.booleans())
def test_markdown_around_wrappers_stays_byte_for_byte(post: tuple[str, list[str]], crlf: bool) -> None:
    source, kept = post
    if crlf:
        source, kept = source.replace("\n", "\r\n"), [text.replace("\n", "\r\n") for text in kept]
    document = convert(source.encode(), name="post.md")
    assert document.kind.name == "mixed"
    position = 0
    text = str(document)
    for stretch in kept:
        found = text.find(stretch, position)
        assert found >= 0, (stretch, text[position:])
        position = found + len(stretch)
    if not crlf:
        assert prove(source, document).differences == ()

"""Limits of chrome: what each lets an element hold; the cleaner and verification agree."""

from __future__ import annotations

import pytest
from lxml.html import fragment_fromstring

from converter.extract.limits import exceeds, holds_more
from converter.rules.chrome import Chrome
from converter.rules.limits import CODE_TAGS, LIMITS, LimitName
from converter.verify.chrome_limits import is_chrome, is_within

SENTENCE = "把文件放到这个目录里。"
WITHIN: list[tuple[LimitName, str]] = [
    ("comments", f"<p>{SENTENCE * 200}</p><blockquote>{SENTENCE}</blockquote><img src='a.png'>"),
    ("glyphs", "<span>准确率<span>=</span>预测正确，占总数的比例</span>"),
    ("glyphs", "<svg><path/></svg><br>"),
    ("labels", "<b>[java]</b> <a href='#'>view plain</a><a href='#'>copy</a><a href='#'>print</a>?"),
    ("labels", "在CODE上查看代码片派生到我的代码片"),
    ("labels", "<img src='a.png' width='16'><a href='javascript:void(0)'><img src='b.png'></a>"),
    ("labels", "<p>&nbsp;</p><style>p { margin: 0; padding: 0 } </style>"),
    ("links", f"<a href='/a'><h4>{SENTENCE}</h4><p>{SENTENCE * 50}</p><img src='a.png'></a> 05-21 阅读 1万+"),
    ("note", f"<p>{SENTENCE}</p>" * 3),
    ("numbers", "<li>1</li><li>2.</li>\n<li>\xa03</li>"),
    ("page", f"<h3>热门文章</h3><p>{SENTENCE}</p><img src='a.png'>"),
    ("tex", r"\frac{a}{b} + \sum_{i=1}^n x_i"),
]
BEYOND: list[tuple[LimitName, str]] = [
    ("comments", "<p>短</p><pre>ls</pre>"),
    ("glyphs", "x 是变量。下面是正文"),
    ("glyphs", "x<br>正文"),
    ("glyphs", "<script type='math/tex'>x</script>"),
    ("labels", SENTENCE),
    ("labels", "把所有需要的文件复制到服务器的目录下面然后重新启动整个系统"),
    ("labels", "Copy the file into the folder, then start it again"),
    ("labels", "Then start it again."),
    ("labels", "x" * 81),
    ("labels", "<p>短</p>"),
    ("labels", "<a href='/a'><h2>短</h2></a>"),
    ("labels", "<code>ls</code>"),
    ("labels", "<img src='a.png'>"),
    ("labels", "<p><img src='a.png'></p>"),
    ("links", f"<p>{SENTENCE}</p>"),
    ("links", "x" * 301),
    ("note", "<pre>ls</pre>"),
    ("note", "x" * 301),
    ("numbers", "<li>1</li><li>a</li>"),
    ("numbers", "1<img src='a.png'>"),
    ("page", "x" * 1501),
    *(("page", f"<a href='/a'><{tag}>ls</{tag}></a>") for tag in sorted(CODE_TAGS)),
    ("tex", SENTENCE),
]


@pytest.mark.parametrize(("name", "html"), [*WITHIN, *BEYOND])
def test_a_limit(name: LimitName, html: str) -> None:
    element = fragment_fromstring(f"<div>{html}</div>")
    expected = (name, html) in BEYOND
    assert exceeds(element, LIMITS[name]) is expected
    assert is_within(LIMITS[name], element) is not expected


def test_every_limit_is_tested() -> None:
    assert {name for name, _ in WITHIN} == {name for name, _ in BEYOND} == set(LIMITS)


def test_what_is_never_shown_may_hold_anything() -> None:
    element = fragment_fromstring(f"<div><pre>{SENTENCE * 100}</pre></div>")
    row = Chrome("style", "html/style", "a test", "anything")
    assert not holds_more(element, row)
    assert is_chrome(row.holds, element)

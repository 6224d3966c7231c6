"""The quick look says that nothing is missing only where the whole selection finds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.verify.fidelity import facts_of_markdown, facts_of_source
from converter.verify.parsed_source import ParsedSource, parse_source
from converter.verify.quick_look import shows_everything
from converter.verify.selection import is_lock, may_hold_lock, selection
from tests.laws.test_fixtures import EXPECTED, SOURCES, stem

LONG = "这一段是作者写的正文，它比三十个字长得多，所以少了它的时候，检查必须说出来，不能当作没有看见。"
MISSED = {
    # name: (post, text of its Markdown)
    "a paragraph": (f"<p>甲</p><p>{LONG}</p><p>乙</p>", "甲乙"),
    "text behind an element": (f"<p>甲</p>{LONG}<p>乙</p>", "甲乙"),
    "text beside what is not seen": (f"<div>甲<script>x</script>{LONG}</div>", "甲"),
    "several short sentences": ("<p>甲</p>" + "".join(f"<p>第{i}句话没有写进去。</p>" for i in range(9)), "甲"),
    "an image": ('<p>甲<img src="http://x/y.png"></p>', "甲"),
    "the end of a locked article": ("<p>甲</p><p>登录后即可阅读全文</p>", "甲登录后即可阅读全文"),
    "a lock that is left out": ("<p>甲</p><div>登录后即可阅读全文</div>", "甲"),
    "lines of code": ('<div class="code-box">if x:\n  y()\n  z()\n</div>', "ifx:y()z()"),
}


def look(source: ParsedSource, text: str, images: frozenset[str]) -> tuple[bool, list[str]]:
    """Return what the quick look says, and what the selection finds."""
    seen = selection(source.file, source.article, text, images, list, is_page=False, exact=True)
    return shows_everything(source, text, images, exact=True), list(map(str, seen))


@pytest.mark.parametrize("name", MISSED)
def test_what_is_missing_is_not_overlooked(name: str) -> None:
    html, text = MISSED[name]
    everything, found = look(parse_source(html), text, frozenset())
    assert (everything, bool(found)) == (False, True)


LOCKS = ("解锁全文", "登录后即可阅读全文", "关注后才能查看全部内容", "付费后可浏览剩余内容", "剩余80%", "支付0.47元")


@pytest.mark.parametrize("text", LOCKS)
def test_a_lock_is_found_in_a_text_that_holds_it(text: str) -> None:
    assert is_lock(text)
    assert may_hold_lock(LONG + text + LONG)
    assert not may_hold_lock(LONG)


LEFT_OUT = {
    # HTML of which verification leaves out the box: does a second look find text of the author in it?
    f'<p>甲</p><div class="article-copyright">{LONG}</div><p>乙</p>': True,
    '<p>甲</p><div class="hide-article-box">登录后即可阅读全文</div><p>乙</p>': True,
    '<p>甲</p><div class="article-copyright">版权</div><p>乙</p>': False,
    f'<h1 class="title-article">{LONG}</h1><p>甲</p><p>乙</p>': False,
    f"<p>甲</p><script>{LONG}</script><p>乙</p>": False,
}


@pytest.mark.parametrize("html", LEFT_OUT)
def test_what_the_facts_leave_out_is_looked_at(html: str) -> None:
    source = parse_source(html)
    facts = facts_of_source(source, source.article, toc=False)
    assert (facts.text, len(facts.left_out)) == ("甲乙", 1)
    assert shows_everything(source, facts.text, frozenset(), exact=True, facts=facts) is not LEFT_OUT[html]


def test_text_that_the_facts_lack_without_a_word_is_looked_for() -> None:
    source = parse_source(f"<p>甲</p><p>{LONG}</p>")
    facts = facts_of_source(parse_source("<p>甲</p>"), parse_source("<p>甲</p>").article, toc=False)
    assert not shows_everything(source, facts.text, frozenset(), exact=True, facts=facts)


def test_an_image_that_the_facts_lack_is_looked_for() -> None:
    source = parse_source('<p>甲<img src="http://x/y.png"></p>')
    facts = facts_of_source(parse_source("<p>甲</p>"), parse_source("<p>甲</p>").article, toc=False)
    assert not shows_everything(source, facts.text, frozenset(), exact=True, facts=facts)


@pytest.mark.parametrize(
    "html",
    [
        f"<h1>{LONG}</h1><p>甲</p>",
        f'<p>甲</p><p><a href="x">{LONG}</a></p>',
        "<p>甲</p><p>版权声明：本文为博主原创文章，遵循某某版权协议，转载请附上原文出处链接和本声明。</p>",
        f'<p>甲</p><p style="display: none">{LONG}</p><script>{LONG}</script>',
        "<p>甲</p><button>复制</button>",
    ],
)
def test_what_no_selection_reports_is_not_looked_for(html: str) -> None:
    assert look(parse_source(html), "甲", frozenset()) == (True, [])


@pytest.mark.parametrize("source", SOURCES, ids=stem)
def test_it_agrees_with_the_selection(source: Path) -> None:
    """With the Markdown as it should be, and without each tenth of its text."""
    parsed = parse_source(source.read_bytes())
    if parsed.is_page:
        return
    expected = facts_of_source(parsed, parsed.article, toc=False)
    markdown = source.with_name(stem(source) + EXPECTED).read_text(encoding="utf-8")
    facts = facts_of_markdown(markdown, "markdown-it", titles=frozenset(), formulas=expected.has_formulas)
    images = frozenset(str(value[0]) for value in facts.images.values if isinstance(value, tuple))
    size = len(facts.text)
    for part in range(11):
        text = facts.text[: part * size // 10] + facts.text[(part + 1) * size // 10 :] if part < 10 else facts.text
        everything, found = look(parsed, text, images)
        assert not (everything and found), (part, found)
    if expected.text == facts.text and expected.images.values == facts.images.values:
        assert not (shows_everything(parsed, facts.text, images, exact=True, facts=expected) and found), found

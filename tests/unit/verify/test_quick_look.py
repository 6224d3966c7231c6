"""The quick look says that nothing is missing only where the whole selection finds nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from converter.verify.fidelity import facts_of_markdown, facts_of_source
from converter.verify.parsed_source import ParsedSource, parse_source
from converter.verify.quick_look import shows_everything
from converter.verify.selection import selection
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
    return shows_everything(source.body, source.html, text, images, exact=True), list(map(str, seen))


@pytest.mark.parametrize("name", MISSED)
def test_what_is_missing_is_not_overlooked(name: str) -> None:
    html, text = MISSED[name]
    everything, found = look(parse_source(html), text, frozenset())
    assert (everything, bool(found)) == (False, True)


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
    facts = facts_of_markdown(
        markdown, "markdown-it", titles=frozenset(), player_urls=frozenset(), formulas=expected.has_formulas
    )
    images = frozenset(str(value[0]) for value in facts.images.values if isinstance(value, tuple))
    size = len(facts.text)
    for part in range(11):
        text = facts.text[: part * size // 10] + facts.text[(part + 1) * size // 10 :] if part < 10 else facts.text
        everything, found = look(parsed, text, images)
        assert not (everything and found), (part, found)

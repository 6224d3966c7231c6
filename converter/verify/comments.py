"""The comments of readers are part of a page's article, or data, where they were asked for; here they are found again.

A comment is an item of a list that carries the number which the site gave it.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace

from lxml.etree import XPath, _Element

from converter.options import Options
from converter.verify.parsed_source import ParsedSource

HEADING = "评论"
_ITEMS = XPath(
    "descendant::li[@data-commentid][ancestor::*[contains(concat(' ', normalize-space(@class), ' '), ' comment-box ')]]"
    "[not(ancestor::noscript or ancestor::template or ancestor::li[@data-commentid])]"
    "| descendant::div[@class='feedbackItem'][ancestor::*[@id='blog-comments-placeholder']]"
)
_AUTHOR = XPath("descendant::span[starts-with(@class, 'name')] | descendant::a[starts-with(@id, 'a_comment_author_')]")
_ANSWERED = XPath("descendant::span[@class='nick-name']")
_DATE = XPath("descendant::span[contains(@class, 'date') and (@title or @class='comment_date')]")
_TEXT = XPath("descendant::span[starts-with(@class, 'new-comment')] | descendant::div[@class='blog_comment_body']")
_IS_REPLY = XPath("boolean(ancestor::li[starts-with(@class, 'replay')])")


def with_comments(source: ParsedSource, options: Options) -> ParsedSource:
    """Return a source with its comments as a section of their own, where the options ask for that."""
    if options.comments != "section" or not source.is_page:
        return source
    body = deepcopy(source.body)
    section = body.makeelement("div")
    heading, comments = body.makeelement("h2"), body.makeelement("ul")
    heading.text = HEADING
    section.extend((heading, comments))
    found = [(item, bool(_IS_REPLY(item)), _entry(item)) for item in _ITEMS(body)]
    for item, is_reply, entry in found:
        if entry is None:
            continue
        if is_reply and len(comments):
            if comments[-1][-1].tag != "ul":
                comments[-1].append(body.makeelement("ul"))
            comments[-1][-1].append(entry)
        else:
            comments.append(entry)
        item.clear()
    return replace(source, body=body, comments=section) if len(comments) else source


def comments_of(source: ParsedSource) -> Iterator[tuple[tuple[str, str, str], _Element]]:
    """Yield, of each comment of a source, in order, (author, whom it answers, date), and an element with its text."""
    if not source.is_page:
        return
    for item in _ITEMS(deepcopy(source.body)):
        head = (
            _start(_AUTHOR(item)),
            _start(_ANSWERED(item)),
            next(map(_when, _DATE(item)), ""),
        )
        entry = _entry(item)
        if entry is not None:
            yield head, entry[-1]


def _entry(item: _Element) -> _Element | None:
    """Return an item of the section for a comment: a line that says whose it is, and its text; None for no text."""
    texts = _TEXT(item)
    if not texts:
        return None
    text, dates = texts[0], _DATE(item)
    line, strong = item.makeelement("p"), item.makeelement("strong")
    strong.text = _start(_AUTHOR(item))
    answered = _start(_ANSWERED(item))
    strong.tail = (f" 回复 {answered}" if answered else "") + "".join(f" · {_when(date)}" for date in dates[:1])
    line.append(strong)
    for date in dates[:1]:
        date.text = ""
    entry, shown = item.makeelement("li"), item.makeelement("div")
    text.tail = None
    shown.append(text)
    entry.extend((line, shown))
    return entry


def _start(found: list[_Element]) -> str:
    """Return the text at the start of the first element."""
    return " ".join((found[0].text or "").split()) if found else ""


def _when(date: _Element) -> str:
    """Return the exact date of a comment."""
    return " ".join((date.get("title") or date.text or "").split())

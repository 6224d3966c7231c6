"""Take the comments of readers out of a page: as a section that can stand below its article, or as data."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NamedTuple

from lxml import etree

from converter.extract.text import detach, settable, shown_text_of
from converter.model import Comment, Finding
from converter.rules.chrome import SILENT
from converter.scraper.metadata import plain
from converter.sites.record import CommentList
from converter.sites.tables import COMMENT_LISTS

HEADING = "评论"
"""The heading of the section; the sites that have one, and their readers, write Chinese."""
RULE, DATA_RULE = "comments/section", "comments/data"
_HOLDERS = ("div", "p", "span")
"""Elements that hold the text of a comment."""


class Taken(NamedTuple):
    """A comment that was taken out of a page: the words above it, and the element with its text."""

    author: str
    answers: str
    date: str
    text: etree._Element
    is_reply: bool


def take_comments(tree: etree._Element) -> list[Taken]:
    """Take the texts of the comments out of a page's tree; names and dates stay with the rest of its furniture."""
    return [_taken(row, item, text, is_reply) for row, item, text, is_reply in list(_comments(tree))]


def section_of(taken: Iterable[Taken]) -> tuple[etree._Element, Finding]:
    """Return a section with comments, replies in lists within the list, and the finding of the words added to them."""
    section = etree.Element("div")
    etree.SubElement(section, "h2").text = HEADING
    comments = etree.SubElement(section, "ul")
    replies = None
    words = [HEADING]
    for comment in taken:
        place = replies if comment.is_reply and replies is not None else comments
        entry = etree.SubElement(place, "li")
        words.append(_add_head(entry, comment))
        entry.append(comment.text)
        if place is comments:
            replies = etree.SubElement(entry, "ul")
    for empty in [one for one in comments.iter("ul") if not len(one)]:
        empty.getparent().remove(empty)  # type: ignore[union-attr]  # it is in an entry, or in the section
    return section, Finding(RULE, "", " ".join(words))


def as_data(taken: Iterable[Taken], markdown: Callable[[etree._Element], str]) -> tuple[tuple[Comment, ...], Finding]:
    """Return comments with their replies, and the finding of their texts, which leave the page.

    markdown: makes the Markdown of the text of one.
    """
    made: list[Comment] = []
    words = []
    for author, answers, date, text, is_reply in taken:
        words.append(" ".join(shown_text_of(text).split()))
        comment = Comment(author, date, answers, markdown(text))
        if is_reply and made:
            made[-1] = replace(made[-1], replies=(*made[-1].replies, comment))
        else:
            made.append(comment)
    return tuple(made), Finding(DATA_RULE, " ".join(words))


def _comments(tree: etree._Element) -> Iterator[tuple[CommentList, etree._Element, etree._Element, bool]]:
    """Yield each comment: its row, its element, the element with its text, and whether it is a reply."""
    for row in COMMENT_LISTS:
        walker = etree.iterwalk(tree, events=("start",), tag=("li", "div"))
        for _, item in walker:
            if row.item in _classes(item):
                walker.skip_subtree()
                text = _first(item, row.text)
                around = {name for up in item.iterancestors() for name in (*_classes(up), f"#{up.get('id')}")}
                is_shown = next(item.iterancestors(*SILENT), None) is None
                if row.box in around and is_shown and text is not None and text.tag in _HOLDERS:
                    yield row, item, text, row.reply in around


def _taken(row: CommentList, item: etree._Element, text: etree._Element, is_reply: bool) -> Taken:
    author, answered, date = (_first(item, name) for name in (row.author, row.answered, row.date))
    exact = "" if date is None else settable(plain(date.get(row.dated, "") if row.dated else date.text or ""))
    _take_text(text, date)
    return Taken(_own_text(author), _own_text(answered), exact, text, is_reply)


def _add_head(entry: etree._Element, comment: Taken) -> str:
    """Add the line above a comment, with who wrote it, to whom and when; return its text."""
    line = etree.SubElement(entry, "p")
    strong = etree.SubElement(line, "strong")
    strong.text = comment.author
    behind = f" 回复 {comment.answers}" if comment.answers else ""
    behind += f" · {comment.date}" if comment.date else ""
    strong.tail = behind
    return f"{strong.text}{behind}"


def _own_text(element: etree._Element | None) -> str:
    """Return the text at the start of an element, without that of elements in it; empty for no element."""
    return "" if element is None else settable(plain(element.text or ""))


def _take_text(text: etree._Element, date: etree._Element | None) -> None:
    """Take the element with the text of a comment out of the page; a date in it stays there."""
    if date is not None and text in date.iterancestors():
        detach(date)
        text.addprevious(date)
    detach(text)
    text.tag = "div"
    text.attrib.clear()


def _first(item: etree._Element, name: str) -> etree._Element | None:
    """Return the first element within a comment that has a class, or behind ``#`` an id that begins so."""
    inside = item.iterdescendants(etree.Element)
    if name.startswith("#"):
        return next((one for one in inside if one.get("id", "").startswith(name[1:])), None)
    return next((one for one in inside if name in _classes(one)), None)


def _classes(element: etree._Element) -> list[str]:
    return element.get("class", "").split()

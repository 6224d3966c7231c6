"""Take the comments of readers out of a page, as a section that can stand below its article."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from converter.extract.text import detach, settable
from converter.model import Finding
from converter.rules.chrome import SILENT
from converter.scraper.metadata import plain
from converter.sites.record import CommentList
from converter.sites.tables import COMMENT_LISTS

HEADING = "评论"
"""The heading of the section; the sites that have one, and their readers, write Chinese."""
RULE = "comments/section"
_HOLDERS = ("div", "p", "span")
"""Elements that hold the text of a comment."""


def take_comments(tree: etree._Element) -> tuple[etree._Element | None, tuple[Finding, ...]]:
    """Take the texts of the comments out of a page's tree; return a section with them, and the finding of its words.

    The section is a heading and a list, with the replies to a comment in a list within; None where there is no
    comment.  Names and dates are repeated in it, and stay in the page with the rest of its furniture.
    """
    section = etree.Element("div")
    etree.SubElement(section, "h2").text = HEADING
    comments = etree.SubElement(section, "ul")
    replies = None
    words = [HEADING]
    for row, item, text, is_reply in list(_comments(tree)):
        place = replies if is_reply and replies is not None else comments
        entry = etree.SubElement(place, "li")
        words.append(_add_head(entry, item, row))
        _take_text(text, _first(item, row.date))
        entry.append(text)
        if place is comments:
            replies = etree.SubElement(entry, "ul")
    for empty in [one for one in comments.iter("ul") if not len(one)]:
        empty.getparent().remove(empty)  # type: ignore[union-attr]  # it is in an entry, or in the section
    return (section, (Finding(RULE, "", " ".join(words)),)) if len(words) > 1 else (None, ())


def _comments(tree: etree._Element) -> Iterator[tuple[CommentList, etree._Element, etree._Element, bool]]:
    """Yield each comment: its row, its element, the element with its text, and whether it is a reply."""
    for row in COMMENT_LISTS:
        walker = etree.iterwalk(tree, events=("start",), tag="li")
        for _, item in walker:
            if row.item in _classes(item):
                walker.skip_subtree()
                text = _first(item, row.text)
                around = {name for up in item.iterancestors() for name in _classes(up)}
                is_shown = next(item.iterancestors(*SILENT), None) is None
                if row.box in around and is_shown and text is not None and text.tag in _HOLDERS:
                    yield row, item, text, row.reply in around


def _add_head(entry: etree._Element, item: etree._Element, row: CommentList) -> str:
    """Add the line above a comment, with who wrote it, to whom and when; return its text."""
    line = etree.SubElement(entry, "p")
    author, answered, date = (_first(item, name) for name in (row.author, row.answered, row.date))
    strong = etree.SubElement(line, "strong")
    strong.text = _own_text(author)
    behind = f" 回复 {to}" if (to := _own_text(answered)) else ""
    if date is not None and (exact := date.get("title")):
        behind += f" · {settable(plain(exact))}"
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
    """Return the first element within a comment that has a class."""
    return next((one for one in item.iterdescendants(etree.Element) if name in _classes(one)), None)


def _classes(element: etree._Element) -> list[str]:
    return element.get("class", "").split()

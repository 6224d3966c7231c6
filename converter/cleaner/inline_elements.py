"""Add inline elements that hold text: each opens a mark around what it holds."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lxml.etree import _Element

from converter.cleaner.attributes import is_undone
from converter.cleaner.flow import Flow
from converter.cleaner.references import is_arrow_back
from converter.cleaner.runs import EM, STRONG, Mark, Marks
from converter.cleaner.walk import Cleaner, one_line_text
from converter.extract import urls
from converter.extract.link_cards import card_title

MARKS: Mapping[str, Mark] = MappingProxyType(
    {
        "strong": STRONG,
        "b": STRONG,
        "em": EM,
        "i": EM,
        "del": Mark("del"),
        "s": Mark("del"),
        "strike": Mark("del"),
        "sup": Mark("sup"),
        "sub": Mark("sub"),
        "u": Mark("u"),
        "ins": Mark("u"),
        "mark": Mark("mark"),
    }
)
"""The mark of each tag that always gives the same mark."""


def visit_marked(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Add what a ``strong``, ``em``, ``sub`` ... holds, under its mark.

    ``b`` and ``i`` only say how text looks, which a style takes back; ``strong`` and ``em`` say what it is.
    """
    mark = MARKS[str(element.tag)]
    style = element.get("style") if element.tag in ("b", "i") else None
    if mark not in marks and not (style and is_undone(mark, style)):
        marks = (*marks, mark)
    cleaner.walk(element, flow, marks, depth)


def visit_code(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Add an inline ``code`` as one code span; images in it split the span."""
    if not any(mark.tag == "code" for mark in marks):
        marks = (*marks, Mark("code", number=cleaner.new_number()))
    cleaner.walk(element, flow, marks, depth)


def visit_quotation(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Add what a ``q`` holds, in the quotation marks that browsers draw around it."""
    is_inner = next(element.iterancestors("q"), None) is not None
    opening, closing = "‘’" if is_inner else "“”"
    cleaner.record("text/quotation-marks", "", kept=opening + closing, element=element)
    flow.add_text(opening, marks)
    cleaner.walk(element, flow, marks, depth)
    flow.add_text(closing, marks)


def visit_kbd(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Add a ``kbd`` as one key, even beside another one; a key inside a key is part of it."""
    if not any(mark.tag == "kbd" for mark in marks):
        marks = (*marks, Mark("kbd", number=cleaner.new_number()))
    cleaner.walk(element, flow, marks, depth)


def visit_link(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Add what an ``a`` holds, as a link if it has an address that may stay; a link in a link replaces it."""
    href = element.get("href")
    if not href:
        return cleaner.walk(element, flow, marks, depth)
    if href.startswith("#"):
        if cleaner.references.footnote_ids and is_arrow_back(element):
            return cleaner.record_removal("footnote/backref", element)
        if element in cleaner.references.permalinks:
            return cleaner.record_removal("chrome/permalink", element) if one_line_text(element) else None
        target, rule = "#" + urls.fragment(href[1:]), ""
    else:
        target, rule = urls.link_target(href)
    if rule:
        cleaner.record(rule, href, kept=target, element=element)
    if marks:
        marks = tuple([mark for mark in marks if mark.tag != "a"])
    card = card_title(element) if len(element) else ""
    if target:
        title = element.get("title", "")
        if title and (card or (title := " ".join(title.split())) == one_line_text(element)):
            title = ""
        marks = (*marks, Mark("a", target, title, False, cleaner.new_number()))
    if not card:
        return cleaner.walk(element, flow, marks, depth)
    cleaner.record("chrome/link-card", one_line_text(element), kept=card, element=element)
    return flow.add_text(card, marks)

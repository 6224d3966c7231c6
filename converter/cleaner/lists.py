"""Add lists and their items."""

from __future__ import annotations

import re

from lxml.etree import _Element

from converter.cleaner.code_blocks import add_code
from converter.cleaner.flow import Flow, OpenList
from converter.cleaner.runs import Marks
from converter.cleaner.walk import EXTRA_DEPTH, Cleaner
from converter.extract import code_blocks, urls
from converter.extract.text import is_first
from converter.model import NO_ATTRIBUTES, Node

_NO_MARKER = re.compile(r"list-style(?:-type)?[ \t]{0,9}:[^;:]{0,99}\bnone\b", re.IGNORECASE)
LISTS = frozenset(("ul", "ol", "menu", "dir"))
NUMBERS = re.compile(r"\s*\d+\s*")
"""The text of a line number."""


def visit_list(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Add a ``ul`` or ``ol`` as a list, as a code block with an item a line, or to the item in front of it."""
    if (row := cleaner.kept_chrome.get(element)) and row.holds == "numbers":
        return add_without_numbers(cleaner, element, flow, marks, depth)
    if element.tag == "ol" and add_code(cleaner, code_blocks.numbered_list(element), element, flow):
        return None
    depth += EXTRA_DEPTH
    if (item := _item_in_front(element, flow)) is not None:
        inner = cleaner.new_flow()
        visit_list(cleaner, element, inner, marks, depth)
        item.children.extend(inner.finish())
        return None
    flow.close_paragraph()
    outer = flow.open_list
    flow.open_list = OpenList("ol" if element.tag == "ol" else "ul", _number(element.get("start", ""), 1))
    cleaner.walk(element, flow, marks, depth)
    flow.close_paragraph()
    flow.open_list = outer
    return None


def _number(written: str, otherwise: int) -> int:
    """Return the number that an attribute of a list or item gives."""
    return int(written) if re.fullmatch(r"\d{1,9}", written) else otherwise


def add_without_numbers(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Add what a list of line numbers holds beside them: one that was left open holds the code, or the article."""
    flow.close_paragraph()
    for child in element:
        if isinstance(child.tag, str):
            inner = cleaner.new_flow()
            cleaner.walk(child, inner, marks, depth + EXTRA_DEPTH)
            blocks = inner.finish()
            if blocks and len(numbers := [*blocks[0].texts()]) == 1 and NUMBERS.fullmatch(numbers[0]):
                cleaner.record("code/gutter", numbers[0], element=child)
                blocks = blocks[1:]
            flow.blocks.extend(blocks)
        if child.tail and not child.tail.isspace():
            cleaner.add_text(child.tail, flow, marks)
            flow.close_paragraph()


def _item_in_front(element: _Element, flow: Flow) -> Node | None:
    """Return the item in front of a list that stands directly in another list, None for any other list."""
    parent, outer = element.getparent(), flow.open_list
    if outer is None or outer.node is None or parent is None or parent.tag not in LISTS or flow.runs:
        return None
    item = outer.node.children[-1]
    return item if isinstance(item, Node) and flow.blocks and flow.blocks[-1] is outer.node else None


def visit_item(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Add an ``li`` to the open list, if it shows anything.

    Content since the last item begins a second list, and so does a ``value`` that is not the next number.
    """
    flow.close_paragraph()
    if flow.open_list is None:
        flow.open_list = OpenList("ul", 1)
    open_list = flow.open_list
    inner = cleaner.new_flow(split_pictures=False)
    if cleaner.anchors and (anchor := urls.fragment(element.get("id", ""))) in cleaner.anchors:
        inner.add_leaf(Node("a", [], {"id": anchor}), ())
    cleaner.walk(element, inner, marks, depth)
    blocks = inner.finish()
    if not blocks:
        return
    node = open_list.node
    if blocks[0].tag in LISTS and all(block.tag in LISTS for block in blocks) and _has_no_marker(element):
        _add_without_marker(blocks, node, flow)
        return
    number = open_list.next_number
    if open_list.tag == "ol":
        open_list.next_number = _number(element.get("value", ""), number)
    if node is None or not flow.blocks or flow.blocks[-1] is not node or open_list.next_number != number:
        attributes = {"tight": "true"}
        if open_list.tag == "ol" and open_list.next_number != 1:
            attributes["start"] = str(open_list.next_number)
        node = open_list.node = cleaner.node(open_list.tag, [], element, attributes)
        flow.add_block(node)
    open_list.next_number += 1
    checked = _checkbox(element) if cleaner.references.has_inputs else ""
    node.children.append(cleaner.node("li", [*blocks], element, {"checked": checked} if checked else NO_ATTRIBUTES))
    if inner.is_loose or (len(blocks) > 1 and sum(block.tag == "p" for block in blocks) > 1):
        node.attributes = {name: value for name, value in node.attributes.items() if name != "tight"}


def _has_no_marker(item: _Element) -> bool:
    """Return whether the style of an item, or of its list, leaves out the marker."""
    parent = item.getparent()
    around = "" if parent is None else parent.get("style", "")
    return _NO_MARKER.search(item.get("style", "")) is not None or _NO_MARKER.search(around) is not None


def _add_without_marker(lists: list[Node], node: Node | None, flow: Flow) -> None:
    """Add the lists of an item that shows no marker: to the item in front of it, or in its place."""
    if node is not None and flow.blocks and flow.blocks[-1] is node and isinstance(item := node.children[-1], Node):
        item.children.extend(lists)
    else:
        flow.blocks.extend(lists)


def _checkbox(element: _Element) -> str:
    """Return ``true`` or ``false`` for the item of a task (checked or not), "" for any other item.

    A task begins with its checkbox (GFM 5.3); the box of a form may stand anywhere.
    """
    for child in element.iter("input", "li"):
        if child is not element and child.tag == "li":
            break
        if child.tag == "input" and child.get("type") == "checkbox" and is_first(child, element):
            return "true" if child.get("checked") is not None else "false"
    return ""

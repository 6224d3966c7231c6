"""Lists, and items wherever they stand."""

from __future__ import annotations

import re

from lxml.etree import _Element

from converter.cleaner.code_blocks import add_code
from converter.cleaner.flow import Flow, OpenList
from converter.cleaner.runs import Marks
from converter.cleaner.walk import DEEPER, Cleaner
from converter.extract import code_blocks, urls
from converter.model import NO_ATTRIBUTES, Node

LISTS = frozenset(("ul", "ol", "menu", "dir"))


def visit_list(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``ul`` and ``ol``: code, a part of the item before it, or a list of its own."""
    if element.tag == "ol" and add_code(cleaner, code_blocks.numbered_list(element), element, flow):
        return
    depth += DEEPER
    if (item := _open_item(element, flow)) is not None:
        inner = cleaner.flow()
        visit_list(cleaner, element, inner, marks, depth)
        item.children.extend(inner.finish())
        return
    flow.flush()
    outer = flow.list
    start = element.get("start", "")
    flow.list = OpenList("ol" if element.tag == "ol" else "ul", int(start) if re.fullmatch(r"\d{1,9}", start) else 1)
    cleaner.walk(element, flow, marks, depth)
    flow.flush()
    flow.list = outer


def _open_item(element: _Element, flow: Flow) -> Node | None:
    """The item that a list belongs to which stands in a list without an item around it."""
    parent = element.getparent()
    if flow.list is None or flow.list.node is None or parent is None or parent.tag not in LISTS or flow.runs:
        return None
    item = flow.list.node.children[-1]
    return item if isinstance(item, Node) and flow.blocks and flow.blocks[-1] is flow.list.node else None


def visit_item(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``li``: goes to the open list; text since the last item parts the list in two."""
    flow.flush()
    if flow.list is None:
        flow.list = OpenList("ul", 1)
    here = flow.list
    inner = cleaner.flow(split_pictures=False)
    if cleaner.targets and (anchor := urls.fragment(element.get("id", ""))) in cleaner.targets:
        inner.leaf(Node("a", [], {"id": anchor}), ())
    cleaner.walk(element, inner, marks, depth)
    blocks = inner.finish()
    if not blocks:
        return
    node = here.node
    if node is None or not flow.blocks or flow.blocks[-1] is not node:
        attributes = {"tight": "true"}
        if here.tag == "ol" and here.number != 1:
            attributes["start"] = str(here.number)
        node = here.node = cleaner.node(here.tag, [], element, attributes)
        flow.blocks.append(node)
    here.number += 1
    checked = _checkbox(element) if cleaner.boxes else ""
    node.children.append(cleaner.node("li", [*blocks], element, {"checked": checked} if checked else NO_ATTRIBUTES))
    if inner.loose or (len(blocks) > 1 and sum(block.tag == "p" for block in blocks) > 1):
        node.attributes = {name: value for name, value in node.attributes.items() if name != "tight"}


def _checkbox(element: _Element) -> str:
    """``true`` or ``false`` for a task's item, "" for any other."""
    for child in element.iter("input", "li"):
        if child is not element and child.tag == "li":
            break
        if (
            child.tag == "input"
            and child.get("type") == "checkbox"
            and "task-list-item-checkbox" in child.get("class", "")
        ):
            return "true" if child.get("checked") is not None else "false"
    return ""

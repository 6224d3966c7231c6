"""Add footnotes and references to them, as markdown-it, kramdown, cmark-gfm and GitHub write them."""

from __future__ import annotations

from lxml.etree import _Element

from converter.cleaner.flow import Flow
from converter.cleaner.inline_elements import visit_marked
from converter.cleaner.lists import visit_item
from converter.cleaner.runs import Marks
from converter.cleaner.walk import Cleaner
from converter.extract.text import text_of
from converter.model import Node


def visit_sup(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Add a ``sup``: as a footnote reference if it holds a link to a footnote."""
    link = element.find("a") if cleaner.references.footnote_ids else None
    identity = "" if link is None else link.get("href", "")[1:]
    if identity not in cleaner.references.footnote_ids:
        return visit_marked(cleaner, element, flow, marks, depth)
    label = _label(identity)
    cleaner.record("footnote/reference", text_of(element).strip(), kept=f"[^{label}]", element=element)
    return flow.add_leaf(Node("noteref", [], {"id": label}), marks)


def visit_item_or_footnote(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Add an ``li``; a footnote that the text refers to is kept for the end of the article."""
    identity = element.get("id", "") if cleaner.references.footnote_ids else ""
    if identity not in cleaner.references.footnote_ids:
        return visit_item(cleaner, element, flow, marks, depth)
    inner = cleaner.new_flow()
    cleaner.walk(element, inner, marks, depth)
    cleaner.footnotes[identity] = cleaner.node("footnote", [*inner.finish()], element, {"id": _label(identity)})
    return None


def _label(identity: str) -> str:
    """Return the label of a footnote by its ``id`` in the source: ``1`` for ``fn1``, ``fn:1`` and ``fn-1``."""
    return identity.removeprefix("user-content-").removeprefix("fn").lstrip(":-") or identity

"""Classes that ask for a closer look, and what it decides."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType

from lxml.etree import XPath, _Element

from converter.cleaner.code_blocks import add_code
from converter.cleaner.flow import Flow
from converter.cleaner.formulas import add_formula
from converter.cleaner.runs import Marks
from converter.cleaner.walk import Cleaner, Special
from converter.extract import code_blocks
from converter.extract.text import text_of
from converter.model import Node
from converter.rules.chrome import CODE_BOXES, CODE_TOOLBARS
from converter.rules.math import FORMULA_CLASSES

_TOC_LINK = XPath("boolean(descendant::a[contains(@href, '#')] or descendant::ul)")


def mathjax(cleaner: Cleaner, element: _Element, _flow: Flow, _marks: Marks) -> bool:
    """MathJax's drawing goes where the TeX stands in a script."""
    if cleaner.mathjax:
        cleaner.drop("math/mathjax-glyphs", element)
    return cleaner.mathjax


def toc(cleaner: Cleaner, element: _Element, _flow: Flow, _marks: Marks) -> bool:
    """A generated table of contents."""
    if cleaner.options.toc == "keep" or not _TOC_LINK(element):
        return False
    cleaner.drop("toc/generated", element)
    return True


def toolbar(cleaner: Cleaner, element: _Element, _flow: Flow, _marks: Marks) -> bool:
    """A highlighter's toolbar, if it stands in a highlighter's box."""
    for holder in islice(element.iterancestors(), 2):
        if not CODE_BOXES.isdisjoint(code_blocks.classes(holder)):
            cleaner.drop("code/toolbar", element)
            return True
    return False


def lines(cleaner: Cleaner, element: _Element, flow: Flow, _marks: Marks) -> bool:
    """Code as a box for each line."""
    return add_code(cleaner, code_blocks.line_boxes(element), element, flow)


def note_reference(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks) -> bool:
    """A footnote's number in the text."""
    link = element.find("a")
    identity = "" if link is None else link.get("href", "")[1:]
    if identity not in cleaner.noted:
        return False
    text = text_of(element).strip()
    cleaner.find("footnote/reference", text, kept=f"[^{_note_id(identity)}]", element=element)
    flow.leaf(Node("noteref", [], {"id": _note_id(identity)}), marks)
    return True


def note(cleaner: Cleaner, element: _Element, _flow: Flow, marks: Marks) -> bool:
    """A footnote's text, if something refers to it."""
    identity = element.get("id", "")
    if identity not in cleaner.noted:
        return False
    inner = cleaner.flow()
    cleaner.walk(element, inner, marks, 0)
    cleaner.notes[identity] = cleaner.node("footnote", [*inner.finish()], element, {"id": _note_id(identity)})
    return True


def _note_id(identity: str) -> str:
    return identity.removeprefix("fn").lstrip(":-") or identity


SPECIAL: Mapping[str, Special] = MappingProxyType(
    {
        **dict.fromkeys(FORMULA_CLASSES, add_formula),
        "MathJax": mathjax,
        "toc": toc,
        **dict.fromkeys(CODE_TOOLBARS, toolbar),
        "lines": lines,
        "footnote-ref": note_reference,
        "footnote-item": note,
    }
)
"""By class; ``MathJax`` stands for every class that begins with one of MATHJAX_PREFIXES."""

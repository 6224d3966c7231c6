"""Formulas, whatever drew them."""

from __future__ import annotations

from lxml.etree import _Element

from converter.cleaner.flow import Flow
from converter.cleaner.runs import Marks
from converter.cleaner.walk import Cleaner, shown
from converter.extract import formulas
from converter.model import NO_ATTRIBUTES


def visit_math(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``math``: TeX where a note has it, else its words."""
    if not add_formula(cleaner, element, flow, marks):
        cleaner.walk(element, flow, marks, depth)


def add_formula(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks) -> bool:
    """Add a formula, as a block where it is displayed; False when the element's words are all there is."""
    found = formulas.script(element) if element.tag == "script" else formulas.katex(element)
    if found is None:
        return False
    tex, display = found
    cleaner.find("math/tex", shown(element), kept=tex, element=element)
    if tex.strip():
        if display and not flow.in_line:
            flow.block(cleaner.node("math", [tex], element))
        else:
            flow.leaf(cleaner.node("math", [tex], element, {"display": "true"} if display else NO_ATTRIBUTES), marks)
    return True

"""Add formulas, whatever drew them."""

from __future__ import annotations

from lxml.etree import _Element

from converter.cleaner.flow import Flow
from converter.cleaner.runs import Marks
from converter.cleaner.walk import Cleaner, one_line_text
from converter.extract import formulas
from converter.model import NO_ATTRIBUTES


def visit_math(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Add a ``math`` element, or a script with TeX, as a formula; without TeX, add what the element holds."""
    if not add_formula(cleaner, element, flow, marks):
        cleaner.walk(element, flow, marks, depth)


def add_formula(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks) -> bool:
    """Add the formula of an element, as a block if it is display math; return whether its TeX was found."""
    found = formulas.mathjax_script(element) if element.tag == "script" else formulas.katex(element)
    return found is not None and _add(cleaner, element, flow, marks, found)


def add_stated_formula(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks) -> bool:
    """Add the formula whose TeX an attribute of the element holds; return whether one does."""
    found = formulas.stated(element)
    return found is not None and _add(cleaner, element, flow, marks, found)


def _add(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, found: tuple[str, bool]) -> bool:
    tex, display = found
    cleaner.record("math/tex", one_line_text(element), kept=tex, element=element)
    if tex.strip():
        if display and not flow.single_line:
            flow.add_block(cleaner.node("math", [tex], element))
        else:
            attributes = {"display": "true"} if display else NO_ATTRIBUTES
            flow.add_leaf(cleaner.node("math", [tex], element, attributes), marks)
    return True


def add_undrawn_formula(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks) -> bool:
    """Add an element that holds nothing but the source of a formula; return whether it is one."""
    return len(element) == len(element.findall("br")) and add_formula(cleaner, element, flow, marks)

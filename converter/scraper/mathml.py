"""Put the TeX of formulas beside their MathML, as KaTeX does, where a page has MathML only (MathJax 3).

All later stages, and verification, then read one form.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import SubElement, _Element

from converter.extract.mathml import mathml_tex
from converter.extract.text import settable
from converter.model import Finding

_ANNOTATION = {"encoding": "application/x-tex"}


def annotate(tree: _Element) -> Iterator[Finding]:
    """Give each ``math`` without TeX an annotation with it, and drop what MathJax 3 drew beside one; yield findings."""
    if next(tree.iter("math", "mjx-container"), None) is None:
        return
    drawn = lost = 0
    for container in list(tree.iter("mjx-container")):
        drawn += 1
        lost += not _reduced(container)
    for math in tree.iter("math"):
        has_tex = any(note.get("encoding") == _ANNOTATION["encoding"] for note in math.iter("annotation"))
        if not has_tex and (tex := mathml_tex(math)):
            SubElement(math, "annotation", _ANNOTATION).text = settable(tex)
    if drawn > lost:
        yield Finding("input/mathjax", f"{drawn - lost} formulas of MathJax", "TeX")
    if lost:
        yield Finding("input/formula-without-source", f"{lost} formulas of MathJax that hold neither TeX nor MathML")


def _reduced(container: _Element) -> bool:
    """Replace what MathJax drew by a ``math`` element; return False where there is neither MathML nor TeX."""
    math = next(container.iter("math"), None)
    if math is None:
        tex = next(filter(None, (node.get("data-latex") or node.get("data-tex") for node in container.iter())), "")
        if not tex:
            return False
        math = container.makeelement("math")
        SubElement(math, "annotation", _ANNOTATION).text = settable(tex)
    if container.get("display") in ("true", "block"):
        math.set("display", "block")
    for child in list(container):
        container.remove(child)
    math.tail = None
    container.text = None
    container.append(math)
    container.attrib.pop("class", None)
    return True

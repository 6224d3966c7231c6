"""Know what an engine drew of a formula by the TeX that stands beside it, whatever the drawing says."""

from __future__ import annotations

from lxml.etree import _Element


def may_be_drawn(name: str) -> bool:
    """Return whether ``is_drawn`` may be true for an element of some classes."""
    return "katex-html" in name or "MathJax" in name


def is_drawn(element: _Element, name: str) -> bool:
    """Return True for the glyphs of KaTeX behind the same formula as TeX, and those of MathJax 2 before its script.

    name: the classes of the element.
    """
    if "katex-html" in name:
        before = element.getprevious()
        return before is not None and "katex-mathml" in (before.get("class") or "")
    if "MathJax" not in name or (script := element.getnext()) is None or script.tag != "script":
        return False
    frame = f"{script.get('id')}-Frame"
    return script.get("type", "").startswith("math/tex") and any(node.get("id") == frame for node in element.iter())

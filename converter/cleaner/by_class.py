"""The table of handlers by class, and the handlers that have no module of their own."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType

from lxml.etree import XPath, _Element

from converter.cleaner.code_blocks import add_code
from converter.cleaner.flow import Flow
from converter.cleaner.formulas import add_formula, add_stated_formula, add_undrawn_formula
from converter.cleaner.runs import Marks
from converter.cleaner.walk import ClassHandler, Cleaner
from converter.extract import code_blocks
from converter.extract.contents import has_own_text
from converter.extract.formulas import is_drawn_by_script
from converter.rules.chrome import CODE_BOXES, CODE_TOOLBARS
from converter.rules.code import DIAGRAM
from converter.rules.math import FORMULA_CLASSES, MATHJAX_GLYPHS, SOURCE_CLASSES, TEX_ATTRIBUTES
from converter.sites.tables import TITLE_CLASSES

_HAS_TOOLS = XPath("boolean(.//a | .//button | .//embed | .//object | *[@class='toolbar-item'])")
_HAS_TOC_LINKS = XPath("boolean(descendant::a[contains(@href, '#')] or descendant::ul)")


def remove_mathjax_glyphs(cleaner: Cleaner, element: _Element, _flow: Flow, _marks: Marks) -> bool:
    """Remove what MathJax drew, where the TeX stands in a script: whatever it says, if that is the next element."""
    if is_drawn_by_script(element):
        cleaner.record_removal(MATHJAX_GLYPHS.rule, element)
        return True
    return cleaner.references.has_tex_scripts and cleaner.remove_chrome(MATHJAX_GLYPHS, element)


def remove_toc(cleaner: Cleaner, element: _Element, _flow: Flow, _marks: Marks) -> bool:
    """Remove a generated table of contents, unless the options keep it, or an author has written into it."""
    if cleaner.options.toc == "keep" or not _HAS_TOC_LINKS(element) or has_own_text(element):
        return False
    cleaner.record_removal("toc/generated", element)
    return True


def remove_title(cleaner: Cleaner, element: _Element, flow: Flow, _marks: Marks) -> bool:
    """Remove a heading that repeats the title, if it is the first block of the article."""
    if flow.blocks or flow.runs or next(element.iterancestors("li", "blockquote", "td", "dd"), None) is not None:
        return False
    cleaner.record_removal("chrome/title", element)
    return True


def remove_toolbar(cleaner: Cleaner, element: _Element, _flow: Flow, _marks: Marks) -> bool:
    """Remove the toolbar of a code block, if a highlighter's box is around it.

    A ``toolbar`` has links or buttons (SyntaxHighlighter 2 and 3) or items (Prism); text alone in one is an author's.
    """
    if "toolbar" in code_blocks.classes(element) and not _HAS_TOOLS(element):
        return False
    for ancestor in islice(element.iterancestors(), 2):
        if not CODE_BOXES.isdisjoint(code_blocks.classes(ancestor)):
            row = next(CODE_TOOLBARS[name] for name in code_blocks.classes(element) if name in CODE_TOOLBARS)
            return cleaner.remove_chrome(row, element)
    return False


def add_line_boxes(cleaner: Cleaner, element: _Element, flow: Flow, _marks: Marks) -> bool:
    """Add code that has an element for each line as a code block."""
    return add_code(cleaner, code_blocks.line_boxes(element), element, flow)


def add_lines(cleaner: Cleaner, element: _Element, flow: Flow, _marks: Marks) -> bool:
    """Add a line of a highlighter's box that no container holds, and the lines behind it, as one code block."""
    if not code_blocks.is_line_in_box(element):
        return False
    if not code_blocks.is_line_behind_line(element):
        lines = code_blocks.neighbouring_lines(element)
        add_code(cleaner, code_blocks.joined_lines(lines), element, flow, lines[1:])
    return True


def add_diagram(cleaner: Cleaner, element: _Element, flow: Flow, _marks: Marks) -> bool:
    """Add the source of a diagram that no script has drawn as a code block; a ``pre`` is one anyway."""
    source = (element.text or "").strip()
    if len(element) or element.tag == "pre" or "\n" not in source:
        return False
    return add_code(cleaner, code_blocks.normal_code(source), element, flow)


CLASS_HANDLERS: Mapping[str, ClassHandler] = MappingProxyType(
    {
        **dict.fromkeys(SOURCE_CLASSES, add_undrawn_formula),
        **dict.fromkeys(FORMULA_CLASSES, add_formula),
        **dict.fromkeys(TEX_ATTRIBUTES, add_stated_formula),
        "MathJax": remove_mathjax_glyphs,
        "toc": remove_toc,
        **dict.fromkeys(TITLE_CLASSES, remove_title),
        **dict.fromkeys(CODE_TOOLBARS, remove_toolbar),
        "lines": add_line_boxes,
        "line": add_lines,
        DIAGRAM: add_diagram,
    }
)
"""The handler of each class, and of each attribute that holds TeX.

``MathJax`` stands for every class that begins with one of MATHJAX_PREFIXES.
"""

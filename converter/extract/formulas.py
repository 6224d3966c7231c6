"""Read the TeX of a formula from the HTML that a formula engine drew."""

from __future__ import annotations

import re

from lxml.etree import Element, _Element

from converter.extract.text import text_of
from converter.rules.math import KATEX_ERROR, SOURCE_CLASSES, SOURCE_KINDS, TEX_DELIMITERS, TEX_ENTITIES

_CDATA = re.compile(r"\s*(?:%\s*)?<!\[CDATA\[(.*?)(?:%\s*)?\]\]>\s*", re.DOTALL)
"""CDATA marks that kramdown writes around TeX with ``<`` or ``&``; MathJax reads them as comments of TeX."""
_BLANK_LINE = re.compile(r"\n[ \t\xa0]*\n")


def katex(element: _Element) -> tuple[str, bool] | None:
    """Return the TeX of a KaTeX span or ``math`` element and True for display math; None if it holds no TeX.

    The TeX is an ``annotation`` where the MathML survived (KaTeX 0.10, CSDN 2018-), and the last part
    of the text behind a blank line where its tags were stripped (the big dump).  An element that holds nothing but
    text was never drawn: the text is the TeX.
    """
    for holder in element.iter(Element):
        if holder.tag == "math" or "katex-mathml" in holder.get("class", ""):
            for note in holder.iter("annotation"):
                if note.get("encoding") == "application/x-tex":
                    return _tidy(text_of(note)), _displays(holder) or holder.get("display") == "block"
            if holder.tag == "span":
                return _tidy(_flattened(text_of(holder))), _displays(holder)
    return _undrawn(element)


def _undrawn(element: _Element) -> tuple[str, bool] | None:
    """Return what ``katex`` returns for an element that a script was to draw; None if it holds more than TeX."""
    names, text = element.get("class", "").split(), element.text or ""
    if not text.strip() or KATEX_ERROR in text or any(child.tag != "br" for child in element):
        return None
    text = "\n".join((text, *(child.tail or "" for child in element)))
    if any(name.startswith("katex--") for name in names):
        return _tidy(without_dollars(text)), _displays(element)
    if element.tag not in ("span", "p", "div") or SOURCE_CLASSES.isdisjoint(names):
        return None
    tex = without_dollars(text)
    if "$" in tex or (tex == text and SOURCE_KINDS.isdisjoint(names)):
        return None
    return _tidy(tex), element.tag != "span" or _displays(element) or _has_display_signs(names, text.strip())


def _has_display_signs(names: list[str], text: str) -> bool:
    """Return True where a class of an undrawn formula, or the delimiters around its text, are of display math."""
    return (
        "display" in names
        or "katex-block" in names
        or any(display and text.startswith(before) for before, _, display in TEX_DELIMITERS)
    )


def _flattened(text: str) -> str:
    """Return the TeX in the text of MathML whose tags were lost: glyphs first, TeX behind the last blank line."""
    parts = [part for part in _BLANK_LINE.split(text) if part.strip()]
    return parts[-1] if parts else ""


def _displays(element: _Element) -> bool:
    """Return True if one of the KaTeX spans around an element is of display math."""
    node: _Element | None = element
    for _ in range(4):
        if node is None:
            break
        if any("display" in name.partition("katex")[2] for name in node.get("class", "").split()):
            return True
        node = node.getparent()
    return False


def stated(element: _Element) -> tuple[str, bool] | None:
    """Return the TeX that an attribute of TEX_ATTRIBUTES holds, and True for display math; None if there is none.

    ``data-formula`` is TeX only where a drawing is beside it: a cell of a spreadsheet has one, too.
    """
    tex = element.get("data-tex") or element.get("data-formula") or ""
    if not tex.strip() or element.tag not in ("span", "div", "section", "p", "figure"):
        return None
    if "data-tex" not in element.keys() and next(element.iter("{*}svg"), None) is None:
        return None
    bare = without_dollars(tex)
    display = element.tag != "span" or element.get("data-eeimg") == "2" or tex.strip().startswith(("$$", "\\["))
    return _tidy(bare.strip().removesuffix("\\\\")), display


def without_dollars(tex: str) -> str:
    """Return TeX without dollar signs around it."""
    text = tex.strip()
    for before, behind, _ in TEX_DELIMITERS:
        if len(text) > 2 * len(before) and text.startswith(before) and text.endswith(behind):
            return text[len(before) : -len(behind)]
    return tex


def without_trailing_backslash(tex: str) -> str:
    """Return TeX without a lone backslash at its end, which would escape the delimiter behind it."""
    bare = tex.rstrip("\\")
    return tex[:-1] if (len(tex) - len(bare)) % 2 else tex


def _tidy(tex: str) -> str:
    """Return TeX without indentation and blank lines: TeX ignores them, Markdown does not."""
    if "&" in tex:
        for written, meant in TEX_ENTITIES:
            tex = tex.replace(written, meant)
    return without_trailing_backslash("\n".join(line for line in (line.strip() for line in tex.splitlines()) if line))


def is_drawn_by_script(element: _Element) -> bool:
    """Return True for what MathJax 2 drew of the script right behind it: both have the number of the formula."""
    script = element.getnext()
    if script is None or script.tag != "script" or not script.get("type", "").startswith("math/tex"):
        return False
    frame = f"{script.get('id')}-Frame"
    return element.get("id") == frame or any(child.get("id") == frame for child in element)


def mathjax_script(element: _Element) -> tuple[str, bool] | None:
    """Return the TeX of a MathJax script and True for display math; None for any other script."""
    kind = element.get("type", "")
    if not kind.startswith("math/tex"):
        return None
    tex = element.text or ""
    if found := _CDATA.fullmatch(tex):
        tex = found[1]
    return _tidy(tex), "display" in kind

"""Read the TeX of a formula from the HTML that a formula engine drew."""

from __future__ import annotations

import re

from lxml.etree import Element, _Element

from converter.extract.text import text_of
from converter.rules.math import KATEX_ERROR, TEX_ENTITIES

_BLANK_LINE = re.compile(r"\n[ \t\xa0]*\n")


def katex(element: _Element) -> tuple[str, bool] | None:
    """Return the TeX of a KaTeX span or ``math`` element and True for display math; None if it holds no TeX.

    The TeX is an ``annotation`` where the MathML survived (KaTeX 0.10, CSDN 2018-), and the last part
    of the text behind a blank line where its tags were stripped (the big dump).  A span of StackEdit that holds
    nothing but text was never drawn: the text is the TeX.
    """
    for holder in element.iter(Element):
        if holder.tag == "math" or "katex-mathml" in holder.get("class", ""):
            for note in holder.iter("annotation"):
                if note.get("encoding") == "application/x-tex":
                    return _tidy(text_of(note)), _displays(holder) or holder.get("display") == "block"
            if holder.tag == "span":
                return _tidy(_flattened(text_of(holder))), _displays(holder)
    text = element.text or ""
    if len(element) == 0 and element.get("class", "").startswith("katex--") and KATEX_ERROR not in text:
        return (_tidy(without_dollars(text)), _displays(element)) if text else None
    return None


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


def without_dollars(tex: str) -> str:
    """Return TeX without dollar signs around it."""
    text = tex.strip()
    for sign in ("$$", "$"):
        if len(text) > 2 * len(sign) and text.startswith(sign) and text.endswith(sign):
            return text[len(sign) : -len(sign)]
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


def mathjax_script(element: _Element) -> tuple[str, bool] | None:
    """Return the TeX of a MathJax script and True for display math; None for any other script."""
    kind = element.get("type", "")
    if not kind.startswith("math/tex"):
        return None
    return _tidy(element.text or ""), "display" in kind

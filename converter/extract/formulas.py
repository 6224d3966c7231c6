"""TeX out of the HTML that a formula was drawn with."""

from __future__ import annotations

import re

from lxml.etree import Element, _Element

from converter.extract.text import text_of

_BLANK_LINE = re.compile(r"\n[ \t\xa0]*\n")


def katex(element: _Element) -> tuple[str, bool] | None:
    """(TeX, display) of a KaTeX span or a ``math`` element; None where the TeX is nowhere in it.

    The TeX is an ``annotation`` where the MathML survived (KaTeX 0.10, CSDN 2018-), and the last part
    of the text behind a blank line where its tags were stripped (the big dump).
    """
    for holder in element.iter(Element):
        if holder.tag == "math" or "katex-mathml" in holder.get("class", ""):
            for note in holder.iter("annotation"):
                if note.get("encoding") == "application/x-tex":
                    return _tidy(text_of(note)), _displays(holder) or holder.get("display") == "block"
            if holder.tag == "span":
                return _tidy(_flattened(text_of(holder))), _displays(holder)
    return None


def _flattened(text: str) -> str:
    """TeX part of MathML whose tags were lost: glyphs first, the TeX behind the last blank line."""
    parts = [part for part in _BLANK_LINE.split(text) if part.strip()]
    return parts[-1] if parts else ""


def _displays(element: _Element) -> bool:
    """True when one of the KaTeX spans around says display."""
    node: _Element | None = element
    for _ in range(4):
        if node is None:
            break
        if any("display" in name.partition("katex")[2] for name in node.get("class", "").split()):
            return True
        node = node.getparent()
    return False


def closed(tex: str) -> str:
    """TeX without a lone backslash at its end, which would escape what closes the formula."""
    bare = tex.rstrip("\\")
    return tex[:-1] if (len(tex) - len(bare)) % 2 else tex


def _tidy(tex: str) -> str:
    """TeX without indents and blank lines, which no formula engine minds and Markdown does."""
    return closed("\n".join(line for line in (line.strip() for line in tex.splitlines()) if line))


def script(element: _Element) -> tuple[str, bool] | None:
    """(TeX, display) of a MathJax script, None for a script that is none."""
    kind = element.get("type", "")
    if not kind.startswith("math/tex"):
        return None
    return _tidy(element.text or ""), "display" in kind

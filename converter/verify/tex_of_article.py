"""Reads the TeX of a formula that a page has drawn."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml.etree import XPath, _Element

from converter.rules.math import KATEX_ERROR

_DISPLAYED = re.compile(r"katex(?:(?!katex)\S)*display")
_UNDRAWN = re.compile(r"(?:^|\s)(?:katex(?:-(?:inline|block|display))?|math|kdmath|arithmatex)(?:\s|$)")
_FORMULA_WORDS = ("katex", "math", "arithmatex")
"""Each class of a formula that ``undrawn_tex`` reads holds one of these."""
_KATEX = frozenset(("katex", "katex-inline", "katex-block", "katex-display"))
_DELIMITED = re.compile(r"(\$\$?|\\[(\[])([^$]*)(?:\$\$?|\\[)\]])")
_TEX_NOTE = XPath("descendant::annotation[@encoding='application/x-tex']")
_DRAWING = XPath("boolean(descendant::*[local-name() = 'svg'])")
_STATES_TEX = XPath("boolean(descendant-or-self::*/@data-tex)")
_IMAGE_SIGNS = ("latex.csdn.net", "codecogs.com", "cht=tx", "/equation?")
_ELEMENT_SIGNS = tuple('katex math/tex <math <MATH /math? ="math kdmath arithmatex data-tex data-formula'.split())
_WORDS = ("math", "MATH", "katex", "arithmatex", "data-tex", "data-formula")
"""Words of which each sign of an element holds one."""
BLANK_LINE = re.compile(r"\n[ \t\xa0]*\n")


def tex_of_script(script: _Element) -> str:
    """Return the TeX of a ``script``, without the section of character data that kramdown puts it into."""
    text = (script.text or "").strip()
    bare = text.removeprefix("%").lstrip()
    if bare.startswith("<![CDATA[") and text.endswith("]]>"):
        return bare.removeprefix("<![CDATA[").removesuffix("]]>").rstrip().removesuffix("%")
    return text


def signs_of_formulas(html: str, article: _Element) -> tuple[bool, bool]:
    """Return whether an article, which was parsed from the HTML, may have formulas, and elements that are formulas."""
    named = any(word in html for word in _WORDS)
    signed = any(sign in html for sign in _IMAGE_SIGNS) or (named and any(sign in html for sign in _ELEMENT_SIGNS))
    made = next(article.iter("math"), None) is not None or bool(_STATES_TEX(article))  # by the parser, a site's row
    return signed, named or made


def tex_of(element: _Element) -> tuple[str, bool] | None:
    """Return the TeX of a formula and whether it is display math; None where there is no TeX."""
    displayed, up = element.get("display") == "block", element
    for _ in range(4):
        displayed = displayed or _DISPLAYED.search(up.get("class") or "") is not None
        parent = up.getparent()
        if parent is None:
            break
        up = parent
    notes = _TEX_NOTE(element)
    if notes:
        return "".join(notes[0].itertext()), displayed
    if element.tag == "span":
        parts = [part for part in BLANK_LINE.split("".join(element.itertext())) if part.strip()]
        return parts[-1] if parts else "", displayed
    return None


def stated_tex(element: _Element) -> tuple[str, bool] | None:
    """Return the TeX that an attribute says a formula is drawn from, and whether it is display math."""
    tex = element.get("data-tex") or ""
    if not tex and (formula := element.get("data-formula")) and _DRAWING(element):
        tex = formula
    if not tex.strip():
        return None
    bare = _DELIMITED.fullmatch(tex.strip())
    apart = element.tag != "span" or element.get("data-eeimg") == "2" or (bare and bare[1] in ("$$", "\\["))
    return re.sub(r"\s*\\\\\s*$", "", bare[2] if bare else tex), bool(apart)


def undrawn_tex(element: _Element) -> tuple[str, bool] | None:
    """Return the TeX that is all an element holds, which a script was to draw, and whether it is display math."""
    kind = element.get("class") or ""
    if not _may_name_formula(kind):
        return None
    text = "".join(element.itertext()).strip()
    if not text or KATEX_ERROR in text or any(child.tag != "br" for child in element):
        return None
    if "katex--" in kind:
        return text.strip("$"), "katex--display" in kind
    bare = _DELIMITED.fullmatch(text)
    if not (_may_be_bare(kind) and "$" not in text if bare is None else _UNDRAWN.search(kind)):
        return None
    if bare is None:
        return text, element.tag != "span" or "display" in kind or "block" in kind
    return bare[2], element.tag != "span" or bare[1] in ("$$", "\\[") or "display" in kind or "block" in kind


@lru_cache(maxsize=256)
def _may_name_formula(kind: str) -> bool:
    return any(word in kind for word in _FORMULA_WORDS)


def _may_be_bare(kind: str) -> bool:
    """Return whether a class says enough for TeX without delimiters: KaTeX's, or pandoc's ``math inline``."""
    words = set(kind.split())
    return not _KATEX.isdisjoint(words) or ("math" in words and not words.isdisjoint(("inline", "display")))

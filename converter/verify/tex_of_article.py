"""Reads the TeX of a formula that a page has drawn."""

from __future__ import annotations

import re

from lxml.etree import XPath, _Element

_DISPLAYED = re.compile(r"katex(?:(?!katex)\S)*display")
_TEX_NOTE = XPath("descendant::annotation[@encoding='application/x-tex']")
BLANK_LINE = re.compile(r"\n[ \t\xa0]*\n")


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

"""Recognise the parts of a table of contents that an editor generated as paragraphs with ids."""

from __future__ import annotations

from lxml.etree import XPath, _Element

from converter.extract.text import text_of
from converter.extract.whitespace import squashed
from converter.rules.contents import TOC_BREAK_ID, TOC_ID_END, TOC_LABELS

_LINKS = XPath("descendant::a[contains(@href, '#')]")
_CONTENT = XPath("boolean(descendant::img or descendant::pre or descendant::svg or descendant::table)")


def is_toc_part(element: _Element) -> bool:
    """Return whether an element is a part of a generated table of contents: its label, an entry, or its break.

    The id alone does not decide: authors type into the label, and add text behind an entry; such a paragraph is
    theirs.
    """
    name = element.get("id", "")
    if not name.endswith(TOC_ID_END):
        return False
    if element.tag == "hr":
        return name == TOC_BREAK_ID
    text = squashed(text_of(element))
    if not text or text.lower() in TOC_LABELS:
        return not _CONTENT(element)
    return text == squashed("".join(map(text_of, _LINKS(element))))

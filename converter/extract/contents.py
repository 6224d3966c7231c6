"""Recognise the parts of a table of contents that an editor generated as paragraphs with ids."""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import XPath, _Element

from converter.extract.text import text_of
from converter.extract.whitespace import squashed
from converter.rules.contents import TOC_BREAK_ID, TOC_ID_END, TOC_LABELS

_LINKS = XPath("descendant::a[contains(@href, '#')]")
_TITLES_AND_ENTRIES = frozenset("a ul ol h1 h2 h3 h4 h5 h6".split())
_CONTENT = XPath("boolean(descendant::img or descendant::pre or descendant::svg or descendant::table)")


def has_own_text(contents: _Element) -> bool:
    """Return whether a table of contents holds text beside its title and entries: an author wrote it there."""
    text = squashed("".join(_beside_entries(contents)))
    return bool(text) and text.lower() not in TOC_LABELS


def _beside_entries(element: _Element) -> Iterator[str]:
    """Yield the text of an element outside of lists, links and headings."""
    yield element.text or ""
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _TITLES_AND_ENTRIES:
            yield from _beside_entries(child)
        yield child.tail or ""


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

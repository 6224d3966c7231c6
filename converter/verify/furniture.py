"""Recognise sentences, and what any site puts around an article, by words that are of no one site."""

from __future__ import annotations

import re

from lxml.etree import _Element

PROSE = re.compile(r"[\u3400-\u9fff\uac00-\ud7af\u3040-\u30ff]{6}|[，。；：！？、].*[，。；：！？、]|[^\W\d_].{24}")
"""A piece of text (without whitespace) that is more than a label: six characters of CJK, or so long as a sentence."""
FURNITURE = re.compile(
    r"comment|recommend|related|sidebar|aside|footer|header|navbar|\bnav\b|copyright|tool(?:bar|box)|advert|author|profile"
    r"|reward|share|\btoc\b|contents|catalog|tags?\b|\bbar\b|breadcrumb|licen[sc]|readmore|hide-article|column|login|dialog|popup|modal"
    r"|csdn-|link-?card|reprint|prev-?next",
    re.IGNORECASE,
)
"""Words in the class or id of what stands around an article on any site."""
TOOLBAR_SOURCE = '<liclass="tool-item'
"""In the source of a toolbar that is shown in place of the toolbar (without whitespace)."""
_FURNITURE_TAGS = frozenset("nav aside footer header form dialog h1".split())


def is_furniture(element: _Element) -> bool:
    """Return True for an element that any site may have around or in an article, by the words of its names."""
    if element.tag in _FURNITURE_TAGS:
        return True
    name, identity = element.get("class"), element.get("id")
    return bool((name and FURNITURE.search(name)) or (identity and FURNITURE.search(identity)))

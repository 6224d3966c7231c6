"""Recognise boxes that are code only by their style or by a word in their class: editors and sites without a name."""

from __future__ import annotations

import re

from lxml.etree import _Element

from converter.extract.code_blocks import gathered, normal_code

_KEEPS_LINES = re.compile(
    r"white-space(?:-collapse)?\s*+:\s*+(?:pre|preserve)(-wrap|-line)?+\s*+(?:!important\s*+)?+(?:;|$)", re.I
)
_MONOSPACED = re.compile(r"monospace|consolas|courier|menlo|monaco", re.IGNORECASE)
_CODE_NAME = re.compile(
    r"(?:^|[\s_-])(?:code|source)(?:[_-]?(?:block|box|area|content|body|snippet|text|view|wrap\w*))?(?:$|[\s_-])", re.I
)
_NO_PLAIN_CODE = "pre code p ul ol table blockquote h1 h2 h3 h4 h5 h6 img dl hr figure iframe textarea".split()
_LINK_OUT = re.compile(r"\s*+(?:https?:)?//", re.IGNORECASE)
_LONE_SIGN = re.compile(r"\s*+[^\w\s{}()\[\];,]{1,2}\s*+")
"""A line of code that is one sign, and no bracket, as the end of a block is."""


def preformatted(element: _Element) -> str | None:
    """Return the text of an element whose style keeps its line ends (as editors paste code), if it is code."""
    style = element.get("style", "")
    match = _KEEPS_LINES.search(style)
    if match is None or (match[1] and not _MONOSPACED.search(style)):
        return None
    text = normal_code("".join(gathered(element)).strip("\n"))
    return text if "\n" in text and _is_plain(element) else None


def named_code(element: _Element) -> str | None:
    """Return the text of an element with several lines of which only a class says that it is code.

    One with links that lead out of the page names its origin (``div.source``), or is text for another reason.
    """
    if not _CODE_NAME.search(element.get("class", "")) or not _is_plain(element):
        return None
    if next(element.iter("br"), None) is not None or any(_LINK_OUT.match(a.get("href", "")) for a in element.iter("a")):
        return None
    text = normal_code("".join(gathered(element)).strip("\n"))
    return text if "\n" in text.strip() and not _has_words_on_lines(element, text) else None


def _has_words_on_lines(element: _Element, text: str) -> bool:
    """Return whether the lines of code are its words: many are lone signs, and no piece of text has several lines."""
    lines = text.split("\n")
    if 3 * sum(_LONE_SIGN.fullmatch(line) is not None for line in lines) <= len(lines):
        return False
    return not any("\n" in piece.strip() for piece in element.itertext())


def _is_plain(element: _Element) -> bool:
    """Return True if an element holds lines of highlighted words, and no blocks of an article."""
    return next(element.iterdescendants(*_NO_PLAIN_CODE), None) is None

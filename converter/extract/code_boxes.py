"""Recognise boxes that are code only by their style or by a word in their class: editors and sites without a name."""

from __future__ import annotations

import re

from lxml.etree import _Element, iterwalk

from converter.extract.code_blocks import gathered, normal_code
from converter.rules.code import OUTLINE_SIGNS

_KEEPS_LINES = re.compile(
    r"white-space(?:-collapse)?\s*+:\s*+(?:pre|preserve)(-wrap|-line)?+\s*+(?:!important\s*+)?+(?:;|$)", re.I
)
_MONOSPACED = re.compile(r"monospace|consolas|courier|menlo|monaco", re.IGNORECASE)
_CODE_NAME = re.compile(
    r"(?:^|[\s_-])(?:code|source)(?:[_-]?(?:block|box|area|content|body|snippet|text|view|wrap\w*))?(?:$|[\s_-])", re.I
)
_NO_PLAIN_CODE = "pre code p ul ol table blockquote h1 h2 h3 h4 h5 h6 img dl hr figure iframe textarea".split()
_NO_OUTLINED_CODE = [tag for tag in _NO_PLAIN_CODE if tag != "img"]
_SIGN = "\ue000"
_FOLDED = "_Closed_Text"
"""End of the id of the words that stand in place of code that is folded."""
_LINE_END = re.compile(r"[\r\n]++[ \t\r\n]*+")
_LINK_OUT = re.compile(r"\s*+(?:https?:)?//", re.IGNORECASE)
_LONE_SIGN = re.compile(r"\s*+[^\w\s{}()\[\];,]{1,2}\s*+")
"""A line of code that is one sign, and no bracket, as the end of a block is."""


def code_of_box(element: _Element) -> str | None:
    """Return the code of a box that only its style, a word in its class, or signs at its lines say to be code."""
    for read in (preformatted, named_code, outlined):
        if (text := read(element)) is not None:
            return text
    return None


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


def outlined(element: _Element) -> str | None:
    """Return the code of a box in which each line begins with a sign for folding (CSDN to 2009, Cnblogs)."""
    if not _begins_with_sign(element) or next(element.iterdescendants(*_NO_OUTLINED_CODE), None) is not None:
        return None
    lines = [line for line in _lines_with_signs(element).split("\n") if line.strip()]
    if not all(line.startswith(_SIGN) for line in lines):
        return None
    return normal_code("\n".join(line.replace(_SIGN, "").rstrip() for line in lines))


def _lines_with_signs(element: _Element) -> str:
    """Return the lines of a box with _SIGN for each image in it; the words for folded code are left out."""
    pieces: list[str] = []
    walker = iterwalk(element, events=("start", "end"))
    for event, node in walker:
        if event == "end":
            pieces.append("\n" if node.tag == "div" else "")
            text = "" if node is element else node.tail
        elif node.get("id", "").endswith(_FOLDED):
            walker.skip_subtree()
            continue
        else:
            pieces.append({"br": "\n", "div": "\n", "img": _SIGN}.get(str(node.tag), ""))
            text = node.text
        pieces.append(_LINE_END.sub("", text or ""))
    return "".join(pieces)


def _begins_with_sign(box: _Element) -> bool:
    """Return whether the first element in a box is the image of a sign, or begins with one."""
    first = box.find("*")
    for _ in range(3):
        if first is None or first.tag == "img":
            break
        first = first.find("*")
    return first is not None and OUTLINE_SIGNS in first.get("src", "").lower()


def _has_words_on_lines(element: _Element, text: str) -> bool:
    """Return whether the lines of code are its words: many are lone signs, and no piece of text has several lines."""
    lines = text.split("\n")
    if 3 * sum(_LONE_SIGN.fullmatch(line) is not None for line in lines) <= len(lines):
        return False
    return not any("\n" in piece.strip() for piece in element.itertext())


def _is_plain(element: _Element) -> bool:
    """Return True if an element holds lines of highlighted words, and no blocks of an article."""
    return next(element.iterdescendants(*_NO_PLAIN_CODE), None) is None

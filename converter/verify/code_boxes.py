"""Find boxes that are code by their style or by a word in their class, and not by a name that is known."""

from __future__ import annotations

import re

from lxml.etree import _Element, iterwalk

from converter.verify.code_containers import text_of

_LINES_KEPT = re.compile(r"white-space\s*:\s*pre(-wrap|-line)?\s*(?:;|$)", re.IGNORECASE)
_MONOSPACED = re.compile(r"monospace|consolas|courier|menlo|monaco", re.IGNORECASE)
_CODE_NAME = re.compile(
    r"(?:^|[\s_-])(?:code|source)(?:[_-]?(?:block|box|area|content|body|snippet|text|view|wrap\w*))?(?:$|[\s_-])",
    re.IGNORECASE,
)
_OPERATOR = re.compile(r"\s*+[^\w\s{}()\[\];,]{1,2}\s*+$")
_OF_AN_ARTICLE = "pre code p ul ol table blockquote h1 h2 h3 h4 h5 h6 img dl hr figure iframe textarea".split()


def box_of_code(element: _Element) -> str | None:
    """Return the text of a box that is code by its style or class, in a source that no pretty-printer laid out."""
    if (lines := _lines_with_signs(element)) is not None:
        return lines
    if next(element.iterdescendants(*_OF_AN_ARTICLE), None) is not None:
        return None
    style = element.get("style") or ""
    kept = _LINES_KEPT.search(style)
    if kept is not None and (kept[1] is None or _MONOSPACED.search(style)) and "\n" in text_of(element).strip("\n"):
        return text_of(element).strip("\n")
    if _leads_out(element):
        return None
    if _CODE_NAME.search(element.get("class") or "") and element.find(".//br") is None:
        text = text_of(element).strip("\n")
        return text if "\n" in text.strip() and not _are_words(element, text.split("\n")) else None
    return None


def _lines_with_signs(element: _Element) -> str | None:
    """Return the lines of a box that all begin with a sign for folding, without it and the words for what is folded."""
    if not _starts_with_sign(element):
        return None
    if any(node.tag in _OF_AN_ARTICLE and not (node.tag == "img" and _is_fold_sign(node)) for node in element.iter()):
        return None
    text, hidden = (element.text or "").replace("\n", ""), 0
    for event, node in iterwalk(element, events=("start", "end", "comment", "pi")):
        if node is element:
            continue
        if event == "start":
            hidden += (node.get("id") or "").endswith("_Closed_Text")
            signs = {"img": "\ufffc", "br": "\n", "div": "\n"}.get(str(node.tag), "")
            text += "" if hidden else signs + (node.text or "").replace("\n", "")
        else:
            if event == "end":
                hidden -= (node.get("id") or "").endswith("_Closed_Text")
                text += "\n" if node.tag == "div" else ""
            text += "" if hidden else (node.tail or "").replace("\n", "")
    lines = [line for line in text.split("\n") if line.strip()]
    return (
        "\n".join(line.replace("\ufffc", "") for line in lines) if all(line[0] == "\ufffc" for line in lines) else None
    )


def _starts_with_sign(box: _Element) -> bool:
    for _ in range(4):
        inside = box.find("*")
        if inside is None or _is_fold_sign(inside):
            return inside is not None
        box = inside
    return False


def _is_fold_sign(image: _Element) -> bool:
    return "/OutliningIndicators/" in (image.get("src") or "")


def _leads_out(element: _Element) -> bool:
    """Return True for a box with a link to another site."""
    return any("//" in (link.get("href") or "")[:8] for link in element.iter("a"))


def _are_words(element: _Element, lines: list[str]) -> bool:
    """Return True where each word of the code is on a line of its own: over a third of the lines are operators."""
    if any("\n" in piece.strip() for piece in element.itertext()):
        return False
    return sum(_OPERATOR.match(line) is not None for line in lines) * 3 > len(lines)

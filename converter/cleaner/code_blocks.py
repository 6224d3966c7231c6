"""Code blocks, whatever held them."""

from __future__ import annotations

from lxml.etree import _Element

from converter.cleaner.flow import Flow
from converter.cleaner.runs import Marks
from converter.cleaner.walk import Cleaner
from converter.extract import code_blocks
from converter.extract.text import text_of
from converter.model import NO_ATTRIBUTES


def visit_pre(cleaner: Cleaner, element: _Element, flow: Flow, _marks: Marks, _depth: int) -> None:
    """``pre``: a code block."""
    add_code(cleaner, code_blocks.exact_text(element), element, flow)


def add_code(cleaner: Cleaner, text: str | None, element: _Element, flow: Flow) -> bool:
    """Add a code block, its images in front of it; False when the element held no code after all."""
    if text is None:
        return False
    flow.flush()
    for image in element.iter("img"):
        cleaner.handlers["img"](cleaner, image, flow, (), 0)
        flow.flush()
    whole = text_of(element)
    if whole.strip() != text.strip() and whole.split() != text.split():
        cleaner.find("code/furniture", whole, kept=text, element=element)
    if text.strip():
        language = code_blocks.language(element)
        flow.block(cleaner.node("pre", [text], element, {"lang": language} if language else NO_ATTRIBUTES))
    return True

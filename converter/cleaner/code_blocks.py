"""Add code blocks, whatever elements hold the code."""

from __future__ import annotations

from collections.abc import Sequence

from lxml.etree import _Element

from converter.cleaner.flow import Flow
from converter.cleaner.runs import Marks
from converter.cleaner.walk import Cleaner
from converter.extract import code_blocks, code_languages
from converter.extract.guessed_language import guessed_language
from converter.extract.pasted_numbers import without_numbers
from converter.extract.text import shown_text_of, text_of
from converter.model import NO_ATTRIBUTES


def visit_pre(cleaner: Cleaner, element: _Element, flow: Flow, _marks: Marks, _depth: int) -> None:
    """Add a ``pre`` as a code block."""
    add_code(cleaner, code_blocks.exact_text(element), element, flow)


def add_code(cleaner: Cleaner, text: str | None, element: _Element, flow: Flow, more: Sequence[_Element] = ()) -> bool:
    """Add the code that was read from an element, behind the images in it; return whether there was any code.

    ``text`` is None for an element that holds no code: nothing is added then, and the answer is False.
    ``more``: elements behind it from which the code was read, too.
    """
    if text is None:
        return False
    flow.close_paragraph()
    for holder in (element, *more):
        for image in holder.iter("img"):
            cleaner.tag_handlers["img"](cleaner, image, flow, (), 0)
            flow.close_paragraph()
    whole = "\n".join(map(text_of, (element, *more)))
    if whole.strip() != text.strip():
        if not cleaner.references.has_tex_scripts:  # a formula's script holds text
            whole = "\n".join(map(shown_text_of, (element, *more)))
        if whole.split() != text.split():
            cleaner.record("code/furniture", whole, kept=text, element=element)
    if (plain := without_numbers(text)) != text:
        cleaner.record("code/pasted-numbers", text, kept=plain, element=element)
        text = plain
    if text.strip():
        language = code_languages.language(element)
        if not language and cleaner.options.guess_language and (language := guessed_language(text)):
            cleaner.record("code/guessed-language", "", kept=language, element=element)
        flow.add_block(cleaner.node("pre", [text], element, {"lang": language} if language else NO_ATTRIBUTES))
    return True

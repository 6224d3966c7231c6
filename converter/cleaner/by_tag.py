"""The table of handlers by tag, and the handlers of plain blocks and of elements that are removed."""

from __future__ import annotations

from collections.abc import Mapping

from lxml.etree import _Element

from converter.cleaner.code_blocks import add_code, visit_pre
from converter.cleaner.flow import Flow
from converter.cleaner.footnotes import visit_item_or_footnote, visit_sup
from converter.cleaner.formulas import visit_math
from converter.cleaner.inline_elements import MARKS, visit_code, visit_kbd, visit_link, visit_marked, visit_quotation
from converter.cleaner.lists import LISTS, visit_list
from converter.cleaner.media import visit_drawing, visit_embedding, visit_image, visit_noscript, visit_player
from converter.cleaner.runs import Marks
from converter.cleaner.tables import visit_table
from converter.cleaner.titled_blocks import visit_definitions, visit_details, visit_heading, visit_summary
from converter.cleaner.walk import EXTRA_DEPTH, Cleaner, TagHandler
from converter.extract import code_blocks, code_boxes
from converter.model import HEADINGS
from converter.rules.chrome import TAG_ROWS
from converter.rules.more import MORE_TAG


def visit_block(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Add what a ``div``, ``section``, ``center`` ... holds, as blocks of their own."""
    if flow.runs:
        flow.close_paragraph()
    cleaner.walk(element, flow, marks, depth)
    if flow.runs:
        flow.close_paragraph()


def visit_box(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Add a ``div`` or ``section`` as a code block if it is one by its style or class, else what it holds."""
    may_be_code = not cleaner.prettified and ("style" in element.attrib or "class" in element.attrib)
    if not (may_be_code and add_code(cleaner, code_boxes.code_of_box(element), element, flow)):
        visit_block(cleaner, element, flow, marks, depth)


def visit_paragraph(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Add what a ``p`` holds, as blocks of their own; if it shows anything, the flow is loose."""
    if flow.runs:
        flow.close_paragraph()
    count = len(flow.blocks)
    cleaner.walk(element, flow, marks, depth)
    if flow.runs:
        flow.close_paragraph()
    if len(flow.blocks) > count:
        flow.is_loose = True


def visit_br(_cleaner: Cleaner, _element: _Element, flow: Flow, _marks: Marks, _depth: int) -> None:
    """Add a ``br`` as a hard break."""
    flow.add_break()


def visit_hr(cleaner: Cleaner, element: _Element, flow: Flow, _marks: Marks, _depth: int) -> None:
    """Add an ``hr`` as a thematic break."""
    flow.add_block(cleaner.node("hr", [], element))


def visit_more(cleaner: Cleaner, element: _Element, flow: Flow, _marks: Marks, _depth: int) -> None:
    """Add the marker at which a blog cuts the article."""
    flow.add_block(cleaner.node("more", [], element))
    cleaner.has_more = True


def visit_quote(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Add a ``blockquote``, if it shows anything."""
    flow.close_paragraph()
    inner = cleaner.new_flow()
    cleaner.walk(element, inner, marks, depth + EXTRA_DEPTH)
    if blocks := inner.finish():
        flow.add_block(cleaner.node("blockquote", [*blocks], element))


def visit_textarea(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Add a ``textarea`` as a code block if a highlighter's script would have drawn one from it, else as text."""
    if not add_code(cleaner, code_blocks.text_area(element), element, flow):
        visit_block(cleaner, element, flow, marks, depth)


def visit_chrome(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Remove an element that is never shown, or does nothing without its page: ``style``, ``button`` ..."""
    if not cleaner.remove_chrome(TAG_ROWS[str(element.tag)], element):
        cleaner.walk(element, flow, marks, depth)


def visit_script(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """Add a ``script`` of MathJax as a formula, one that would show a part of another page as a link to it."""
    visit = visit_math if element.get("type", "").startswith("math/tex") else visit_embedding
    visit(cleaner, element, flow, marks, depth)


TAG_HANDLERS: Mapping[str, TagHandler] = {
    **dict.fromkeys(TAG_ROWS, visit_chrome),
    "script": visit_script,
    "noscript": visit_noscript,
    **dict.fromkeys(MARKS, visit_marked),
    "sup": visit_sup,
    "span": Cleaner.walk,
    **dict.fromkeys(
        """article header footer main nav aside figure figcaption address center dd dt fieldset form
            legend caption colgroup thead tbody tfoot tr td th body html hgroup search option""".split(),
        visit_block,
    ),
    **dict.fromkeys(("div", "section"), visit_box),
    "p": visit_paragraph,
    **dict.fromkeys(HEADINGS, visit_heading),
    "br": visit_br,
    "hr": visit_hr,
    MORE_TAG: visit_more,
    "blockquote": visit_quote,
    **dict.fromkeys(LISTS, visit_list),
    "li": visit_item_or_footnote,
    **dict.fromkeys(("pre", "xmp", "listing"), visit_pre),
    "code": visit_code,
    **dict.fromkeys(("tt", "samp"), visit_code),
    "kbd": visit_kbd,
    "q": visit_quotation,
    "a": visit_link,
    "img": visit_image,
    "svg": visit_drawing,
    **dict.fromkeys(("iframe", "embed", "video", "audio", "object"), visit_player),
    "textarea": visit_textarea,
    "math": visit_math,
    "table": visit_table,
    "dl": visit_definitions,
    "details": visit_details,
    "summary": visit_summary,
}
"""The handler of each tag; an element whose tag is not here is handled as ``span``: only what it holds is added."""

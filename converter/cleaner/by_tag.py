"""Elements by tag: what each adds to the flow it stands in."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import chain
from types import MappingProxyType

from lxml.etree import _Element

from converter.cleaner.code_blocks import add_code, visit_pre
from converter.cleaner.flow import Flow
from converter.cleaner.formulas import visit_math
from converter.cleaner.lists import LISTS, visit_item, visit_list
from converter.cleaner.runs import EM, STRONG, Mark, Marks
from converter.cleaner.tables import visit_table
from converter.cleaner.walk import DEEPER, Cleaner, Handler, shown
from converter.extract import code_blocks, drawings, urls
from converter.extract.whitespace import visible
from converter.model import HEADINGS, Inline, Node
from converter.rules.chrome import TAG_ROWS

SVG_RULE = "image/svg"


def visit_block(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """A block that only parts what is around it: ``div``, ``section``, ``center``, ..."""
    flow.flush()
    cleaner.walk(element, flow, marks, depth)
    flow.flush()


def visit_paragraph(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``p``: as a block, and a list item that holds one is loose."""
    if flow.runs:
        flow.flush()
    count = len(flow.blocks)
    cleaner.walk(element, flow, marks, depth)
    if flow.runs:
        flow.flush()
    if len(flow.blocks) > count:
        flow.loose = True


def visit_heading(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``h1`` to ``h6``: one line; blocks inside that are no text come behind it."""
    flow.flush()
    anchors = flow.take_anchors()
    inner = cleaner.flow(in_line=True)
    cleaner.walk(element, inner, tuple([mark for mark in marks if mark.tag == "a"]), depth)
    line, rest = lead_line(inner)
    line = [*anchors, *_without_bold(line)]
    if _is_heading(line):
        flow.blocks.append(cleaner.node(str(element.tag), line, element))
    elif line:
        flow.blocks.append(Node("p", line))
    flow.blocks.extend(rest)


def lead_line(flow: Flow) -> tuple[list[Inline], list[Node]]:
    """(the paragraphs that a flow begins with, as one line; the blocks behind them)."""
    blocks = flow.finish()
    line: list[Inline] = []
    for place, block in enumerate(blocks):
        if block.tag != "p":
            return line, blocks[place:]
        if line:
            line.append(" ")
        line += [" " if isinstance(node, Node) and node.tag == "br" else node for node in block.children]
    return line, []


def _without_bold(line: list[Inline]) -> list[Inline]:
    """A heading's content without bold around all of it: headings are bold."""
    while len(line) == 1 and isinstance(only := line[0], Node) and only.tag == "strong":
        line = only.children
    return line


def _is_heading(line: list[Inline]) -> bool:
    """True when a heading has words; a picture alone is a picture."""
    for node in line:
        if visible(node) if isinstance(node, str) else any(map(visible, node.texts())):
            return True
    return False


def visit_br(_cleaner: Cleaner, _element: _Element, flow: Flow, _marks: Marks, _depth: int) -> None:
    """``br``: the serializer's hard break."""
    flow.line_break()


def visit_hr(cleaner: Cleaner, element: _Element, flow: Flow, _marks: Marks, _depth: int) -> None:
    """``hr``."""
    flow.block(cleaner.node("hr", [], element))


def visit_quote(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``blockquote``."""
    flow.flush()
    inner = cleaner.flow()
    cleaner.walk(element, inner, marks, depth + DEEPER)
    if blocks := inner.finish():
        flow.blocks.append(cleaner.node("blockquote", [*blocks], element))


def visit_code(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``code`` in a line: one span, whatever it holds, parted by what is no text."""
    if not any(mark.tag == "code" for mark in marks):
        marks = (*marks, Mark("code", number=cleaner.number()))
    cleaner.walk(element, flow, marks, depth)


def visit_kbd(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``kbd``: a key each, even side by side; keys in a key are one."""
    if not any(mark.tag == "kbd" for mark in marks):
        marks = (*marks, Mark("kbd", number=cleaner.number()))
    cleaner.walk(element, flow, marks, depth)


def visit_link(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``a``: its words under the address it leads to, or alone where that is none."""
    href = element.get("href")
    if not href:
        return cleaner.walk(element, flow, marks, depth)
    if href.startswith("#"):
        target, rule = "#" + urls.fragment(href[1:]), ""
    else:
        target, rule = urls.link_target(href)
    if rule:
        cleaner.find(rule, href, kept=target, element=element)
    if marks:
        marks = tuple([mark for mark in marks if mark.tag != "a"])
    if target:
        title = " ".join(element.get("title", "").split())
        if title and title == shown(element):
            title = ""
        marks = (*marks, Mark("a", target, title, number=cleaner.number()))
    return cleaner.walk(element, flow, marks, depth)


def visit_img(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, _depth: int) -> None:
    """``img``: a picture, or the formula it draws."""
    attributes = urls.attributes_of(element, urls.IMAGE_ATTRIBUTES)
    source = urls.image_source(attributes)
    if tex := urls.image_tex(source):
        cleaner.find("math/image", "", kept=tex, element=element)
        return flow.leaf(cleaner.node("math", [tex], element), marks)
    target, rule = urls.image_target(source)
    if rule:
        cleaner.find(rule, "", kept=target or None, element=element)
    if not cleaner.finish_images:
        target = drawings.from_data(source) if rule == "image/scheme" else target and urls.image_as_served(source)
    if target:
        kept = {"src": target}
        if alt := urls.alternative(attributes.get("alt", "")):
            kept["alt"] = alt
        if title := " ".join(attributes.get("title", "").split()):
            kept["title"] = title
        for name in ("width", "height"):
            if (size := attributes.get(name, "").strip().removesuffix("px")).isdecimal() and len(size) < 6:
                kept[name] = size
        flow.leaf(cleaner.node("img", [], element, kept), marks)
    return None


def visit_drawing(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, _depth: int) -> None:
    """``svg``: nothing; or where the caller will make a file of it, an image with the drawing's words as its text."""
    drawn = "" if cleaner.finish_images else drawings.drawing(element)
    if not drawn:
        return cleaner.drop(SVG_RULE, element)
    text = drawings.words(element)
    cleaner.find(SVG_RULE, text, kept=text, element=element)
    kept = {"src": drawings.data_address(drawn)}
    return flow.leaf(cleaner.node("img", [], element, {**kept, "alt": text} if text else kept), marks)


def visit_player(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``iframe``, ``video``, ``object`` ...: a link to what it plays."""
    for holder in chain((element,), element.iterdescendants("source", "embed", "iframe")):
        source = holder.get("src") or holder.get("data-src") or holder.get("data") or ""
        target, _ = urls.link_target(source)
        if target and urls.scheme(target) in ("", "http", "https"):
            words = target.removeprefix("//")
            cleaner.find("media/player", "", kept=words, element=element)
            flow.text(
                words,
                (*(mark for mark in marks if mark.tag != "a"), Mark("a", target, number=cleaner.number())),
            )
            break
    if element.tag == "embed":  # holds nothing; libxml2 puts what follows into it
        cleaner.walk(element, flow, marks, depth)
    elif text := shown(element):
        cleaner.find("media/fallback", text, element=element)


def visit_textarea(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``textarea``: code that a script would have drawn, or text."""
    if not add_code(cleaner, code_blocks.text_area(element), element, flow):
        visit_block(cleaner, element, flow, marks, depth)


def visit_definitions(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``dl``: terms and what they mean; one without terms is only a box."""
    if element.find("dt") is None:
        return visit_block(cleaner, element, flow, marks, depth)
    node = cleaner.node("dl", [], element)
    for child in element:
        inner = cleaner.flow(in_line=child.tag == "dt")
        if isinstance(child.tag, str):
            cleaner.walk(child, inner, marks, depth + DEEPER)
        if child.tag == "dt":
            line, blocks = lead_line(inner)
            node.children.extend([Node("dt", _without_bold(line))] if line else [])
        else:
            blocks = inner.finish()
        if child.tail and visible(child.tail):
            blocks = [*blocks, Node("p", [" ".join(child.tail.split())])]
        node.children.extend([Node("dd", [*blocks])] if blocks else [])
    if node.children:
        flow.block(node)
    return None


def visit_details(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``details``: a summary, taken out of what unfolds under it."""
    head = element.find("summary")
    line: list[Inline] = []
    rest: list[Node] = []
    if head is not None:
        inner = cleaner.flow(in_line=True)
        cleaner.walk(head, inner, marks, depth)
        line, rest = lead_line(inner)
        cleaner.taken.add(head)
    inner = cleaner.flow()
    cleaner.walk(element, inner, marks, depth + DEEPER)
    blocks = [*rest, *inner.finish()]
    if line or blocks:
        flow.block(cleaner.node("details", [Node("summary", line), *blocks], element))


def visit_summary(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``summary``: its details have taken it; one outside details is a block."""
    if element not in cleaner.taken:
        visit_block(cleaner, element, flow, marks, depth)


def visit_mark(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``strong``, ``em``, ``sub`` ...: what it holds, under its mark."""
    mark = MARKS[str(element.tag)]
    cleaner.walk(element, flow, marks if mark in marks else (*marks, mark), depth)


def visit_chrome(cleaner: Cleaner, element: _Element, _flow: Flow, _marks: Marks, _depth: int) -> None:
    """What is never shown, or nothing without its page: ``style``, ``button`` ..."""
    cleaner.drop(TAG_ROWS[str(element.tag)].rule, element)


def visit_script(cleaner: Cleaner, element: _Element, flow: Flow, marks: Marks, depth: int) -> None:
    """``script``: a formula or nothing."""
    visitor = visit_math if element.get("type", "").startswith("math/tex") else visit_chrome
    visitor(cleaner, element, flow, marks, depth)


MARKS: Mapping[str, Mark] = MappingProxyType(
    {
        "strong": STRONG,
        "b": STRONG,
        "em": EM,
        "i": EM,
        "del": Mark("del"),
        "s": Mark("del"),
        "strike": Mark("del"),
        "sup": Mark("sup"),
        "sub": Mark("sub"),
        "u": Mark("u"),
        "ins": Mark("u"),
        "mark": Mark("mark"),
    }
)
"""Inline elements that are emphasis or the like, by tag."""

HANDLERS: Mapping[str, Handler] = {
    **dict.fromkeys(TAG_ROWS, visit_chrome),
    "script": visit_script,
    **dict.fromkeys(MARKS, visit_mark),
    "span": Cleaner.walk,
    **dict.fromkeys(
        """div section article header footer main nav aside figure figcaption address center dd dt fieldset form
            legend caption colgroup thead tbody tfoot tr td th body html hgroup search option""".split(),
        visit_block,
    ),
    "p": visit_paragraph,
    **dict.fromkeys(HEADINGS, visit_heading),
    "br": visit_br,
    "hr": visit_hr,
    "blockquote": visit_quote,
    **dict.fromkeys(LISTS, visit_list),
    "li": visit_item,
    "pre": visit_pre,
    "code": visit_code,
    **dict.fromkeys(("tt", "samp"), visit_code),
    "kbd": visit_kbd,
    "a": visit_link,
    "img": visit_img,
    "svg": visit_drawing,
    **dict.fromkeys(("iframe", "embed", "video", "audio", "object"), visit_player),
    "textarea": visit_textarea,
    "math": visit_math,
    "table": visit_table,
    "dl": visit_definitions,
    "details": visit_details,
    "summary": visit_summary,
}
"""What each element does; one that is not here does as ``span``."""

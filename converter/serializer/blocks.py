"""Blocks: each writer returns its block without outer newlines; containers add separators and prefixes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import groupby

from converter.model import BLOCKS, HEADINGS, INLINES, Csdn2mdError, Inline, Node
from converter.serializer import hexo
from converter.serializer.bare_notes import with_bare_notes
from converter.serializer.context import Context
from converter.serializer.escape import Place
from converter.serializer.fences import fence_around
from converter.serializer.github_formulas import github_display
from converter.serializer.harmful_code import is_harmful, is_nested
from converter.serializer.html import MORE, note_label, to_html
from converter.serializer.inlines import write_inlines, write_pieces
from converter.serializer.links import inert_definition, safe_tex, text_of
from converter.serializer.lists import SEPARATOR, indent, write_list
from converter.serializer.pieces import FORMULA, MARKUP, Piece
from converter.serializer.tables import write_table
from converter.serializer.template_tags import guard_block
from converter.serializer.tex import COMMENT, portable_lines

PARAGRAPH = Place()
START = Place(start=True)
ITEM = Place(item=True)
ALTERNATE = Place(alternate=True)
HEADING = Place(block=False, heading=True)
ITEM_HEADING = Place(block=False, heading=True, item=True)
STRAY = INLINES - BLOCKS
"""Tags that are never blocks."""
LISTS = frozenset(("ul", "ol"))
TAGS_OF_TEXT = LISTS.union(("li", "p", "strong", "em", "br"))
"""Tags of blocks and of inline content that no renderer could make harmful."""
MARKUP_CHARACTERS = frozenset("<[{`")
"""Characters with which links, HTML, code and kramdown's attributes begin."""
PLAIN_SPACES = str.maketrans("\f\v\u2028\u2029", "    ")
"""Space that means the same in TeX, and begins no line at which a renderer fails."""
NO_LANGUAGE = frozenset("`{}~\"'<>&[]")
"""Characters of no language's name: they would end the fence, or the attribute that Hugo 0.111 writes it into, or begin
markup where the fence is not seen."""
ENDLESS_LINE = re.compile(r"^[ \t]*+[\f\v][^\S\n]*+\S", re.MULTILINE)
"""A line of code in a footnote at which kramdown 2.4 never ends: indented, then other space before the text."""
TAG_ALONE = re.compile(r"<[^<>]*>[ \t]*$", re.MULTILINE)
"""A line that begins an HTML block, which ends at a blank line only (CommonMark 4.6)."""


def write_blocks(children: Sequence[Inline], context: Context, place: Place = PARAGRAPH) -> str:
    """Return the Markdown of blocks, joined by one blank line; "" for none.

    The first block stands at ``place``.  Inline nodes and text among the children become paragraphs.
    Csdn2mdError for a tag outside the vocabulary.
    """
    out: list[str] = []
    previous, alternate = "", False
    plain = not context.overrides
    document = context.document
    for child in _as_blocks(children):
        tag = child.tag
        follows_list = previous == tag and tag in LISTS
        commented = follows_list and (tag in context.flavor.commented_lists or _is_more_than_text(child))
        if follows_list and not alternate and not commented:
            place = ALTERNATE
        text = _paragraph(child, context, place) if plain and tag == "p" else _block(child, context, place)
        if document.suspicious:
            context.check(text)
        if not text:
            continue
        if commented or (follows_list and tag in context.overrides):
            out.append(SEPARATOR)
        out.append(text)
        previous, alternate, place = tag, place.alternate, PARAGRAPH
    return "\n\n".join(out)


def _is_more_than_text(node: Node) -> bool:
    """Return whether a numbered list holds markup, or text that could be some.

    To kramdown ``1)`` and all behind it, of all items, are one text: what an item begins, another could complete.
    """
    if node.tag != "ol":
        return False
    plain = all(inner.tag in TAGS_OF_TEXT for inner in node.nodes())
    return not plain or not all(map(MARKUP_CHARACTERS.isdisjoint, node.texts()))


def _as_blocks(children: Sequence[Inline]) -> Sequence[Node]:
    """Return the children as blocks: inline content between them becomes a paragraph."""
    blocks = [child for child in children if isinstance(child, Node) and child.tag not in STRAY]
    if len(blocks) == len(children):
        return blocks
    blocks = []
    stray: list[Inline] = []
    for child in children:
        if isinstance(child, Node) and child.tag not in STRAY:
            if stray:
                blocks.append(Node("p", stray))
                stray = []
            blocks.append(child)
        else:
            stray.append(child)
    if stray:
        blocks.append(Node("p", stray))
    return blocks


def _block(node: Node, context: Context, place: Place) -> str:
    """Return the Markdown of a block, written by the caller's override for its tag or by WRITERS."""
    override = context.overrides.get(node.tag)
    if override is None:
        writer = WRITERS.get(node.tag)
        if writer is None:
            raise Csdn2mdError(f"the serializer does not know <{node.tag}> as a block")
        context.parents.append(node.tag)
        text = writer(node, context, place)
        context.parents.pop()
        return text.strip("\n") if context.overrides else text
    parents = context.parent_tags()
    context.parents.append(node.tag)
    inner = _inner(node, context)
    context.parents.pop()
    return override(node, inner, parents).strip("\n")


def _inner(node: Node, context: Context) -> str:
    """Return the Markdown of what a block holds, for a caller's override."""
    if node.tag in ("pre", "math"):
        return text_of(node)
    if node.tag == "p" or node.tag in HEADINGS:
        return write_inlines(node.children, context, PARAGRAPH if node.tag == "p" else HEADING)
    if node.tag in ("ul", "ol"):
        return _list(node, context, PARAGRAPH)
    if node.tag == "table":
        return write_table(node, context)
    return write_blocks(node.children, context)


def _paragraph(node: Node, context: Context, place: Place) -> str:
    text = write_inlines(node.children, context, place)
    if text[:1] == "{" and context.options.heading_style == "atx_closed":
        text = f"\\{text}"  # old goldmark looks for the attributes of a closed heading in the next block, too
    if "|" in text and _has_formula_pipe(node, text, context):
        return f"{text}\n{SEPARATOR}"
    return text


def _has_formula_pipe(node: Node, text: str, context: Context) -> bool:
    """Return whether a formula of a paragraph holds ``|``, and every line has one: kramdown makes a table of it.

    Where kramdown is not meant, it matters only if the table would part markup around code, which were then no code.
    """
    if not all("|" in line for line in text.split("\n")):
        return False
    if not any(inner.tag == "math" and "|" in text_of(inner) for inner in node.nodes()):
        return False
    return context.flavor.formula_pipes or any(inner.tag == "code" for inner in node.nodes())


def _heading(node: Node, context: Context, place: Place) -> str:
    level, style = int(node.tag[1]), context.options.heading_style
    if context.flavor.bare_heading_notes:
        node = Node(node.tag, list(with_bare_notes(node.children)))
    if style == "underlined" and level < 3:
        children = [" " if isinstance(child, Node) and child.tag == "br" else child for child in node.children]
        text = write_inlines(children, context, replace(place, heading=True))
        if text:
            return f"{text}\n{'=-'[level - 1] * max(3, len(text))}"
    text = write_inlines(node.children, context, ITEM_HEADING if place.item else HEADING).strip(" ")
    marks = "#" * level
    return f"{marks} {text} {marks}" if style == "atx_closed" and text else f"{marks} {text}".rstrip(" ")


def _quote(node: Node, context: Context, place: Place) -> str:
    text = write_blocks(node.children, context)
    return "\n".join([f"> {line}" if line else ">" for line in text.split("\n")])


def _pre(node: Node, context: Context, place: Place) -> str:
    if is_nested(context.parents) and is_harmful(text_of(node)):
        return to_html((node,), in_line=True)
    top = context.document.body.children
    first = place.item or (bool(top) and top[0] is node)
    written, guard = guard_block(text_of(node), context, first=first)
    if (
        written is None
        or (context.flavor.fences_first and hexo.TAG in written)
        or ("footnote" in context.parents and ENDLESS_LINE.search(written))
    ):
        return to_html((node,))
    text = _fenced(written, node, context)
    return text if guard is None else f"{guard[0]}\n\n{text}\n\n{guard[1]}"


def _fenced(code: str, node: Node, context: Context) -> str:
    lang = (node.attributes.get("lang") or context.options.code_language).split()
    info = lang[0] if lang and NO_LANGUAGE.isdisjoint(lang[0]) else ""
    if info == "math" and context.flavor.formulas_as_code:
        info = "tex"  # it is code, not a formula
    fence = fence_around(code)
    return f"{fence}{info}\n{code}\n{fence}" if code else f"{fence}{info}\n{fence}"


def _thematic_break(node: Node, context: Context, place: Place) -> str:
    if not place.item and (context.headed or not place.start):
        return "---"
    return "***" if "*" not in context.options.bullets else "___"


def _more(node: Node, context: Context, place: Place) -> str:
    return SEPARATOR if context.document.has_cut_word else MORE


def _math(node: Node, context: Context, place: Place) -> str:
    opening, closing = context.flavor.math_display
    text = text_of(node).strip().translate(PLAIN_SPACES)
    if context.document.strict:
        return write_inlines((node,), context, PARAGRAPH)
    if context.flavor.formulas_as_text:
        lines = [line.rstrip() for line in text.split("\n") if line.strip()]
        inner = "\n".join(lines) if COMMENT.search(text) else " ".join(text.split())
        return write_pieces([Piece(MARKUP, opening), Piece(FORMULA, inner), Piece(MARKUP, closing)], context, PARAGRAPH)
    if context.flavor.formulas_as_code:
        return github_display(text)
    in_quote = "blockquote" in context.parents
    lines = portable_lines(safe_tex(text, context.document, alone=not in_quote))
    if in_quote:  # sites that read formulas first would take ``>`` for TeX
        return opening + " ".join(lines) + closing
    return "\n".join([opening, *lines, closing])


def _table(node: Node, context: Context, place: Place) -> str:
    return write_table(node, context)


def _details(node: Node, context: Context, place: Place) -> str:
    return to_html((node,))


def _definitions(node: Node, context: Context, place: Place) -> str:
    """Return each term as a strong paragraph before the blocks of its definition: no portable syntax exists."""
    blocks: list[Inline] = []
    for child in node.children:
        if isinstance(child, Node):
            blocks += [_term(child)] if child.tag == "dt" else child.children
    return write_blocks(blocks, context)


def _term(node: Node) -> Node:
    """Return a term as a paragraph, strong unless parts of it are."""
    if any(inner.tag == "strong" for inner in node.nodes()):
        return Node("p", node.children)
    lines = (list(line) for _, line in groupby(node.children, key=_is_break))
    return Node("p", [line[0] if _is_break(line[0]) else Node("strong", line) for line in lines])


def _is_break(child: Inline) -> bool:
    return isinstance(child, Node) and child.tag == "br"


def _footnote(node: Node, context: Context, place: Place) -> str:
    text = inert_definition(write_blocks(node.children, context))
    if next((block.tag for block in _as_blocks(node.children) if _block(block, context, PARAGRAPH)), "p") != "p":
        text = f"{SEPARATOR}\n\n{text}"  # on the line of the label some renderers see the start of that block alone
    context.document.suspicious = True  # to a renderer without footnotes it may define a link
    return f"[^{note_label(node)}]: " + indent(text, 4)


def _list(node: Node, context: Context, place: Place) -> str:
    return write_list(node, context, _item, alternate=place.alternate)


def _item(item: Node, tight: bool, context: Context) -> str:
    """Return the blocks of a list item.

    The text of a tight item is no paragraph of the source, so a caller's rule for paragraphs is not asked.
    """
    if not tight:
        return write_blocks(item.children, context, ITEM)
    lines: list[str] = []
    place = ITEM
    for block in _as_blocks(item.children):
        lines.append(_paragraph(block, context, place) if block.tag == "p" else _block(block, context, place))
        place = PARAGRAPH
    return ("\n\n" if lines and TAG_ALONE.match(lines[0]) else "\n").join(lines)


WRITERS: dict[str, Callable[[Node, Context, Place], str]] = {
    **dict.fromkeys(HEADINGS, _heading),
    "p": _paragraph,
    "ul": _list,
    "ol": _list,
    "blockquote": _quote,
    "pre": _pre,
    "table": _table,
    "hr": _thematic_break,
    "more": _more,
    "dl": _definitions,
    "details": _details,
    "math": _math,
    "footnote": _footnote,
}

"""Blocks: each writer gives the lines of its block, without outer newlines; containers add prefixes once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from converter.model import BLOCKS, HEADINGS, INLINES, Csdn2mdError, Inline, Node
from converter.serializer.context import Context
from converter.serializer.escape import Place
from converter.serializer.html import to_html
from converter.serializer.inlines import write_inlines, write_pieces
from converter.serializer.links import tex, words_of
from converter.serializer.pieces import OWN, TEX, Piece
from converter.serializer.tables import write_table
from converter.serializer.template_tags import in_block

PARAGRAPH = Place()
START = Place(start=True)
ITEM = Place(item=True)
HEADING = Place(block=False, heading=True)
ITEM_HEADING = Place(block=False, heading=True, item=True)
STRAY = INLINES - BLOCKS
"""Tags that stand in no place of a block."""
MERGED = frozenset(("ul", "ol", "blockquote"))
SEPARATOR = "<!-- -->"
"""Between two lists or quotes, which a renderer or a linter (MD028) would take for one."""
TEX_COMMENT = re.compile(r"(?<!\\)%")
"""Ends with its line."""
FENCE = re.compile(r"`{3,}")
RULE_LINE = re.compile(r"^ {0,3}([*_-])[ \t]*\1[ \t]*\1(?:\1|[ \t])*+$", re.MULTILINE)
MARKS = ("-", "*")
MARKED_RULE = re.compile(r"([*-]) +\1[ \t]*\1(?:\1|[ \t])*+$", re.MULTILINE)
"""An item of marks that its own marker makes a rule of."""
LIST_LINE = re.compile(r"\n {0,3}(?:[+*-]|\d+\.)[\t |]")


def write_blocks(children: Sequence[Inline], context: Context, place: Place = PARAGRAPH) -> str:
    """Blocks, joined by one blank line; the first stands at ``place``."""
    out: list[str] = []
    previous = ""
    plain = not context.overrides
    for child in _blocks(children):
        text = _paragraph(child, context, place) if plain and child.tag == "p" else _block(child, context, place)
        if not text:
            continue
        if previous == child.tag and child.tag in MERGED:
            out.append(SEPARATOR)
        out.append(text)
        previous, place = child.tag, PARAGRAPH
    return "\n\n".join(out)


def _blocks(children: Sequence[Inline]) -> Sequence[Node]:
    """The children as blocks: stray inline content becomes a paragraph."""
    found = [child for child in children if isinstance(child, Node) and child.tag not in STRAY]
    if len(found) == len(children):
        return found
    found = []
    stray: list[Inline] = []
    for child in children:
        if isinstance(child, Node) and child.tag not in STRAY:
            if stray:
                found.append(Node("p", stray))
                stray = []
            found.append(child)
        else:
            stray.append(child)
    if stray:
        found.append(Node("p", stray))
    return found


def _block(node: Node, context: Context, place: Place) -> str:
    override = context.overrides.get(node.tag)
    if override is None:
        writer = WRITERS.get(node.tag)
        if writer is None:
            raise Csdn2mdError(f"the writer does not know <{node.tag}> as a block")
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
    """What stands inside a block, for a caller's own rule."""
    if node.tag in ("pre", "math"):
        return words_of(node)
    if node.tag == "p" or node.tag in HEADINGS:
        return write_inlines(node.children, context, PARAGRAPH if node.tag == "p" else HEADING)
    if node.tag in ("ul", "ol"):
        return _list(node, context, PARAGRAPH)
    if node.tag == "table":
        return write_table(node, context)
    return write_blocks(node.children, context)


def _paragraph(node: Node, context: Context, place: Place) -> str:
    text = write_inlines(node.children, context, place)
    if "|" in text and context.flavor.formula_pipes and _has_formula_pipe(node):
        return f"{text}\n{SEPARATOR}"
    return text


def _has_formula_pipe(node: Node) -> bool:
    """Whether a formula holds a ``|``, of which some renderer makes a table unless a line has none."""
    return any(inner.tag == "math" and any("|" in text for text in inner.texts()) for inner in node.nodes())


def _heading(node: Node, context: Context, place: Place) -> str:
    level, style = int(node.tag[1]), context.options.heading_style
    if style == "underlined" and level < 3:
        text = write_inlines([c if isinstance(c, str) or c.tag != "br" else " " for c in node.children], context, place)
        if text:
            return f"{text}\n{'=-'[level - 1] * max(3, len(text))}"
    text = write_inlines(node.children, context, ITEM_HEADING if place.item else HEADING).strip(" ")
    marks = "#" * level
    return f"{marks} {text} {marks}" if style == "atx_closed" and text else f"{marks} {text}".rstrip(" ")


def _quote(node: Node, context: Context, place: Place) -> str:
    text = write_blocks(node.children, context)
    return "\n".join([f"> {line}" if line else ">" for line in text.split("\n")])


def _pre(node: Node, context: Context, place: Place) -> str:
    top = context.document.body.children
    first = place.item or (bool(top) and top[0] is node)
    written, guard = in_block(words_of(node), context, first=first)
    if written is None:
        return to_html((node,))
    text = _fenced(written, node, context)
    return text if guard is None else f"{guard[0]}\n\n{text}\n\n{guard[1]}"


def _fenced(code: str, node: Node, context: Context) -> str:
    lang = (node.attributes.get("lang") or context.options.code_language).split()
    info = lang[0] if lang and not set("`{}~").intersection(lang[0]) else ""
    longest = max((len(run) for run in FENCE.findall(code)), default=2) if "```" in code else 2
    fence = "`" * (longest + 1)
    return f"{fence}{info}\n{code}\n{fence}" if code else f"{fence}{info}\n{fence}"


def _rule(node: Node, context: Context, place: Place) -> str:
    if not place.item and (context.headed or not place.start):
        return "---"
    return "***" if "*" not in context.options.bullets else "___"


def _math(node: Node, context: Context, place: Place) -> str:
    opening, closing = context.flavor.math_display
    words = words_of(node).strip()
    if context.flavor.formulas_as_text:
        lines = [line.rstrip() for line in words.split("\n") if line.strip()]
        inner = "\n".join(lines) if TEX_COMMENT.search(words) else " ".join(words.split())
        return write_pieces([Piece(OWN, opening), Piece(TEX, inner), Piece(OWN, closing)], context, PARAGRAPH)
    lines = [line.rstrip() for line in tex(words, context.document.template).split("\n") if line.strip()]
    if "blockquote" in context.parents:  # sites that read formulas first would take the quote's marks for TeX
        return opening + " ".join(lines) + closing
    return "\n".join([opening, *lines, closing])


def _table(node: Node, context: Context, place: Place) -> str:
    return write_table(node, context)


def _details(node: Node, context: Context, place: Place) -> str:
    return to_html((node,))


def _definitions(node: Node, context: Context, place: Place) -> str:
    """No portable syntax exists: each term is a strong paragraph, followed by its definition's blocks."""
    blocks: list[Inline] = []
    for child in node.children:
        if isinstance(child, Node):
            blocks += [_term(child)] if child.tag == "dt" else child.children
    return write_blocks(blocks, context)


def _term(node: Node) -> Node:
    """A term as a paragraph, strong unless parts of it are."""
    if any(inner.tag == "strong" for inner in node.nodes()):
        return Node("p", node.children)
    return Node("p", [Node("strong", node.children)])


def _footnote(node: Node, context: Context, place: Place) -> str:
    if not context.flavor.footnotes:
        return write_blocks(_numbered(node), context)
    text = write_blocks(node.children, context)
    return f"[^{context.note(node)}]: " + _indented(text, 4)


def _numbered(node: Node) -> list[Inline]:
    """A footnote's blocks, the first paragraph with its number before it."""
    number = f"[{node.attributes.get('id', '')}] "
    first = node.children[0] if node.children else ""
    if isinstance(first, Node) and first.tag == "p":
        return [Node("p", [number, *first.children]), *node.children[1:]]
    return [Node("p", [number.strip()]), *node.children]


def _indented(text: str, width: int) -> str:
    """Text whose lines after the first are indented."""
    if "\n" not in text:
        return text
    first, *rest = text.split("\n")
    blanks = " " * width
    return "\n".join([first, *[blanks + line if line else "" for line in rest]])


# -- lists


def _list(node: Node, context: Context, place: Place) -> str:
    items = [item for item in node.children if isinstance(item, Node)]
    tight = "tight" in node.attributes and all(_is_tight(item) for item in items)
    depth = context.parents.count("ul") - 1
    bullets = context.options.bullets
    bullet = bullets[depth % len(bullets)] if depth >= 0 else bullets[0]
    start = node.attributes.get("start", "1")
    number = int(start) if start.isascii() and start.isdigit() and int(start) + len(items) < 10**9 + 1 else 1
    out = []
    for offset, item in enumerate(items):
        marker = bullet if node.tag == "ul" else f"{number + offset}."
        out.append(_item(item, marker, tight, context))
    text = ("\n" if tight else "\n\n").join(out)
    return f'{{: start="{number}"}}\n{text}' if context.flavor.list_start and node.tag == "ol" and number != 1 else text


def _is_tight(item: Node) -> bool:
    """Whether an item is one paragraph, perhaps with a tight list after it that can follow without a blank line."""
    children = item.children
    if len(children) < 2:
        return not children or isinstance(children[0], str) or children[0].tag == "p"
    if len(children) > 2:
        return False
    first, last = children
    return isinstance(first, Node) and first.tag == "p" and isinstance(last, Node) and _follows(last)


def _follows(node: Node) -> bool:
    """Whether a block is a tight list that can follow a paragraph without a blank line."""
    return (
        node.tag in ("ul", "ol")
        and "tight" in node.attributes
        and node.attributes.get("start", "1") == "1"
        and all(isinstance(item, Node) and _is_tight(item) for item in node.children)
    )


def _tight(children: Sequence[Inline], context: Context) -> str:
    """The blocks of a tight item; its text is no paragraph of the source, so no rule for paragraphs is asked."""
    lines: list[str] = []
    place = ITEM
    for block in _blocks(children):
        lines.append(_paragraph(block, context, place) if block.tag == "p" else _block(block, context, place))
        place = PARAGRAPH
    return "\n".join(lines)


def _item(item: Node, marker: str, tight: bool, context: Context) -> str:
    context.parents.append("li")
    text = _tight(item.children, context) if tight else write_blocks(item.children, context, ITEM)
    context.parents.pop()
    if text[:1] in MARKS and MARKED_RULE.match(f"{marker} {text}"):
        text = f"\\{text}"
    if "\n" not in text and not item.attributes:
        return f"{marker} {text}"
    checked = item.attributes.get("checked")
    first = next((child.tag for child in item.children if isinstance(child, Node)), "p")
    if checked is not None and first == "p":
        text = f"[{'x' if checked == 'true' else ' '}] {text}"
    elif first == "pre" and LIST_LINE.search(text):
        text = f"{SEPARATOR}\n\n{text}"
    width = len(marker) + 1
    if (blank := text.find("\n\n")) >= 0 and RULE_LINE.search(text, blank + 2):
        width = max(width, 4)
    return marker + " " * (width - len(marker)) + _indented(text, width)


WRITERS: dict[str, Callable[[Node, Context, Place], str]] = {
    **dict.fromkeys(HEADINGS, _heading),
    "p": _paragraph,
    "ul": _list,
    "ol": _list,
    "blockquote": _quote,
    "pre": _pre,
    "table": _table,
    "hr": _rule,
    "dl": _definitions,
    "details": _details,
    "math": _math,
    "footnote": _footnote,
}

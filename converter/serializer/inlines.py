"""Inline content: nodes to one string of Markdown.

Nodes become pieces (text, own markup, ends of emphasis, ends of links); the emphasis is settled
against its neighbours; the pieces become a Stretch, whose text ``escape`` makes harmless.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from converter.model import Csdn2mdError, Inline, Node
from converter.serializer.context import Context
from converter.serializer.emphasis import settle
from converter.serializer.escape import (
    ALTERNATIVE,
    LINKED,
    STARTS,
    SUSPECT,
    SUSPECT_ALONE,
    Delimiter,
    Place,
    Stretch,
    escaped,
    plain_lines,
)
from converter.serializer.escape import TEX as IN_TEX
from converter.serializer.fast_path import write_plain
from converter.serializer.html import to_html
from converter.serializer.links import around, code_span, destination, formula, spoken, title, words_of
from converter.serializer.pieces import ALT, BREAK, CLOSE, LINK_CLOSE, LINK_OPEN, OPEN, OWN, TEX, TEXT, Piece

STATES = [bytes((state,)) for state in range(IN_TEX + 1)]
STATE_OF = {TEXT: 1, ALT: ALTERNATIVE, TEX: IN_TEX}
TYPOGRAPHY = re.compile(r"['\"]|-(?=-)|\.(?=\.\.)")
"""What sites replace by curly quotes, dashes and dots."""
EMPHASIS = {"strong": 2, "em": 1, "del": 2}


def write_inlines(children: Sequence[Inline], context: Context, place: Place) -> str:
    """The Markdown of inline nodes that stand at ``place``, without outer newlines."""
    if not context.overrides:
        if len(children) == 1 and isinstance(text := children[0], str):
            return write_text(text.replace("\n", " "), context, place)
        plain = write_plain(children, context, place)
        if plain is not None:
            return plain
    return write_pieces(pieces_of(children, context, place), context, place)


ALTERNATIVE_TEXT = Place(block=False)
BRACKETS = frozenset("[]`")
"""What may have to be escaped because of what stands around the image."""


def needs_html(image: Node, context: Context) -> bool:
    """Whether an image has an alternative text that has to be escaped, and a renderer that would show how."""
    alt = image.attributes.get("alt", "") if context.flavor.raw_alternatives else ""
    return bool(alt) and (not BRACKETS.isdisjoint(alt) or write_text(alt, context, ALTERNATIVE_TEXT) != alt)


def write_text(text: str, context: Context, place: Place) -> str:
    """The Markdown of text that stands alone."""
    tagged = context.document.is_tagged(text)
    if SUSPECT_ALONE.search(text) is None and not tagged and (text[-1:] != "#" or not place.heading):
        return plain_lines(text) if place.block and text[:1] in STARTS else text
    found = set(SUSPECT.findall(text))
    if tagged:
        found.add("template")
    return escaped(Stretch(text, bytearray(STATES[1] * len(text)), place, context.document, found))


def write_pieces(pieces: list[Piece], context: Context, place: Place) -> str:
    """The Markdown of pieces; where emphasis cannot be read as meant, it is written as HTML."""
    settle(pieces, context.options.strong_em_symbol)
    _settle_breaks(pieces)
    stretch = layout(pieces, context, place)
    text = escaped(stretch)
    if not stretch.broken:
        return text
    for piece in pieces:
        piece.as_html()
    return escaped(layout(pieces, context, place))


def _settle_breaks(pieces: list[Piece]) -> None:
    """A break ends a line that holds something: at the edges there is none to end, and two would end the block."""
    while pieces and pieces[-1].kind == BREAK:
        pieces.pop()
    empty = True
    for piece in pieces:
        if piece.kind != BREAK:
            empty = empty and ((piece.kind == OWN and piece.text[0] == "<") or piece.kind == OPEN)
        elif empty:
            piece.kind, piece.text = OWN, "<br>"
        else:
            empty = True


def layout(pieces: Sequence[Piece], context: Context, place: Place) -> Stretch:
    """The pieces as one string, with a note of what is text and where the own delimiters are."""
    out: list[str] = []
    texts: list[str] = []
    literal = bytearray()
    delimiters: list[Delimiter] = []
    links: list[tuple[int, int]] = []
    opened: list[int] = []
    for piece in pieces:
        kind, text, start = piece.kind, piece.text, len(literal)
        out.append(text)
        if kind in STATE_OF:
            texts.append(text)
            literal += STATES[LINKED if opened and kind == TEXT else STATE_OF[kind]] * len(text)
            continue
        if kind in (OPEN, CLOSE):
            if text[0] != "<":
                delimiters.append(Delimiter(start, text[0], len(text), piece.pair, kind == OPEN))
        elif kind == LINK_OPEN:
            opened.append(start + len(text) - 1)
        elif kind == LINK_CLOSE:
            links.append((opened.pop(), start))
        literal += bytes(len(text))
    found = set(SUSPECT.findall("".join(texts)))
    found.update([delimiter.char for delimiter in delimiters], "[" if links else "")
    line = "".join(out)
    if context.document.is_tagged(line):
        found.add("template")
    stretch = Stretch(line, literal, place, context.document, found, delimiters, links)
    if context.flavor.formulas_as_text and context.document.formulas:
        _refer_typography(stretch)
    return stretch


def _refer_typography(stretch: Stretch) -> None:
    """Keep quotes, dashes and dots of formulas from a site's typographer."""
    for match in TYPOGRAPHY.finditer(stretch.text):
        if stretch.literal[match.start()] == IN_TEX:
            stretch.refer(match.start())


def pieces_of(children: Sequence[Inline], context: Context, place: Place) -> list[Piece]:
    """Inline nodes as pieces."""
    pieces: list[Piece] = []
    _Flattener(context, place, pieces).children(children)
    return pieces


class _Flattener:
    """One walk over the inline nodes of a block."""

    def __init__(self, context: Context, place: Place, pieces: list[Piece]) -> None:
        self.context, self.place, self.pieces = context, place, pieces
        self.open: list[str] = []
        self.pairs = 0

    def children(self, children: Sequence[Inline]) -> None:
        for child in children:
            if isinstance(child, str):
                if child:
                    self.pieces.append(Piece(TEXT, child.replace("\n", " ")))
            elif child.tag in self.context.overrides:
                self.override(child)
            else:
                writer = WRITERS.get(child.tag)
                if writer is None:
                    raise Csdn2mdError(f"the writer does not know <{child.tag}> in a line of text")
                writer(self, child)

    def own(self, text: str) -> None:
        self.pieces.append(Piece(OWN, text))

    def override(self, node: Node) -> None:
        inner = write_inlines(node.children, self.context, replace(self.place, block=False, item=False))
        self.own(self.context.overrides[node.tag](node, inner, self.context.parent_tags(self.open)))

    def inside(self, node: Node) -> None:
        self.open.append(node.tag)
        self.children(node.children)
        self.open.pop()

    def emphasis(self, node: Node) -> None:
        if node.tag in self.open or (node.tag == "del" and self.open and self.place.heading):
            self.html(node)  # in a heading, Hugo fails on a strikethrough inside of other markup
            return
        self.pairs += 1
        pair, length = self.pairs, EMPHASIS[node.tag]
        opening = Piece(OPEN, ("~" if node.tag == "del" else "*") * length, pair, node.tag)
        self.pieces.append(opening)
        self.inside(node)
        self.pieces.append(Piece(CLOSE, opening.text, pair, node.tag))

    def html(self, node: Node) -> None:
        """A tag whose content is still Markdown to every renderer."""
        self.own(f"<{node.tag}>")
        self.inside(node)
        self.own(f"</{node.tag}>")

    def raw(self, node: Node) -> None:
        """A tag whose content kramdown takes as it is."""
        self.own(to_html((node,), in_line=True))

    def code(self, node: Node) -> None:
        code = words_of(node)
        touching = bool(self.pieces) and self.pieces[-1].kind == OWN and self.pieces[-1].text.endswith("`")
        defining = "]:" in code and "a" in self.open  # would make a definition of a link that begins a block
        self.own(code_span(code, self.context, in_cell=self.place.cell, as_html=touching or defining))

    def link(self, node: Node) -> None:
        if "id" in node.attributes and ("href" not in node.attributes or not node.children):
            self.own(to_html((Node("a", [], {"id": node.attributes["id"]}),), in_line=True))
        if "href" not in node.attributes or "a" in self.open:
            self.inside(node)
            return
        self.pieces.append(Piece(LINK_OPEN, "["))
        self.inside(node)
        self.pieces.append(Piece(LINK_CLOSE, f"]({self.target(node, 'href')})"))

    def image(self, node: Node) -> None:
        if needs_html(node, self.context):
            self.own(to_html((node,), in_line=True))
            return
        self.pieces.append(Piece(LINK_OPEN, "!["))
        if alt := " ".join(node.attributes.get("alt", "").split()):
            self.pieces.append(Piece(ALT, alt))
        self.pieces.append(Piece(LINK_CLOSE, f"]({self.target(node, 'src')})"))

    def target(self, node: Node, name: str) -> str:
        context = self.context
        where = destination(node.attributes.get(name, ""), context.document)
        return where + title(node.attributes.get("title", ""), context.document.template)

    def line_break(self, node: Node) -> None:
        if self.place.cell:
            self.own("<br>")
        elif self.place.heading:
            self.own(" ")
        else:
            self.pieces.append(Piece(BREAK, self.context.line_break))

    def math(self, node: Node) -> None:
        if self.pieces and self.pieces[-1].text[-1:] == "$" and self.pieces[-1].kind == OWN:
            self.own("<!-- -->")
        if not self.context.flavor.formulas_as_text:
            self.own(formula(node, self.context))
            return
        opening, closing = around(node, self.context.flavor)
        self.pieces += (Piece(OWN, opening), Piece(TEX, spoken(node)), Piece(OWN, closing))

    def noteref(self, node: Node) -> None:
        self.own(f"[^{self.context.note(node)}]" if self.context.flavor.footnotes else to_html((node,), in_line=True))


WRITERS: dict[str, Callable[[_Flattener, Node], None]] = {
    **dict.fromkeys(EMPHASIS, _Flattener.emphasis),
    **dict.fromkeys(("sup", "sub"), _Flattener.html),
    **dict.fromkeys(("kbd", "mark", "u"), _Flattener.raw),
    "code": _Flattener.code,
    "a": _Flattener.link,
    "img": _Flattener.image,
    "br": _Flattener.line_break,
    "math": _Flattener.math,
    "noteref": _Flattener.noteref,
}

"""Inline content: nodes become one string of Markdown.

Nodes become pieces (text, markup, ends of emphasis, ends of links); ``emphasis`` decides how each emphasis is
written; the pieces become an InlineText, in which ``escape`` makes the article's text harmless.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cached_property

from converter.model import Csdn2mdError, Inline, Node
from converter.serializer import hexo
from converter.serializer.bare_notes import holds_note, with_bare_notes
from converter.serializer.code_beside_text import begun, is_misread
from converter.serializer.context import Context
from converter.serializer.emphasis import resolve_emphasis
from converter.serializer.escape import (
    HEADING_END,
    IN_ALT_TEXT,
    IN_FORMULA,
    IN_LINK,
    IN_TEXT,
    LINE_STARTS,
    SUSPECT,
    SUSPECT_ALONE,
    TEMPLATE,
    Delimiter,
    InlineText,
    Place,
    escape_inline,
    escape_plain_lines,
    protect_typography,
)
from converter.serializer.fast_path import write_plain
from converter.serializer.github_formulas import is_formula, space_formulas
from converter.serializer.harmful_code import is_calm, is_harmful
from converter.serializer.html import needs_html_for, note_label, to_html
from converter.serializer.links import code_span, destination, formula, math_delimiters, tex_on_one_line, text_of, title
from converter.serializer.pieces import (
    ALT_TEXT,
    CLOSE,
    FORMULA,
    HARD_BREAK,
    LINK_CLOSE,
    LINK_OPEN,
    MARKUP,
    OPEN,
    TEXT,
    Piece,
    resolve_breaks,
)

ROLE_BYTES = [bytes((role,)) for role in range(IN_FORMULA + 1)]
ROLE_OF = {TEXT: IN_TEXT, ALT_TEXT: IN_ALT_TEXT, FORMULA: IN_FORMULA}
EMPHASIS = {"strong": 2, "em": 1, "del": 2}
"""The length of the delimiter runs, by tag."""


def write_inlines(children: Sequence[Inline], context: Context, place: Place) -> str:
    """Return the Markdown of inline nodes that stand at ``place``, without outer newlines.

    Raises Csdn2mdError for a tag that is no inline of the vocabulary.
    """
    text: str | None = None
    if context.has_shortcuts:
        if len(children) == 1 and isinstance(only := children[0], str):
            text = write_text(only.replace("\n", " "), context, place)
        else:
            text = write_plain(children, context, place)
    if text is None:
        text = write_pieces(pieces_of(children, context, place), context, place)
    return text.translate(hexo.SIGNS) if context.flavor.fences_first else text


IN_IMAGE = Place(block=False)
BRACKETS = frozenset("[]`")
"""Characters that may need an escape because of what stands around the image."""


def needs_html(image: Node, context: Context) -> bool:
    """Return whether an image needs HTML: for its URL, or for an alt text whose escapes the renderer would show."""
    if needs_html_for(image.attributes.get("src", ""), context.flavor):
        return True
    alt = image.attributes.get("alt", "") if context.flavor.raw_alt_text else ""
    return bool(alt) and (not BRACKETS.isdisjoint(alt) or write_text(alt, context, IN_IMAGE) != alt)


def write_text(text: str, context: Context, place: Place) -> str:
    """Return the Markdown of text that stands at ``place`` without any markup beside it."""
    document = context.document
    tagged = document.template is not None and document.has_template_tag(text)
    suspect = SUSPECT if document.relinks else SUSPECT_ALONE
    if suspect.search(text) is None and not tagged and not (place.heading and HEADING_END.search(text)):
        return escape_plain_lines(text) if place.block and text[:1] in LINE_STARTS else text
    triggers = set(SUSPECT.findall(text))
    if tagged:
        triggers.add(TEMPLATE)
    return escape_inline(InlineText(text, bytearray(ROLE_BYTES[IN_TEXT] * len(text)), place, document, triggers))


def write_pieces(pieces: list[Piece], context: Context, place: Place) -> str:
    """Return the Markdown of pieces; where some emphasis would not be read as intended, all of it becomes HTML tags.

    ``pieces`` is changed in place.
    """
    if context.flavor.formulas_as_code and any(map(is_formula, pieces)) and context.document.has_formulas:
        space_formulas(pieces)
    resolve_emphasis(pieces, context.options.strong_em_symbol, prettified=context.prettified)
    resolve_breaks(pieces)
    inline = join_pieces(pieces, context, place)
    text = escape_inline(inline)
    if not inline.emphasis_fails:
        return text
    for piece in pieces:
        piece.as_html()
    return escape_inline(join_pieces(pieces, context, place))


def join_pieces(pieces: Sequence[Piece], context: Context, place: Place) -> InlineText:
    """Return the pieces as one string with the role of each character, and with delimiters and links by index."""
    out: list[str] = []
    texts: list[str] = []
    roles = bytearray()
    delimiters: list[Delimiter] = []
    links: list[tuple[int, int]] = []
    opened: list[int] = []
    for piece in pieces:
        kind, text, start = piece.kind, piece.text, len(roles)
        out.append(text)
        if kind in ROLE_OF:
            texts.append(text)
            roles += ROLE_BYTES[IN_LINK if opened and kind == TEXT else ROLE_OF[kind]] * len(text)
            continue
        if kind in (OPEN, CLOSE):
            if text[0] != "<":
                delimiters.append(Delimiter(start, text[0], len(text), piece.pair, kind == OPEN))
        elif kind == LINK_OPEN:
            opened.append(start + len(text) - 1)
        elif kind == LINK_CLOSE:
            links.append((opened.pop(), start))
        roles += bytes(len(text))
    triggers = set(SUSPECT.findall("".join(texts)))
    triggers.update([delimiter.char for delimiter in delimiters], "[" if links else "")
    line = "".join(out)
    if context.document.has_template_tag(line):
        triggers.add(TEMPLATE)
    found = context.flavor.formulas_by_script and "$" in line and context.document.has_formulas
    formulas = "".join([piece.text for piece in pieces if is_formula(piece)]) if found else ""
    inline = InlineText(line, roles, place, context.document, triggers, delimiters, links, formulas)
    if context.flavor.formulas_as_text and context.document.has_formulas:
        protect_typography(inline)
    return inline


def pieces_of(children: Sequence[Inline], context: Context, place: Place) -> list[Piece]:
    """Return inline nodes as pieces, in order."""
    pieces: list[Piece] = []
    _Flattener(context, place, pieces, children).children(children)
    return pieces


class _Flattener:
    """One walk over the inline nodes of a block that adds to ``pieces``.

    open: the inline tags around the current node.  pairs: how many emphases there are so far.
    begun: for marked, the characters of emphasis that code must not end.
    """

    def __init__(self, context: Context, place: Place, pieces: list[Piece], root: Sequence[Inline]) -> None:
        self.context, self.place, self.pieces, self.root = context, place, pieces, root
        self.begun = begun(root, context.options.strong_em_symbol) if context.flavor.relinks else frozenset()
        self.open: list[str] = []
        self.pairs = 0

    @cached_property
    def is_calm(self) -> bool:
        """True if a renderer cannot misread any code in this block: nothing around it is markup (``harmful_code``)."""
        return is_calm(self.root)

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
                    raise Csdn2mdError(f"the serializer does not know <{child.tag}> in a line of text")
                writer(self, child)

    def markup(self, text: str) -> None:
        self.pieces.append(Piece(MARKUP, text))

    def override(self, node: Node) -> None:
        inner = write_inlines(node.children, self.context, replace(self.place, block=False, item=False))
        self.markup(self.context.overrides[node.tag](node, inner, self.context.parent_tags(self.open)))

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
        """Write a tag whose content is still Markdown to every renderer."""
        self.markup(f"<{node.tag}>")
        self.inside(node)
        self.markup(f"</{node.tag}>")

    def raw(self, node: Node) -> None:
        """Write a tag whose content kramdown takes for HTML, with its content as HTML, in emphasis of all of it."""
        only = node.children[0] if len(node.children) == 1 else ""
        if isinstance(only, Node) and only.tag in EMPHASIS and only.tag not in self.open:
            return self.emphasis(Node(only.tag, [Node(node.tag, only.children)]))
        if isinstance(only, Node) and node.tag == "u" and only.tag == "a" and "href" in only.attributes:
            return self.children([only])
        return self.markup(to_html((node,), in_line=True))

    def code(self, node: Node) -> None:
        code = text_of(node)
        misread = is_misread(code, self.pieces[-1] if self.pieces else Piece(TEXT, ""), self.begun)
        freed = is_harmful(code) and (self.place.beside_markup or not self.is_calm)
        self.markup(code_span(code, self.context, in_cell=self.place.cell, as_html=misread or freed))

    def link(self, node: Node) -> None:
        """Write a link; one that is underlined as a whole is written without the tag, for links are underlined."""
        if "id" in node.attributes and ("href" not in node.attributes or not node.children):
            self.markup(to_html((Node("a", [], {"id": node.attributes["id"]}),), in_line=True))
        if "href" not in node.attributes or "a" in self.open:
            self.inside(node)
            return
        if holds_note(node):  # kramdown sees no link around a reference
            self.children(list(with_bare_notes((node,))))
            return
        self.pieces.append(Piece(LINK_OPEN, "["))
        only = node.children[0] if len(node.children) == 1 else ""
        underlined = isinstance(only, Node) and only.tag == "u" and "u" not in self.context.overrides
        self.inside(Node("a", only.children) if isinstance(only, Node) and underlined else node)
        self.pieces.append(Piece(LINK_CLOSE, f"]({self.target(node, 'href')})"))

    def image(self, node: Node) -> None:
        if needs_html(node, self.context):
            self.markup(to_html((node,), in_line=True))
            return
        self.pieces.append(Piece(LINK_OPEN, "!["))
        if alt := " ".join(node.attributes.get("alt", "").split()):
            self.pieces.append(Piece(ALT_TEXT, alt))
        self.pieces.append(Piece(LINK_CLOSE, f"]({self.target(node, 'src')})"))

    def target(self, node: Node, name: str) -> str:
        context = self.context
        where = destination(node.attributes.get(name, ""), context.document)
        return where + title(node.attributes.get("title", ""), context.document)

    def line_break(self, node: Node) -> None:
        if self.place.cell:
            self.markup("<br>")
        elif self.place.heading:
            self.markup(" ")
        else:
            self.pieces.append(Piece(HARD_BREAK, self.context.line_break))

    def math(self, node: Node) -> None:
        touching = self.pieces and self.pieces[-1].text[-1:] == "$" and self.pieces[-1].kind == MARKUP
        if touching and not self.context.flavor.formulas_as_code:
            self.markup("<!-- -->")
        if self.context.document.strict or not self.context.flavor.formulas_as_text:
            self.markup(formula(node, self.context, in_link="a" in self.open))
            return
        opening, closing = math_delimiters(node, self.context.flavor)
        self.pieces += (Piece(MARKUP, opening), Piece(FORMULA, tex_on_one_line(node)), Piece(MARKUP, closing))

    def noteref(self, node: Node) -> None:
        listed = self.context.listed_notes
        self.markup(to_html((node,), in_line=True) if listed else f"[^{note_label(node)}]")


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

"""The fast path for inline content that needs no analysis: harmless text, links, images, code and simple emphasis.

Most lines of an article are such.  The result is exactly what ``inlines`` would write (tests/laws/test_fast_path.py
compares the two); whatever is in doubt is left to it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from converter.model import Inline, Node
from converter.serializer.code_beside_text import is_fence, may_end
from converter.serializer.context import Context
from converter.serializer.delimiters import is_no_word, is_punctuation, is_punctuation_or_symbol
from converter.serializer.emphasis_edges import trailing_punctuation
from converter.serializer.escape import (
    HEADING_END,
    LINE_STARTS,
    SUSPECT_BESIDE_LINK,
    SUSPECT_IN_LABEL,
    SUSPECT_IN_LINE,
    Place,
    escape_plain_lines,
)
from converter.serializer.escape.bare_urls import is_rest_of_mail_address
from converter.serializer.harmful_code import is_harmful
from converter.serializer.html import needs_html_for, note_label, to_html
from converter.serializer.links import code_span, destination, formula, title

MARKUP_BETWEEN = "\0"
"""Stands between two texts while they are looked at: no letter, so that no word goes on behind it."""


class Line:
    """Inline content as far as it is written.

    pieces: the Markdown so far.  texts: those parts of it that are the article's characters; ``labels``: those of
    them in links and images, where no renderer of the flavor makes a link of a bare URL.
    emphases: the indexes in ``pieces`` of emphasis.  notes: those of references to footnotes.
    has_links: there are links or images.
    """

    __slots__ = ("context", "emphases", "has_links", "labels", "notes", "pieces", "place", "texts")

    def __init__(self, context: Context, place: Place) -> None:
        self.context, self.place = context, place
        self.pieces: list[str] = []
        self.texts: list[str] = []
        self.labels: list[str] = []
        self.emphases: list[int] = []
        self.notes: list[int] = []
        self.has_links = False


def write_plain(children: Sequence[Inline], context: Context, place: Place) -> str | None:
    """Return the Markdown of inline nodes that stand at ``place``; None where they need the full analysis."""
    line = Line(context, place)
    pieces, texts = line.pieces, line.texts
    for child in children:
        if isinstance(child, str):
            if texts and pieces[-1] is texts[-1]:
                texts[-1] = pieces[-1] = f"{pieces[-1]}{child}"
            elif child:
                pieces.append(child)
                texts.append(child)
            continue
        writer = WRITERS.get(child.tag)
        piece = writer(child, line) if writer is not None else None
        if piece is None:
            return None
        pieces.append(piece)
    return _join(line)


def _join(line: Line) -> str | None:
    """Return the pieces as one string; None where its text or its emphasis needs the full analysis."""
    pieces, place = line.pieces, line.place
    suspect = SUSPECT_BESIDE_LINK if line.has_links or line.notes else SUSPECT_IN_LINE
    if (line.texts and not _is_plain(line.texts, suspect)) or (
        line.labels and not _is_plain(line.labels, SUSPECT_IN_LABEL)
    ):
        return None
    for index in line.emphases:
        if not _is_emphasis(pieces, index):
            return None
    if line.emphases and "@" in "".join(line.texts):
        return None  # goldmark may take the emphasis into a mail address
    if line.notes and any(index + 1 < len(pieces) and pieces[index + 1][0] == "(" for index in line.notes):
        return None  # it would be the destination of a link
    text = "".join(pieces)
    if line.context.document.template is not None and line.context.document.has_template_tag(text):
        return None  # also one of a text and the markup behind it
    if place.heading and HEADING_END.search(text):
        return None
    if place.block:
        if text[-1:] == "\n" or ("]:" in text and (text.startswith(("[", "*[")) or "\n*[" in text)):
            return None  # a definition, where the colon is behind a footnote's reference
        if "\n" in text or text[:1] in LINE_STARTS:
            return escape_plain_lines(text)
    return text


def _is_plain(texts: list[str], suspect: re.Pattern[str]) -> bool:
    """Return whether no renderer reads any of the article's characters as markup."""
    text = MARKUP_BETWEEN.join(texts) if len(texts) > 1 else texts[0]
    return suspect.search(text) is None and "\n" not in text


def _is_emphasis(pieces: list[str], index: int) -> bool:
    """Return whether every renderer reads the piece at an index as emphasis; punctuation moves out of its end."""
    text = pieces[index].strip("*")
    before = pieces[index - 1][-1] if index else ""
    after = pieces[index + 1][0] if index + 1 < len(pieces) else ""
    if before == "*" or after == "*" or not _is_delimiter(text[0], before):
        return False
    return _is_delimiter(text[-1], after) or (after.isalpha() and _move_punctuation(pieces, index, text))


def _move_punctuation(pieces: list[str], index: int, text: str) -> bool:
    """Move the punctuation at the end of an emphasis of text, before a letter, behind it; return whether it can."""
    mark, _, rest = pieces[index].partition(text)
    cut = trailing_punctuation(text)
    if mark != rest or len(mark) > 2 or not cut or not text[:-cut][-1:].isalpha():
        return False
    pieces[index] = f"{mark}{text[:-cut]}{mark}{text[-cut:]}"
    return True


def _is_delimiter(inside: str, outside: str) -> bool:
    """Return whether every renderer reads a delimiter between two characters as one (CommonMark 6.2).

    A ``$`` is the edge of a formula, which is a word to some sites.
    """
    if inside.isalpha():
        return True
    if is_punctuation_or_symbol(inside):
        return not outside or outside in " \n" or (outside != "$" and is_punctuation(outside))
    return not inside.isspace()


MARKS = {"strong": "**", "em": "*"}


def _emphasis(node: Node, line: Line) -> str | None:
    if line.context.options.strong_em_symbol != "*":
        return None
    mark = MARKS[node.tag]
    only = node.children[0] if len(node.children) == 1 else ""
    if isinstance(only, Node) and only.tag == "a":
        return _link(only, line, mark)
    if text := _text(node):
        if is_no_word(text):
            return None
        line.texts.append(text)
    elif not (text := _only_element(node, line)):
        return None
    line.emphases.append(len(line.pieces))
    return f"{mark}{text}{mark}"


def _only_element(node: Node, line: Line) -> str:
    """Return the Markdown of the only element in an emphasis: other emphasis of text, or code; else ""."""
    child = node.children[0] if len(node.children) == 1 else ""
    if isinstance(child, str) or not (text := _text(child)):
        return ""
    if child.tag == "code":
        return _code(child, line, emphasized=True) or ""
    if child.tag not in MARKS or child.tag == node.tag or is_no_word(text):
        return ""
    line.texts.append(text)
    return f"{MARKS[child.tag]}{text}{MARKS[child.tag]}"


def _text(node: Node) -> str:
    """Return the text of a node that holds nothing else, else ""."""
    if len(node.children) == 1 and isinstance(text := node.children[0], str):
        return text
    return ""


def _link(node: Node, line: Line, mark: str = "") -> str | None:
    """Return the Markdown of a link; ``mark`` delimits the emphasis of its whole text."""
    attributes, pieces = node.attributes, line.pieces
    if len(attributes) == 1 and "id" in attributes and not node.children:
        return _tag(node, line)
    if "href" not in attributes or "id" in attributes or (pieces and pieces[-1][-1] == "!"):
        return None
    text = _text(node)
    if not text:
        only = node.children[0] if len(node.children) == 1 else ""
        image = _image(only, line) if isinstance(only, Node) and only.tag == "img" else None
        return f"[{image}]({_target(node, 'href', line)})" if image is not None else None
    if len(text) == 1 and line.place.item:
        return None
    if mark and (text != text.strip() or is_no_word(text)):
        return None
    (line.texts if line.context.document.relinks else line.labels).append(text)
    return f"[{mark}{text}{mark}]({_target(node, 'href', line)})"


def _image(node: Node, line: Line) -> str | None:
    alt = node.attributes.get("alt", "")
    flavor = line.context.flavor
    if (alt and flavor.raw_alt_text) or needs_html_for(node.attributes.get("src", ""), flavor):
        return None
    if alt:
        alt = " ".join(alt.split())
        line.labels.append(alt)
    return f"![{alt}]({_target(node, 'src', line)})"


def _target(node: Node, name: str, line: Line) -> str:
    document, attributes = line.context.document, node.attributes
    line.has_links = True
    where = destination(attributes.get(name, ""), document)
    return where + title(attributes["title"], document) if "title" in attributes else where


def _code(node: Node, line: Line, *, emphasized: bool = False) -> str | None:
    text = _text(node)
    before = "*" if emphasized else line.pieces[-1][-1] if line.pieces else ""
    if not text or before == "`" or is_harmful(text) or is_fence(text, before) or is_rest_of_mail_address(text, before):
        return None
    if line.context.flavor.relinks and may_end(text):
        return None
    return code_span(text, line.context, in_cell=line.place.cell)


def _tag(node: Node, line: Line) -> str:
    return to_html((node,), in_line=True)


def _html_without_markdown(node: Node, line: Line) -> str | None:
    only = node.children[0] if len(node.children) == 1 else ""
    return None if isinstance(only, Node) and (only.tag in MARKS or only.tag == "a") else _tag(node, line)


def _html_of_text(node: Node, line: Line) -> str | None:
    text = _text(node)
    line.texts.append(text)
    return f"<{node.tag}>{text}</{node.tag}>" if text else None


def _math(node: Node, line: Line) -> str | None:
    flavor = line.context.flavor
    if flavor.formulas_as_text or flavor.formulas_as_code or (line.pieces and line.pieces[-1][-1] == "$"):
        return None
    return formula(node, line.context)


def _noteref(node: Node, line: Line) -> str | None:
    starts = not line.pieces or line.pieces[-1][-1] in "\n!"  # a colon would make a definition, "!" an image
    if starts or line.context.listed_notes:
        return None
    line.notes.append(len(line.pieces))
    return f"[^{note_label(node)}]"


def _line_break(node: Node, line: Line) -> str | None:
    if not line.place.block:
        return "<br>" if line.place.cell else " "
    last = line.pieces[-1] if line.pieces else "\n"
    if last[-1] == "\n" or last[0] == "<":
        return None
    return line.context.line_break


WRITERS: dict[str, Callable[[Node, Line], str | None]] = {
    "strong": _emphasis,
    "em": _emphasis,
    "a": _link,
    "img": _image,
    "code": _code,
    "br": _line_break,
    "math": _math,
    "noteref": _noteref,
    **dict.fromkeys(("sup", "sub"), _html_of_text),
    **dict.fromkeys(("kbd", "mark", "u"), _html_without_markdown),
}

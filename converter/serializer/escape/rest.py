"""The rest of what counts anywhere: references, formulas, attribute lists, pipes, templates, addresses, backslashes."""

from __future__ import annotations

import re
from html.entities import html5

from converter.serializer.delimiters import ASCII_PUNCTUATION
from converter.serializer.escape.stretch import LINKED, Stretch

REFERENCE = re.compile(r"&(?:#[0-9]+|#[xX][0-9a-fA-F]+|([A-Za-z][A-Za-z0-9]*));")


def references(stretch: Stretch) -> None:
    """Character references: ``&amp;`` written out."""
    for match in REFERENCE.finditer(stretch.text):
        position = match.start()
        if stretch.literal[position] and (match[1] is None or match[1] + ";" in html5):
            stretch.edits[position] = "&amp;"


DOLLARS = re.compile(r"\$\$+")
FORMULA = re.compile(r"(?<![\w\\$])\$(?![\s$])[^$\n]*?(?<![\s\\$])\$(?![\w$])", re.A)


def dollars(stretch: Stretch) -> None:
    """Formulas: any ``$`` in a document that has some; else what kramdown and GitHub would take for one."""
    text = stretch.text
    if stretch.document.formulas:
        for match in re.finditer(r"\$", text):
            stretch.escape(match.start())
        return
    doubles = [match.span() for match in DOLLARS.finditer(text)]
    if len(doubles) > 1 or any(end - start > 3 for start, end in doubles):
        for start, end in doubles:
            for position in range(start, end):
                stretch.escape(position)
    for match in FORMULA.finditer(text):
        if all(stretch.literal[match.start() : match.end()]):
            stretch.escape(match.start())


ATTRIBUTES = re.compile(r"\{(?=:[^}])")


def attributes(stretch: Stretch) -> None:
    """kramdown's attribute lists and extensions."""
    last = stretch.text.rfind("}")
    for match in ATTRIBUTES.finditer(stretch.text, 0, max(last, 0)):
        stretch.escape(match.start())


def pipes(stretch: Stretch) -> None:
    """kramdown reads a paragraph as a table when every line of it has a pipe outside code."""
    text = stretch.text
    if stretch.place.cell:
        for match in re.finditer(r"\|", text):
            stretch.escape(match.start())
        return
    lines = text.split("\n")
    if stretch.place.block and all("|" in line for line in lines):
        for match in re.finditer(r"[|`]", lines[0]):
            if match[0] == "|":
                stretch.escape(match.start())
            elif match.start() in stretch.edits:
                stretch.refer(match.start())  # kramdown looks for code before it looks for escapes


def template(stretch: Stretch) -> None:
    """Tags of the template engine that reads the text first."""
    if stretch.document.template is not None:
        for match in stretch.document.template.finditer(stretch.text):
            stretch.refer(match.start())


ADDRESS = re.compile(
    r"(?:h(?<![A-Za-z]h)ttps?|f(?<![A-Za-z]f)tp)(:)//|w(?:(?<=[\s*_~(]w)|(?<![\s\S]w))ww(\.)"
)  # what stands before is asked last, so that the search goes from one first letter to the next
ADDRESS_END = re.compile(r"[\s<]")
TRAILING = frozenset("?!.,:*_~'\"")


def addresses(stretch: Stretch) -> None:
    """A bare address is a link to cmark-gfm, up to a blank, backslashes and own markup included.

    From the last to the first: one that holds another holds what spoils that one, too.
    """
    text, literal, edits = stretch.text, stretch.literal, stretch.edits
    following, end, spoilt = len(text), -1, False
    target = text.find("](") if stretch.document.relinks else -1
    for match in reversed(list(ADDRESS.finditer(text))):
        start, position = match.start(), match.start(match.lastindex or 1)
        if literal[position] != 1:
            if literal[position] == LINKED and 0 <= target < start:
                stretch.escape(position)
                if text.startswith("www.", match.end()):
                    stretch.escape(match.end() + 3)
            continue
        last = ADDRESS_END.search(text, match.end(), following)
        if last is not None or end < 0:
            stop = end = last.start() if last is not None else len(text)
            while text[end - 1] in TRAILING and end - 1 not in edits:
                end -= 1
            following, spoilt = end, stop in edits
        spoilt = spoilt or 0 in literal[start:following] or any(p in edits for p in range(start, following))
        following = start
        if spoilt:
            stretch.escape(position)


def backslashes(stretch: Stretch) -> None:
    """A backslash is text unless ASCII punctuation follows it, in what is written."""
    text = stretch.text
    for match in re.finditer(r"\\", text):
        position = match.start()
        if not stretch.literal[position]:
            continue
        after = stretch.edits.get(position + 1, text[position + 1 : position + 2])[:1]
        broken = after == " " and not stretch.literal[position + 1]  # markdown-it takes a blank with it, off the break
        if after in ASCII_PUNCTUATION or broken:
            stretch.escape(position)
        elif not after and stretch.place.item:
            stretch.refer(position)  # before the next line of a tight item it is kramdown's hard break, escaped or not


TITLE_ATTRIBUTES = re.compile(r"(?:\A|[ \t])(\{)[#.:\w][^{}]*\}\Z")
CLOSING_SEQUENCE = re.compile(r"(?:\A|[ \t])(#)#*\Z")


def heading(stretch: Stretch) -> None:
    """The end of an ATX heading: closing sequence (CommonMark 4.2), id (kramdown), attributes (goldmark)."""
    for pattern in (TITLE_ATTRIBUTES, CLOSING_SEQUENCE):
        if match := pattern.search(stretch.text):
            stretch.escape(match.start(1))

"""The inline content of a block, as the rules of escaping see it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

from converter.model import Node

LINKED, ALTERNATIVE, TEX = 2, 3, 4
"""What a character of a link's text, an image's alternative text and a formula has in ``Stretch.literal``."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line of inline content stands.

    block: it begins a block (false in table cells and ATX headings).  start: it begins the document.
    item: it is the first block of a list item.  cell: it is in a pipe table.  heading: it is an ATX heading.
    """

    block: bool = True
    start: bool = False
    item: bool = False
    cell: bool = False
    heading: bool = False


class DocumentTraits:
    """What the escapes ask of the document as a whole, found out when they first ask.

    template, relinks, raw_alternatives: see Flavor.
    """

    def __init__(
        self,
        body: Node,
        template: re.Pattern[str] | None = None,
        *,
        relinks: bool = False,
        raw_alternatives: bool = False,
    ) -> None:
        self.body, self.template, self.relinks, self.raw_alternatives = body, template, relinks, raw_alternatives

    def is_tagged(self, text: str) -> bool:
        """Whether a template engine would find a tag in text."""
        return self.template is not None and self.template.search(text) is not None

    @cached_property
    def tags(self) -> frozenset[str]:
        """Every tag of the document."""
        return frozenset([node.tag for node in self.body.nodes()])

    @property
    def formulas(self) -> bool:
        """Whether the document has formulas, so that its site reads ``$``."""
        return "math" in self.tags

    @property
    def notes(self) -> bool:
        """Whether the document has footnotes."""
        return "footnote" in self.tags


@dataclass(slots=True)
class Delimiter:
    """One end of an emphasis of the writer's own."""

    start: int
    char: str
    length: int
    pair: int
    opens: bool


@dataclass(slots=True)
class Stretch:
    """The inline content of a block: the string, and which of its characters are text (1, in a link's text 2)."""

    text: str
    literal: bytearray
    place: Place
    document: DocumentTraits
    found: set[str]
    """Which of the shapes that rows ask for the text holds."""
    delimiters: list[Delimiter] = field(default_factory=list)
    links: list[tuple[int, int]] = field(default_factory=list)
    edits: dict[int, str] = field(default_factory=dict)
    broken: bool = False
    """Set when an own emphasis would not be read as meant."""

    def escape(self, position: int) -> None:
        """Put a backslash before a character of the text (own markup stays as it is)."""
        state = self.literal[position]
        if (
            state == ALTERNATIVE
            and self.document.raw_alternatives
            and self.text[position] == "|"
            and not self.place.cell
        ):
            return
        if state == TEX or (state == ALTERNATIVE and self.text[position] == "~"):
            self.refer(position)  # a formula must show no backslash; kramdown keeps it before that tilde
        elif state and position not in self.edits:
            instruction = self.text[position] == "<" and self.text[position + 1 : position + 2] in ("!", "?")
            self.edits[position] = "&lt;" if instruction else "\\" + self.text[position]  # goldmark reads \<? as a tag

    def refer(self, position: int) -> None:
        """Write a character of the text as a character reference."""
        if self.literal[position]:
            self.edits[position] = f"&#{ord(self.text[position])};"

    def bare(self, position: int) -> bool:
        """Whether the character is text and stands unescaped."""
        return bool(self.literal[position]) and position not in self.edits

    def result(self) -> str:
        """The string with its escapes."""
        if not self.edits:
            return self.text
        out: list[str] = []
        last = 0
        for position in sorted(self.edits):
            out += (self.text[last:position], self.edits[position])
            last = position + 1
        out.append(self.text[last:])
        return "".join(out)

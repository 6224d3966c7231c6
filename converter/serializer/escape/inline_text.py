"""The inline content of a block: its characters, what each is part of, and what is written instead of some."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from converter.serializer import hexo
from converter.serializer.escape.document_traits import DocumentTraits
from converter.serializer.escape.place import Place

IN_MARKUP, IN_TEXT, IN_LINK, IN_ALT_TEXT, IN_FORMULA = range(5)
"""What a character is part of: the serializer's markup, or the article's plain text, text of a link, alt text, TeX."""

TAG_BEHIND_BACKSLASH = re.compile(rf"<(?:[!?]|/?{hexo.TAG})")
"""The start of a tag for goldmark (``<?``) or Hexo, which do not see the backslash before it."""


@dataclass(slots=True)
class Delimiter:
    """One end of an emphasis that the serializer writes.

    start: the index of its first character.  char, length: ``*``, ``_`` or ``~``, and how many of it.
    pair: a number that the other end of the emphasis has, too.  opens: whether it is the opening end.
    """

    start: int
    char: str
    length: int
    pair: int
    opens: bool


@dataclass(slots=True)
class InlineText:
    """The inline content of one block as a string, and the escapes that it needs so far.

    text: the article's characters and the serializer's markup.
    roles: for each character of ``text`` one of IN_MARKUP, IN_TEXT, IN_LINK, IN_ALT_TEXT and IN_FORMULA.
    place: where the content stands.  document: traits of the document that it belongs to.
    triggers: what ``text`` holds of the triggers of ``inline_rows.INLINE_ROWS``.
    delimiters: the ends of emphasis that the serializer writes, in order.
    formulas: those of the block that a script of the page finds, as one string.
    links: (index of ``[``, index of ``]``) of each link and image that the serializer writes.
    replacements: what is written instead of the character at an index.
    emphasis_fails: set when some renderer would not read the serializer's emphasis as intended.
    """

    text: str
    roles: bytearray
    place: Place
    document: DocumentTraits
    triggers: set[str]
    delimiters: list[Delimiter] = field(default_factory=list)
    links: list[tuple[int, int]] = field(default_factory=list)
    formulas: str = ""
    replacements: dict[int, str] = field(default_factory=dict)
    emphasis_fails: bool = False

    def escape(self, position: int) -> None:
        """Write a backslash before a character of the article, or a reference where a backslash would be shown.

        The serializer's markup and characters that are escaped already stay as they are.
        """
        role = self.roles[position]
        char = self.text[position]
        if role == IN_ALT_TEXT and self.document.raw_alt_text and char == "|" and not self.place.cell:
            return
        if role == IN_FORMULA or (role == IN_ALT_TEXT and char == "~"):
            self.write_reference(position)  # a formula must show no backslash; kramdown keeps it before that tilde
        elif role == IN_LINK and char in "[]" and self.document.relinks:
            self.write_reference(position)  # marked takes these backslashes off before it reads the text of a link
        elif role and position not in self.replacements:
            tag = TAG_BEHIND_BACKSLASH.match(self.text, position)
            self.replacements[position] = "&lt;" if tag else "\\" + char

    def write_reference(self, position: int) -> None:
        """Write a character of the article as a numeric character reference (CommonMark 2.5)."""
        if self.roles[position]:
            self.replacements[position] = f"&#{ord(self.text[position])};"

    def is_unescaped(self, position: int) -> bool:
        """Return whether a character is the article's and is written as it is."""
        return bool(self.roles[position]) and position not in self.replacements

    def result(self) -> str:
        """Return the text with all replacements."""
        if not self.replacements:
            return self.text
        out: list[str] = []
        last = 0
        for position in sorted(self.replacements):
            out += (self.text[last:position], self.replacements[position])
            last = position + 1
        out.append(self.text[last:])
        return "".join(out)

"""Characters that could open raw HTML, code, attributes, a formula or a link's destination: escaped always.

Whether such a character opens anything depends on the rest of the document: on a tag that a later block completes, on
a backtick in a formula, on text that another escape changes.  So none of that is asked.  A character stays bare only
where what follows it directly proves that it opens nothing in any renderer, as the blank in ``a < b`` does.
"""

from __future__ import annotations

import re

from converter.serializer.delimiters import ASCII_PUNCTUATION
from converter.serializer.escape.inline_text import IN_FORMULA, IN_TEXT, InlineText

OPENER = re.compile(
    r"<(?=[^\W\d]|[:/!?<]|[^\s<>@]+@[^\s<>]+>)"  # tags, comments, autolinks: CommonMark 6.5, 6.6; kramdown HTML_TAG_RE
    r"|`"  # code spans: CommonMark 6.1; kramdown CODESPAN_DELIMITER
    r"|\{(?=:)"  # attribute lists and extensions: kramdown IAL_SPAN_START, ALD_START, EXT_START_STR
    r"|\](?=\()"  # destinations: CommonMark 6.3; kramdown LINK_START
    r"|\$(?:(?=\$)|(?<=\$\$))"  # formulas: kramdown BLOCK_MATH_START, which may end in a later block
)
"""Every match is escaped.  A tag's name may begin with any letter, ``_`` or ``:`` (kramdown)."""
TILDE_BEFORE_CODE = re.compile(r"~(?=`)")
SINGLE_TILDE = re.compile(r"(?<!~)~(?!~)")
BRACKET = re.compile(r"[\[\]]")


def escape_openers(inline: InlineText) -> None:
    """Escape each character of the article that could open something, from left to right."""
    if "]" in inline.triggers and "](" in inline.text:
        _escape_link_texts(inline)
    for match in OPENER.finditer(inline.text):
        position = match.start()
        if not inline.is_unescaped(position):
            continue
        inline.document.suspicious = True
        char = match[0]
        if char == "<" and inline.text[position + 1] == "<":
            inline.replacements[position] = "&lt;"  # kramdown reads << as a quotation mark, escaped or not
        elif char == "`" and inline.place.cell:
            inline.write_reference(position)  # kramdown splits rows at code spans, and knows no escape there
        else:
            inline.escape(position)


def _escape_link_texts(inline: InlineText) -> None:
    """Escape the ``[`` of ``[text](url)`` where no other ``[`` is open before it, and leave its ``]`` bare.

    ``f\\[i](0)`` is easier to read than ``f[i\\](0)``.  The proof holds where all is plain text: a ``]`` with no open
    ``[`` before it in its block ends nothing.  A ``]`` in emphasis or in HTML closes no ``[`` before it to kramdown.
    """
    if inline.roles.count(IN_TEXT) != len(inline.roles):
        return
    opened: list[int] = []
    for position in filter(inline.is_unescaped, (match.start() for match in BRACKET.finditer(inline.text))):
        if inline.text[position] == "[":
            opened.append(position)
        elif inline.text[position + 1 : position + 2] != "(":
            del opened[-1:]
        elif len(opened) == 1:
            inline.escape(opened.pop())
            inline.replacements[position] = "]"
            inline.document.suspicious = True


def escape_tildes_before_code(inline: InlineText) -> None:
    """Escape ``~`` before a code span for marked, to which tildes and the backticks behind them are one text.

    A single one is also escaped where one in code, or in a URL, would pair with it: marked looks for neither.
    """
    if inline.document.relinks:
        for match in TILDE_BEFORE_CODE.finditer(inline.text):
            if not inline.roles[match.end()]:
                inline.escape(match.start())
        _escape_single_tildes(inline)


def _escape_single_tildes(inline: InlineText) -> None:
    text, roles = inline.text, inline.roles
    closing = -1
    following = target = len(text)
    for match in reversed(list(SINGLE_TILDE.finditer(text))):
        position = match.start()
        found = text.find("](", position, following)
        target, following = (found if found >= 0 else target), position
        if not roles[position]:
            closing = position
        elif closing < 0 or text[position + 1].isspace():
            continue
        elif roles[position] in (IN_TEXT, IN_FORMULA) or closing < target:
            inline.escape(position)


def write_references(inline: InlineText) -> None:
    """Write all punctuation of the article as character references, which are text to every renderer."""
    for position, char in enumerate(inline.text):
        if char in ASCII_PUNCTUATION:
            inline.write_reference(position)


def escape_template_tags(inline: InlineText) -> None:
    """Write as a reference what the flavor's ``template`` matches: an engine reads it before Markdown is rendered."""
    if inline.document.template is not None:
        for match in inline.document.template.finditer(inline.text):
            inline.write_reference(match.start())

"""Square brackets that would make task boxes, links, images or footnote references."""

from __future__ import annotations

import re

from converter.serializer.escape.inline_text import IN_LINK, InlineText

TASK = re.compile(r"\[[ \xa0xX]\]")
BRACKET_OR_MARKUP = re.compile(r"[\[\]*_~`<$^|]")
BESIDE_NOTE = re.compile(r"!(?=\[\^)|(?<=\])\(")
"""Text beside the reference to a footnote of which a renderer without footnotes makes an image or a link."""
FOOTNOTE_LABEL = re.compile(r"\[\^[^\\`*_~<&!\[\]]*\]")
MARKUP_BRACKET = -1
"""Stands on the stack of open brackets for one that the serializer wrote."""


def escape_tasks(inline: InlineText) -> None:
    """Escape ``[ ]`` and ``[x]`` in a list item, where they would be a task's box.

    GFM (5.3) reads them at the start of an item, goldmark anywhere in its first block, but in no image.
    """
    if inline.place.item:
        text, roles = inline.text, inline.roles
        for match in TASK.finditer(text):
            position = match.start()
            if position and text[position - 1] == "!" and (roles[position] > 0) is (roles[position - 1] > 0):
                continue
            if roles[position]:
                inline.escape(position)
            else:
                inline.write_reference(position + 1)


def escape_beside_notes(inline: InlineText) -> None:
    """Escape ``!`` before a footnote reference of the serializer, and ``(`` behind one.

    A renderer without footnotes, and cmark-gfm, read ``[^1](x)`` as a link (CommonMark 6.3).
    """
    for match in BESIDE_NOTE.finditer(inline.text):
        position = match.start()
        bracket = position + 1 if match[0] == "!" else position - 1
        if not inline.roles[bracket] and inline.is_unescaped(position):
            inline.escape(position)


def escape_brackets(inline: InlineText) -> None:
    """Escape brackets of the article that would make a footnote reference, or change a link of the serializer.

    (CommonMark 6.3 and 6.4, GFM footnotes.)  A ``]`` that a destination follows is escaped already.
    """
    text = inline.text
    if text.count("[") == text.count("]") == len(inline.links):
        for start, _ in sorted(inline.links):
            _escape_before_link(inline, start)
        return
    starts = {start for start, _ in inline.links}
    ends = {end for _, end in inline.links}
    stack: list[int] = []  # positions of open brackets
    last_bracket, has_destination = text.rfind("]"), "](" in text
    last_start = last_markup = -1
    for match in BRACKET_OR_MARKUP.finditer(text):
        position = match.start()
        if match[0] not in "[]":
            last_markup = position
        elif position in starts:
            stack.append(MARKUP_BRACKET)
            last_start = position
            _escape_before_link(inline, position)
        elif position in ends:
            while (opened := stack.pop()) >= 0:
                inline.escape(opened)
        elif not inline.is_unescaped(position):
            continue
        elif match[0] == "[":
            within = bool(stack) and has_destination
            if not _escape_footnote_reference(inline, position, last_bracket, within=within):
                stack.append(position)
        elif stack and stack[-1] < 0:
            inline.escape(position)
        elif stack:
            _close_bracket(inline, stack, position, around_link=stack[-1] < min(last_start, last_markup))
    for opened in stack:
        if opened < last_start:
            inline.escape(opened)


def _close_bracket(inline: InlineText, stack: list[int], position: int, *, around_link: bool) -> None:
    """Handle a ``]`` of the article that closes the ``[`` of the article on top of the stack.

    around_link: a link, and a character that could be markup, stand between the two.  While a bracket is open,
    kramdown takes what stands in a URL for markup, too, and that could swallow one of the brackets that it counts.
    """
    opened = stack.pop()
    within = MARKUP_BRACKET in stack[-8:]
    if around_link or (within and (inline.delimiters or not all(inline.roles[opened:position]))):
        inline.escape(opened)
        inline.escape(position)


def _escape_footnote_reference(inline: InlineText, position: int, last_bracket: int, *, within: bool) -> bool:
    """Escape a ``[`` that begins ``[^x]`` or ``^[x]``, where some renderer makes a footnote of it; return whether.

    ``[^x]`` is one where the document has footnotes, where it would swallow markup (cmark-gfm), and in a
    link's text (kramdown).  within: it stands behind a ``[`` that is open, in a text with a destination: kramdown
    counts its ``[`` and not its ``]``, so that the open bracket could be the start of a link.
    """
    text = inline.text
    reference = text[position + 1 : position + 2] == "^" and (
        within
        or inline.document.has_footnotes
        or inline.roles[position] >= IN_LINK
        or (label := FOOTNOTE_LABEL.match(text, position)) is None
        or not all(inline.roles[position : label.end()])
    )
    inline_footnote = position > 0 and text[position - 1] == "^"
    if is_footnote := (reference or inline_footnote) and position < last_bracket:
        inline.escape(position)
    return is_footnote


def _escape_before_link(inline: InlineText, position: int) -> None:
    """Escape text that would change the meaning of a link's ``[``: ``!`` makes an image, ``^`` a footnote."""
    before = inline.text[position - 1 : position]
    if before == "!" and inline.roles[position - 1]:
        inline.escape(position - 1)
    elif before == "^":
        inline.write_reference(position - 1)
    if inline.text[position + 1 : position + 2] == "^":
        inline.write_reference(position + 1)

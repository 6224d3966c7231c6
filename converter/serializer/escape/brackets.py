"""What stands in brackets: code spans, HTML tags and autolinks, tasks, links, images, footnotes."""

from __future__ import annotations

import re

from converter.serializer.escape.stretch import LINKED, Stretch

ENDLESS = 1 << 60
"""More characters than any text has."""
BACKTICKS = re.compile(r"`+")


def backticks(stretch: Stretch) -> None:
    """A run that a later run could close: CommonMark asks for equal runs, kramdown for one that holds it."""
    if stretch.place.cell:  # kramdown splits rows at code spans, and knows no escape there
        for match in BACKTICKS.finditer(stretch.text):
            for position in range(*match.span()):
                stretch.refer(position)
        return
    longest = 0
    for match in reversed(list(BACKTICKS.finditer(stretch.text))):
        start, end = match.span()
        free = [position for position in range(start, end) if stretch.bare(position)]
        if len(free) < end - start and not any(map(stretch.literal.__getitem__, range(start, end))):
            longest = end - start + ENDLESS  # cmark-gfm loses a code span after an unmatched run of any length
        elif free and (len(free) <= longest or not all(stretch.literal[start:end])):
            for position in free:
                stretch.escape(position)
        if free and stretch.bare(free[0]):
            longest = max(longest, end - start)  # all of the run can close: in a code span, a backslash escapes nothing


NAME = r"[^\W\d][\w.\-]*(?::[^\W\d][\w.\-]*)?"
ATTRIBUTE = r"(?:[^\W\d]|:)[\w.:\-]*"
ANGLE = re.compile(
    rf"<(?:{NAME}(?>(?:\s+{ATTRIBUTE}(?:\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'=<>]+))?)*)\s*/?>"
    rf"|/{NAME}\s*>|[!?]"
    r"|[A-Za-z][A-Za-z0-9+.\-]{1,31}:[^\s<>]*>|(?:mailto|https?|ftps?):.|[^\s<>@]+@[^\s<>]+>)",
    re.S,
)


SEEMING = re.compile(r"</?[A-Za-z]")
"""What makes a whole document look like markup to those who only see how it begins and ends."""


def _quotation(stretch: Stretch, position: int) -> bool:
    """Whether ``<`` is the second of ``<<``, a quotation mark to kramdown, the only one to see a tag in ``<名>``."""
    before, after = position - 1, stretch.text[position + 1]
    return position > 0 and stretch.text[before] == "<" and stretch.bare(before) and not after.isascii()


def _begins(stretch: Stretch, position: int, last: int) -> bool:
    """Whether ``<`` begins a tag, an autolink, a comment or the like; where a document starts, whether it seems to."""
    if stretch.place.start and not position and SEEMING.match(stretch.text):
        return True
    return ANGLE.match(stretch.text, position, last + 1) is not None and not _quotation(stretch, position)


def angles(stretch: Stretch) -> None:
    """``<`` that would be more than text."""
    last = stretch.text.rfind(">")
    position = stretch.text.find("<")
    while 0 <= position < last:
        if stretch.bare(position):
            if stretch.text[position + 1] == "<" and not stretch.literal[position + 1]:
                stretch.edits[position] = "&lt;"  # kramdown reads << as a quotation mark, escaped or not
            elif _begins(stretch, position, last):
                stretch.escape(position)
        position = stretch.text.find("<", position + 1)


TASK = re.compile(r"\[[ \xa0xX]\]")


def tasks(stretch: Stretch) -> None:
    """A task's box: at the start of an item (GFM 5.3), to goldmark anywhere in its first block, but in no image."""
    if stretch.place.item:
        text, literal = stretch.text, stretch.literal
        for match in TASK.finditer(text):
            position = match.start()
            if position and text[position - 1] == "!" and (literal[position] > 0) is (literal[position - 1] > 0):
                continue
            if literal[position]:
                stretch.escape(position)
            else:
                stretch.refer(position + 1)


BRACKET = re.compile(r"[\[\]]")


def brackets(stretch: Stretch) -> None:
    """Literal brackets that make a link, an image or a footnote, or that unbalance an own link's text."""
    text = stretch.text
    if text.count("[") == text.count("]") == len(stretch.links):
        for start, _ in sorted(stretch.links):
            _before_link(stretch, start)
        return
    starts = {start for start, _ in stretch.links}
    ends = {end for _, end in stretch.links}
    stack: list[int] = []  # positions of open brackets; own ones as -1
    last_close, last_bracket = text.rfind(")"), text.rfind("]")
    for match in BRACKET.finditer(text):
        position = match.start()
        if position in starts:
            stack.append(-1)
            _before_link(stretch, position)
        elif position in ends:
            while (opened := stack.pop()) >= 0:
                stretch.escape(opened)
        elif not stretch.bare(position):
            continue
        elif match[0] == "[":
            if not _footnote_like(stretch, position, last_bracket):
                stack.append(position)
        elif stack and stack[-1] < 0:
            stretch.escape(position)
        elif stack:
            _close(stretch, stack, position, last_close)


def _close(stretch: Stretch, stack: list[int], position: int, last_close: int) -> None:
    """Settle a literal ``]`` that answers the literal ``[`` on top of the stack."""
    if -1 in stack[-9:] and (stretch.delimiters or not all(stretch.literal[stack[-1] : position])):
        stretch.escape(stack.pop())
        stretch.escape(position)
    elif not (stretch.text[position + 1 : position + 2] == "(" and position < last_close):
        stack.pop()
    elif -1 in stack[-9:]:
        stretch.escape(stack.pop())
        stretch.escape(position)
    elif len(stack) == 1:
        stretch.escape(stack.pop())
    else:
        stretch.escape(position)


LABEL = re.compile(r"\[\^[^\\`*_~<&!\[\]]*\]")


def _footnote_like(stretch: Stretch, position: int, last_bracket: int) -> bool:
    """``[^x]`` where notes exist, where it would swallow own markup (cmark-gfm), or in a link (kramdown); ``^[x]``."""
    text = stretch.text
    reference = text[position + 1 : position + 2] == "^" and (
        stretch.document.notes
        or stretch.literal[position] >= LINKED
        or (label := LABEL.match(text, position)) is None
        or not all(stretch.literal[position : label.end()])
    )
    inline = position > 0 and text[position - 1] == "^"
    if found := (reference or inline) and position < last_bracket:
        stretch.escape(position)
    return found


def _before_link(stretch: Stretch, position: int) -> None:
    """Text right before an own bracket that would join it: ``!`` makes an image, ``^`` a footnote."""
    before = stretch.text[position - 1 : position]
    if before == "!" and stretch.literal[position - 1]:
        stretch.escape(position - 1)
    elif before == "^":
        stretch.refer(position - 1)
    if stretch.text[position + 1 : position + 2] == "^":
        stretch.refer(position + 1)

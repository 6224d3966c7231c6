"""Find boxes of code by their names or style, without any rule, of which the Markdown has lost the line breaks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import islice

from lxml.etree import _Element, iterwalk

from converter.verify import normalize
from converter.verify.verdict import Difference
from converter.verify.walker import BLOCKS
from converter.verify.whole_file import Piece

LEAST_LINES = 3
"""Lines of a box of code, from which on it is looked at."""
_CODE_NAME = re.compile(r"code|highlight|hljs|syntax|prettyprint", re.IGNORECASE)
_CODE_STYLE = re.compile(r"white-space\s*:\s*pre(?![\w-])", re.IGNORECASE)
INDENTED = re.compile(r"\S[^\S\n]*+\n(?:[ \t]{2}|\xa0)\s*+\S")
LINE_NUMBER = re.compile(r"^[ \t\xa0]*\d{1,5}(?:[.:|) \t\xa0]|$)", re.MULTILINE)


def lost_lines(shown: list[Piece], lines: Callable[[], Iterable[str]]) -> Iterator[Difference]:
    """Yield boxes that look like code by their names or style, and whose lines are no lines of the Markdown."""
    boxes: dict[_Element, bool] = {}
    for piece in shown:
        if "\n" in (piece.holder.text or "") or next(iter(piece.holder), None) is not None:
            box = next((up for up in (piece.holder, *islice(piece.holder.iterancestors(), 3)) if is_code_box(up)), None)
            if box is not None and box not in boxes:
                boxes[box] = "pre" not in (box.tag, *(up.tag for up in box.iterancestors())) and _has_lines(box)
    known: frozenset[str] | None = None
    for box in (box for box, has_lines in boxes.items() if has_lines):
        text = text_of(box)
        expected = [line for line in text.split("\n") if len(normalize.squash(line)) > 1]
        if len(expected) < LEAST_LINES or not INDENTED.search(text):
            continue
        known = frozenset(lines()) if known is None else known
        lost = [line for line in expected if known.isdisjoint(_spellings(line))]
        if 2 * len(lost) > len(expected):
            told = " ⏎ ".join(map(normalize.squash, lost[:4]))
            yield Difference("selection", 0, "line breaks of code", told, "", "", box.sourceline or 0)


def _spellings(line: str) -> tuple[str, str]:
    """Return the visible characters of a line of code with a line number at its start, and without it."""
    return normalize.squash(line), normalize.squash(LINE_NUMBER.sub("", line))


def _has_lines(box: _Element) -> bool:
    """Return True if the line ends in a box may be its own: it is no part of a line, and has no other breaks."""
    if box.tag == "span" or next(box.iter("br"), None) is not None:
        return False
    return any("\n" in piece.strip() for piece in box.itertext())


def is_code_box(element: _Element) -> bool:
    """Return True for an element that may be a box of code, by its names or its style."""
    return element.tag == "code" or _names_code(element.get("style", ""), element.get("class", ""))


@lru_cache(maxsize=1024)
def _names_code(style: str, name: str) -> bool:
    return _CODE_STYLE.search(style) is not None or _CODE_NAME.search(name) is not None


def text_of(box: _Element) -> str:
    """Return the text of a box that preserves whitespace; blocks and breaks end a line."""
    pieces = [box.text or ""]
    if not len(box):
        return pieces[0]
    for event, element in iterwalk(box, events=("start", "end")):
        if element is box:
            continue
        if element.tag in BLOCKS or (element.tag == "br" and event == "end"):
            pieces.append("\n")
        pieces.append((element.text if event == "start" else element.tail) or "")
    return "".join(pieces)

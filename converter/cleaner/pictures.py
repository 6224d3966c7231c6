"""Pictures: images that get a paragraph of their own when they stand at an end of a line.

In this package *image* is any ``img``; a *picture* is an image larger than an icon that belongs to no link with
other content.
"""

from __future__ import annotations

from collections.abc import Sequence

from converter.cleaner.runs import Mark, Marks, Run
from converter.model import Node
from converter.rules.urls import EMOTICONS

MAX_ICON_SIZE = 48
"""An image up to so many pixels wide or high stands in the text like a letter."""


def may_have_pictures(line: Sequence[Run]) -> bool:
    """Return whether a line begins or ends with a leaf node, so that pictures may have to be split off."""
    return isinstance(line[0][0], Node) or isinstance(line[-1][0], Node)


def split_off_pictures(line: list[Run]) -> tuple[list[Run], list[Run], list[Run]]:
    """Return (the pictures that a line begins with, what stands between, the pictures that it ends with)."""
    start, end = 0, len(line)
    while start < end and (line[start][0] == " " or _is_separate(line, start)):
        start += 1
    while end > start and (line[end - 1][0] == " " or _is_separate(line, end - 1)):
        end -= 1
    words = line[start:end]
    if words and start and isinstance(first := words[0][0], str):
        words[0] = (first.lstrip(" "), words[0][1])
    if words and end < len(line) and isinstance(last := words[-1][0], str):
        words[-1] = (last.rstrip(" "), words[-1][1])
    return [run for run in line[:start] if run[0] != " "], words, [run for run in line[end:] if run[0] != " "]


def _is_separate(line: list[Run], index: int) -> bool:
    """Return whether the run at an index is a picture, or a linked image that is all of its link."""
    content, marks = line[index]
    link = _link_of(marks)
    if link is None or not _is_picture((content, ())):
        return _is_picture(line[index])
    before = next((run for run in reversed(line[:index]) if run[0] != " "), None)
    behind = next((run for run in line[index + 1 :] if run[0] != " "), None)
    around = [mark for run in (before, behind) if run is not None for mark in run[1]]
    return not any(mark.tag == "a" and mark.href == link.href for mark in around)


def _is_picture(run: Run) -> bool:
    """Return whether a run is an image that is no icon and not in a link."""
    content, marks = run
    if isinstance(content, str) or content.tag != "img":
        return False
    attributes = content.attributes
    if int(attributes.get("width", "999")) <= MAX_ICON_SIZE or int(attributes.get("height", "999")) <= MAX_ICON_SIZE:
        return False
    return not (EMOTICONS.search(attributes["src"]) or _link_of(marks))


def _link_of(marks: Marks) -> Mark | None:
    """Return the link among marks, None for none."""
    for mark in marks:
        if mark.tag == "a":
            return mark
    return None

"""Facts and their changes in words, as the messages of differences show them.

A change is (what, was, now, subject), the fields of a Difference, or None where only text changed: that is
reported once, as a difference of text.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, TypeAlias

from converter.verify.facts import Facts

Change: TypeAlias = tuple[str, str, str, str]
CONTEXT = 16
"""How many characters before and after a change are shown."""
SUBJECT = 40
"""How many characters of a fact are shown to say which one it is."""
MARKS = {
    "strong": "bold", "em": "italic", "del": "strikethrough", "sup": "superscript", "sub": "subscript",
}  # fmt: skip


def spaced(facts: Facts, text: str, offset: int) -> str:
    """Return text of facts with the whitespace between its words put back."""
    if facts.offsets_shifted:
        return text
    cuts = [index for index in range(1, len(text)) if offset + index in facts.word_gaps]
    return " ".join(text[start:stop] for start, stop in zip([0, *cuts], [*cuts, len(text)], strict=True))


def spaced_last(facts: Facts, value: Any, offset: int) -> Hashable:
    """Return a fact, a tuple that ends with its text, with whitespace in that text."""
    return (*value[:-1], spaced(facts, value[-1], offset))


def spaced_all(facts: Facts, value: Any, offset: int) -> Hashable:
    """Return a fact, a tuple of texts that follow each other, with whitespace in them."""
    texts = []
    for text in value:
        texts.append(spaced(facts, text, offset))
        offset += len(text)
    return tuple(texts)


def as_is(_facts: Facts, value: Any, _offset: int) -> Hashable:
    """Return a fact whose text has its whitespace, or that is no text."""
    return value  # type: ignore[no-any-return]


def heading(value: tuple[int, str]) -> str:
    """Return a heading as Markdown writes it."""
    return "#" * value[0] + " " + value[1]


def heading_change(was: tuple[int, str], now: tuple[int, str]) -> Change | None:
    """Return the change of a heading's level."""
    return ("heading level", str(was[0]), str(now[0]), now[1][:SUBJECT]) if was[0] != now[0] else None


def item(value: tuple[int, str, str]) -> str:
    """Return a list item as Markdown writes it."""
    return f"{value[1]} {value[2]}"


def item_change(was: tuple[int, str, str], now: tuple[int, str, str]) -> Change | None:
    """Return the change of an item's depth or marker."""
    if was[0] != now[0]:
        return "depth of list item", str(was[0]), str(now[0]), now[2][:SUBJECT]
    return ("marker of list item", was[1], now[1], now[2][:SUBJECT]) if was[1] != now[1] else None


def row(value: tuple[str, ...]) -> str:
    """Return a table row as Markdown writes it."""
    return " | ".join(value)


def row_change(was: tuple[str, ...], now: tuple[str, ...]) -> Change:
    """Return the change of a cell, or of a row where more than one cell changed."""
    if len(was) == len(now):
        changed = [(old, new) for old, new in zip(was, now, strict=True) if old != new]
        if len(changed) == 1:
            return "table cell", *changed[0], ""
    return "table row", row(was), row(now), ""


def code_change(was: str, now: str) -> Change:
    """Return the change of the first line that differs, or of the number of lines."""
    old, new = was.split("\n"), now.split("\n")
    for number, (one, other) in enumerate(zip(old, new, strict=False), 1):
        if one != other:
            return f"line {number} of code block", one or "(empty line)", other or "(empty line)", ""
    return "number of lines of code block", str(len(old)), str(len(new)), now.partition("\n")[0][:SUBJECT]


def line_in_code(what: str) -> int:
    """Return how many lines below its opening fence a change of a code block is, from the name of the change."""
    number = what.removeprefix("line ").partition(" ")[0]
    return int(number) if number.isdecimal() else 0


def image(value: tuple[str, str]) -> str:
    """Return the URL of an image."""
    return value[0]


def image_change(was: tuple[str, str], now: tuple[str, str]) -> Change:
    """Return the change of an image, or of its alt text."""
    if was[0] == now[0]:
        return "alt text of image", was[1] or "(none)", now[1] or "(none)", image(was)
    return "image", image(was), image(now), ""


def link(value: tuple[str, str]) -> str:
    """Return a link as Markdown writes it."""
    return f"[{value[1]}]({value[0]})"


def link_change(was: tuple[str, str], now: tuple[str, str]) -> Change:
    """Return the change of a link's URL, of its text, or of both."""
    if was[0] == now[0]:
        return "text of link", was[1] or "(an image)", now[1] or "(an image)", now[0]
    if was[1] == now[1]:
        return "URL of link", was[0], now[0], now[1][:SUBJECT]
    return "link", link(was), link(now), ""


def formula_change(was: str, now: str) -> Change:
    """Return the change of a formula."""
    return "formula", was, now, ""


def emphasis(value: tuple[str, str]) -> tuple[str, str]:
    """Return (name of the mark, its text)."""
    return MARKS[value[0]], value[1]


def inline_code(value: tuple[str]) -> tuple[str, str]:
    """Return (name of the mark, its text)."""
    return "inline code", value[0]


def changed(was: str, now: str) -> tuple[str, str]:
    """Return the parts of two texts that differ, with some of the text around them."""
    most = min(len(was), len(now))
    head = next((index for index in range(most) if was[index] != now[index]), most)
    tail = next((index for index in range(most - head) if was[-1 - index] != now[-1 - index]), most - head)
    first, cut = max(0, head - CONTEXT), max(0, tail - CONTEXT)
    return was[first : len(was) - cut], now[first : len(now) - cut]


def around(text: str, offset: int, between: str = "") -> str:
    """Return the text around an offset, with ``between`` at the offset."""
    return text[max(0, offset - CONTEXT) : offset] + between + text[offset : offset + CONTEXT]


def ends(texts: list[str]) -> str:
    """Return the starts and ends of up to three paragraphs."""
    shown = [text if len(text) <= 2 * CONTEXT else f"{text[:CONTEXT]}…{text[-CONTEXT:]}" for text in texts[:3]]
    return " ⏎ ".join(shown)

"""Facts and their changes in words.

A change is (what, was, now, subject), as a Difference has them, or None where only the text changed,
which is told once, as text.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, TypeAlias

from converter.verify.values import Facts

Change: TypeAlias = tuple[str, str, str, str]
CONTEXT = 16
"""How much of the text around a change is shown."""
SUBJECT = 40
"""How much of a fact is shown to say which one it is."""
MARKS = {
    "strong": "bold", "em": "italic", "del": "struck-out text", "sup": "superscript", "sub": "subscript",
}  # fmt: skip


def spaced(facts: Facts, text: str, offset: int) -> str:
    """Text of some facts, which has no blanks, with the blanks between words put back."""
    if facts.shifted:
        return text
    cuts = [place for place in range(1, len(text)) if offset + place in facts.gaps]
    return " ".join(text[start:stop] for start, stop in zip([0, *cuts], [*cuts, len(text)], strict=True))


def spaced_last(facts: Facts, value: Any, offset: int) -> Hashable:
    """A fact whose text is its last part, with blanks in that."""
    return (*value[:-1], spaced(facts, value[-1], offset))


def spaced_all(facts: Facts, value: Any, offset: int) -> Hashable:
    """A fact of texts that follow each other, with blanks in them."""
    texts = []
    for text in value:
        texts.append(spaced(facts, text, offset))
        offset += len(text)
    return tuple(texts)


def as_is(_facts: Facts, value: Any, _offset: int) -> Hashable:
    """A fact that is no text."""
    return value  # type: ignore[no-any-return]


def heading(value: tuple[int, str]) -> str:
    """A heading as Markdown writes it."""
    return "#" * value[0] + " " + value[1]


def heading_change(was: tuple[int, str], now: tuple[int, str]) -> Change | None:
    """Another level."""
    return ("heading level", str(was[0]), str(now[0]), now[1][:SUBJECT]) if was[0] != now[0] else None


def item(value: tuple[int, str, str]) -> str:
    """A list item as Markdown writes it."""
    return f"{value[1]} {value[2]}"


def item_change(was: tuple[int, str, str], now: tuple[int, str, str]) -> Change | None:
    """Another depth, or another marker."""
    if was[0] != now[0]:
        return "depth of list item", str(was[0]), str(now[0]), now[2][:SUBJECT]
    return ("marker of list item", was[1], now[1], now[2][:SUBJECT]) if was[1] != now[1] else None


def row(value: tuple[str, ...]) -> str:
    """A table's row."""
    return " | ".join(value)


def row_change(was: tuple[str, ...], now: tuple[str, ...]) -> Change:
    """Another cell, or several."""
    if len(was) == len(now):
        changed = [(old, new) for old, new in zip(was, now, strict=True) if old != new]
        if len(changed) == 1:
            return "table cell", *changed[0], ""
    return "table row", row(was), row(now), ""


def code_change(was: str, now: str) -> Change:
    """The first line that differs, or the number of lines."""
    old, new = was.split("\n"), now.split("\n")
    for number, (one, other) in enumerate(zip(old, new, strict=False), 1):
        if one != other:
            return f"line {number} of code block", one or "(blank)", other or "(blank)", ""
    return "number of lines of code block", str(len(old)), str(len(new)), now.partition("\n")[0][:SUBJECT]


def line_in_code(what: str) -> int:
    """How far below its fence the line is that a change of code is about."""
    number = what.removeprefix("line ").partition(" ")[0]
    return int(number) if number.isdecimal() else 0


def image(value: tuple[str, str]) -> str:
    """A picture by its address."""
    return value[0]


def image_change(was: tuple[str, str], now: tuple[str, str]) -> Change:
    """Another picture, or another alternative text."""
    if was[0] == now[0]:
        return "alternative text of image", was[1] or "(none)", now[1] or "(none)", image(was)
    return "image", image(was), image(now), ""


def link(value: tuple[str, str]) -> str:
    """A link as Markdown writes it."""
    return f"[{value[1]}]({value[0]})"


def link_change(was: tuple[str, str], now: tuple[str, str]) -> Change:
    """Another address, another text, or both."""
    if was[0] == now[0]:
        return "text of link", was[1] or "(a picture)", now[1] or "(a picture)", now[0]
    if was[1] == now[1]:
        return "address of link", was[0], now[0], now[1][:SUBJECT]
    return "link", link(was), link(now), ""


def formula_change(was: str, now: str) -> Change:
    """Another formula."""
    return "formula", was, now, ""


def emphasis(value: tuple[str, str]) -> tuple[str, str]:
    """(what it is, its text)."""
    return MARKS[value[0]], value[1]


def inline_code(value: tuple[str]) -> tuple[str, str]:
    """(what it is, its text)."""
    return "inline code", value[0]


def changed(was: str, now: str) -> tuple[str, str]:
    """The parts of two texts that differ, with some of what is around them."""
    most = min(len(was), len(now))
    head = next((place for place in range(most) if was[place] != now[place]), most)
    tail = next((place for place in range(most - head) if was[-1 - place] != now[-1 - place]), most - head)
    first, cut = max(0, head - CONTEXT), max(0, tail - CONTEXT)
    return was[first : len(was) - cut], now[first : len(now) - cut]


def around(text: str, offset: int, between: str = "") -> str:
    """What stands around an offset."""
    return text[max(0, offset - CONTEXT) : offset] + between + text[offset : offset + CONTEXT]


def ends(texts: list[str]) -> str:
    """Where paragraphs begin and end."""
    shown = [text if len(text) <= 2 * CONTEXT else f"{text[:CONTEXT]}…{text[-CONTEXT:]}" for text in texts[:3]]
    return " ⏎ ".join(shown)

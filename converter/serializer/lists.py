"""Lists: markers, numbers, tight and loose items, tasks.

What an item holds is written by ``blocks``, which hands its function in: a list stands among blocks and holds blocks.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from converter.model import Node
from converter.serializer.context import Context

ItemWriter = Callable[[Node, bool, Context], str]
"""Writes the blocks of an item: the item, whether its list is tight, the context."""

LAST_NUMBER = 10**9
"""The first number that CommonMark (5.2) does not allow in a marker."""
THEMATIC_BREAK = re.compile(r"^ {0,3}([*_-])[ \t]*\1[ \t]*\1(?:\1|[ \t])*+$", re.MULTILINE)
BLANK_LINE = re.compile(r"\n[^\S\n]*+\n")
BULLETS = ("-", "*")
"""Bullets that make a thematic break when more of them follow."""
ITEM_THEMATIC_BREAK = re.compile(r"([*-]) +\1[ \t]*\1(?:\1|[ \t])*+$", re.MULTILINE)
"""An item of nothing but such characters, which is a thematic break together with its marker."""
LIST_LINE = re.compile(r"\n {0,3}(?:[+*-]|\d+\.)[\t |]")
"""A line in which kramdown sees an item: in an item it looks for no fence before the first blank line."""
FENCE = re.compile(r"`{3,}[^`\n]*\n")
"""The start of code."""
UNSEEN_FENCE = re.compile(r"(?![-*+]`|[0-9]+\.`)[-*+0-9.)]+(?:> ?)*+```")
"""Code at the start of an item, with its marker, that Hexo does not see: it reads fences before Markdown."""
BARE_MARKER = re.compile(r"^(?: *(?:[-+*]|\d+[.)]))+ *\Z", re.MULTILINE)
"""An item without content at the end: attributes in the next line would be what it holds."""
SEPARATOR = "<!-- -->"
"""Stands between two lists that kramdown would take for one, and before code in which it would see a list."""


def write_list(node: Node, context: Context, write_item: ItemWriter, *, alternate: bool = False) -> str:
    """Return the Markdown of ``ul`` or ``ol``; ``write_item`` writes what the items hold.

    alternate: write other markers than usual, which begin a list of their own (CommonMark 5.3).
    """
    items = [item for item in node.children if isinstance(item, Node)]
    tight = "tight" in node.attributes and all(_is_tight(item) for item in items)
    bullet = _bullet(context)
    if alternate:
        bullet = "-" if bullet == "+" else "+"
    delimiter = ")" if alternate else "."
    number = _first_number(node, len(items))
    out = []
    for offset, item in enumerate(items):
        marker = bullet if node.tag == "ul" else f"{number + offset}{delimiter}"
        context.parents.append("li")
        text = write_item(item, tight, context)
        context.parents.pop()
        out.append(_with_marker(item, marker, text, context))
    text = ("\n" if tight else "\n\n").join(out)
    if not context.flavor.list_start or node.tag != "ol" or number == 1:
        return text
    tags = context.flavor.code_tags
    if BARE_MARKER.search(text):
        text = f"{text.rstrip(' ')} {SEPARATOR}"
    elif tags is not None and tags.guard is not None and text.endswith(tags.guard[1]):
        text += SEPARATOR  # the guard leaves an empty line, and attributes behind one are those of the next block
    return f'{text}\n{{: start="{number}"}}'


def _bullet(context: Context) -> str:
    """Return the bullet of a list by its depth among unordered lists."""
    depth = context.parents.count("ul") - 1
    bullets = context.options.bullets
    return bullets[depth % len(bullets)] if depth >= 0 else bullets[0]


def _first_number(node: Node, length: int) -> int:
    """Return the number that a list of so many items starts with; 1 where the source's is none or too large."""
    start = node.attributes.get("start", "1")
    return int(start) if start.isascii() and start.isdigit() and int(start) + length <= LAST_NUMBER else 1


def _is_tight(item: Node) -> bool:
    """Return whether an item is one paragraph, or one and a tight list that can follow without a blank line."""
    children = item.children
    if len(children) < 2:
        return not children or isinstance(children[0], str) or children[0].tag == "p"
    if len(children) > 2:
        return False
    first, last = children
    return isinstance(first, Node) and first.tag == "p" and isinstance(last, Node) and _can_follow_paragraph(last)


def _can_follow_paragraph(node: Node) -> bool:
    """Return whether a block is a tight list that can follow a paragraph without a blank line (CommonMark 5.3)."""
    return (
        node.tag in ("ul", "ol")
        and "tight" in node.attributes
        and node.attributes.get("start", "1") == "1"
        and all(isinstance(item, Node) and _is_tight(item) for item in node.children)
    )


def _with_marker(item: Node, marker: str, text: str, context: Context) -> str:
    """Return an item with its marker, its text indented by as much."""
    if text[:1] in BULLETS and ITEM_THEMATIC_BREAK.match(f"{marker} {text}"):
        text = f"\\{text}"
    if "\n" not in text and not item.attributes:
        return f"{marker} {text}"
    checked = item.attributes.get("checked")
    first = next((child.tag for child in item.children if isinstance(child, Node)), "p")
    if checked is not None and first == "p":
        text = f"[{'x' if checked == 'true' else ' '}] {text}"
    elif _hides_code(text, marker, context):
        text = f"{SEPARATOR}\n\n{text}"
    width = len(marker) + 1
    if (blank_line := BLANK_LINE.search(text)) and THEMATIC_BREAK.search(text, blank_line.end()):
        width = max(width, 4)
    return marker + " " * (width - len(marker)) + indent(text, width)


def _hides_code(text: str, marker: str, context: Context) -> bool:
    """Return whether some renderer sees no code where an item's text begins with code."""
    if FENCE.match(text) and LIST_LINE.search(text.partition("\n\n")[0]):
        return True
    nested = len(context.parents) > 1 and FENCE.match(text) is not None
    return context.flavor.fences_first and (nested or UNSEEN_FENCE.match(marker + text) is not None)


def indent(text: str, width: int) -> str:
    """Return text with its lines after the first indented by so many spaces; empty lines stay empty."""
    if "\n" not in text:
        return text
    first, *later = text.split("\n")
    spaces = " " * width
    return "\n".join([first, *[spaces + line if line else "" for line in later]])

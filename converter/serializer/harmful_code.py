"""Code that would do harm if some renderer read it as anything but code.

What a renderer takes for code is decided by all that stands before it, and each renderer decides in its own way: a
backtick, a bracket or a URL further to the left can free what a code span was to hold.  So code that could do harm is
a code span, or a fence, only where nothing stands that could free it; everywhere else it is HTML, with character
references for all that is markup, which is harmless however it is read.  That needs no knowledge of any renderer's
ways, and in real articles it is rare (19 of 81 such spans, 1 of 696 such blocks, in 1,074 articles).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from converter.model import Inline, Node

HARMFUL = re.compile(r"<(?:[^\W\d][\w.+-]*+[\s/>:@]|[:/!?])|\]\(|\]:|\{[:#.]")
"""The start of a tag, an autolink or a comment (``i<n`` is none before ``;`` or a backtick), of a link's URL, of a
definition, or of attributes."""
MARKUP = re.compile(r"[`\[\]<\\{}$*_~|^\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]|[\w.+-]@|//|www\.", re.IGNORECASE)
"""Text that is markup to some renderer, or of which one makes a link."""
TROUBLED = re.compile(r"[`\\|]|^\s|\s\Z")
"""Code that is written, or read, in another way than between two backticks, one on each side."""
SIMPLE_TEX = re.compile(r"(?:[^\W_]|[ +=(),-])*+")
"""TeX that is text to renderers without formulas."""
CALM = {"strong": "*_~", "em": "*_~", "br": ""}
"""Tags beside code that no renderer misreads, and the characters that no code beside them may hold."""
CONTAINERS = frozenset(("blockquote", "ul", "ol", "footnote"))
"""Blocks that give each line of the blocks in them a prefix."""


def is_harmful(code: str) -> bool:
    """Return whether code would do harm if it were read as Markdown."""
    return HARMFUL.search(code) is not None


def is_nested(parents: Sequence[str]) -> bool:
    """Return whether a block stands in containers of which renderers differ in much.

    Such are a footnote, a quote with another container, and more than two containers.
    parents: the tags of the blocks around the block.
    """
    containers = [tag for tag in parents if tag in CONTAINERS]
    return "footnote" in containers or len(containers) > (1 if "blockquote" in containers else 2)


def is_calm(children: Iterable[Inline]) -> bool:
    """Return whether nothing in the inline content of a block could free the code in it.

    Such content is text without markup, simple code and formulas, breaks, and emphasis.  No code in it holds what
    could end the emphasis or a formula.
    """
    ends = set[str]()
    in_code = set[str]()
    stack = list(children)
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            if MARKUP.search(node):
                return False
        elif node.tag == "code":
            code = "".join(node.texts())
            if TROUBLED.search(code):
                return False
            in_code.update(code)
        elif node.tag in CALM:
            ends.update(CALM[node.tag])
            stack += node.children
        elif node.tag == "math" and SIMPLE_TEX.fullmatch("".join(node.texts())) and not node.attributes:
            ends.add("$")
        else:
            return False
    return ends.isdisjoint(in_code)


def is_row_calm(cells: Iterable[Node]) -> bool:
    """Return whether nothing in a row of a table could free harmful code in it: a row is one line to renderers."""
    nodes = [node for cell in cells for node in cell.nodes()]
    if not any(node.tag == "code" and is_harmful("".join(node.texts())) for node in nodes):
        return True
    return is_calm(child for cell in cells for child in cell.children)

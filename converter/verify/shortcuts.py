"""Shortcuts through markdown-it: what is plain text by its first look is not tried on every rule.

They give the tokens that the rules themselves would give, and leave to those whatever may be more than text;
a test holds both ways against each other.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markdown_it.token import Token

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore

_OPENS_NO_BLOCK = re.compile(r"[^\s#>*+\-_`~<\[$\d]|\*\*[^\s*]|`[^`]")
"""How a line begins that, with a blank one behind it, can be nothing but a paragraph."""
_MAY_BE_MORE = re.compile(r"[\n!$&*<\[\\\]^_`~]")
"""The characters that begin or end what is more than text: those of CommonMark, of what is enabled and of plugins."""


def use_shortcuts(parser: MarkdownIt) -> None:
    """Add them to a parser that has its rules and plugins already."""
    first = parser.block.ruler.get_all_rules()[0]
    parser.block.ruler.before(first, "plain_paragraph", _plain_paragraph)
    parser.core.ruler.at("inline", _inline)
    parser.inline.terminator_re = _MAY_BE_MORE


def _plain_paragraph(state: StateBlock, line: int, _end: int, silent: bool) -> bool:
    """A paragraph of one line."""
    start, behind = state.bMarks[line] + state.tShift[line], line + 1
    if (
        silent
        or not _OPENS_NO_BLOCK.match(state.src, start)
        or not (behind >= state.lineMax or state.isEmpty(behind))
        or state.is_code_block(line)
    ):
        return False
    content = state.src[start : state.eMarks[line]]
    if content[-1].isspace():  # which blanks are no part of it, the rule knows
        return False
    state.line = behind
    state.push("paragraph_open", "p", 1).map = [line, behind]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = content, [line, behind], []
    state.push("paragraph_close", "p", -1)
    return True


def _inline(state: StateCore) -> None:
    """Parse what is not plain text."""
    parse = state.md.inline.parse
    for token in state.tokens:
        if token.type != "inline":
            continue
        if token.children is None:
            token.children = []
        if _MAY_BE_MORE.search(token.content):
            parse(token.content, state.md, state.env, token.children)
        elif token.content:
            token.children.append(Token("text", "", 0, content=token.content))

"""Shortcuts for markdown-it: plain text is recognised by one regular expression, without trying every rule.

They make the tokens that markdown-it's rules would make, and leave to the rules all that may be more than text;
tests/unit/verify/test_shortcuts.py compares both.
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
"""Start of a line that is a paragraph whenever a blank line follows."""
_MAY_BE_MORE = re.compile(r"[\n!$&*<\[\\\]^_`~]")
"""Characters that may begin or end inline markup: of CommonMark, of the enabled extensions and of the plugins."""


def use_shortcuts(parser: MarkdownIt) -> None:
    """Add the shortcuts to a parser that has its rules and plugins already."""
    first = parser.block.ruler.get_all_rules()[0]
    parser.block.ruler.before(first, "plain_paragraph", _plain_paragraph)
    parser.core.ruler.at("inline", _inline)
    parser.inline.terminator_re = _MAY_BE_MORE


def _plain_paragraph(state: StateBlock, line: int, _end: int, silent: bool) -> bool:
    """Parse a paragraph of one line (a block rule of markdown-it)."""
    start, after = state.bMarks[line] + state.tShift[line], line + 1
    if (
        silent
        or not _OPENS_NO_BLOCK.match(state.src, start)
        or not (after >= state.lineMax or state.isEmpty(after))
        or state.is_code_block(line)
    ):
        return False
    content = state.src[start : state.eMarks[line]]
    if content[-1].isspace():  # the rule knows which whitespace is not part of the text
        return False
    state.line = after
    state.push("paragraph_open", "p", 1).map = [line, after]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = content, [line, after], []
    state.push("paragraph_close", "p", -1)
    return True


def _inline(state: StateCore) -> None:
    """Parse inline content, unless it is plain text (a core rule of markdown-it)."""
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

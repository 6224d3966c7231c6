"""The shortcuts through markdown-it give the tokens that its own rules give, whatever the Markdown."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.verify.render import new_parser
from converter.verify.shortcuts import use_shortcuts

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

FIXTURES = sorted((Path(__file__).parent.parent / "fixtures").rglob("*.md"))
PIECES = (
    "\n", "\n\n", " ", "  \n", "    ", "\t", "> ", "- ", "1. ", "1", "# ", "#", "***", "---", "===", "```", "~~~", "`", "**",
    "*", "_", "~~", "[", "]", "](b)", "![", "[^1]", "^[", "[^1]: ", "[a]: b", "<b>", "<div>", "<", ">", "<http://a.b>", "&lt;",
    "&", "\\", "$", "$$", "|", "|-|-|", "a", "中文", "，", "\u3000", "\xa0", "\x0b", "\0", "+ ", "=", ":", "{", "}", "@", "%", "!",
)  # fmt: skip


@cache
def parsers(formulas: bool) -> tuple[MarkdownIt, MarkdownIt]:
    whole, short = new_parser(formulas=formulas), new_parser(formulas=formulas)
    use_shortcuts(short)
    return whole, short


def agree(markdown: str, *, formulas: bool) -> None:
    whole, short = parsers(formulas)
    assert short.parse(markdown) == whole.parse(markdown)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_for_every_fixture(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    agree(text, formulas=True)
    agree(text, formulas=False)


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join), st.booleans())
def test_for_any_pieces_of_markdown(markdown: str, formulas: bool) -> None:
    agree(markdown, formulas=formulas)


@given(st.text(max_size=60), st.booleans())
def test_for_any_text(markdown: str, formulas: bool) -> None:
    agree(markdown, formulas=formulas)


def test_plain_text_takes_the_shortcut(monkeypatch: pytest.MonkeyPatch) -> None:
    _, short = parsers(True)
    monkeypatch.setattr(short.inline, "parse", None)
    monkeypatch.setattr(short.block.ruler, "getRules", _only(short.block.ruler.getRules("")[0]))
    tokens = short.parse("一段 text: a = b, 100% + c@d\n\n「two」")
    assert [child.content for token in tokens for child in token.children or ()] == [
        "一段 text: a = b, 100% + c@d",
        "「two」",
    ]


def _only(rule: object) -> object:
    return lambda _chain: [rule]

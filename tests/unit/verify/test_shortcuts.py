"""The shortcuts make the same tokens as markdown-it's own rules, for any Markdown."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from converter.verify.renderers import new_parser, parser_for
from converter.verify.shortcuts import use_shortcuts
from tests.kit.paths import ROOT

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

FIXTURES = sorted((ROOT / "fixtures").rglob("*.md"))
PIECES = (
    "\n", "\n\n", " ", "  \n", "    ", "\t", "> ", "- ", "1. ", "１. ", "1", "# ", "#", "***", "---", "===", "```", "~~~", "`", "**",
    "*", "_", "~~", "[", "]", "](b)", "![", "[^1]", "^[", "[^1]: ", "[ ] ", "[x] ", "[a]: b", "<b>", "<div>", "<", ">", "<http://a.b>", "&lt;",
    "&", "\\", "$", "$$", "|", "|-|-|", "a", "中文", "，", "\u3000", "\xa0", "\x0b", "\0", "+ ", "=", ":", "{", "}", "@", "%", "!",
)  # fmt: skip


@cache
def whole_parser(formulas: bool) -> MarkdownIt:
    return new_parser(formulas=formulas)


def agree(markdown: str, *, formulas: bool) -> None:
    assert parser_for(markdown, formulas=formulas).parse(markdown) == whole_parser(formulas).parse(markdown)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.stem)
def test_for_every_fixture(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    agree(text, formulas=True)
    agree(text, formulas=False)


@pytest.mark.parametrize("markdown", ["a ^[note]", "a[^1]\n\n[^1]: note", "- [ ] open", "- [x] done", "- [X] done"])
def test_for_what_only_some_markdown_holds(markdown: str) -> None:
    agree(markdown, formulas=False)


@given(st.lists(st.sampled_from(PIECES), max_size=24).map("".join), st.booleans())
def test_for_any_pieces_of_markdown(markdown: str, formulas: bool) -> None:
    agree(markdown, formulas=formulas)


@given(st.text(max_size=60), st.booleans())
def test_for_any_text(markdown: str, formulas: bool) -> None:
    agree(markdown, formulas=formulas)


def test_plain_text_takes_the_shortcut(monkeypatch: pytest.MonkeyPatch) -> None:
    short = new_parser(formulas=True)
    use_shortcuts(short)
    monkeypatch.setattr(short.inline, "parse", None)
    monkeypatch.setattr(short.block.ruler, "getRules", _only(short.block.ruler.getRules("")[0]))
    tokens = short.parse("一段 text: a = b, 100% + c@d\n\n「two」")
    assert [child.content for token in tokens for child in token.children or ()] == [
        "一段 text: a = b, 100% + c@d",
        "「two」",
    ]


def _only(rule: object) -> object:
    return lambda _chain: [rule]

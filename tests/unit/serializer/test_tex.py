"""TeX that is nothing to a Markdown renderer."""

from __future__ import annotations

import pytest

from converter.serializer.tex import balanced, portable_lines, portable_tex

FORMULAS = {
    "comparison": ("a < b <= 2", "a < b <= 2"),
    "tag": ("a<b>c", "a< b>c"),
    "end of a tag": ("a</b", "a< /b"),
    "comment": ("a<!--", "a< !--"),
    "tags in a row": ("<<a", "< < a"),
    "destination": ("[a](b)", "[a] (b)"),
    "definition": ("[a]: b", "[a] : b"),
    "footnote": ("[^1]", "[ ^1]"),
    "attribute list": ("{: a}", "{ : a}"),
    "strikethrough": ("a~~b~~", "a~ ~b~ ~"),
    "backtick": ("\\text{`a'}", "\\text{‘a'}"),
    "accent": ("\\text{voil\\`a}", "\\text{voilà}"),
    "inner formula": ("a \\text{if $b$}", "a \\text{if \\(b\\)}"),
    "lone dollar": ("a$b", "a\\$b"),
    "written dollar": ("a\\$b", "a\\$b"),
    "last backslash": ("a\\", "a\\ {}"),
}


@pytest.mark.parametrize(("text", "expected"), FORMULAS.values(), ids=FORMULAS)
def test_portable(text: str, expected: str) -> None:
    assert portable_tex(text) == expected
    assert portable_tex(expected) == expected


@pytest.mark.parametrize(("text", "expected"), [("a\\", "a\\ {}"), ("a\\\\", "a\\\\"), ("a\\\\\\", "a\\\\\\ {}")])
def test_last_backslash_before_a_delimiter_on_a_line_of_its_own(text: str, expected: str) -> None:
    assert portable_tex(text, alone=True) == expected


def test_balanced() -> None:
    assert balanced("\\sqrt[3]{a}") == "\\sqrt[3]{a}"
    assert balanced("[0,1)") == "\\lbrack 0,1)"
    assert balanced("]0,1[") == "\\rbrack 0,1\\lbrack"
    assert balanced("\\[a]") == "\\[a\\rbrack"


LINES = {
    "plain": ("a\n\nb", ["a", "b"]),
    "fence": ("a\n~~~\nb", ["a ~~~", "b"]),
    "underline": ("a\n  ---", ["a ---"]),
    "item": ("a\n- b\n1. c", ["a - b 1. c"]),
    "heading": ("# a\n- b", ["{}# a - b"]),
    "heading in an item": (" - # a", ["{}- # a"]),
    "sign": ("- a\nb", ["- a", "b"]),
    "behind a comment": ("a % b\n- c", ["a % b", "{}- c"]),
}


@pytest.mark.parametrize(("text", "expected"), LINES.values(), ids=LINES)
def test_lines(text: str, expected: list[str]) -> None:
    assert portable_lines(text) == expected

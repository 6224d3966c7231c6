"""Escapes by the role of a character."""

from __future__ import annotations

import pytest

from converter.model import Node
from converter.serializer.escape import IN_ALT_TEXT, IN_FORMULA, IN_LINK, IN_TEXT, DocumentTraits, InlineText, Place
from converter.serializer.escape.inline_text import IN_MARKUP


def inline_text(text: str, role: int, place: Place, *, raw_alt_text: bool = False) -> InlineText:
    traits = DocumentTraits(Node("body"), raw_alt_text=raw_alt_text)
    return InlineText(text, bytearray([role] * len(text)), place, traits, set())


@pytest.mark.parametrize(
    ("role", "text", "expected"),
    [
        (IN_MARKUP, "*", "*"),
        (IN_TEXT, "*", "\\*"),
        (IN_TEXT, "<b>", "\\<b>"),
        (IN_TEXT, "<?x", "&lt;?x"),
        (IN_LINK, "*", "\\*"),
        (IN_ALT_TEXT, "]", "\\]"),
        (IN_ALT_TEXT, "~", "&#126;"),
        (IN_FORMULA, "_", "&#95;"),
    ],
)
def test_escape(role: int, text: str, expected: str) -> None:
    inline = inline_text(text, role, Place())
    inline.escape(0)
    assert inline.result() == expected
    assert inline.is_unescaped(0) is False


def test_a_character_is_escaped_once() -> None:
    inline = inline_text("a*b", IN_TEXT, Place())
    inline.write_reference(1)
    inline.escape(1)
    assert inline.result() == "a&#42;b"


@pytest.mark.parametrize(("cell", "expected"), [(False, "|"), (True, "\\|")])
def test_a_pipe_in_alt_text_that_is_shown_with_its_escapes(cell: bool, expected: str) -> None:
    inline = inline_text("|", IN_ALT_TEXT, Place(cell=cell), raw_alt_text=True)
    inline.escape(0)
    assert inline.result() == expected

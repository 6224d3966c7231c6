"""Escapes of text anywhere in a line."""

from __future__ import annotations

import pytest

from converter.model import Article, Node
from converter.options import Options
from converter.serializer import serialize
from tests.kit.serialized import markdown_of

TEXT = {
    "plain words": "snake_case a_b_c 3 * 4 C++ [1] a < b C:\\dir $ ls ~/x #1 2_3_4",
    "shell prompt": "[root@host ~]# ls -l",
    "comparison": "a < b <= c <- d <5",
    "braces": "a{b} {c}: {}",
    "brackets": "a[0] [b]: [c] (d)",
    "question": "a?b=1&c=2",
}


@pytest.mark.parametrize("text", TEXT.values(), ids=TEXT)
def test_text_that_needs_no_escape(text: str) -> None:
    assert markdown_of(Node("p", [text])) == text


ESCAPES = {
    "emphasis": ("*a*", "\\*a*"),
    "strong": ("**a**", "\\*\\*a\\*\\*"),
    "kramdown emphasis": ("3*4*5", "3\\*4*5"),
    "link": ("[x](y)", "\\[x](y)"),
    "code": ("a `b` c", "a \\`b\\` c"),
    "lone backtick": ("a ` b", "a \\` b"),
    "links in a row": ("[x](y) [z](w)", "\\[x](y) \\[z](w)"),
    "open bracket before a link": ("[a [x](y)", "[a [x\\](y)"),
    "brackets before a link": ("a[0] [x](y)", "a[0] \\[x](y)"),
    "link of nested brackets": ("[a [b] c](y)", "\\[a [b] c](y)"),
    "lone destination": ("a](b)", "a\\](b)"),
    "generics": ("List<String", "List\\<String"),
    "end of a tag": ("a </ b", "a \\</ b"),
    "declaration in a tag": ("<img <! onerror=a>", "\\<img &lt;! onerror=a>"),
    "kramdown tag": ("<名", "\\<名"),
    "quotation mark": ("<<a>>", "&lt;\\<a>>"),
    "address": ("<1@b.c>", "\\<1@b.c>"),
    "extension": ("a {::b", "a \\{::b"),
    "lone dollars": ("a $$ b $$$", "a \\$\\$ b \\$\\$\\$"),
    "uppercase URL": ("HTTP://a.b/<c>", "HTTP\\://a.b/\\<c>"),
    "URL and wide space": ("http://a\u3000<c>", "http\\://a\u3000\\<c>"),
    "tag": ("a <b> c", "a \\<b> c"),
    "entity": ("&lt; &x;", "&amp;lt; &x;"),
    "tilde": ("3~5天，7~10天", "3\\~5天，7~10天"),
    "kramdown table": ("a | b", "a \\| b"),
    "kramdown formula": ("$$a$$", "\\$\\$a\\$\\$"),
    "attribute list": ("{:a}", "\\{:a}"),
    "backslash": ("\\*", "\\\\*"),
    "network path": ("\\\\host\\x", "\\\\\\host\\x"),
}


@pytest.mark.parametrize(("text", "expected"), ESCAPES.values(), ids=ESCAPES)
def test_escapes(text: str, expected: str) -> None:
    assert markdown_of(Node("p", [text])) == expected


def test_hostile_sizes() -> None:
    for text in (
        "*" * 100_000,
        "[" * 100_000,
        "`a" * 50_000,
        "<a " * 50_000,
        "*a " * 50_000,
        "_a_ " * 30_000,
        "$" * 9999,
    ):
        serialize(Article(Node("body", [Node("p", [text])])), Options())

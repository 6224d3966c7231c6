"""Whitespace of runs: where spaces stand, and under which marks."""

from __future__ import annotations

import pytest

from converter.cleaner.runs import BREAK, EM, STRONG, Mark, Marks, Run, is_visible, normalized_lines
from converter.model import Node

IMAGE = Node("img", [], {"src": "a.png"})
ANCHOR = Node("a", [], {"id": "here"})
FIRST_CODE, SECOND_CODE = Mark("code", number=1), Mark("code", number=2)
FIRST_KEY, SECOND_KEY = Mark("kbd", number=1), Mark("kbd", number=2)
PLAIN: Marks = ()

AUTHORED: dict[str, tuple[list[Run], list[Run]]] = {
    "whitespace becomes one space": ([("a \n\t b", PLAIN)], [("a b", PLAIN)]),
    "none at the edges of a line": ([("  a ", PLAIN), (" b  ", PLAIN)], [("a b", PLAIN)]),
    "none doubled between runs": ([("a ", PLAIN), (" ", PLAIN), (" b", PLAIN)], [("a b", PLAIN)]),
    "none where the source has none": ([("a", PLAIN), ("b", PLAIN)], [("ab", PLAIN)]),
    "a space leaves the mark at its edge": (
        [("a", PLAIN), (" b ", (STRONG,)), ("c", PLAIN)],
        [("a ", PLAIN), ("b", (STRONG,)), (" c", PLAIN)],
    ),
    "a space between equal marks is under them": ([("a ", (STRONG,)), ("b", (STRONG,))], [("a b", (STRONG,))]),
    "a space is under what both sides share": (
        [("a", (STRONG, EM)), (" b", (STRONG,))],
        [("a", (STRONG, EM)), (" b", (STRONG,))],
    ),
    "a mark around whitespace only is lost": ([("a", PLAIN), (" ", (EM,)), ("b", PLAIN)], [("a b", PLAIN)]),
    "a no-break space is a space": ([("a\xa0\xa0b", PLAIN)], [("a b", PLAIN)]),
    "a wide space inside text stays": ([("一\u3000二", PLAIN)], [("一\u3000二", PLAIN)]),
    "a wide space at the start of a line goes": ([("\u3000\u3000一", PLAIN)], [("一", PLAIN)]),
    "a space in front of an image": ([("a ", PLAIN), (IMAGE, PLAIN)], [("a ", PLAIN), (IMAGE, PLAIN)]),
    "no space in front of the first image": ([(" ", PLAIN), (IMAGE, PLAIN)], [(IMAGE, PLAIN)]),
    "touching code continues": ([("a", (FIRST_CODE,)), ("b", (SECOND_CODE,))], [("ab", (FIRST_CODE,))]),
    "code behind a space does not": (
        [("a", (FIRST_CODE,)), (" b", (SECOND_CODE,))],
        [("a", (FIRST_CODE,)), (" ", PLAIN), ("b", (SECOND_CODE,))],
    ),
    "touching keys stay apart": (
        [("a", (FIRST_KEY,)), ("b", (SECOND_KEY,))],
        [("a", (FIRST_KEY,)), ("b", (SECOND_KEY,))],
    ),
}


@pytest.mark.parametrize(("runs", "line"), AUTHORED.values(), ids=AUTHORED)
def test_a_line_of_authored_html(runs: list[Run], line: list[Run]) -> None:
    assert normalized_lines(runs, prettified=False) == [line]


PRETTIFIED: dict[str, tuple[list[Run], list[Run]]] = {
    "between letters a space": ([("\n a\n", PLAIN), ("\n b\n", (EM,))], [("a ", PLAIN), ("b", (EM,))]),
    "between Chinese characters none": ([("\n 一\n", PLAIN), ("\n 二\n", (EM,))], [("一", PLAIN), ("二", (EM,))]),
    "in front of punctuation none": ([("\n a\n", (EM,)), ("\n .\n", PLAIN)], [("a", (EM,)), (".", PLAIN)]),
    "none between an image and text": ([(IMAGE, PLAIN), ("\n a\n", PLAIN)], [(IMAGE, PLAIN), ("a", PLAIN)]),
    "spaces inside a text stay": ([("\n 一 二\n", PLAIN)], [("一 二", PLAIN)]),
}


@pytest.mark.parametrize(("runs", "line"), PRETTIFIED.values(), ids=PRETTIFIED)
def test_a_line_of_prettified_html(runs: list[Run], line: list[Run]) -> None:
    assert normalized_lines(runs, prettified=True) == [line]


def test_a_break_ends_a_line_and_takes_the_space_beside_it() -> None:
    runs: list[Run] = [("a ", (EM,)), (BREAK, PLAIN), (" b", (EM,))]
    assert normalized_lines(runs, prettified=False) == [[("a", (EM,))], [("b", (EM,))]]


def test_two_breaks_have_an_empty_line_between_them() -> None:
    runs: list[Run] = [("a", PLAIN), (BREAK, PLAIN), (" ", PLAIN), (BREAK, PLAIN), ("b", PLAIN)]
    assert normalized_lines(runs, prettified=False) == [[("a", PLAIN)], [], [("b", PLAIN)]]


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ([], False),
        ([(" \u200b", PLAIN)], False),
        ([(ANCHOR, PLAIN), (" ", PLAIN)], False),
        ([(ANCHOR, PLAIN), ("a", PLAIN)], True),
        ([(IMAGE, PLAIN)], True),
    ],
    ids=["nothing", "whitespace", "anchor", "text", "image"],
)
def test_what_is_visible(runs: list[Run], expected: bool) -> None:
    assert is_visible(runs) is expected

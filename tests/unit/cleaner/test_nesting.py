"""Nodes made of runs: neighbouring, nested and crossing marks, links and code."""

from __future__ import annotations

import pytest

from converter.cleaner.nesting import nest
from converter.cleaner.runs import EM, STRONG, STYLED_EM, STYLED_STRONG, Mark, Run
from converter.cleaner.styled_marks import resolve_styled_marks
from converter.model import Node
from tests.kit.canonical_nodes import notation

LINK = Mark("a", "x.html", number=1)
CODE = Mark("code", number=1)
IMAGE = Node("img", [], {"src": "a.png"})

LINES: dict[str, tuple[list[Run], str]] = {
    "text alone": ([("a", ())], "a"),
    "neighbours with one mark merge": ([("a", (STRONG,)), ("b", (STRONG,))], "<strong>ab</strong>"),
    "the mark that reaches further is outside": (
        [("a", (EM, STRONG)), ("b", (STRONG,))],
        "<strong><em>a</em>b</strong>",
    ),
    "of equal ones the first is outside": ([("a", (EM, STRONG))], "<em><strong>a</strong></em>"),
    "crossing marks split the second one": (
        [("a", (STRONG,)), ("b", (STRONG, EM)), ("c", (EM,))],
        "<strong>a<em>b</em></strong><em>c</em>",
    ),
    "a mark with a gap is two nodes": ([("a", (EM,)), ("b", ()), ("c", (EM,))], "<em>a</em>b<em>c</em>"),
    "a link": ([("a", (LINK,))], "<a href=x.html>a</a>"),
    "a link with a title": ([("a", (Mark("a", "x", "t"),))], "<a href=x title=t>a</a>"),
    "a link that shows nothing is none": ([("a", ()), (" ", (LINK,))], "a "),
    "a linked image": ([(IMAGE, (LINK,))], "<a href=x.html><img src=a.png></a>"),
    "emphasis in code goes around it": ([("a", (CODE, EM))], "<em><code>a</code></em>"),
    "an image splits code": (
        [("a", (CODE,)), (IMAGE, (CODE,)), ("b", (CODE,))],
        "<code>a</code><img src=a.png><code>b</code>",
    ),
}


@pytest.mark.parametrize(("line", "expected"), LINES.values(), ids=LINES)
def test_the_nodes_of_a_line(line: list[Run], expected: str) -> None:
    assert notation(nest(line)) == expected


STYLED: dict[str, tuple[list[Run], list[Run]]] = {
    "alone it counts": ([("a", (STYLED_STRONG,))], [("a", (STRONG,))]),
    "on the same words it is said twice": ([("a", (STRONG, STYLED_STRONG))], [("a", (STRONG,))]),
    "beside an element it gives way": (
        [("a", (STYLED_STRONG,)), ("b", (STRONG,))],
        [("a", ()), ("b", (STRONG,))],
    ),
    "so too across a space": (
        [("a", (STRONG,)), (" ", ()), ("b", (STYLED_STRONG,))],
        [("a", (STRONG,)), (" ", ()), ("b", ())],
    ),
    "not where a run is between": (
        [("a", (STRONG,)), ("b", ()), ("c", (STYLED_STRONG,))],
        [("a", (STRONG,)), ("b", ()), ("c", (STRONG,))],
    ),
    "other emphasis does not matter": (
        [("a", (STYLED_EM,)), ("b", (STRONG,))],
        [("a", (EM,)), ("b", (STRONG,))],
    ),
}


@pytest.mark.parametrize(("line", "expected"), STYLED.values(), ids=STYLED)
def test_emphasis_by_style(line: list[Run], expected: list[Run]) -> None:
    assert resolve_styled_marks(line) == expected

"""Formulas in the flavor github."""

from __future__ import annotations

import pytest

from converter.model import Node
from converter.options import Options
from tests.kit.serialized import markdown_of

GITHUB = Options(flavor="github")


def inline(tex: str) -> Node:
    return Node("math", [tex])


NODES = {
    "plain TeX": (["a ", inline(r"x_1 = \frac12"), " b"], r"a $x_1 = \frac12$ b"),
    "backslash before punctuation": ([inline(r"\{a\}")], r"$`\{a\}`$"),
    "underline before a brace": ([inline("x_{1}")], "$`x_{1}`$"),
    "backtick": ([inline("a`b")], r"$`a\lq b`$"),
    "less-than sign": ([inline("a<b, c[0]")], "$`a<b, c[0]`$"),
    "tag": ([inline("a<b >c[0](d)")], "$`a< b >c[0] (d)`$"),
    "beside Chinese characters": (["设", inline("x"), "为"], "设 $x$ 为"),
    "beside digits and full-width punctuation": (["，", inline("x"), "2"], "， $x$ 2"),
    "beside ASCII punctuation": (["(", inline("x"), ")."], "($x$)."),
    "beside a dollar": (["5$", inline("x")], r"5<span>\$</span> $x$"),
    "two formulas": ([inline("x"), inline("y")], "$x$ $y$"),
    "in emphasis": (["设", Node("strong", [inline("x")]), " 为"], "设<strong>$x$</strong> 为"),
    "display formula in a line": ([Node("math", ["x"], {"display": ""}), "为"], "$x$ 为"),
}


@pytest.mark.parametrize(("nodes", "expected"), NODES.values(), ids=NODES)
def test_in_a_line(nodes: list[str | Node], expected: str) -> None:
    assert markdown_of(Node("p", [*nodes]), options=GITHUB) == expected


def test_display_formula() -> None:
    formula = Node("math", ["a\\\\\n\n```b"], {"display": ""})
    assert markdown_of(formula, options=GITHUB) == "````math\na\\\\\n```b\n````"


def test_code_of_the_language_math_is_no_formula() -> None:
    code = Node("pre", ["x"], {"lang": "math"})
    assert markdown_of(code, options=GITHUB) == "```tex\nx\n```"
    assert markdown_of(code) == "```math\nx\n```"

"""The check of canonical HTML: what it accepts, and its message for each kind of fault."""

from __future__ import annotations

import pytest

from converter.model import Inline, Node
from converter.vocabulary import problems


def body(*blocks: Inline) -> Node:
    return Node("body", list(blocks))


def paragraph(*inlines: Inline) -> Node:
    return Node("p", list(inlines))


VALID = {
    "nothing": body(),
    "inlines": body(paragraph("a", Node("strong", ["b"]), Node("br"), Node("img", [], {"src": "x"}))),
    "list": body(Node("ul", [Node("li", [paragraph("a")], {"checked": "true"})], {"tight": "true"})),
    "cells": body(Node("table", [Node("tr", [Node("th", ["a"]), Node("td", [paragraph("b")])])])),
    "details": body(Node("details", [Node("summary", ["a"]), paragraph("b")])),
    "formulas": body(Node("math", ["x"]), paragraph(Node("math", ["y"], {"display": "true"}))),
}


@pytest.mark.parametrize("tree", VALID.values(), ids=VALID)
def test_a_valid_tree_has_no_problems(tree: Node) -> None:
    assert list(problems(tree)) == []


FAULTS = {
    "another root": (paragraph("a"), "the root is <p>"),
    "unknown tag": (body(paragraph(Node("span", ["a"]))), "<span> is not in the vocabulary"),
    "unknown attribute": (body(Node("p", ["a"], {"class": "x"})), "<p> has the attribute class"),
    "text among blocks": (body("a"), "<body> must hold blocks"),
    "inline among blocks": (body(Node("em", ["a"])), "<body> must hold blocks"),
    "block in a line": (body(paragraph(paragraph("a"))), "<p> must hold inlines"),
    "inlines and blocks in a cell": (
        body(Node("table", [Node("tr", [Node("td", ["a", paragraph("b")])])])),
        "<td> must hold inlines or blocks",
    ),
    "code of two strings": (body(Node("pre", ["a", "b"])), "<pre> must hold text"),
    "code without text": (body(Node("pre")), "<pre> must hold text"),
    "rule with content": (body(Node("hr", ["a"])), "<hr> must hold nothing"),
    "list without items": (body(Node("ul", [paragraph("a")])), "<ul> must hold li"),
    "details without a summary": (body(Node("details", [paragraph("a")])), "<details> must hold summary blocks"),
}


@pytest.mark.parametrize(("tree", "problem"), FAULTS.values(), ids=FAULTS)
def test_each_fault_is_named(tree: Node, problem: str) -> None:
    found = list(problems(tree))
    assert any(line.startswith(problem) for line in found), found

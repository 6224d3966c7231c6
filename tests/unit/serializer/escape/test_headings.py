"""The end of a heading."""

from __future__ import annotations

import pytest

from tests.kit.serialized import markdown

CASES = {
    "closing sequence": ("<h2>a #</h2>", "## a \\#"),
    "id": ("<h2>a {#b}</h2>", "## a {#b\\}"),
    "braces without a space before them": ("<h2>f()=&gt;{}</h2>", "## f()=>{\\}"),
    "attributes": ('<h2>a{style="x" onclick="y"}</h2>', '## a{style="x" onclick="y"\\}'),
    "braces in emphasis before braces": ("<h2><em>{a</em>}</h2>", "## *{a*\\}"),
    "braces before the end": ("<h2>{a} b</h2>", "## {a} b"),
    "a closing brace alone": ("<h2>a }</h2>", "## a }"),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_cases(source: str, expected: str) -> None:
    assert markdown(source) == expected

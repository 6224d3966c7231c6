"""Pipe tables, and tables that only HTML can hold."""

from __future__ import annotations

import pytest

from tests.kit.serialized import markdown

CASES = {
    "table": (
        "<table><tr><th>a|b</th><th align='right'>c</th></tr><tr><td>-</td></tr></table>",
        "| a\\|b | c |\n| --- | ---: |\n| \\- |  |",
    ),
    "code in table": (
        "<table><tr><th>a</th></tr><tr><td><code>x|y</code></td></tr></table>",
        "| a |\n| --- |\n| <code>x&#124;y</code> |",
    ),
    "span": (
        "<table><tr><th colspan='2'>a</th></tr><tr><td>b</td><td>*c*</td></tr></table>",
        '<table>\n<tr><th colspan="2">a</th></tr>\n<tr><td>b</td><td>*c*</td></tr>\n</table>',
    ),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_cases(source: str, expected: str) -> None:
    assert markdown(source) == expected

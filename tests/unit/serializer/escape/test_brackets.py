"""Square brackets beside links and images."""

from __future__ import annotations

import pytest

from tests.kit.serialized import markdown

CASES = {
    "image in an item": (
        '<ul><li><img src="u" alt="x"></li><li>!<a href="u">x</a></li></ul>',
        "- ![x](u)\n- \\![&#120;](u)",
    ),
    "open before a link": ('<p>[a <a href="b">c</a> [d</p>', "\\[a [c](b) [d"),
    "around a link": ('<p>[a <a href="b">c</a>]</p>', "[a [c](b)]"),
    "around a link with what may be markup": ('<p>[a <a href="b_c">d</a>]</p>', "\\[a [d](b_c)\\]"),
    "exclamation mark before a link": ('<p>a!<a href="u">t</a></p>', "a\\![t](u)"),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_cases(source: str, expected: str) -> None:
    assert markdown(source) == expected

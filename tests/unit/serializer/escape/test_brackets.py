"""Square brackets beside links and images."""

from __future__ import annotations

import pytest

from tests.kit.serialized import markdown

CASES = {
    "image in an item": (
        '<ul><li><img src="u" alt="x"></li><li>!<a href="u">x</a></li></ul>',
        "- ![x](u)\n- \\![&#120;](u)",
    ),
    "exclamation mark before a link": ('<p>a!<a href="u">t</a></p>', "a\\![t](u)"),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_cases(source: str, expected: str) -> None:
    assert markdown(source) == expected

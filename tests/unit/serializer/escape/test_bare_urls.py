"""Bare URLs beside markup and alone."""

from __future__ import annotations

import pytest

from tests.kit.serialized import markdown

CASES = {
    "before markup": ("<p>http://a.com，<strong>b</strong></p>", "http\\://a.com，**b**"),
    "alone": ("<p>http://a.com/x_y_ z</p>", "http://a.com/x_y_ z"),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_cases(source: str, expected: str) -> None:
    assert markdown(source) == expected

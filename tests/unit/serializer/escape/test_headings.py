"""The end of a heading."""

from __future__ import annotations

import pytest

from tests.kit.serialized import markdown

CASES = {
    "closing sequence": ("<h2>a #</h2>", "## a \\#"),
}


@pytest.mark.parametrize(("source", "expected"), CASES.values(), ids=CASES)
def test_cases(source: str, expected: str) -> None:
    assert markdown(source) == expected

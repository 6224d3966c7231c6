"""The rules by which renderers read delimiter runs."""

from __future__ import annotations

import pytest

from converter.serializer.delimiters import (
    Run,
    can_close,
    can_open,
    is_punctuation,
    is_punctuation_or_symbol,
    kramdown_can_close,
    kramdown_can_open,
    pair_runs,
    surroundings,
)


@pytest.mark.parametrize(
    ("char", "punctuation", "with_symbols"),
    [
        (",", True, True),
        ("：", True, True),
        ("$", True, True),
        ("€", False, True),
        ("™", False, True),
        ("中", False, False),
    ],
)
def test_punctuation(char: str, punctuation: bool, with_symbols: bool) -> None:
    assert (is_punctuation(char), is_punctuation_or_symbol(char)) == (punctuation, with_symbols)


@pytest.mark.parametrize(
    ("char", "before", "after", "opens", "closes"),
    [
        ("*", "a", "b", True, True),
        ("_", "a", "b", False, False),
        ("*", "", "a", True, False),
        ("*", "a", "", False, True),
        ("*", " ", " ", False, False),
        ("*", "：", "请", True, False),
        ("*", "说", "“", False, True),
        ("_", "(", "a", True, False),
    ],
)
def test_commonmark(char: str, before: str, after: str, opens: bool, closes: bool) -> None:
    assert can_open(char, before, after, is_punctuation) is opens
    assert can_close(char, before, after, is_punctuation) is closes


@pytest.mark.parametrize(
    ("char", "before", "after", "opens", "closes"),
    [
        ("*", "3", "4", True, True),
        ("*", " ", " ", False, False),
        ("_", "a", "b", False, False),
        ("_", "a-", "b", False, False),
        ("_", "1", "b", True, False),
    ],
)
def test_kramdown(char: str, before: str, after: str, opens: bool, closes: bool) -> None:
    assert kramdown_can_open(char, before, after) is opens
    assert kramdown_can_close(char, before[-1:], after) is closes


def test_surroundings() -> None:
    assert surroundings("a*b", 1, 2, "") == ("a", "b")
    assert surroundings("*", 0, 1, "") == ("", "")
    assert surroundings("a~*~~b", 2, 3, "~") == ("a", "b")


def _runs(*lengths: int) -> list[Run]:
    """Runs that all may open and close."""
    return [Run(10 * index, length, True, opens=True, closes=True) for index, length in enumerate(lengths)]


@pytest.mark.parametrize(
    ("lengths", "pairs"),
    [
        ((1, 1), [(0, 1, 1)]),
        ((2, 2), [(0, 1, 2)]),
        ((3, 3), [(0, 1, 2), (0, 1, 1)]),
        ((1, 2), []),
        ((2, 1, 1, 2), [(1, 2, 1), (0, 3, 2)]),
    ],
)
def test_pairs(lengths: tuple[int, ...], pairs: list[tuple[int, int, int]]) -> None:
    assert pair_runs(_runs(*lengths)) == pairs

"""The collector of cyclic garbage: at rest while a large document is converted, afterwards as it was."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from converter import convert
from converter.interpreter import uncollected
from converter.pipeline import LARGE


@pytest.fixture(autouse=True)
def awake() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def collections(source: str) -> int:
    """How often the collector ran while a source was converted."""
    seen: list[str] = []

    def note(phase: str, _info: dict[str, int]) -> None:
        seen.append(phase)

    gc.callbacks.append(note)
    try:
        convert(source)
    finally:
        gc.callbacks.remove(note)
    return seen.count("start")


def test_a_large_document_is_not_walked_while_it_grows() -> None:
    unit = "<p>a</p>"
    assert collections(unit * (LARGE // len(unit))) > 100
    assert collections(unit * (LARGE // len(unit) + 1)) < 3
    assert gc.isenabled()


def test_who_switched_it_off_finds_it_off() -> None:
    gc.disable()
    convert("<p>a</p>" * LARGE)
    assert not gc.isenabled()


def test_an_error_wakes_it() -> None:
    with pytest.raises(ValueError, match="x"), uncollected():
        raise ValueError("x")
    assert gc.isenabled()


def test_rests_that_overlap_end_with_the_last() -> None:
    first, second = uncollected(), uncollected()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert not gc.isenabled()
    second.__exit__(None, None, None)
    assert gc.isenabled()

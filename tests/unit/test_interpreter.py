"""The garbage collector is paused while a large document is converted, and is afterwards as it was."""

from __future__ import annotations

import gc
import inspect
from collections.abc import Iterator

import pytest

from converter import convert
from converter.interpreter import SELDOM, last_block, on_empty_stack, paused_collector
from converter.pipeline import LARGE


@pytest.fixture(autouse=True)
def collector_on() -> Iterator[None]:
    gc.enable()
    yield
    gc.enable()


def collections(source: str) -> int:
    """Return how often the collector ran while a source was converted."""
    seen: list[str] = []

    def note(phase: str, _info: dict[str, int]) -> None:
        seen.append(phase)

    gc.callbacks.append(note)
    try:
        convert(source)
    finally:
        gc.callbacks.remove(note)
    return seen.count("start")


def test_the_collector_is_paused_for_a_large_document() -> None:
    unit = "<p>a</p>"
    assert collections(unit * (LARGE // len(unit))) > 100
    assert collections(unit * (LARGE // len(unit) + 1)) < 3
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    convert("<p>a</p>" * LARGE)
    assert not gc.isenabled()


def test_the_last_block_collects_seldom_and_leaves_the_rest() -> None:
    thresholds = gc.get_threshold()
    try:
        with last_block():
            assert gc.get_threshold() == (SELDOM, *thresholds[1:])
        assert gc.get_threshold() == thresholds
        assert gc.get_freeze_count()
    finally:
        gc.unfreeze()


def test_an_error_ends_the_pause() -> None:
    with pytest.raises(ValueError, match="x"), paused_collector():
        raise ValueError("x")
    assert gc.isenabled()


def test_overlapping_pauses_end_with_the_last() -> None:
    first, second = paused_collector(), paused_collector()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    assert not gc.isenabled()
    second.__exit__(None, None, None)
    assert gc.isenabled()


def test_a_call_on_an_empty_stack_has_no_frames_of_the_caller() -> None:
    def depth() -> int:
        return len(inspect.stack())

    assert on_empty_stack(depth) < depth()


def test_what_the_call_raises_is_raised() -> None:
    def fail() -> None:
        raise KeyError("x")

    with pytest.raises(KeyError, match="x"):
        on_empty_stack(fail)

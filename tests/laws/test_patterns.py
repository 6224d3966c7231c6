"""Every regular expression of the package takes time that grows with the length of its text, and no faster."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.kit.patterns import Found, all_patterns, attacks

SMALL, MIDDLE, LARGE = 2_000, 250_000, 1_000_000
"""Characters of the texts: to choose the worst shape with, and to compare its times at."""
GROWTH = 8.0
"""What four times the text may cost at most: a linear pattern takes four times as long, six where the larger text and
the matcher's stack no longer fit the processor's cache, and a quadratic one sixteen times."""
NOTHING = 0.2
"""Seconds for the large text that are not worth comparing: quadratic time would be minutes."""
TRIES = 4
"""Measurements of one pattern, of which the best counts: another process may slow one down."""
SECONDS = 10
"""What one measurement may take; an exponential pattern would take for ever."""


@contextmanager
def _limited(what: str) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError(what)

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _seconds(found: Found, text: Any, times: int) -> float:
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        if found.is_anchored:
            found.pattern.match(text)
        else:
            for _match in found.pattern.finditer(text):
                pass
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize("found", all_patterns(), ids=lambda found: found.name)
def test_a_pattern_takes_linear_time(found: Found) -> None:
    shapes: list[Callable[[int], Any]] = attacks(found.pattern)
    with _limited(f"{found.pattern.pattern!r} on {SMALL} characters"):
        shapes.sort(key=lambda build: _seconds(found, build(SMALL), 2), reverse=True)
    for build in shapes[:2]:
        growths = [_growth(found, build)]
        while growths[-1] >= GROWTH and len(growths) < TRIES:
            growths.append(_growth(found, build))
        assert growths[-1] < GROWTH, (build(40), growths)


def _growth(found: Found, build: Callable[[int], Any]) -> float:
    """Return how many times as long the large text takes as the middle one; 0 if the time is not worth comparing."""
    with _limited(f"{found.pattern.pattern!r} on {build(40)!r}, {MIDDLE} characters"):
        middle = _seconds(found, build(MIDDLE), 2)
    with _limited(f"{found.pattern.pattern!r} on {build(40)!r}, {LARGE} characters"):
        large = _seconds(found, build(LARGE), 2)
    return 0.0 if large < NOTHING else large / middle

"""Nothing stays in memory behind a conversion."""

from __future__ import annotations

import gc
import tracemalloc

import pytest

from converter import convert
from tests.kit.paths import ROOT

POST = next(iter(sorted((ROOT / "fixtures" / "dump").rglob("*.md")))).read_bytes()
ROUNDS = 600
LEAST_OBJECT = 28
"""Bytes of the smallest object that could stay behind each time."""
PAGE = b"<html><head><title>t</title></head><body><div id='content_views'><pre><code>x</code></pre></div></body></html>"


@pytest.mark.parametrize("source", [POST, PAGE, b"<table><tr><td>a<td>$b$</table>"], ids=["post", "page", "fragment"])
def test_a_conversion_leaves_nothing_behind(source: bytes) -> None:
    tracemalloc.start()
    try:
        for _ in range(ROUNDS):  # what is made once and kept: compiled patterns, small caches
            convert(source)
        gc.collect()
        before = tracemalloc.get_traced_memory()[0]
        for _ in range(ROUNDS):
            convert(source)
        gc.collect()
        kept = tracemalloc.get_traced_memory()[0] - before
    finally:
        tracemalloc.stop()
    assert kept < ROUNDS * LEAST_OBJECT, f"{kept} bytes stayed behind {ROUNDS} conversions"

"""The collector of cyclic garbage, which would walk a tree that grows again and again and find nothing in it."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_LOCK = Lock()
_RESTS: list[bool] = []
"""For each rest that has begun and not ended, whether the collector ran when the first of them began."""


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the collector rest; where rests overlap in threads, the last one to end wakes it, if it ran before."""
    with _LOCK:
        _RESTS.append(_RESTS[0] if _RESTS else gc.isenabled())
        gc.disable()
    try:
        yield
    finally:
        with _LOCK:
            if _RESTS.pop() and not _RESTS:
                gc.enable()

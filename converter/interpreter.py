"""What the interpreter is asked for: a rest of its collector of cyclic garbage, an empty stack."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, Thread
from typing import TypeVar

Result = TypeVar("Result")

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


def on_an_empty_stack(call: Callable[[], Result]) -> Result:
    """Return what ``call`` returns, made with no frames below it; what it raises is raised."""
    results: list[Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            results.append(call())
        except BaseException as error:
            errors.append(error)

    thread = Thread(target=run, daemon=True)
    thread.start()
    thread.join()
    if errors:
        raise errors[0]
    return results[0]

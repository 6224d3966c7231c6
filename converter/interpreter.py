"""Services of the Python interpreter: its garbage collector waits, and a function runs on an empty stack."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock, Thread
from typing import TypeVar

Result = TypeVar("Result")

SELDOM = 20_000
"""Objects that may be made between two collections of a process that imports much."""

_LOCK = Lock()
_PAUSES: list[bool] = []
"""An entry for each pause that has not ended: whether the collector was on when the first of them began."""


@contextmanager
def paused_collector() -> Iterator[None]:
    """Pause the cyclic garbage collector.

    Pauses in several threads may overlap: the last one to end switches it on again, if it was on before the first.
    """
    with _LOCK:
        _PAUSES.append(_PAUSES[0] if _PAUSES else gc.isenabled())
        gc.disable()
    try:
        yield
    finally:
        with _LOCK:
            if _PAUSES.pop() and not _PAUSES:
                gc.enable()


@contextmanager
def last_block() -> Iterator[None]:
    """Collect garbage seldom in this block, which is the last thing that the process does, and not at its end.

    Most of what it makes are modules, which are no garbage; without this, the collector looks at all of them again
    and again while they are imported, and twice when the process ends.
    """
    thresholds = gc.get_threshold()
    gc.set_threshold(SELDOM, *thresholds[1:])
    try:
        yield
    finally:
        gc.freeze()
        gc.set_threshold(*thresholds)


def on_empty_stack(call: Callable[[], Result]) -> Result:
    """Call a function on a new thread, so that it starts with an empty call stack.

    Returns what it returns, and raises what it raises.
    """
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

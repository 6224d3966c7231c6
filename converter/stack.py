"""A call whose need of the interpreter's stack does not add to its caller's."""

from __future__ import annotations

from collections.abc import Callable
from threading import Thread
from typing import TypeVar

Result = TypeVar("Result")


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

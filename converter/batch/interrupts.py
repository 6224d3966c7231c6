"""Stops a run at the next safe point after SIGINT or SIGTERM, and a document after its time limit."""

from __future__ import annotations

import ctypes
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import resource_tracker
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Stopped(BaseException):
    """Raised to end the run.  Not an Exception: no ``except Exception`` of a library may swallow it."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class TimedOut(BaseException):
    """Raised where a document takes longer than its time limit.  Not an Exception, for the same reason."""


class Interrupts:
    """Catches signals and keeps the number of the last, for ``check``.  ``wake`` becomes readable with a signal.

    A second signal of the same kind acts as if nobody caught it.
    """

    def __init__(self) -> None:
        self.number = 0
        self.interrupting = False
        self.wake, self._waker = os.pipe()
        os.set_blocking(self._waker, False)

    def close(self) -> None:
        """Close the pipe behind ``wake``."""
        os.close(self.wake)
        os.close(self._waker)

    def check(self) -> None:
        """Raise Stopped if a signal has come."""
        if self.number:
            raise Stopped(self.number)

    @contextmanager
    def catching(self) -> Iterator[None]:
        """Catch the signals in this block (only the main thread can; elsewhere nothing is caught)."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        before = {number: signal.signal(number, self._stop) for number in SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, number: int, _frame: FrameType | None) -> None:
        self.number = number
        signal.signal(number, signal.SIG_DFL)
        os.write(self._waker, b"!")
        if self.interrupting:
            raise Stopped(number)

    @contextmanager
    def limited(self, seconds: float) -> Iterator[None]:
        """Let signals and the clock interrupt this block: Stopped, TimedOut.

        Both reach Python code only: a call into C is over before they do.  The clock needs
        ``setitimer`` and the main thread; without them there is no limit.
        """
        clock = hasattr(signal, "setitimer") and threading.current_thread() is threading.main_thread()
        self.interrupting = True
        try:
            self.check()
            if not (clock and seconds):
                yield
                return
            before = signal.signal(signal.SIGALRM, _ring)
            signal.setitimer(signal.ITIMER_REAL, seconds)
            try:
                yield
            finally:
                signal.setitimer(signal.ITIMER_REAL, 0)
                signal.signal(signal.SIGALRM, before)
        finally:
            self.interrupting = False


@contextmanager
def without_interrupts(*, spawns: bool = False) -> Iterator[None]:
    """Start threads and processes in this block that Ctrl-C does not reach: they inherit the blocked signal.

    The process that started them gets the signal as before, and ends them.  No effect where the system has
    no signal masks (Windows).

    spawns: the processes are not forked.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    if spawns:
        resource_tracker.ensure_running()  # else the first process starts it, which unblocks the signal
    before = signal.pthread_sigmask(signal.SIG_BLOCK, (signal.SIGINT,))
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def limited_thread(seconds: float) -> Iterator[None]:
    """Let the clock interrupt this block, in whatever thread it runs: TimedOut (0 seconds: never).

    It reaches Python code only, as the alarm of ``Interrupts.limited`` does.
    """
    if not seconds:
        yield
        return
    thread, lock = ctypes.c_ulong(threading.get_ident()), threading.Lock()
    ended: list[bool] = []

    def ring() -> None:
        with lock:
            if not ended:
                ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(TimedOut))

    clock = threading.Timer(seconds, ring)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()
        with lock:
            ended.append(True)


def _ring(_number: int, _frame: FrameType | None) -> None:
    raise TimedOut

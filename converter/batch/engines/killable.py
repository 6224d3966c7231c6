"""Runs one function in a process that can be killed: a time limit also for work in C, which no signal interrupts."""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import TypeVar

from converter.batch.engines.local import START_METHOD, death
from converter.batch.interrupts import SIGNALS, TimedOut, without_interrupts
from converter.model import Csdn2mdError

Result = TypeVar("Result")


class DiedError(Csdn2mdError):
    """The process ended without a result: a crash in C, or no memory."""


def killable(function: Callable[[], Result], seconds: float) -> Result:
    """Return what a function returns, which it computes in a process of its own.

    seconds: after so long the process is killed (0: never).  Where the system cannot fork, or without a limit,
    the function is called here.  Raises what the function raises (which must be picklable), TimedOut, DiedError.
    """
    if START_METHOD != "fork" or not seconds:
        return function()
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(function, sending), daemon=True)
    try:
        with without_interrupts():  # a process that Ctrl-C would keep from being killed would never end
            process.start()
        sending.close()
        if not receiving.poll(seconds):
            raise TimedOut
        succeeded, result = pickle.loads(receiving.recv_bytes())
    except EOFError:
        process.join(1)
        raise DiedError(death(process.exitcode)) from None
    finally:
        if process.pid is not None:
            process.kill()
            process.join()
        receiving.close()
    if not succeeded:
        raise result
    value: Result = result
    return value


def _serve(function: Callable[[], object], sending: Connection) -> None:
    """Call the function and send its result, or its error; the signals of the terminal are the parent's."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_IGN)
    try:
        answer = (True, function())
    except Exception as error:
        answer = (False, error)
    sending.send_bytes(pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))
    sending.close()
    os._exit(0)

"""A function in a process that can be killed."""

from __future__ import annotations

import ctypes
import os
import sys
import time

import pytest

from converter.batch.engines.killable import DiedError, killable
from converter.batch.interrupts import TimedOut
from converter.model import ConversionError

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="no process is forked here")


def _fails() -> None:
    raise ConversionError("why", name="a.html", line=3)


def _for_ever_in_c() -> None:
    ctypes.PyDLL(None).sleep(600)  # holds the interpreter: no signal handler written in Python runs


def test_the_result_comes_back() -> None:
    assert killable(lambda: (os.getpid(), "字"), 60)[1] == "字"
    assert killable(os.getpid, 60) != os.getpid()
    assert killable(os.getpid, 0) == os.getpid()


def test_an_error_comes_back() -> None:
    with pytest.raises(ConversionError) as caught:
        killable(_fails, 60)
    assert (caught.value.name, caught.value.line) == ("a.html", 3)


def test_work_in_c_is_killed() -> None:
    started = time.monotonic()
    with pytest.raises(TimedOut):
        killable(_for_ever_in_c, 0.2)
    assert time.monotonic() - started < 300


def test_a_death_is_told() -> None:
    with pytest.raises(DiedError, match="exit code 7"):
        killable(lambda: os._exit(7), 60)

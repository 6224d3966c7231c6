"""Errors that end a run early, and what is said of them."""

from __future__ import annotations

import os
import sqlite3

from converter.batch.names import shown
from converter.batch.storage import files
from converter.batch.values import Job
from converter.model import Csdn2mdError


class OutOfRoomError(Csdn2mdError):
    """The target can take nothing more."""


FATAL_ERRORS = (OSError, sqlite3.Error, OutOfRoomError)
"""Errors that end a run early: the disk is full, read-only or gone."""


def error_message(error: BaseException, job: Job) -> str:
    """Return the message for an error that ends a run."""
    where = str(job.folder or job.out_file or job.corpus or "in place")
    if isinstance(error, OSError):
        where = os.fsdecode(error.filename) if error.filename else where
        return f"{shown(where)}: {files.reason(error)}"
    return str(error) if isinstance(error, OutOfRoomError) else f"{shown(where)}: {error}"

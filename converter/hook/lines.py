"""Prints the lines of a hook: one for each changed file, one for each error."""

from __future__ import annotations

import sys

from converter.batch import Outcome, Row
from converter.batch.listener import Listener
from converter.batch.names import shown
from converter.batch.values import COMMENTS
from converter.translation import _, translated


def fail(message: str, code: int = 1) -> int:
    """Print an error; return the exit code."""
    print(_("error: {message}").format(message=translated(message)), file=sys.stderr)
    return code


class FileLines(Listener):
    """Prints a line for each file that was changed or is at fault."""

    def __init__(self, message: str) -> None:
        """message: the line, in English, with ``{file}``."""
        self._message = message
        self.exit_code = 0

    def row(self, row: Row) -> None:
        """Print the line of a file."""
        if row.outcome is Outcome.CONVERTED:
            print(_(self._message).format(file=shown(row.source)))
        elif row.outcome is Outcome.DRAWN:
            what = _("{line} (comments)") if row.kind == COMMENTS else _("{line} (a drawing)")
            print(what.format(line=_(self._message).format(file=shown(row.target))))
        elif row.outcome is Outcome.FAILED:
            fail(f"{shown(row.source)}: {row.message}")
        else:
            return
        self.exit_code = 1

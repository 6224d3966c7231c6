"""The fence of a code block."""

from __future__ import annotations

import re

_RUN = re.compile(r"`{3,}")


def fence_around(code: str) -> str:
    """Return the fence for code: one backtick more than its longest run of them, at least three (CommonMark 4.5)."""
    longest = max((len(run) for run in _RUN.findall(code)), default=2) if "```" in code else 2
    return "`" * (longest + 1)

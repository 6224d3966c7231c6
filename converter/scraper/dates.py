"""Read dates as pages write them, and write them as ``YYYY-MM-DD HH:MM:SS`` on the site's clock."""

from __future__ import annotations

import re
from datetime import datetime

from converter.sites.tables import UTC_OFFSET

_DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[\sT]*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
_SECONDS = re.compile(r"\s*1\d{9}\s*", re.ASCII)
_CLOCK = datetime.fromisoformat(f"2000-01-01T00:00:00{UTC_OFFSET}").tzinfo


def normal_date(text: str) -> str:
    """Return the first date in text, as ``YYYY-MM-DD HH:MM:SS``; empty where there is none or no such day.

    Ten digits alone are seconds since 1970.
    A date with an offset from UTC is moved to the clock of ``sites.tables.UTC_OFFSET``, one without is on it.
    """
    match = _DATE.search(text)
    if match is None:
        seconds = _SECONDS.fullmatch(text)
        return f"{datetime.fromtimestamp(int(text), _CLOCK):%Y-%m-%d %H:%M:%S}" if seconds else ""
    numbers = [int(group or 0) for group in match.groups()[:6]]
    try:
        return f"{_on_the_clock(datetime(*numbers), match[7]):%Y-%m-%d %H:%M:%S}"  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return ""


def _on_the_clock(moment: datetime, offset: str | None) -> datetime:
    if offset is None:
        return moment
    zone = datetime.strptime("+0000" if offset == "Z" else offset.replace(":", ""), "%z").tzinfo
    return moment.replace(tzinfo=zone).astimezone(_CLOCK)

"""Dates as pages write them become ``YYYY-MM-DD HH:MM:SS`` on China's clock, which is CSDN's."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

_DATE = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?"
    r"(?:[\sT]*(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?",
    re.ASCII,
)
CHINA = timezone(timedelta(hours=8))


def normal_date(text: str) -> str:
    """Return the first date in text; empty where there is none or no such day."""
    match = _DATE.search(text)
    if match is None:
        return ""
    numbers = [int(group or 0) for group in match.groups()[:6]]
    try:
        return f"{_on_chinas_clock(datetime(*numbers), match[7]):%Y-%m-%d %H:%M:%S}"  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        return ""


def _on_chinas_clock(moment: datetime, offset: str | None) -> datetime:
    if offset is None:
        return moment
    zone = datetime.strptime("+0000" if offset == "Z" else offset.replace(":", ""), "%z").tzinfo
    return moment.replace(tzinfo=zone).astimezone(CHINA)

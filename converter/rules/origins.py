"""What notes say about where an article is from: its kind, its licence, the address of its source."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

KINDS: Mapping[str, str] = MappingProxyType(
    {"original": r"1|原创?|original", "reprint": r"2|转载?自?|reprint", "translation": r"4|翻?译自?|translat\w*"}
)
"""The words that mean each kind, as a pattern; numbers are those of CSDN's ``articleType``."""

NOTE_KIND = re.compile(r"(原创|转载|翻译)文章|[:：]\s?(转自|转载自|译自)")
"""Pattern of the kind in a copyright note: 本文为博主原创文章; 版权声明：转自."""

SOURCE_LEAD = re.compile(
    r"(?<!以上)(?<!以下)(?<!部分)(?<!内容)(?<!附上)(?<!注明)(?<!点击)"
    r"(转载自|转自|翻译自|译自|原文(?:链接|地址|出处))"
)
"""Pattern of the words before the address of the article's source; not those of a quoted part or of a demand."""
LEAD_END, LEAD_START = "自", "原"
"""The character that such words end with, or begin with: one of the two is in all of them."""

"""What notes say about where an article is from: its kind, its licence, the address of its source."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

KINDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("1", "原", "原创", "original"), "original"),
        **dict.fromkeys(("2", "转", "转载", "reprint", "转自", "转载自"), "reprint"),
        **dict.fromkeys(("4", "译", "翻译", "translate", "translation", "译自", "翻译自"), "translation"),
    }
)
"""The kind that each word means: numbers are those of CSDN's ``articleType``."""

NOTE_KIND = r"(原创|转载|翻译)文章|[:：]\s?(转自|转载自|译自)"
"""Pattern of the kind in a copyright note: 本文为博主原创文章; 版权声明：转自."""

SOURCE_LEAD = (
    r"(?<!以上)(?<!以下)(?<!部分)(?<!内容)(?<!附上)(?<!注明)(?<!点击)"
    r"(转载自|转自|翻译自|译自|原文(?:链接|地址|出处))"
)
"""Pattern of the words before the address of the article's source; not those of a quoted part or of a demand."""

SOURCE_WORDS = ("转自", "转载自", "译自", "原文")
"""Words of which a text with SOURCE_LEAD has one."""

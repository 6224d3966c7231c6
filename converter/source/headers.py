"""Find the title and date lines that exporters write in Markdown over a body that is HTML."""

from __future__ import annotations

import re
from typing import NamedTuple

from converter.source.html_blocks import chunks, has_markdown_signs, is_html_block

MOST_LINES = 20
"""Lines that a header may have, blank ones aside."""


class HeaderLine(NamedTuple):
    """One form of a line in a header; ``names_origin``: no author begins an article with it."""

    id: str
    pattern: re.Pattern[str]
    names_origin: bool
    origin: str


HEADER_LINES = (
    HeaderLine(
        "label",
        re.compile(
            r"\A[#>*\s-]*+(?:\*\*|`)?(?:[\w ]{0,12}?(?:时间|日期|地址|链接|出处|来源)|(?:发表|发布|更新)于|转载自?"
            r"|原文|标题|题目|分类|专栏|标签|关键[字词]|作者|博主|date|created|updated|time|categor(?:y|ies)|tags?|author|source|from|url"
            r"|link|title)(?:\*\*|`)?\s*[:：]",
            re.IGNORECASE,
        ),
        True,
        "exporters of ITeye, cnblogs and CSDN: 发表时间, 分类, 原始地址",
    ),
    HeaderLine(
        "date",
        re.compile(r"\A[#>*\s_-]*+\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?[\s\d:TZ+*_]*+$"),
        True,
        "exporters: the date alone",
    ),
    HeaderLine("title", re.compile(r"\A#{1,6}[ \t]*+[^#\s]"), False, "exporters: the title"),
    HeaderLine("empty", re.compile(r"\A#{1,6}[ \t]*+$"), False, "exporters: a field without a value"),
    HeaderLine("rule", re.compile(r"\A(?:=++|(?:[-*_][ \t]*+){3,}+)[ \t]*+$"), False, "exporters"),
)
"""Forms of the lines of a header, asked in order."""
_BODY = re.compile(r"<(?:!doctype|html|body|main|div|p|section|article|center|span|font|h[1-6]|ul|ol)\b", re.IGNORECASE)
"""Elements that a body begins with, and that no Markdown has to write as HTML."""


_UNDERLINE = re.compile(r" {0,3}(?:=++|-{2,}+)[ \t\r]*+(?:\n|\Z)")
"""The line that makes a title of the one above it."""


def header_end(body: str) -> int:
    """Return where the header of a body ends whose rest is HTML; 0 for a body that is none such.

    One title is enough over a rest that is HTML blocks and nothing else, and no table or other element that Markdown
    itself has to write as HTML.  Over a rest that begins with text, as bodies of the 2000s do that part lines with
    ``br``, a date or an address must show the exporter.
    """
    end, named = _header(body)
    rest = body[end:]
    if not end or "<" not in rest:
        return 0
    parts = chunks(rest)
    if not parts:
        return 0
    if all(map(is_html_block, parts)):
        return end if named or _BODY.match(parts[0]) else 0
    return end if named and _is_html_text(rest, parts) else 0


def _header(body: str) -> tuple[int, bool]:
    """Return the end of the lines that may be a header, and whether one of them names date, address or author."""
    end = index = count = 0
    named = False
    while index < len(body) and count <= MOST_LINES:
        line_end = body.find("\n", index) + 1 or len(body)
        line = body[index:line_end].strip()
        if line:
            row = next((row for row in HEADER_LINES if row.pattern.match(line)), None)
            if row is None and (count or not _UNDERLINE.match(body, line_end)):
                break
            count += 1
            named = named or (row is not None and row.names_origin)
            end = line_end
        index = line_end
    return (end, named) if count <= MOST_LINES else (0, False)


def _is_html_text(rest: str, parts: list[str]) -> bool:
    """Return whether text with tags in it is HTML: no sign of Markdown, and a tag of a block or a break."""
    if not re.search(r"<(?:br|p|div|pre|table|ul|ol|h[1-6])\b", rest, re.IGNORECASE):
        return False
    return not any(has_markdown_signs(part) for part in parts if not is_html_block(part))

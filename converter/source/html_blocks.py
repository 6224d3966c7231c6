"""Tell HTML blocks from Markdown, as CommonMark 4.6 does: what begins a block, and where it ends."""

from __future__ import annotations

import re

_BLOCK_TAGS = """address article aside base basefont blockquote body caption center col colgroup dd details dialog dir
    div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend
    li link main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th
    thead title tr track ul""".split()
"""The tags of start condition 6."""
_LINE_TAGS = """abbr acronym audio b bdi bdo big br button canvas cite data dfn embed font i img input ins label map
    meter nobr object output picture progress q rp rt ruby s samp select small span strike svg time tt var video
    wbr""".split()
"""Tags that begin a line of text, but that Markdown has words for, or that no paragraph of Markdown begins with:
they begin HTML where the text holds no sign of Markdown.  (``a``, ``em``, ``sub`` ... begin a paragraph.)"""
_ATTRIBUTES = r"(?:\s++[a-z_:][\w.:-]*+(?:\s*+=\s*+(?:[^\s\"'=<>`]++|'[^']*+'|\"[^\"]*+\"))?+)*+"
_SHORT = re.compile(r"<(?:pre|script|style|textarea)(?=[\s>])|<\?|<!(?:[a-z]|\[CDATA\[)", re.IGNORECASE)
"""Start conditions 1, 3, 4 and 5: the block ends with the line of its end mark.  (2: comments are taken out before.)"""
_LONG = re.compile(
    rf"</?(?:{'|'.join(_BLOCK_TAGS)})(?=[\s>]|/>)"
    rf"|(?:<[a-z][a-z0-9-]*+{_ATTRIBUTES}\s*+/?>|</[a-z][a-z0-9-]*+\s*+>)[ \t\r]*+$",
    re.IGNORECASE | re.MULTILINE,
)
"""Start conditions 6 and 7: the block ends before a blank line."""
_IN_LINE = re.compile(rf"</?(?:{'|'.join(_LINE_TAGS)}|[a-z]+[:-][a-z0-9:-]*+)[\s/>]", re.IGNORECASE)
_LINE_SIGNS = r"(?:#{1,6} |[-*+] |\d{1,3}[.)] |> |`{3}|~{3}|\[[^\[\]\n]+\]: |\|.*\|[ \t]*$)"
_SIGN = re.compile(_LINE_SIGNS, re.MULTILINE)
_SIGNS = re.compile(
    rf"^ {{0,3}}{_LINE_SIGNS}(?!.*<br\s*/?>\s*$)|\[[^\[\]\n]*\]\([^()\n]+\)|\*\*[^*\n]+\*\*", re.MULTILINE
)
"""Signs of Markdown in a line; a line that ends in a ``br`` looks like a list by accident."""
_BLANK_LINES = re.compile(r"\n(?:[ \t\r]*\n)+")
_RAW = re.compile(r"<(pre|code|script|style|textarea)\b|<!--", re.IGNORECASE)


def chunks(body: str) -> list[str]:
    """Return what stands between the blank lines of a body, each without whitespace around it.

    Comments are left out, and what ``pre``, ``code``, ``script``, ``style`` and ``textarea`` hold: it is no prose,
    and its blank lines end nothing that a browser shows.
    """
    stripped = (chunk.strip() for chunk in _BLANK_LINES.split(without_raw_text(body)))
    return [chunk for chunk in stripped if chunk]


def is_html_block(chunk: str) -> bool:
    """Return whether a chunk is HTML: it begins an HTML block, in which no Markdown counts until a blank line.

    Deeper indentation than CommonMark's three columns is no hindrance, for exporters indent HTML.
    """
    while match := _SHORT.match(chunk):
        _, _, chunk = chunk[match.end() :].partition("\n")
        chunk = chunk.strip()
        if not chunk:
            return True
        if _LONG.match(chunk) is None and _SHORT.match(chunk) is None:
            return _SIGN.match(chunk) is None
    return _LONG.match(chunk) is not None or (_IN_LINE.match(chunk) is not None and not has_markdown_signs(chunk))


def has_markdown_signs(text: str) -> bool:
    """Return whether a text holds what only Markdown means: a heading, a list, a fence, a link, strong text."""
    return _SIGNS.search(text) is not None


def without_raw_text(body: str) -> str:
    """Return body without comments and without the text of elements that hold no prose; their tags stay.

    An element that never ends is no such element.
    """
    parts: list[str] = []
    endless: set[str] = set()
    start = index = 0
    while match := _RAW.search(body, index):
        name = (match[1] or "").lower()
        tag_end = body.find(">", match.end()) + 1 if name else match.end()
        end = None if name in endless or not tag_end else _end_of_raw(name).search(body, tag_end)
        if end is None:
            endless.add(name)
            index = match.end()
        else:
            parts.append(body[start : tag_end if name else match.start()])
            start = index = end.start() if name else end.end()
    return "".join((*parts, body[start:]))


def _end_of_raw(name: str) -> re.Pattern[str]:
    return re.compile(f"</{name}(?![a-z0-9-])" if name else "-->", re.IGNORECASE)

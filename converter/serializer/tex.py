"""TeX that stays TeX to a formula engine and is nothing to a Markdown renderer that knows no formulas.

Each row replaces what could open or complete markup beyond the formula.  The formula stays the same, because a space
between two characters of TeX means nothing; the rows that write something else say why it is the same.
"""

from __future__ import annotations

import re
import unicodedata

ROWS: tuple[tuple[str, str], ...] = (
    (r"<(?=[^\W\d]|[:/!?<]|[^\s<>@]+@)", "< "),  # tags, comments, autolinks: CommonMark 6.5, 6.6; kramdown HTML_TAG_RE
    (r"\](?=[(:])", "] "),  # destinations and definitions: CommonMark 6.3, 4.7
    (r"\[(?=\^)", "[ "),  # references to footnotes
    (r"!(?=\[)", "! "),  # images: CommonMark 6.4
    (r"&(?=#?\w+;)", "& "),  # character references: CommonMark 2.5; cmark-gfm loses the text of ``[&#94;1]``
    (r"\{(?=:)", "{ "),  # kramdown's attribute lists and extensions
    (r"~(?=~)", "~ "),  # struck-out text: GFM 6.5; old versions of Hugo fail on one in a heading
    (r"`", "‘"),  # code: engines show a backtick as this quotation mark
)  # fmt: skip
FOUND = re.compile("|".join(f"(?:{pattern})" for pattern, _ in ROWS))
COMPILED = tuple((re.compile(pattern), replacement) for pattern, replacement in ROWS)
GRAVE = re.compile(r"\\`\s*(?:\{([A-Za-z])\}|([A-Za-z]))")
"""The accent of a letter."""
ESCAPED = re.compile(r"\\.", re.DOTALL)
DOLLAR = re.compile(r"\\.|\$", re.DOTALL)
BLOCK_START = re.compile(r"[ \t]*(?:[-+*=#>|:~]|_[ \t]*_|\d+[.)])")
"""The beginning of a line that could begin a block, or end the paragraph before it."""
BRACKET = re.compile(r"\\.|[\[\]]", re.DOTALL)
BARE_URL = re.compile(r"://|www\.", re.I)
"""What a renderer makes a link of, with all that follows it up to whitespace or ``<``: also a backslash or backtick."""
COMMENT = re.compile(r"(?<!\\)%")
"""A comment in TeX, which ends with its line."""


def portable_tex(text: str, *, alone: bool = False) -> str:
    """Return TeX in which no renderer sees markup of its own, or half of some.

    alone: the formula stands between lines that hold its delimiters.
    """
    if FOUND.search(text):
        text = GRAVE.sub(lambda match: unicodedata.normalize("NFC", (match[1] or match[2]) + "\u0300"), text)
        for pattern, replacement in COMPILED:
            text = pattern.sub(replacement, text)
    if "$" in text:
        text = _with_other_dollars(text)
    if text[-1:] not in ("\\", "$") or (alone and text[-1] == "\\" and not _ends_in_backslash(text)):
        return text
    return text + " {}"  # it would escape the delimiter, be part of it, or break the line


def _ends_in_backslash(text: str) -> bool:
    """Return whether the last backslash of a text is one of its own, and not the second of a line break."""
    return (len(text) - len(text.rstrip("\\"))) % 2 == 1


def without_dollars(text: str) -> str:
    """Return TeX without ``\\$``, for renderers that end a formula at any ``$`` (Hugo's passthrough extension)."""
    return ESCAPED.sub(lambda match: r"\text{\textdollar}" if match[0] == r"\$" else match[0], text)


def _with_other_dollars(text: str) -> str:
    """Return TeX in which no ``$`` ends the formula: ``\\text{if $x$}`` has other delimiters, a lone one is a sign."""
    dollars = [match.start() for match in DOLLAR.finditer(text) if match[0] == "$"]
    signs = ("\\(", "\\)") if len(dollars) % 2 == 0 else ("\\$", "\\$")
    out: list[str] = []
    last = 0
    for number, position in enumerate(dollars):
        out += (text[last:position], signs[number % 2])
        last = position + 1
    return "".join((*out, text[last:]))


def balanced(text: str) -> str:
    """Return TeX that stands in the text of a link: brackets without a partner are written as commands."""
    opened: list[int] = []
    alone: dict[int, str] = {}
    for match in BRACKET.finditer(text):
        if match[0] == "[":
            opened.append(match.start())
        elif match[0] == "]" and opened:
            opened.pop()
        elif match[0] == "]":
            alone[match.start()] = "\\rbrack "
    alone.update(dict.fromkeys(opened, "\\lbrack "))
    return "".join(alone.get(index, char) for index, char in enumerate(text)).rstrip(" ") if alone else text


def portable_lines(text: str) -> list[str]:
    """Return the lines of a display formula: none is empty, and none begins as a block of Markdown could.

    Such a line is joined to the one before it; behind a comment it begins with an empty group.  So does a first line
    that could be a heading, which may have attributes; a sign there is left alone, for a group would change its space.
    """
    lines: list[str] = []
    for line in text.split("\n"):
        line = line.rstrip()
        if not line.strip():
            continue
        if not BLOCK_START.match(line) or not (lines or "#" in line):
            lines.append(line)
        elif not lines or COMMENT.search(lines[-1]):
            lines.append("{}" + line.lstrip())
        else:
            lines[-1] += " " + line.lstrip()
    return lines

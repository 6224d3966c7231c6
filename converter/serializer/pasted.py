"""Put Markdown that was made of pasted HTML in its place, between Markdown that stays byte for byte."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from converter.serializer.lists import SEPARATOR, indent

_BLANK_END = re.compile(r"\n[ \t\r]*\n[ \t\r]*\Z")
_BLANK_START = re.compile(r"[ \t\r]*\n[ \t\r]*(?:\n|\Z)")
_LINE_START = re.compile(r"[ \t\r]*\n")
_LAST_ITEM = re.compile(r"(?:\A|\n)[ \t]*(?:[-*+]|\d{1,9}[.)]|>)[ \t][^\n]*(?:\n[ \t]*\S[^\n]*)*\s*\Z")
_OPEN_ITEM = re.compile(r"(?:\A|\n)((?:[-*+]|\d{1,9}[.)])[ \t]+)\S[^\n]*(?:\n[ \t]+\S[^\n]*|\n[ \t\r]*(?=\n))*\n *\Z")
"""An item that is not yet ended: lines behind its first one are blank or indented."""
_ITEM = re.compile(r"(?:[-*+]|\d{1,9}[.)]|>)(?:[ \t]|\Z)")


TAIL = 1000
"""Characters at the end of what is written that are looked at."""


class Piece(NamedTuple):
    """A stretch of a document: Markdown of its author, or (``is_new``) Markdown that was made of HTML."""

    text: str
    is_new: bool


def joined(pieces: Iterable[Piece], *, headed: bool) -> str:
    """Return the pieces as one text that ends in a newline; what was made of HTML stands between blank lines.

    headed: front matter stands above.  Line ends are added as the document writes them; nothing else is, and of the
    author's pieces all bytes stay but blanks around the HTML on its own line.
    """
    kept = list(pieces)
    line_end = "\r\n" if any("\r\n" in piece.text for piece in kept if not piece.is_new) else "\n"
    out = ""
    after_new = False
    for text, is_new in kept:
        if is_new:
            if text:
                margin = _margin_in_item(out)
                before = _before(out, text, line_end, headed=headed, in_item=bool(margin))
                out = before + indent(margin + text.rstrip("\n"), len(margin)).replace("\n", line_end)
                after_new = True
        else:
            out += (_gap_behind(text, line_end) if after_new else "") + (text.lstrip(" \t") if after_new else text)
            after_new = False
    return out if not after_new else out + line_end


def _margin_in_item(out: str) -> str:
    """Return the blanks in front of a wrapper that stands in a list item, "" for any other wrapper."""
    margin = out[len(out.rstrip(" ")) :]
    if not margin or not (item := _OPEN_ITEM.search(out[-TAIL:])):
        return ""
    return margin if len(margin) >= len(item[1]) else ""


def _before(out: str, text: str, line_end: str, *, headed: bool, in_item: bool) -> str:
    """Return what stands in front of new Markdown, ended by a blank line."""
    out = out.rstrip(" \t")
    if not out.strip():
        return out or (line_end if headed else "")
    if not _BLANK_END.search(out[-TAIL:]):
        out += line_end if out.endswith("\n") else 2 * line_end
    if not in_item and _ITEM.match(text) and _LAST_ITEM.search(out[-TAIL:]):
        out += SEPARATOR + 2 * line_end
    return out


def _gap_behind(text: str, line_end: str) -> str:
    """Return the line ends between new Markdown and the author's text behind it."""
    if not text.strip():
        return "" if "\n" in text else line_end
    if _BLANK_START.match(text):
        return ""
    return line_end if _LINE_START.match(text) else 2 * line_end

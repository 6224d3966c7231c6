"""Find the elements that a site puts around an article, in HTML and between the lines of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from converter.sites.record import Site
from converter.sites.tables import WRAPPERS

Span: TypeAlias = tuple[int, int]
"""Start and end of an element in a body."""

Names: TypeAlias = tuple[str, ...]
"""Ids and classes of a user's own wrappers."""


def names_of(sites: Iterable[Site]) -> Names:
    """Return the names of the wrappers of a user's own sites."""
    return tuple(name for site in sites for name in site.wrappers)


def _tag_of(names: Names) -> str:
    """Return the start tag of a wrapper, as a pattern."""
    return (
        r"<(?:div|article|main|section)\s(?:[^<>]*\s)?(?:id|class)\s*=\s*(?:[\"'][^\"'<>]*)?"
        rf"(?<![\w-])(?:{'|'.join(map(re.escape, names))})(?![\w-])[^<>]*>"
    )


WRAPPER_TAG = _tag_of(WRAPPERS)
"""The start tag of a wrapper of the sites that are known, as a pattern."""


class _Patterns(NamedTuple):
    """The names of wrappers; their start tag; lines that begin a fence, one, or a stretch in which none counts."""

    names: Names
    tag: re.Pattern[str]
    line: re.Pattern[str]


@lru_cache(maxsize=4)  # a process converts the posts of one run
def _patterns(own: Names) -> _Patterns:
    names = (*WRAPPERS, *own)
    tag = _tag_of(names)
    line = re.compile(
        r"^(?:[ \t]*+(?:(?:[-*+]|\d{1,9}[.)]|>)[ \t]++)*+(?P<fence>`{3,}(?=[^`\n]*$)|~{3,})(?P<info>.*)$"
        rf"| {{0,3}}(?:<!--[^<>\n]{{0,200}}-->[ \t]*+){{0,3}}(?P<wrapper>{tag})"
        r"| {0,3}<(?P<raw>(?:pre|script|style|textarea)(?=[\s>])|!--))",
        re.IGNORECASE | re.MULTILINE,
    )
    return _Patterns(names, re.compile(tag, re.IGNORECASE), line)


_KNOWN = _patterns(())
"""What finds the wrappers of the sites that are known; most conversions need no other."""

_NAME = re.compile(r"[a-zA-Z]+")
_ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")


def has_wrapper_name(body: str, own: Names = ()) -> bool:
    """Return whether the name of a wrapper stands anywhere in body; it may be text."""
    for name in (_patterns(own) if own else _KNOWN).names:
        if name in body:
            return True
    return False


def first_wrapper(body: str, own: Names = ()) -> int:
    """Return where the first wrapper of a body of HTML starts; -1 where there is none."""
    match = (_patterns(own) if own else _KNOWN).tag.search(body) if has_wrapper_name(body, own) else None
    return match.start() if match else -1


def wrapper_spans(body: str, own: Names = ()) -> list[Span]:
    """Return the outermost wrappers of a body that may be Markdown.

    Each starts a line and stands outside of fenced code and comments, for there it may be an example.  One that is
    never closed ends with the last tag of the body, and what follows that until a blank line.
    """
    spans: list[Span] = []
    raw = _RawText(body)
    line = (_patterns(own) if own else _KNOWN).line
    fence, index = "", 0
    while match := line.search(body, index):
        index = match.end()
        if match["fence"]:
            fence = _fence_behind(fence, match)
        elif fence:
            continue
        elif match["raw"]:
            index = raw.end(match["raw"], index)
        else:
            start = match.start("wrapper")
            index = _element_end(body, start) or _last_html(body, index)
            spans.append((start, index))
    return spans


def _fence_behind(fence: str, match: re.Match[str]) -> str:
    """Return the fence that is open behind a line with a fence; ``fence`` was open before it, "" for none."""
    found = match["fence"]
    if not fence:
        return str(found)
    return "" if found.startswith(fence) and not match["info"].strip() else fence


class _RawText:
    """Finds the ends of comments and of elements whose text is not read; each search starts where the last ended."""

    def __init__(self, body: str) -> None:
        self._body = body
        self._endless: set[str] = set()

    def end(self, name: str, start: int) -> int:
        """Return where an element of this name that starts before ``start`` ends; ``start`` if it never does."""
        name = name.lower()
        if name in self._endless:
            return start
        found = re.compile("-->" if name == "!--" else f"</{name}", re.IGNORECASE).search(self._body, start)
        if found is None:
            self._endless.add(name)
        return found.end() if found else start


def _element_end(body: str, start: int) -> int:
    """Return where the element ends whose start tag begins at an index; 0 if it is never closed."""
    tag = _NAME.match(body, start + 1)
    assert tag is not None, "a wrapper has a name"
    raw = _RawText(body)
    depth, index = 0, start
    pattern = _paired(tag[0].lower())
    while match := pattern.search(body, index):
        index = match.end()
        if match["raw"]:
            index = raw.end(match["raw"], index)
        elif not match["quote"]:  # an attribute that holds tags
            depth += -1 if match["end"] else 1
            if not depth:
                return index
    return 0


@lru_cache
def _paired(name: str) -> re.Pattern[str]:
    """Return the pattern of the tags of one element, and of what begins a stretch in which none counts."""
    raw = "|".join(map(_in_any_case, ("script", "style", "textarea", "xmp")))
    element = _in_any_case(name)
    return re.compile(
        rf"<(?:{element}(?=[\s/>])|/(?P<end>{element})\s*+>|(?P<raw>(?:{raw})(?=[\s>])|!--)"
        rf"|(?!{element})[a-zA-Z][^<>\"'=]*+=(?:[^<>\"'=]*+=)*+\s*+(?P<quote>[\"'])[^<>\"']*+<[^\"']*+(?P=quote))"
    )


def _in_any_case(word: str) -> str:
    """Return the pattern of a word in letters of any case; it takes half the time of one with ``re.IGNORECASE``."""
    return "".join(f"[{letter}{letter.upper()}]" for letter in word)


def _last_html(body: str, start: int) -> int:
    """Return where the HTML of a wrapper ends that is never closed."""
    last = max((match.end() for match in _ANY_TAG.finditer(body, start)), default=start)
    blank = _BLANK_LINE.search(body, last)
    return blank.start() if blank else len(body)

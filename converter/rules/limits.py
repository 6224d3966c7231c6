"""Limits: what an element that a row of chrome names may hold; one that holds more is something else."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, TypeAlias

LimitName: TypeAlias = Literal["anything", "comments", "glyphs", "labels", "links", "note", "numbers", "page", "tex"]

_PROSE = (
    r"[，。；！]|(?<! )？|[\u4e00-\u9fff]{25}"
    r"|(?<![A-Za-z'])(?:(?:[A-Za-z']++,?+\s++){7}[A-Za-z']|(?:[A-Za-z']++\s++){3}[A-Za-z']++\.(?:\s|$))"
)
_CODE = "pre blockquote video audio iframe"
_HEADINGS = "h1 h2 h3 h4 h5 h6"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What an element may hold at most.

    characters: how many visible characters.
    never: what no visible text in it matches; whitespace is one space there.
    tags: elements that must not be in it, if they show anything; an ``img`` counts if it is no button or icon.
    beside_links: only what stands outside links counts, but for CODE_TAGS.
    """

    characters: int = 1_000_000
    never: re.Pattern[str] | None = None
    tags: frozenset[str] = frozenset()
    beside_links: bool = False


BUTTON_LABELS = frozenset(("复制代码", "收藏代码"))
"""Alternative texts of images that are buttons of a code block, wherever they were moved to (Cnblogs, ITeye)."""
TOOLBAR_SOURCE = re.compile(r'<li class="tool-item\b')
"""The source of a toolbar, shown in a ``pre`` in place of the toolbar (CSDN 2019): it is no content."""
CODE_TAGS = frozenset(_CODE.split())
"""Elements that are content even in a link, because a link that was left open holds all that follows."""

LIMITS: Mapping[LimitName, Limit] = MappingProxyType(
    {
        "comments": Limit(tags=frozenset(("pre",))),
        "glyphs": Limit(
            never=re.compile(r"[。！？]\s?[\u4e00-\u9fff]"),
            tags=frozenset(f"{_CODE} {_HEADINGS} p br table li img a".split()),
        ),
        "labels": Limit(
            characters=80,
            never=re.compile(_PROSE),
            tags=frozenset(f"{_CODE} {_HEADINGS} p ol code kbd samp table dl figure img".split()),
        ),
        "links": Limit(
            characters=300,
            tags=frozenset(f"{_CODE} {_HEADINGS} p code table dl figure img".split()),
            beside_links=True,
        ),
        "note": Limit(characters=300, tags=frozenset(f"{_CODE} {_HEADINGS} code table dl figure".split())),
        "numbers": Limit(
            never=re.compile(r"[^\d\s.]"), tags=frozenset(f"{_CODE} {_HEADINGS} p code table dl figure img".split())
        ),
        "page": Limit(characters=1500, tags=CODE_TAGS, beside_links=True),
        "tex": Limit(
            never=re.compile(rf"^[^\\^_\u4e00-\u9fff]*(?:[\u4e00-\u9fff][^\\^_\u4e00-\u9fff]*){{4}}|{_PROSE}"),
            tags=frozenset(f"{_CODE} {_HEADINGS} p br table li img a".split()),
        ),
    }
)
"""Every limit but ``anything``, which lets an element hold what it likes.

``comments``: what readers have written.  ``labels``: words on buttons.  ``links``: links with a few words between
them.  ``note``: a sentence or two of the site.  ``numbers``: line numbers.  ``glyphs``: what draws a formula.
``tex``: the source of a formula.  ``page``: boxes around an article, with pictures and texts of their own.
"""

"""The table of what counts anywhere in a line, and its use."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

from converter.serializer.escape.brackets import angles, backticks, brackets, tasks
from converter.serializer.escape.emphasis import emphasis
from converter.serializer.escape.lines import lines
from converter.serializer.escape.rest import (
    addresses,
    attributes,
    backslashes,
    dollars,
    heading,
    pipes,
    references,
    template,
)
from converter.serializer.escape.stretch import Stretch

SUSPECT = re.compile(r"[\\`*_~<&\[\]$|^{:w](?:(?<![:w])|(?<=:)//|(?<=w)ww\.)")
"""What text must hold for a row to have work: one of these characters, ``://`` or ``www.``."""

SUSPECT_ALONE = re.compile(r"[\\`*_~<&\[\]$|^{](?:(?<!_)|(?<![A-Za-z\u4e00-\u9fff]_)|(?![^\W_]))")
"""The same where no markup is near: addresses are then safe, and so is ``_`` in a word."""


@dataclass(frozen=True, slots=True)
class Row:
    """A rule of inline text: run when the text holds any of its triggers."""

    name: str
    triggers: frozenset[str]
    apply: Callable[[Stretch], None]
    origin: str


def _row(name: str, triggers: str, apply: Callable[[Stretch], None], origin: str) -> Row:
    return Row(name, frozenset(triggers.split()), apply, origin)


ROWS: tuple[Row, ...] = (
    _row("template", "template", template, "Liquid, Hugo shortcodes, Nunjucks, Obsidian"),
    _row("code span", "`", backticks, "CommonMark 6.1; kramdown CODESPAN_DELIMITER"),
    _row("HTML and autolink", "<", angles, "CommonMark 6.5, 6.6; kramdown HTML_TAG_RE"),
    _row("character reference", "&", references, "CommonMark 2.5"),
    _row("task", "[", tasks, "GFM 5.3; goldmark TaskCheckBox"),
    _row("brackets", "[ ]", brackets, "CommonMark 6.3, 6.4; GFM footnotes"),
    _row("asterisks", "*", partial(emphasis, char="*"), "CommonMark 6.2; kramdown EMPHASIS_START"),
    _row("underscores", "_", partial(emphasis, char="_"), "CommonMark 6.2; kramdown EMPHASIS_START"),
    _row("tildes", "~", partial(emphasis, char="~"), "GFM 6.5, single tildes too"),
    _row("formula", "$", dollars, "kramdown INLINE_MATH_START; GitHub's formulas"),
    _row("attribute list", "{", attributes, "kramdown IAL_SPAN_START, EXT_START_STR"),
    _row("pipe", "| `", pipes, "GFM 4.10; kramdown TABLE_START"),
    _row("backslash", "\\", backslashes, "CommonMark 2.4"),
    _row("bare address", ":// www.", addresses, "GFM 6.9"),
)


def escaped(stretch: Stretch) -> str:
    """The stretch with its text made harmless; ``stretch.broken`` says whether its emphasis is not."""
    if stretch.place.block:
        lines(stretch)
    if stretch.place.heading:
        heading(stretch)
    for row in _asked(frozenset(stretch.found)):
        row.apply(stretch)
    return stretch.result()


@lru_cache(maxsize=1024)
def _asked(found: frozenset[str]) -> tuple[Row, ...]:
    """The rows that have work in a text that holds these shapes."""
    return tuple(row for row in ROWS if not row.triggers.isdisjoint(found))

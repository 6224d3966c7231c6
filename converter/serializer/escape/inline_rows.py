"""The table of escapes for what is markup anywhere in a line, and the function that runs both tables."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial

from converter.serializer.escape.backslashes import escape_backslashes
from converter.serializer.escape.bare_urls import escape_bare_urls, escape_mail_addresses
from converter.serializer.escape.brackets import escape_beside_notes, escape_brackets, escape_tasks
from converter.serializer.escape.definitions import escape_definitions
from converter.serializer.escape.dollars import escape_dollars
from converter.serializer.escape.emphasis import escape_delimiter_runs
from converter.serializer.escape.headings import escape_heading_end
from converter.serializer.escape.inline_text import InlineText
from converter.serializer.escape.line_rows import escape_line_starts
from converter.serializer.escape.openers import (
    escape_openers,
    escape_template_tags,
    escape_tildes_before_code,
    write_references,
)
from converter.serializer.escape.pipes import escape_pipes
from converter.serializer.escape.references import escape_references

TEMPLATE = "template"
"""The trigger of text that holds a tag of a template engine."""
SUSPECT = re.compile(r"[\\`*_~<&\[\]$|^{:w](?:(?<![:w])|(?<=:)//|(?<=w)ww\.)")
"""What text must hold for a row to have work: one of these characters, ``://`` or ``www.``."""

_UNLIKE_TEXT = (
    r"(?<=[`$|^])|(?<=\\)(?![^\W_])|(?<=<)(?!\s)|(?<=&)(?=[#A-Za-z])|(?<=\{)(?=[:\0])"
    r"|(?<=_)(?:(?<![A-Za-z\u4e00-\u9fff]_)|(?![^\W_]))"
)
"""Where one of those characters may be markup, by what stands beside it: ``a < b`` and ``snake_case`` have none."""
_BRACKET = r"(?<=\])(?=[(:])|(?<=\[)(?=[ \xa0xX]\])"
"""The same for brackets where the line has no link: what would make a link, a definition or a task."""
SUSPECT_ALONE = re.compile(
    rf"[\\`*_~<&\[\]$|^{{](?:{_UNLIKE_TEXT}|{_BRACKET}|(?<=\A[*~])|(?<=\*)(?=.*\*)|(?<=~)(?=.*~))", re.DOTALL
)
"""What text without markup near it must hold for a row to have work; bare URLs are safe, and so is a lone ``*``."""
_URL = r"(?<=:)//|(?<=w)ww\."
SUSPECT_IN_LINE = re.compile(rf"[\\`*_~<&\[\]$|^{{:w](?:(?<![:w])(?:{_UNLIKE_TEXT}|{_BRACKET}|(?<=[*~]))|{_URL})")
"""The same for text beside markup that is no link: a bare URL would take it in."""
SUSPECT_BESIDE_LINK = re.compile(rf"[\\`*_~<&\[\]$|^{{:w](?:(?<![:w])(?:{_UNLIKE_TEXT}|(?<=[*~\[\]]))|{_URL})")
"""The same for text beside links and images."""
SUSPECT_IN_LABEL = re.compile(rf"[\\`*_~<&\[\]$|^{{](?:{_UNLIKE_TEXT}|(?<=[*~\[\]]))")
"""The same for text within links and images, of which no bare URL is a link."""


@dataclass(frozen=True, slots=True)
class InlineRow:
    """A rule for text anywhere in a line.

    name: what would be read as markup.  triggers: the row is applied to text that holds any of these.
    apply: adds the escapes to an InlineText.  origin: the section of a spec, or the renderer's name for the syntax.
    """

    name: str
    triggers: frozenset[str]
    apply: Callable[[InlineText], None]
    origin: str


def _row(name: str, triggers: str, apply: Callable[[InlineText], None], origin: str) -> InlineRow:
    return InlineRow(name, frozenset(triggers.split()), apply, origin)


INLINE_ROWS: tuple[InlineRow, ...] = (
    _row("template tag", TEMPLATE, escape_template_tags, "Liquid, Hugo shortcodes, Nunjucks, Obsidian"),
    _row("opener", "< ` { ] $", escape_openers, "in OPENER, piece by piece"),
    _row("character reference", "&", escape_references, "CommonMark 2.5"),
    _row("task", "[", escape_tasks, "GFM 5.3; goldmark TaskCheckBox"),
    _row("brackets", "[ ]", escape_brackets, "CommonMark 6.3, 6.4; GFM footnotes"),
    _row("asterisks", "*", partial(escape_delimiter_runs, char="*"), "CommonMark 6.2; kramdown EMPHASIS_START"),
    _row("underscores", "_", partial(escape_delimiter_runs, char="_"), "CommonMark 6.2; kramdown EMPHASIS_START"),
    _row("tildes", "~", partial(escape_delimiter_runs, char="~"), "GFM 6.5, single tildes too"),
    _row("tildes before code", "~", escape_tildes_before_code, "marked's rule for text in a line"),
    _row("formula", "$", escape_dollars, "GitHub's formulas"),
    _row("pipe", "| `", escape_pipes, "GFM 4.10; kramdown TABLE_START"),
    _row("backslash", "\\", escape_backslashes, "CommonMark 2.4"),
    _row("mail address", "* _ ~", escape_mail_addresses, "goldmark's Linkify"),
    _row("bare URL", ":// www.", escape_bare_urls, "GFM 6.9"),
)
"""In the order in which they are applied: later rows see the replacements of earlier ones."""


def escape_inline(inline: InlineText) -> str:
    """Return the content with its text made harmless.

    ``inline.emphasis_fails`` is set when the serializer's emphasis would not be read as intended.
    """
    if inline.document.strict:
        write_references(inline)
    if inline.place.block:
        escape_line_starts(inline)
        escape_definitions(inline)
    if inline.place.heading:
        escape_heading_end(inline)
    if "[^" in inline.text:
        escape_beside_notes(inline)
    for row in _triggered_rows(frozenset(inline.triggers)):
        row.apply(inline)
    return inline.result()


@lru_cache(maxsize=1024)
def _triggered_rows(triggers: frozenset[str]) -> tuple[InlineRow, ...]:
    """Return the rows that have work in a text that holds these triggers."""
    return tuple(row for row in INLINE_ROWS if not row.triggers.isdisjoint(triggers))

"""Flavors: what the Markdown will be rendered by, as far as that changes what is written.

The default writes what cmark-gfm, kramdown, goldmark and markdown-it all read alike, so a row holds
only what such portable Markdown cannot settle: formula delimiters and template engines that run
over the text before (or beside) the Markdown renderer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from converter.model import OptionError

LIQUID = re.compile(r"\{(?=[{%])")
SHORTCODE = re.compile(r"\{(?=\{[<%])")
NUNJUCKS = re.compile(r"\{(?=[{%#])")
RAW = ("{% raw %}", "{% endraw %}")


@dataclass(frozen=True, slots=True)
class Flavor:
    """One target.

    math_inline, math_display: delimiters before and after a formula; a display formula stands on
    lines of its own.
    template: matches the character that, written as a character reference (in a destination: percent
    encoded), makes a template tag plain text; None where no template engine reads the text.
    code_guard: lines before and after a code block that holds such a tag; None: none needed, or the
    tag is commented out instead (Hugo).
    """

    name: str
    description: str
    math_inline: tuple[str, str] = ("$", "$")
    math_display: tuple[str, str] = ("$$", "$$")
    template: re.Pattern[str] | None = None
    code_guard: tuple[str, str] | None = None


FLAVORS: Mapping[str, Flavor] = MappingProxyType(
    {
        row.name: row
        for row in (
            Flavor("gfm", "GitHub, and portable to every renderer below"),
            Flavor("commonmark", "CommonMark without a template engine"),
            Flavor("jekyll", "Jekyll: kramdown behind Liquid", ("$$", "$$"), template=LIQUID, code_guard=RAW),
            Flavor("hugo", "Hugo: goldmark behind shortcodes", template=SHORTCODE),
            Flavor("hexo", "Hexo: marked behind Nunjucks", template=NUNJUCKS, code_guard=RAW),
            Flavor("obsidian", "Obsidian"),
        )
    }
)


def flavor(name: str) -> Flavor:
    """The row called ``name``; OptionError if there is none."""
    row = FLAVORS.get(name)
    if row is None:
        raise OptionError(f"unknown flavor {name!r}: known are {', '.join(FLAVORS)}")
    return row

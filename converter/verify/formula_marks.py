"""Take the formulas out of Markdown for a renderer that knows none, and put them back into its HTML."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import NamedTuple

_FENCE = r"(?P<fence>[ >\-]*(?:`{3,}|~{3,})).*?(?:^[ >]*(?:`{3,}|~{3,})[ ]*$|\Z)"
_SPAN = r"(?P<ticks>`+)(?!`).+?(?<!`)(?P=ticks)(?!`)"
_FORMULA = re.compile(
    rf"(?P<code>^{_FENCE}|{_SPAN})|(?<!\\)(?P<display>\$\$.+?\$\$)"
    r"|(?<![\\$])(?P<inline>\$(?![\s$])[^$\\]*(?:\\.[^$\\]*)*(?<!\s)\$)(?![\d$])",
    re.MULTILINE | re.DOTALL,
)
_DOLLAR = re.compile(r"(?<!\\)(?:\\\\)*\$")
"""A dollar sign that nothing escapes."""
_REST_OF_LINE = re.compile(r" *$", re.MULTILINE)
_STARTS_OF_BLOCKS = " >-+*.)0123456789"
"""Characters of which the marks of items and quotes are made."""
_MARK = re.compile("\ue001(\\d+)\ue002")
_REFERENCE = re.compile(r"&(?:#\d+|amp|lt);")


class Marked(NamedTuple):
    """Markdown with a mark in place of each formula.

    formulas: the formulas with their dollar signs, and whether each has its lines for itself.
    is_plain: no other formulas can be read in the Markdown, and no renderer can read markup in these.
    """

    text: str
    formulas: tuple[tuple[str, bool], ...]
    is_plain: bool


def marked(markdown: str) -> Marked:
    """Return Markdown with a mark in place of each formula that is not in code; the numbers of lines stay."""
    formulas: list[tuple[str, bool]] = []
    pieces: list[str] = []
    done, is_plain = 0, "\ue001" not in markdown
    for match in _FORMULA.finditer(markdown):
        between, done = markdown[done : match.start()], match.end()
        is_plain = is_plain and not _DOLLAR.search(between)
        if code := match["code"]:
            pieces += (between, code)
            is_plain = is_plain and "$" not in code  # it may be none
            continue
        formula = match[0]
        line = markdown.rfind("\n", 0, match.start()) + 1
        margin = markdown[line : match.start()]
        begins = not margin.strip(" ") and (line < 2 or markdown[line - 2] == "\n")
        is_alone = begins and _REST_OF_LINE.match(markdown, done) is not None
        pieces += (between, f"\ue001{len(formulas)}\ue002" + "\n" * formula.count("\n"))
        formulas.append((formula, is_alone))
        is_plain = is_plain and _is_plain(formula, margin, is_alone=is_alone)
    rest = markdown[done:]
    return Marked("".join((*pieces, rest)), tuple(formulas), is_plain and not _DOLLAR.search(rest))


def _is_plain(formula: str, margin: str, *, is_alone: bool) -> bool:
    """Return True for a formula that ends nowhere else, and that is no lines or cells of anything else.

    margin: what stands before it in its line.
    """
    if formula.startswith("$$") and ("$" in formula[2:-2] or not (is_alone or margin.strip(_STARTS_OF_BLOCKS))):
        return False
    if is_alone and formula.startswith("$$"):
        return all(line.startswith(margin) for line in formula.split("\n")[1:])
    return "\n" not in formula and "|" not in formula


def restored(html: str, formulas: tuple[tuple[str, bool], ...]) -> str:
    """Return HTML with formulas in place of their marks, as the renderer of ``markdown-it`` writes them."""

    def written(mark: re.Match[str]) -> str:
        number = int(mark[1])
        if number >= len(formulas):  # the author's
            return mark[0]
        formula, is_alone = formulas[number]
        content = tex(formula.strip("$"))
        if not formula.startswith("$$"):
            return f'<span class="math">{content}</span>'
        return f'<div class="math{"" if is_alone else " in-line"}">{content}</div>'

    return _MARK.sub(written, html)


def tex(written: str) -> str:
    """Return a formula as HTML; browsers read the character references in it, so they are resolved first."""
    return escape(_REFERENCE.sub(lambda match: unescape(match[0]), written), quote=False)

"""Decide what a file is, once for all stages, by its content; the reason is kept for ``csdn2md explain``."""

from __future__ import annotations

import re
from dataclasses import dataclass

from converter.model import Kind, KindName
from converter.rules.completeness import LITTLE_TEXT, PAGE_SIGNS
from converter.source.headers import header_end
from converter.source.html_blocks import chunks, has_markdown_signs, is_html_block, without_raw_text
from converter.source.suffixes import HTML_SUFFIXES
from converter.source.wrappers import WRAPPER_TAG, Names, first_wrapper, has_wrapper_name, wrapper_spans

_LEAD = r"\ufeff?\s*+(?>(?:<!--.*?-->|<\?.*?>)\s*+)*+"
_PAGE = re.compile(_LEAD + r"<(?:!doctype\s+html|html|head|body|title|meta)\b", re.IGNORECASE | re.DOTALL)
_MARKUP = re.compile(_LEAD + r"</?[a-z][a-z0-9]*[\s/>]", re.IGNORECASE | re.DOTALL)
_TEXT_LINE = re.compile(r"\n {0,3}[^<\s]")
"""A line that may be Markdown outside of all elements; prettified HTML has them in code only.  (The line end before
it is faster to search for than the start of a line is.)"""
_TEXT_START = re.compile(r" {0,3}[^<\s]")
_INDENTED_LINE = re.compile(r"^(?: {4}|\t).*$", re.MULTILINE)
_BLOCK = re.compile(r"<(?:p|br|pre|table|ul|ol|dl|h[1-6]|blockquote|img|span|font)\b", re.IGNORECASE)
_LINE_TAG = re.compile(r"</?(?:br|p|div|pre|table|ul|ol|li|h[1-6])\b[^<>\n]*>[^<>\n]*$", re.IGNORECASE | re.MULTILINE)
_TAG = re.compile(r"<[^<>]*>")
_PRETTIFIED = re.compile(rf"\s*+(?:</[a-z]+>\s*+)?{WRAPPER_TAG}\n <", re.IGNORECASE)
"""The start of a post that a pretty-printer laid out: the wrapper in the first column, all within it indented."""
PLACEHOLDERS = frozenset(("$url",))
"""Text that templates of exporters left where they had nothing to fill in."""


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a body: HTML that is converted, or Markdown that stays byte for byte.

    start: where it begins in the body.
    """

    text: str
    is_html: bool
    start: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A body and what it is; the parts together are the body."""

    kind: Kind
    parts: tuple[Part, ...]

    @property
    def articles(self) -> int:
        """Return the number of parts that are HTML."""
        return sum(part.is_html for part in self.parts)


def is_page(body: str) -> bool:
    """Return whether body is a page: it begins with a doctype, ``html``, ``head``, ``body`` or a part of a head."""
    return _PAGE.match(body) is not None


def classify(
    body: str, front_matter_present: bool, *, suffix: str = "", assume: str = "auto", wrappers: Names = ()
) -> Source:
    """Decide what a body is; total on text.

    suffix: of the file's name, "" for text without a name.  assume: the option of that name.  wrappers: a user's own.

    A whole page shows it at its start, a post by its site's wrapper.  What has neither is HTML if its
    name says so (``.html``), or if it has no name and no front matter (text given to the library), or
    if all of it is HTML blocks, in which no Markdown counts until a blank line ends them.
    """
    html: KindName = "post" if front_matter_present else "fragment"
    if is_page(body):
        return _whole(body, _page_kind(body, wrappers))
    if assume == "html":
        return _whole(body, Kind(html, "--assume html"))
    has_html_name = suffix.lower() in HTML_SUFFIXES
    if has_wrapper_name(body, wrappers):
        found = _around_wrappers(body, html, has_html_name, wrappers)
        if found is not None:
            return found
    if has_html_name:
        return _whole(body, Kind(html, f"its name ends in {suffix}"))
    if not (suffix or front_matter_present or assume == "post"):
        return _whole(body, Kind("fragment", "text without a name and front matter is taken for HTML"))
    return _by_blocks(body, html)


def _page_kind(body: str, wrappers: Names) -> Kind:
    """Return the kind of a whole page: with an article, with a list of articles, or with neither."""
    if first_wrapper(body, wrappers) < 0:
        sign = next((row for row in PAGE_SIGNS if row.pattern.search(body)), None)
        if sign is not None and (sign.rule != "page/error" or sign.at_any_length or _shows_little(body)):
            return Kind("error" if sign.rule == "page/error" else "listing", sign.origin)
    return Kind("page", "it begins as a whole page does")


def _shows_little(body: str) -> bool:
    return len("".join(_TAG.sub("", without_raw_text(body)).split())) <= LITTLE_TEXT


def looks_like_html(body: str) -> bool:
    """Return whether a body that counts as Markdown begins with an HTML block, or is one for the most part.

    Behind a beginning that is Markdown, indented lines are code.
    """
    if "<" not in body:
        return False
    first = next(iter(chunks(body)), "")
    if not first or is_html_block(first) or _has_html_lines(body):
        return bool(first)
    blocks = [is_html_block(chunk) for chunk in chunks(_INDENTED_LINE.sub("", body))]
    return sum(blocks) * 2 > len(blocks)


def _has_html_lines(body: str) -> bool:
    """Return whether every second line has a tag of a block or a break, and none a sign of Markdown."""
    return len(_LINE_TAG.findall(body)) * 2 > len(body.split("\n")) and not has_markdown_signs(body)


def _whole(body: str, kind: Kind) -> Source:
    return Source(kind, (Part(body, kind.name != "markdown"),))


def _around_wrappers(body: str, html: KindName, has_html_name: bool, wrappers: Names) -> Source | None:
    """Return what a body is that names a wrapper; None if the name is text, or only in fenced code."""
    if _is_one_prettified_wrapper(body):
        return _post(body, html)
    if has_html_name or not (_TEXT_START.match(body) or _TEXT_LINE.search(body)):
        return _post(body, html) if first_wrapper(body, wrappers) >= 0 else None
    found = wrapper_spans(body, wrappers)
    spans = [(start, end) for start, end in found if not _holds_markdown(body[start:end])]
    if found and not spans:
        return _whole(body, Kind("markdown", "Markdown stands in a wrapper of a site"))
    if not spans:
        return _post(body, html) if _MARKUP.match(body) and first_wrapper(body, wrappers) >= 0 else None
    parts = _parts(body, spans)
    if not any(_is_markdown(part.text) for part in parts if not part.is_html):
        return _post(body, html)
    count = "a wrapper of a site" if len(spans) == 1 else f"{len(spans)} wrappers of a site"
    return Source(Kind("mixed", f"Markdown around {count}"), parts)


def _holds_markdown(wrapper: str) -> bool:
    """Return whether there is Markdown in a wrapper: signs of it, and no element of a block within the wrapper's."""
    return _BLOCK.search(wrapper) is None and any(
        has_markdown_signs(chunk) for chunk in chunks(wrapper) if not is_html_block(chunk)
    )


def _is_one_prettified_wrapper(body: str) -> bool:
    """Return whether a body is one prettified wrapper: its end tag is the first in the first column, and the last."""
    first = body.find(">")
    if not (body.startswith(">\n <", first) or body.startswith(">\n <", body.find(">", first + 1))):
        return False  # the end of the wrapper's tag is the first or, behind an end tag, the second one
    match = _PRETTIFIED.match(body)
    if match is None:
        return False
    end = f"\n</{'div' if '<div' in match[0].lower() else 'article'}>"
    start = body.find(end, match.end())
    return start >= 0 and not body[start + len(end) :].strip()


def _post(body: str, html: KindName) -> Source:
    return _whole(body, Kind(html, "a site's wrapper is around it"))


def _parts(body: str, spans: list[tuple[int, int]]) -> tuple[Part, ...]:
    parts: list[Part] = []
    done = 0
    for start, end in spans:
        if start > done:
            parts.append(Part(body[done:start], False, done))
        parts.append(Part(body[start:end], True, start))
        done = end
    return (*parts, Part(body[done:], False, done)) if done < len(body) else tuple(parts)


def _is_markdown(text: str) -> bool:
    return any(not is_html_block(chunk) and chunk not in PLACEHOLDERS for chunk in chunks(text))


def _by_blocks(body: str, html: KindName) -> Source:
    """Return what a body without wrapper is, by its blocks."""
    if "<" in body:
        if _MARKUP.match(body) is not None:
            if not _is_markdown(body):
                return _whole(body, Kind(html, "all of it is HTML blocks"))
        elif end := header_end(body):
            parts = (Part(body[:end], False), Part(body[end:], True, end))
            return Source(Kind("mixed", "lines of an exporter over a body that is HTML"), parts)
    return _whole(body, Kind("markdown", "it is Markdown already"))

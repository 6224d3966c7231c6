"""Runs the examples of the CommonMark and GFM specifications backwards: HTML to Markdown, rendered to HTML again.

An example survives if the rendered HTML equals the first; insignificant whitespace, loose or tight lists, and
the order and spelling of attributes do not count.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import unquote

import cmarkgfm
from cmarkgfm.cmark import Options as CmarkOptions
from lxml import html as lxml_html
from lxml.html import HtmlElement
from markdown_it import MarkdownIt

from converter.model import Article
from converter.options import Options
from converter.pipeline import convert
from converter.serializer import serialize
from tests.kit.canonical_html import read_html
from tests.kit.paths import DATA

SPEC = DATA / "spec"
LINED = frozenset("p div ul ol li blockquote pre table thead tbody tr td th h1 h2 h3 h4 h5 h6 hr section br".split())
"""Tags beside which whitespace is insignificant."""
ALIAS = {"b": "strong", "i": "em", "s": "del", "strike": "del"}
KEPT = frozenset("href src title alt align start checked type".split())
RAW = ("HTML blocks", "Raw HTML")
EXTENSIONS = ["table", "strikethrough", "autolink", "tasklist"]


@dataclass(frozen=True, slots=True)
class Example:
    """One example of a specification."""

    id: str
    section: str
    html: str

    @property
    def raw(self) -> bool:
        """Whether it is about raw HTML in Markdown, which the vocabulary does not have."""
        return self.section in RAW


@cache
def examples() -> tuple[Example, ...]:
    """Return all examples of both specifications."""
    files = ("commonmark.json", "gfm.json")
    return tuple(Example(**row) for name in files for row in json.loads((SPEC / name).read_text(encoding="utf-8")))


@cache
def known(path: str) -> dict[str, str]:
    """Return the examples that do not survive one of PATHS, each with the reason."""
    reasons = json.loads((SPEC / "known.json").read_text(encoding="utf-8"))[path]
    return {example: reason for reason, ids in reasons.items() for example in ids}


def by_writer(source: str) -> str:
    """Write clean HTML as Markdown with the serializer alone."""
    return serialize(Article(read_html(source)), Options())


def by_convert(source: str) -> str:
    """Write HTML as Markdown with the whole pipeline."""
    return convert(source, options=Options(assume="html")).text


PATHS: dict[str, Callable[[str], str]] = {"writer": by_writer, "convert": by_convert}


def cmark(markdown: str) -> str:
    """Render Markdown with cmark-gfm."""
    return str(cmarkgfm.markdown_to_html_with_extensions(markdown, CmarkOptions.CMARK_OPT_UNSAFE, EXTENSIONS))


MARKDOWN_IT = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
MARKDOWN_IT.validateLink = lambda url: True  # type: ignore[method-assign]
RENDERERS: dict[str, Callable[[str], str]] = {"cmark-gfm": cmark, "markdown-it": MARKDOWN_IT.render}


def survives(example: Example, markdown: str, renderer: str) -> bool:
    """Return whether Markdown renders to the HTML of an example."""
    return normal_form(example.html) == normal_form(RENDERERS[renderer](markdown))


def normal_form(source: str) -> list[str]:
    """Return HTML as a list of tags and texts in a normal form."""
    root = lxml_html.document_fromstring(f"<html><body>{source}</body></html>")
    out: list[str] = []
    for body in root.iter("body"):
        _content(body, out, pre=False)
    return [part for part in out if part]


def _content(element: HtmlElement, out: list[str], pre: bool) -> None:
    _text(element.text or "", out, pre)
    for child in element:
        _element(child, out, pre)
        _text(child.tail or "", out, pre)


def _text(text: str, out: list[str], pre: bool) -> None:
    if not pre:
        text = re.sub(r"[ \t\n\r\f]+", " ", text)
        if not out or _edge(out[-1]) or out[-1].endswith(" "):
            text = text.lstrip(" ")
    if text and out and not out[-1].startswith("<"):
        out[-1] += html.escape(text)
    elif text:
        out.append(html.escape(text))


def _edge(part: str) -> bool:
    return part.startswith("<") and part.strip("</>").split(" ")[0] in LINED


def _element(element: HtmlElement, out: list[str], pre: bool) -> None:
    if not isinstance(element.tag, str):
        return
    tag = ALIAS.get(element.tag, element.tag)
    parent = element.getparent()
    if tag in ("tbody", "thead") or (tag == "p" and parent is not None and parent.tag == "li"):
        _trim(out)
        _content(element, out, pre)
        _trim(out)
        return
    if tag in LINED and not pre:
        _trim(out)
    out.append(f"<{' '.join([tag, *_attributes(element)])}>")
    _content(element, out, pre or tag == "pre")
    if tag == "pre" and not out[-1].startswith("<pre"):
        _trim_code(out)
    elif tag in LINED and not pre:
        _trim(out)
    out.append(f"</{tag}>")


def _trim(out: list[str]) -> None:
    if out and not out[-1].startswith("<"):
        out[-1] = out[-1].rstrip(" ")


def _trim_code(out: list[str]) -> None:
    index = -2 if out[-1] == "</code>" else -1
    out[index] = out[index].removesuffix("\n")


def _attributes(element: HtmlElement) -> Iterator[str]:
    for name, value in sorted(element.attrib.items()):
        if (name, value) in (("start", "1"), ("alt", "")):
            continue
        if name == "style" and value.startswith("text-align:"):
            yield f'align="{value.removeprefix("text-align:")}"'
        if name in KEPT or (name == "class" and value.startswith("language-")):
            shown = unquote(value) if name in ("href", "src") else value
            yield f'{name}="{html.escape(shown)}"'

"""Published attack vectors, and the documents that hold a vector in each position."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from html import escape
from types import MappingProxyType

from tests.kit.paths import DATA

FOLDER = DATA / "vectors"
VECTORS: Mapping[str, list[str]] = MappingProxyType(
    {path.stem: json.loads(path.read_text("ascii"))["vectors"] for path in sorted(FOLDER.glob("*.json"))}
)
"""Vectors by the list that they were published in."""

_MARKUP = {
    "block": "<p>a</p>{}<p>b</p>",
    "inline": "<p>a {} b</p>",
    "item": "<ul><li>{}</li></ul>",
    "heading": "<h2>a {}</h2>",
    "quote": "<blockquote>{}</blockquote>",
    "cell": "<table><tr><td>a</td><td>{}</td></tr><tr><td>c</td><td>d</td></tr></table>",
    "spanned cell": "<table><tr><td colspan=2>a {}</td></tr><tr><td>c</td><td>d</td></tr></table>",
    "code": "<p>a <code>{}</code> b</p>",
    "pre": "<pre><code>{}</code></pre>",
    "link": '<p>a <a href="/x">{}</a> b</p>',
    "emphasis": "<p>a <b>{}</b> b</p>",
    "kbd": "<p>a <kbd>{}</kbd> b</p>",
    "details": "<details><summary>{0}</summary>{0}</details>",
    "definition": "<dl><dt>{0}</dt><dd>{0}</dd></dl>",
}
"""Positions of markup; each is also tried with the vector as text."""
_TEXT = {
    "link title": '<p>a <a href="/x" title="{}">b</a> c</p>',
    "link address": '<p>a <a href="{}">b</a> c</p>',
    "image source": '<p>a <img src="{}" alt="b"> c</p>',
    "image alternative": '<p>a <img src="/x" alt="{}"> c</p>',
    "image title": '<p>a <img src="/x" alt="b" title="{}"> c</p>',
    "linked image": '<p>a <a href="/y"><img src="/x" alt="{}"></a> c</p>',
    "image in a cell": '<table><tr><td>a</td><td><img src="/x" alt="{0}" title="{0}"></td></tr></table>',
    "anchor": '<p><a href="#{0}">a</a></p><h2 id="{0}">b</h2>',
    "formula": '<p>a <span class="katex"><span class="katex-mathml">x\n \n{}</span></span> b</p>',
    "displayed formula": '<span class="katex--display"><span class="katex-mathml">x\n \n{}</span></span>',
    "formula image": '<p>a <img src="https://latex.csdn.net/eq?{}"> b</p>',
    "language": '<pre class="language-{}"><code>a</code></pre>',
    "list start": '<ol start="{}"><li>a</li></ol>',
    "cell alignment": '<table><tr><td align="{0}" colspan="{0}">a</td><td>b</td></tr></table>',
    "footnote": '<p>a<sup class="footnote-ref"><a href="#fn{0}">1</a></sup></p>'
    '<ol><li id="fn{0}" class="footnote-item">{0}</li></ol>',
    "failed transfer": "<p>[外链图片转存失败,源站可能有防盗链机制(img-x)(https://a.b/{})]</p>",
    "player": '<iframe src="{}"></iframe>',
    "redirect": '<p><a href="https://link.csdn.net/?target={}">a</a></p>',
}
"""Positions of text alone: attributes, and elements in which markup is not read."""

_SPANNING = {
    "paragraphs": "<p>a {}</p><p>{} b</p>",
    "paragraph and item": "<p>{}</p><ul><li>{}</li></ul>",
    "quote and heading": "<blockquote><p>{}</p></blockquote><h2>{}</h2>",
    "paragraph and code": "<p>{}</p><pre><code>{}</code></pre>",
    "line break": "<p>{}<br>{}</p>",
    "formula and code": '<p><script type="math/tex">{}</script><code>{}</code></p>',
    "cells": "<table><tr><td>{}</td><td>{}</td></tr><tr><td>c</td><td>d</td></tr></table>",
    "link and title": '<p><a href="/x" title="{1}">{0}</a></p>',
}
"""Positions of the two halves of a vector, as text."""


def _documents() -> dict[str, Callable[[str], str]]:
    made: dict[str, Callable[[str], str]] = {}
    for name, frame in _MARKUP.items():
        made[f"markup: {name}"] = frame.format
        made[f"text: {name}"] = as_text(frame)
    for name, frame in _TEXT.items():
        made[f"value: {name}"] = as_text(frame)
    for name, frame in _SPANNING.items():
        made[f"halves: {name}"] = _in_halves(frame)
    return made


def _in_halves(frame: str) -> Callable[[str], str]:
    """Return a function that puts the two halves of a vector into a document as text."""
    return lambda vector: frame.format(escape(vector[: len(vector) // 2]), escape(vector[len(vector) // 2 :]))


def as_text(frame: str) -> Callable[[str], str]:
    """Return a function that puts a vector into a document as text."""
    return lambda vector: frame.format(escape(vector))


POSITIONS: Mapping[str, Callable[[str], str]] = MappingProxyType(_documents())
"""Functions that return the document of a vector, by position."""
SHOWN = tuple(f"text: {name}" for name in _MARKUP)
"""Positions in which the vector is text that a reader must see."""

"""Clean HTML of canonical nodes, written where Markdown has no syntax for them."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable
from typing import TypeAlias
from urllib.parse import unquote_to_bytes

from converter.model import BLOCKS, INLINES, PARTS, Csdn2mdError, Inline, Node
from converter.options.flavors import Flavor
from converter.serializer import hexo
from converter.serializer.tex import portable_tex, without_dollars
from converter.serializer.verbatim import Verbatim

Text: TypeAlias = Callable[[str], str]
"""Escapes text: ``plain_text`` or ``inert_text``."""

NOT_IN_LABEL = re.compile(r"[^\w-]+")
"""Characters that some renderer does not take in a footnote's label."""
MORE = "<!--more-->"
"""The marker at which a blog cuts the article, in the one form that Hugo, Hexo, Jekyll and WordPress read."""
DRAWING = "data:image/svg+xml"
"""Start of the URL of a drawing, which markdown-it and cmark-gfm refuse in Markdown and take in HTML."""
ODD_URL = re.compile(
    r"(?!data:image/|file:///|(?:https?|ftp)://(?![^/?#]*xn--)(?:[\w-]++\.)*+[a-z_-][\w-]*+"
    r"(?::(?:[0-9]{1,4}|[1-5][0-9]{4}))?(?:[/?#]|\Z))\ufeff*+[a-z0-9.+-]++:",
    re.I | re.ASCII,
)
"""A URL with what Node takes for a scheme that is not surely a URL to it: the scheme is no usual one (``---:``), or the
host has other characters than names do, an encoded label, a last label that begins with a digit, or an odd port."""
ODD_ESCAPE = re.compile("%(?![0-9a-f]{2})", re.I)
VOID = frozenset(("br", "hr", "img"))
LINE_BREAKING = frozenset(("table", "tr", "ul", "ol", "li", "blockquote", "dl", "details"))
"""Tags after whose start and end a line may end: whitespace there means nothing."""
ONE_LINE = frozenset(("li", "tr"))
"""Those of them that stay on one line: it ends only after their end."""
HOLDS_BLOCKS = frozenset(("details", "blockquote", "li", "dd"))
"""Tags whose children are blocks: a formula among them is display math."""
ATTRIBUTES = {
    "a": ("href", "title", "id"),
    "img": ("src", "alt", "title"),
    "ol": ("start",),
    "th": ("align", "colspan", "rowspan"),
    "td": ("align", "colspan", "rowspan"),
}
PLAIN = (BLOCKS | INLINES | PARTS) - {"pre", "math", "noteref", "footnote", "more"}
"""Tags that are written under their own name."""
ACTIVE = re.compile(r"[\\`*_~\[\]$|{}^!#\u2028\u2029\ufffc]|:(?=//)|(?<=[wW]{3})\.")
"""Characters that are markup in a line of Markdown, also between HTML tags."""
IN_ATTRIBUTE = re.compile(r"[|`$\[\]\u2028\u2029\ufffc]|\{(?=:)")
"""Characters of an attribute that a renderer may see before it sees the tag."""
ACTIVE_IN_ATTRIBUTE = re.compile(r"[&<>\"\n|`$\[\]{]")
"""Characters of an attribute that change when it is written.  The long address of a drawing has none of them."""
URL_IN_TEX = re.compile(r"(?<=[wW]{3})\.|(?<=:)//")
"""The part of a URL in TeX that tells marked to make a link, between HTML tags too.  A quotation mark in such a URL
would end the attribute of the link."""
TEMPLATE = re.compile(r"\{(?=[{%#])")
"""The start of a tag of some site's template engine, which reads HTML, too."""
OPENER = re.compile(r"\{(?=[{%#:])|\](?=[(:])")
"""That, and what would begin attributes, a link's URL or a definition, if a renderer did not see that it is HTML."""


def note_label(node: Node) -> str:
    """Return the label of a footnote or of a reference to one, in characters that every renderer takes."""
    return NOT_IN_LABEL.sub("-", node.attributes.get("id", "")).strip("-") or "note"


def needs_html_for(source: str, flavor: Flavor) -> bool:
    """Return whether an image is HTML because of its URL: a drawing, or one that the flavor's renderer fails on."""
    return source.startswith(DRAWING) or (flavor.checks_images and _is_odd(source.strip()))


def _is_odd(url: str) -> bool:
    """Return whether a URL is not surely one to Node, or has escapes of no characters, which Hexo changes."""
    if ODD_URL.match(url) or ODD_ESCAPE.search(url):
        return True
    if "%" not in url:
        return False
    try:
        unquote_to_bytes(url).decode("utf-8")
    except ValueError:
        return True
    return False


def plain_text(text: str) -> str:
    """Return text as HTML without line ends, template tags, and what would do harm as Markdown.

    A blank line would end the HTML block (CommonMark 4.6).
    """
    written = html.escape(text, quote=False).replace("\n", "&#10;").translate(hexo.SIGNS)
    return as_references(written, OPENER) if "{" in written or "]" in written else written


def inert_text(text: str, line_end: str = " ") -> str:
    """Return text as HTML in which no Markdown renderer reads markup; ``line_end`` stands for the ends of its lines."""
    return as_references(html.escape(text, quote=False), ACTIVE).replace("\n", line_end)


def as_references(text: str, characters: re.Pattern[str]) -> str:
    """Return text with each match of ``characters`` (one character) as a character reference."""
    return characters.sub(lambda match: f"&#{ord(match[0])};", text)


def quoted_attribute(value: str) -> str:
    """Return the value of an HTML attribute, quoted; a ``Verbatim`` is not escaped."""
    if value.__class__ is Verbatim:
        return f'"{value}"'
    if ACTIVE_IN_ATTRIBUTE.search(value) is None:
        return f'"{value}"'
    text = TEMPLATE.sub("&#123;", html.escape(value).replace("\n", " ").replace("&#x27;", "'"))
    return f'"{as_references(text, IN_ATTRIBUTE)}"'


def to_html(nodes: Iterable[Inline], *, in_line: bool = False) -> str:
    """Return HTML of nodes, without a blank line in it and without a final newline.

    in_line: the HTML stands in a line of Markdown, so that its text must not be read as Markdown.
    Raises Csdn2mdError for a tag outside the vocabulary.
    """
    out: list[str] = []
    for node in nodes:
        _write(node, out, inert_text if in_line else plain_text)
    return "".join(out).strip("\n")


def _write(node: Inline, out: list[str], text: Text) -> None:
    if isinstance(node, str):
        out.append(text(node))
        return
    special = SPECIAL.get(node.tag)
    if special is not None:
        out.append(special(node, text))
        return
    if node.tag not in PLAIN:
        raise Csdn2mdError(f"the serializer does not know <{node.tag}>")
    _element(node, out, text)


def _element(node: Node, out: list[str], text: Text) -> None:
    tag, given = node.tag, node.attributes
    values = "".join(f" {name}={quoted_attribute(given[name])}" for name in ATTRIBUTES.get(tag, ()) if name in given)
    out.append(f"<{tag}{values}>")
    if tag in VOID:
        return
    if tag in LINE_BREAKING and tag not in ONE_LINE:
        out.append("\n")
    if "checked" in given:
        out.append("[x] " if given["checked"] == "true" else "[ ] ")
    for child in node.children:
        if tag in HOLDS_BLOCKS and isinstance(child, Node) and child.tag == "math":
            out.append(_formula(child, "$$", text))
        else:
            _write(child, out, text)
    out.append(f"</{tag}>\n" if tag in LINE_BREAKING else f"</{tag}>")


def _pre(node: Node, text: Text) -> str:
    lang = node.attributes.get("lang")
    opening = f"<code class={quoted_attribute('language-' + lang)}>" if lang else "<code>"
    code = "".join(node.texts())
    written = inert_text(code, "&#10;") if text is inert_text else plain_text(code)
    return f"<pre>{opening}{written}</code></pre>"


def _math(node: Node, text: Text) -> str:
    return _formula(node, "$$" if "display" in node.attributes else "$", text)


def _formula(node: Node, mark: str, text: Text) -> str:
    tex = "".join(node.texts()).strip()
    if text is not inert_text:
        return f"{mark}{text(tex)}{mark}"
    tex = TEMPLATE.sub("{ ", without_dollars(portable_tex(" ".join(tex.split()))))
    tex = URL_IN_TEX.sub(lambda match: f"{match[0][:-1]}{{{match[0][-1]}}}", tex)
    return f"{mark}{tex}{mark}"


def _noteref(node: Node, text: Text) -> str:
    label = note_label(node)
    return f'<sup><a href="#fn-{label}">{label}</a></sup>'


def _footnote(node: Node, text: Text) -> str:
    out = [f"<p>[{text(node.attributes.get('id', ''))}]</p>"]
    for child in node.children:
        _write(child, out, text)
    return "".join(out)


def _more(node: Node, text: Text) -> str:
    return MORE


SPECIAL: dict[str, Callable[[Node, Text], str]] = {
    "pre": _pre,
    "math": _math,
    "noteref": _noteref,
    "footnote": _footnote,
    "more": _more,
}

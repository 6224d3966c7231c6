"""Destinations, titles, code spans and formulas: own markup that carries the article's characters."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

from converter.model import Node
from converter.options.flavors import Flavor
from converter.serializer.context import Context
from converter.serializer.escape import DocumentTraits
from converter.serializer.html import inert, referred
from converter.serializer.template_tags import in_span
from converter.serializer.verbatim import Verbatim

UNSAFE = re.compile(r"[\s()<>\\\"'`|\[\]^{}\x00-\x1f\x7f]")
AMPERSAND = re.compile(r"&(?=#?\w+;)")
TAG = re.compile(r"<(?=[!?/]|[^\W\d][\w:.\-]*(?:[\s/]|\Z)|[^\s<>]*>)|^<(?=[^\W\d])", re.M)
TAG_LINE = re.compile(r"<(?=[!?/])|^<(?=[^\W\d])", re.M)
FENCE_LINE = re.compile(r"^(?= {0,3}(?:```|~~~))", re.M)
UNSPOKEN = re.compile(r"[>\"'=]")
"""What a tag in a formula needs to be one, if it is to end behind the formula."""
BACKTICKS = re.compile(r"`+")


def destination(address: str, document: DocumentTraits) -> str:
    """A link's address with every character percent encoded that some renderer stumbles over."""
    if address.__class__ is Verbatim:
        return address
    address = address.strip()
    if UNSAFE.search(address):
        address = UNSAFE.sub(lambda match: quote(match[0], safe=""), address)
    if "&" in address:
        address = AMPERSAND.sub("&amp;", address)
    return address.replace("$", "%24") if "$" in address and document.formulas else address


def title(text: str, template: re.Pattern[str] | None = None) -> str:
    """A link's title as it stands after the address ("" for none)."""
    text = " ".join(text.split())
    if not text:
        return ""
    text = AMPERSAND.sub("&amp;", text).replace('"', "&quot;").replace("\\", "&#92;").replace("`", "&#96;")
    text = text.replace("|", "&#124;")
    return f' "{text if template is None else referred(text, template)}"'


def code_span(code: str, context: Context, *, in_cell: bool = False, as_html: bool = False) -> str:
    """Inline code, as a code span where one says exactly that to every renderer, else as HTML."""
    code = code.replace("\n", " ")
    span = in_span(code, context)
    if as_html or span is None or not code.strip() or (in_cell and ("|" in code or "`" in code)):
        return f"<code>{inert(code) if code.strip() else html.escape(code)}</code>"
    code = span
    longest = max(map(len, BACKTICKS.findall(code))) if "`" in code else 0
    if code[0] in " `" or code[-1] in " `":
        fence = "`" * max(longest + 1, 2)
        return f"{fence} {code} {fence}"
    fence = "`" * (longest + 1)
    return f"{fence}{code}{fence}"


def formula(node: Node, context: Context) -> str:
    """A formula that stands in a line."""
    opening, closing = around(node, context.flavor)
    return f"{opening}{tex(spoken(node), context.document.template)}{closing}"


def spoken(node: Node) -> str:
    """A formula's TeX on one line."""
    return " ".join(words_of(node).split())


def words_of(node: Node) -> str:
    """All text of a node; in code and in a formula it is the one child."""
    only = node.children[0] if len(node.children) == 1 else None
    return only if isinstance(only, str) else "".join(node.texts())


def tex(words: str, template: re.Pattern[str] | None = None) -> str:
    """A formula that is no markup either where formulas are not known: TeX does not mind a blank.

    It parts ``<`` from what would be a tag, ``]`` from what would be a link's address, ``{`` from what would be a
    template's second brace or kramdown's attribute list.
    """
    if "<" in words:
        words = TAG.sub("< ", words) if UNSPOKEN.search(words) else TAG_LINE.sub("< ", words)
    words = words.replace("](", "] (").replace("{:", "{ :")
    if "```" in words or "~~~" in words:
        words = FENCE_LINE.sub("{}", words)
    return template.sub(r"\g<0> ", words) if template is not None else words


def around(node: Node, flavor: Flavor) -> tuple[str, str]:
    """What stands around a formula."""
    return flavor.math_display if "display" in node.attributes else flavor.math_inline

"""Destinations, titles, code spans and formulas: own markup that carries the article's characters."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

from converter.escape import Site
from converter.flavors import Flavor
from converter.model import Node
from converter.serializer.context import Context
from converter.serializer.html import inert, referred
from converter.serializer.tags import in_span

UNSAFE = re.compile(r"[\s()<>\\\"'`|\[\]^{}\x00-\x1f\x7f]")
AMPERSAND = re.compile(r"&(?=#?\w+;)")
BACKTICKS = re.compile(r"`+")


def destination(address: str, site: Site) -> str:
    """A link's address with every character percent encoded that some renderer stumbles over."""
    address = address.strip()
    if UNSAFE.search(address):
        address = UNSAFE.sub(lambda match: quote(match[0], safe=""), address)
    if "&" in address:
        address = AMPERSAND.sub("&amp;", address)
    return address.replace("$", "%24") if "$" in address and site.formulas else address


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
    longest = max((len(run) for run in BACKTICKS.findall(code)), default=0)
    if code[0] in " `" or code[-1] in " `":
        fence = "`" * max(longest + 1, 2)
        return f"{fence} {code} {fence}"
    fence = "`" * (longest + 1)
    return f"{fence}{code}{fence}"


def formula(node: Node, context: Context) -> str:
    """A formula that stands in a line."""
    opening, closing = around(node, context.flavor)
    return f"{opening}{context.tex(node)}{closing}"


def around(node: Node, flavor: Flavor) -> tuple[str, str]:
    """What stands around a formula."""
    return flavor.math_display if "display" in node.attributes else flavor.math_inline

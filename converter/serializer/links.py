"""Link destinations, link titles, code spans and formulas: markup that holds characters of the article."""

from __future__ import annotations

import html
import re
from urllib.parse import quote

from converter.model import Node
from converter.options.flavors import Flavor
from converter.serializer.context import Context
from converter.serializer.escape import DocumentTraits
from converter.serializer.html import as_references, inert_text
from converter.serializer.template_tags import guard_span
from converter.serializer.verbatim import Verbatim

UNSAFE = re.compile(r"[\s()<>\\\"'`|\[\]^{}\x00-\x1f\x7f]")
AMPERSAND = re.compile(r"&(?=#?\w+;)")
"""The start of a character reference (CommonMark 2.5)."""
TAG = re.compile(r"<(?=[!?/]|[^\W\d][\w:.\-]*(?:[\s/]|\Z)|[^\s<>]*>)|^<(?=[^\W\d])", re.M)
TAG_LINE = re.compile(r"<(?=[!?/])|^<(?=[^\W\d])", re.M)
FENCE_LINE = re.compile(r"^(?= {0,3}(?:```|~~~))", re.M)
TAG_EVIDENCE = re.compile(r"[>\"'=]")
"""Characters without which no tag that begins in a formula could end in the text behind it."""
BACKTICKS = re.compile(r"`+")


def destination(url: str, document: DocumentTraits) -> str:
    """Return a link destination (CommonMark 6.3): the URL, percent-encoded where some renderer would misread it.

    A ``Verbatim`` is returned as it is.
    """
    if url.__class__ is Verbatim:
        return url
    url = url.strip()
    if UNSAFE.search(url):
        url = UNSAFE.sub(lambda match: quote(match[0], safe=""), url)
    if "&" in url:
        url = AMPERSAND.sub("&amp;", url)
    return url.replace("$", "%24") if "$" in url and document.has_formulas else url


def title(text: str, template: re.Pattern[str] | None = None) -> str:
    """Return a link title (CommonMark 6.3) with the space before it and its quotes, "" for no title.

    ``template`` matches characters that have to be written as character references.
    """
    text = " ".join(text.split())
    if not text:
        return ""
    text = AMPERSAND.sub("&amp;", text).replace('"', "&quot;").replace("\\", "&#92;").replace("`", "&#96;")
    text = text.replace("|", "&#124;")
    return f' "{text if template is None else as_references(text, template)}"'


def code_span(code: str, context: Context, *, in_cell: bool = False, as_html: bool = False) -> str:
    """Return inline code as a code span (CommonMark 6.1), or as HTML where some renderer would read it differently.

    in_cell: it stands in a pipe table.  as_html: HTML is needed because of what stands beside the code.
    """
    code = code.replace("\n", " ")
    span = guard_span(code, context)
    if as_html or span is None or not code.strip() or (in_cell and ("|" in code or "`" in code)):
        return f"<code>{inert_text(code) if code.strip() else html.escape(code)}</code>"
    code = span
    longest = max(map(len, BACKTICKS.findall(code))) if "`" in code else 0
    if code[0] in " `" or code[-1] in " `":
        fence = "`" * max(longest + 1, 2)
        return f"{fence} {code} {fence}"
    fence = "`" * (longest + 1)
    return f"{fence}{code}{fence}"


def formula(node: Node, context: Context) -> str:
    """Return a formula that stands in a line, with its delimiters."""
    opening, closing = math_delimiters(node, context.flavor)
    return f"{opening}{safe_tex(tex_on_one_line(node), context.document.template)}{closing}"


def tex_on_one_line(node: Node) -> str:
    """Return the TeX of a formula on one line."""
    return " ".join(text_of(node).split())


def text_of(node: Node) -> str:
    """Return all text of a node; in code and in a formula it is the only child."""
    only = node.children[0] if len(node.children) == 1 else None
    return only if isinstance(only, str) else "".join(node.texts())


def safe_tex(text: str, template: re.Pattern[str] | None = None) -> str:
    """Return TeX with spaces where Markdown without formulas would see markup: a space there changes no formula.

    They part ``<`` from what would be a tag, ``]`` from what would be a link's destination, ``{`` from what would
    be the second brace of a template tag or kramdown's attribute list.
    """
    if "<" in text:
        text = TAG.sub("< ", text) if TAG_EVIDENCE.search(text) else TAG_LINE.sub("< ", text)
    text = text.replace("](", "] (").replace("{:", "{ :")
    if "```" in text or "~~~" in text:
        text = FENCE_LINE.sub("{}", text)
    return template.sub(r"\g<0> ", text) if template is not None else text


def math_delimiters(node: Node, flavor: Flavor) -> tuple[str, str]:
    """Return the delimiters before and after a formula in a line."""
    return flavor.math_display if "display" in node.attributes else flavor.math_inline

"""Link destinations, link titles, code spans and formulas: markup that holds characters of the article."""

from __future__ import annotations

import html
import re
from urllib.parse import quote, unquote

from converter.model import Node
from converter.options.flavors import Flavor
from converter.serializer import hexo
from converter.serializer.context import Context
from converter.serializer.delimiters import KRAMDOWN_WHITESPACE
from converter.serializer.escape import DocumentTraits
from converter.serializer.escape.bare_urls import QUOTE
from converter.serializer.github_formulas import github_inline
from converter.serializer.html import as_references, inert_text
from converter.serializer.template_tags import guard_span
from converter.serializer.tex import BARE_URL, balanced, portable_tex, without_dollars
from converter.serializer.verbatim import Verbatim

UNSAFE = re.compile(r"[\s()<>\\\"'`|\[\]^{}\x00-\x1f\x7f]")
HOST = re.compile(r"(?:https?|ftp|wss?|file):/*[^/?#]*", re.I)
"""A URL up to the end of its host, in which marked writes a quotation mark as it is, so that it ends an attribute."""
RELATIVE = re.compile(r"(?![a-z0-9.+-]+:)[^/?#]+", re.I)
"""The first segment of a URL without a scheme: Hexo decodes ``%3A`` in it, and would see one."""
AMPERSAND = re.compile(r"&(?=#?\w+;)")
"""The start of a character reference (CommonMark 2.5)."""
IN_TITLE = re.compile(r"[\\`|\[\]$]|\{(?=:)|~(?=~)")
"""Characters of a title that are not what they seem to the code, formula, cell or text around a broken link."""
EMPHASIS_IN_URL = re.compile(r"\*|_(?!\w)")
EMPHASIS_IN_TITLE = re.compile(r"[*_]")
"""What ends emphasis around a link for marked, which looks for the end also in links that it does not see yet."""
END_OF_URL = "<!-- -->"
"""A comment: what stands before it is no part of a URL."""
NO_CELL = frozenset("|`\u2028\u2029")
"""Characters that code in a cell of a pipe table cannot have."""
NO_CODE_OF_HEXO = re.compile(rf"[`\u2028\u2029\ufffc]|\A | \Z|<!--|{hexo.TAG}")
"""What code in a line cannot have for Hexo, which reads comments, fences and tags of its own before Markdown."""
BACKTICKS = re.compile(r"`+")
COLON = r"(?:\\?:|&#58;)"
SCHEME_OF_NOTE = re.compile(
    rf"(?!(?:https?|ftp|mailto){COLON})[A-Za-z](?:[A-Za-z0-9]|\\?[+.\-]|&#4[356];)*+(?={COLON})", re.I
)
"""The start of a footnote that could be a URL with a scheme (RFC 3986, 3.1) of which no renderer makes links."""
DEFINITION = re.compile(r"[^ \t\n]++[ \t]*+(?:[\"'(\n]|\Z)")
"""What follows the label of a definition (CommonMark 4.7): a URL, and then a title or the end of the line."""


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
    if document.relinks:
        if host := HOST.match(url):
            url = QUOTE.sub("%2522", host[0]) + url[host.end() :]
        elif "%" in url and (segment := RELATIVE.match(url)) and ":" in unquote(segment[0]):
            url = f"./{url}"
        url = EMPHASIS_IN_URL.sub(r"\\\g<0>", url)
    if "~~" in url:  # kramdown sees no link around a footnote, and would strike out text from here on
        url = url.replace("~~", "%7E%7E")
    return url.replace("$", "%24") if "$" in url and document.reads_dollars else url


def inert_definition(text: str) -> str:
    """Return the Markdown of a footnote so that a renderer without footnotes sees no definition of a link in it.

    To such a renderer ``[^1]: javascript:x`` is one (CommonMark 4.7).  Behind the space in a comment it finds neither
    the end of the line nor a title, so that the line is a paragraph; escapes would not help, as a URL may hold them.
    """
    scheme = SCHEME_OF_NOTE.match(text)
    return f"{scheme[0]}{END_OF_URL}{text[scheme.end() :]}" if scheme and DEFINITION.match(text) else text


def title(text: str, document: DocumentTraits) -> str:
    """Return a link title (CommonMark 6.3) with the space before it and its quotes, "" for no title."""
    text = " ".join(text.split())
    if not text:
        return ""
    text = as_references(AMPERSAND.sub("&amp;", text), IN_TITLE).replace('"', "&quot;").replace("<", "&lt;")
    if document.relinks:
        text = as_references(text, EMPHASIS_IN_TITLE)
    return f' "{text if document.template is None else as_references(text, document.template)}"'


def code_span(code: str, context: Context, *, in_cell: bool = False, as_html: bool = False) -> str:
    """Return inline code as a code span (CommonMark 6.1), or as HTML where some renderer would read it differently.

    in_cell: it stands in a pipe table, whose code kramdown writes anew with one backtick, and then sees none behind
    whitespace.  as_html: HTML is needed because of what stands beside the code.
    """
    code = code.replace("\n", " ")
    span = guard_span(code, context)
    if (
        as_html
        or context.document.strict
        or span is None
        or not code.strip()
        or (in_cell and (code[0] in KRAMDOWN_WHITESPACE or not NO_CELL.isdisjoint(code)))
        or (context.flavor.fences_first and NO_CODE_OF_HEXO.search(code))
    ):
        return f"<code>{inert_text(code) if code.strip() else html.escape(code)}</code>"
    code = span
    longest = max(map(len, BACKTICKS.findall(code))) if "`" in code else 0
    if code[0] in KRAMDOWN_WHITESPACE or code[0] == "`" or code[-1] in " `":
        fence = "`" * max(longest + 1, 2)
        return f"{fence} {code} {fence}"
    fence = "`" * (longest + 1)
    return f"{fence}{code}{fence}"


def formula(node: Node, context: Context, *, in_link: bool = False) -> str:
    """Return a formula that stands in a line, with its delimiters; ``in_link``: it is part of a link's text."""
    if context.flavor.formulas_as_code:
        return github_inline(tex_on_one_line(node))
    opening, closing = math_delimiters(node, context.flavor)
    if context.document.strict:
        return f"<code>{inert_text(opening + tex_on_one_line(node) + closing)}</code>"
    tex = safe_tex(tex_on_one_line(node), context.document)
    if in_link:
        tex = balanced(tex)
    return f"{opening}{tex}{closing}{END_OF_URL if BARE_URL.search(tex) else ''}"


def tex_on_one_line(node: Node) -> str:
    """Return the TeX of a formula on one line."""
    return " ".join(text_of(node).split())


def text_of(node: Node) -> str:
    """Return all text of a node; in code and in a formula it is the only child."""
    only = node.children[0] if len(node.children) == 1 else None
    return only if isinstance(only, str) else "".join(node.texts())


def safe_tex(text: str, document: DocumentTraits, *, alone: bool = False) -> str:
    """Return the TeX of a formula as it is written where the renderer gives it to a formula engine as it is.

    A space parts ``{`` from what would be the second brace of a template's tag.
    alone: the formula stands between lines that hold its delimiters.
    """
    tex = portable_tex(text, alone=alone)
    if document.every_dollar:
        tex = without_dollars(tex)
    document.suspicious = document.suspicious or tex != text
    return document.template.sub(r"\g<0> ", tex) if document.template is not None else tex


def math_delimiters(node: Node, flavor: Flavor) -> tuple[str, str]:
    """Return the delimiters before and after a formula in a line."""
    return flavor.math_display if "display" in node.attributes else flavor.math_inline

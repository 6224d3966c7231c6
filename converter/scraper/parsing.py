"""Parse a body of HTML: what is hostile is made harmless, what is broken is repaired, nothing is chosen or left out."""

from __future__ import annotations

import re

from lxml import etree

from converter.model import ConversionError, Finding
from converter.scraper.attributes import without_excess
from converter.scraper.depth import MOST, shallow
from converter.scraper.mathml import annotate
from converter.scraper.misnested import is_misnested, nested
from converter.scraper.more import with_more
from converter.scraper.page_ends import without_page_ends
from converter.source.decode import holds_byte

_SURROGATES = re.compile("[\ud800-\udfff]")
LARGE = 65_536
"""Bytes up to which no list of attributes is long enough to matter."""
_SELDOM = re.compile(rb"<(?:/(?:[bB][rR]|[bB][oO][dD][yY]|[hH][tT][mM][lL])[\s/>]|!--+[ \t\n\r]*+[mM])")
"""What few documents have: without it, nothing is a break's end tag, the end of a page, or a marker of a cut."""
_BREAK_END = re.compile(rb"</[bB][rR]\s*+>")
_CONTROLS = bytes((*range(9), 11, *range(14, 32)))
_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True, collect_ids=False, remove_comments=True, remove_pis=True)


def parse(body: str, data: bytes | None = None, start: int = 0) -> tuple[etree._Element, list[Finding]]:
    """Return the tree of a body of HTML, made harmless and repaired, with a finding for each repair.

    data: the body as UTF-8, where the caller has it.  start: where the HTML begins in the body.

    It is parsed as bytes: a str with an XML declaration is refused, one with half a surrogate pair cut there.
    Raises ConversionError where the parser gives up.
    """
    data = _encoded(body[start:]) if data is None else data[len(body[:start].encode()) :]
    findings = []
    if holds_byte(data, _CONTROLS):
        size = len(data)
        data = data.translate(None, _CONTROLS)
        findings.append(Finding("input/control", f"{size - len(data)} control characters"))
    if _SELDOM.search(data):
        data = with_more(without_page_ends(data))
        data = _BREAK_END.sub(b"<br>", data)  # a break for every browser, nothing for libxml2
    if len(data) > LARGE:
        data, removed = without_excess(data)
        if removed:
            findings.append(
                Finding("input/attributes", f"{removed} attributes of tags that have more than any author writes")
            )
    tree = _html(data)
    if tree is None:
        findings.append(Finding("input/depth", f"elements nested more than {MOST} deep", "unwrapped"))
        tree = _html(shallow(data.decode("utf-8")).encode("utf-8"))
    elif is_misnested(error.message for error in _PARSER.error_log):
        findings.append(Finding("input/misnested", "tags closed in another order than they were opened", "nested"))
        again = _html(nested(data))
        tree = tree if again is None else again
    if tree is None:
        raise ConversionError("elements are nested too deeply to be parsed")
    findings.extend(annotate(tree))
    return tree, findings


def _encoded(body: str) -> bytes:
    try:
        return body.encode("utf-8")
    except UnicodeEncodeError:
        return _SURROGATES.sub("\ufffd", body).encode("utf-8")


def _html(data: bytes) -> etree._Element | None:
    """Return the tree; None where the parser stopped at its limit, for then the rest is missing."""
    blank = not data or data.isspace()
    tree = etree.HTML(b"<p></p>" if blank else data, _PARSER)
    last = _PARSER.error_log.last_error
    if last is not None and last.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT:
        return None
    return etree.HTML(b"<p></p>", _PARSER) if tree is None else tree

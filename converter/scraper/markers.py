"""An article's address, as the dumps hide it: in hexadecimal pieces, or printed in the copyright note."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKER = re.compile(r"<(p|span)\b(?=[^<>]*\bclass_?\s*=\s*[\"']?artid\b)([^<>]*)>([^<]*)", re.IGNORECASE)
_MARKER_ELEMENT = re.compile(_MARKER.pattern + r"(?:</\1\s*>)?", re.IGNORECASE)
_HEX = re.compile(r"(?:[0-9a-f]{2,}+|:)++", re.IGNORECASE)
_HEX_ATTRIBUTE = re.compile(r"\b(?:alt|artid)\s*=\s*[\"']?((?:[0-9a-f]++:?)++)", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s\x00-\x20<>\"\x7f-\x9f\\^`{|}]+", re.IGNORECASE)
_ARTICLE = re.compile(r"https?://(?:[\w.-]+\.)?csdn\.net/(?:[\w-]+/)*article/details/\d+", re.ASCII | re.IGNORECASE)
_ARTICLE_ID = re.compile(r"/article/details/(\d+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Marker:
    """One hidden marker: what it says (``text``), the address in it ("" for none), where it stands."""

    text: str
    url: str
    start: int


def markers(body: str) -> list[Marker]:
    """Find the hidden markers of the dump: ``p[alt]``, ``p.artid`` and ``span[artid]``."""
    found: list[Marker] = []
    end = 0
    while (place := body.find("artid", end)) >= 0:
        start = body.rfind("<", end, place)
        end = place + len("artid")
        match = _MARKER.match(body, start) if start >= 0 else None
        if match is not None:
            found.append(_marker(match))
            end = match.end()
    return found


def without_markers(text: str) -> str:
    """Return text without the markers in it."""
    return _MARKER_ELEMENT.sub("", text) if "artid" in text else text


def web_address(value: str) -> str:
    """Return value if it is an http or https address, else the empty string."""
    text = value.strip()
    return text if _URL.fullmatch(text) else ""


def permanent(url: str) -> str:
    """Return the address of a CSDN article without what a search added to it; any other address as it is."""
    match = _ARTICLE.match(url)
    return match[0] if match else url


def article_address(text: str) -> str:
    """Return the last address of a CSDN article that text prints; empty for none."""
    addresses = _ARTICLE.findall(text)
    return addresses[-1] if addresses else ""


def article_id(url: str) -> str:
    """Return the number that a CSDN address ends in; empty for any other address."""
    match = _ARTICLE_ID.search(url)
    return match[1] if match else ""


def _marker(match: re.Match[str]) -> Marker:
    attribute = _HEX_ATTRIBUTE.search(match[2])
    text = attribute[1] if attribute else match[3].strip()
    return Marker(text, _decoded(text), match.start())


def _decoded(text: str) -> str:
    digits = text.replace(":", "")
    if len(digits) % 2 or not _HEX.fullmatch(text):
        return web_address(text)
    try:
        return web_address(bytes.fromhex(digits).decode("utf-8"))
    except ValueError:
        return ""

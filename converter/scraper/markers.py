"""Hidden markers with an article's address, which the dumps write as hexadecimal digits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from converter.extract.addresses import web_address
from converter.sites.record import AddressMarker
from converter.sites.tables import ADDRESS_MARKERS

_HEX = re.compile(r"(?:[0-9a-f]{2,}+|:)++", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Marker:
    """One hidden marker: its text, the address in it ("" for none), its start in the body, the rule it falls under."""

    text: str
    url: str
    start: int
    rule: str


@dataclass(frozen=True, slots=True)
class _Reader:
    """The patterns of one row of ADDRESS_MARKERS: its start tag with the text behind it, whole, the address in it."""

    row: AddressMarker
    start_tag: re.Pattern[str]
    element: re.Pattern[str]
    attribute: re.Pattern[str]


def markers(body: str) -> list[Marker]:
    """Return the hidden markers in a body, in order: ``p[alt]``, ``p.artid`` and ``span[artid]`` of the dumps."""
    found = [marker for reader in _READERS for marker in _found(reader, body)]
    return sorted(found, key=lambda marker: marker.start)


def without_markers(text: str) -> str:
    """Return text without the markers in it."""
    for reader in _READERS:
        if reader.row.name in text:
            text = reader.element.sub("", text)
    return text


def _found(reader: _Reader, body: str) -> Iterator[Marker]:
    name, end = reader.row.name, 0
    while (index := body.find(name, end)) >= 0:
        start = body.rfind("<", end, index)
        end = index + len(name)
        match = reader.start_tag.match(body, start) if start >= 0 else None
        if match is not None:
            attribute = reader.attribute.search(match[2])
            text = attribute[1] if attribute else match[3].strip()
            yield Marker(text, _decoded(text), match.start(), reader.row.rule)
            end = match.end()


def _decoded(text: str) -> str:
    digits = text.replace(":", "")
    if len(digits) % 2 or not _HEX.fullmatch(text):
        return web_address(text)
    try:
        return web_address(bytes.fromhex(digits).decode("utf-8"))
    except ValueError:
        return ""


def _reader(row: AddressMarker) -> _Reader:
    start_tag = rf"<(p|span)\b(?=[^<>]*\bclass_?\s*=\s*[\"']?{re.escape(row.name)}\b)([^<>]*)>([^<]*)"
    attribute = rf"\b(?:{'|'.join(map(re.escape, row.attributes))})\s*=\s*[\"']?((?:[0-9a-f]++:?)++)"
    return _Reader(
        row,
        re.compile(start_tag, re.IGNORECASE),
        re.compile(start_tag + r"(?:</\1\s*>)?", re.IGNORECASE),
        re.compile(attribute, re.IGNORECASE),
    )


_READERS = tuple(map(_reader, ADDRESS_MARKERS))

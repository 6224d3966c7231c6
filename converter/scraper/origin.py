"""Read the kind, the licence and the source of an article from its notes and its text."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from converter.extract.addresses import article_id, web_address
from converter.extract.text import positions
from converter.model import Meta
from converter.rules.origins import KINDS, LEAD_END, LEAD_START, NOTE_KIND, SOURCE_LEAD
from converter.sites.record import Site

_TARGET = re.compile(r"href\s?=\s?[\"'](https?://[^\"'<>\s]{4,300})|(https?://[\w.-]{4,80}(?:/[!-;=?-~]{0,300})?)")
_TAG = re.compile(r"<[^<>]{0,400}>")
_WINDOW = 700
"""Characters of HTML behind the words in which the address must stand."""
_BETWEEN = 40
"""Characters of text that may stand between the words and the address, as a name or a title."""
_LEADS = 8
"""Leads that are looked at; more are a list of sources."""
_LICENSE = re.compile(r"(?:licenses/|CC\s?)(\d\.\d)?\s?(BY(?:-NC)?(?:-SA|-ND)?)[\s/]?(\d\.\d)?", re.IGNORECASE)
_OF_THE_SITE = re.compile(
    r"版权|著作权|转载|原创|原文|翻译|译自|声明|copyright|licen[sc]e|\bCC\b|https?://", re.IGNORECASE
)
_ZERO = re.compile(r"publicdomain/zero/1\.0|\bCC0\b", re.IGNORECASE)


def is_of_the_site(note: str) -> bool:
    """Return whether a copyright note is a site's own, by the words that each of them has."""
    return _OF_THE_SITE.search(note) is not None


def kind_name(text: str) -> str:
    """Return ``original``, ``reprint`` or ``translation`` for a site's word or number; empty for another."""
    word = text.strip().lower()
    return next((kind for kind, pattern in KINDS.items() if re.fullmatch(pattern, word)), "")


def license_name(text: str) -> str:
    """Return the SPDX identifier of the first Creative Commons licence that a text or address names; else empty."""
    if match := _LICENSE.search(text):
        version = match[1] or match[3] or "4.0"
        return f"CC-{match[2].upper()}-{version}"
    return "CC0-1.0" if _ZERO.search(text) else ""


def with_note(meta: Meta, note: str) -> Meta:
    """Return metadata with what a copyright note says of the kind and the licence."""
    if not note:
        return meta
    match = NOTE_KIND.search(note)
    kind = kind_name(match[1] or match[2]) if match else ""
    return replace(meta, kind=meta.kind or kind, license=meta.license or license_name(note))


def with_source(meta: Meta, article: str, sites: tuple[Site, ...] = ()) -> Meta:
    """Return metadata with the source that an article names; article: its HTML.  sites: a user's own.

    An original has no source.
    """
    if meta.kind == "original":
        return meta
    own = meta.article_id
    for lead in islice(_leads(article), _LEADS):
        address = _address(article[lead.end() : lead.end() + _WINDOW])
        if address and (not own or article_id(address, sites) != own):
            return replace(meta, kind=meta.kind or kind_name(lead[1]), source_url=address)
    return meta


def _leads(article: str) -> Iterator[re.Match[str]]:
    """Yield the matches of SOURCE_LEAD, in order; their first or last character is found many times faster."""
    for index in sorted((*positions(article, LEAD_END), *positions(article, LEAD_START))):
        for start in (index - 2, index - 1) if article[index] == LEAD_END else (index,):
            if start >= 0 and (match := SOURCE_LEAD.match(article, start)):
                yield match
                break


def _address(behind: str) -> str:
    """Return the first address behind the words; empty if there is none, or too much text before it."""
    match = _TARGET.search(behind)
    if match is None:
        return ""
    before = behind[: match.start()]
    text = html.unescape(_TAG.sub("", before.rpartition("<")[0] if match[1] else before))
    return web_address(html.unescape(match[1] or match[2])) if len("".join(text.split())) <= _BETWEEN else ""

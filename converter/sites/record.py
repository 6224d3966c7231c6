"""The record of a site: everything that is known of one website, as data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from converter.rules.chrome import Chrome
from converter.rules.metadata import MetaRow
from converter.rules.roots import Root
from converter.rules.urls import ImageHost


class AddressMarker(NamedTuple):
    """A hidden element that holds the article's address, as text or in hexadecimal digits.

    ``name`` is its class, ``attributes`` are those that hold the address, ``rule`` is the id of the finding.
    """

    name: str
    attributes: tuple[str, ...]
    rule: str


OWN_SITE = ":"
"""Behind the name of a user's own site, the end of the ``prefix`` of its addresses; no site's ids have it."""


class AddressForm(NamedTuple):
    """One form of an article's address; the groups ``id`` and ``user`` of ``pattern`` are read, anchored at its start.

    ``user`` may be missing from an address, but not from the pattern.  ``prefix`` stands before the ids of every site
    but the first, so that articles of two sites never have the same.
    """

    id: str
    pattern: re.Pattern[str]
    origin: str
    prefix: str = ""


class CommentList(NamedTuple):
    """The comments of readers on a page, by classes; behind ``#`` by the start of an id, "" for none.

    ``box`` is around them all, ``item`` an ``li`` or ``div`` for each, ``reply`` around the replies to the one before;
    in an item, ``author``, ``answered`` (to whom it replies), ``date`` (its ``dated`` is exact, "" its text), ``text``.
    """

    box: str
    item: str
    reply: str
    author: str
    answered: str
    date: str
    text: str
    origin: str
    dated: str = "title"


class TitleKeywords(NamedTuple):
    """Keywords that a site puts between a page's title and its own name: ``title_keyword-SITE``.

    ``name`` is what the site's name holds, ``pattern`` matches the keywords at the end of what stands before it.
    """

    name: str
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What is known of one website; a field that is not given has no rows.

    The fields, by the stage that reads them:

    - the article: ``roots`` are the elements that hold it, first match first; ``wrappers`` are ids and classes
      that this site alone puts around it, and that show that a text is a post's HTML; ``title_ids`` and
      ``title_classes`` name the ``h1`` that is the title; ``copyright_classes`` are whole class attributes of a
      note beside the article that prints its address; ``address_markers`` are hidden elements with its address;
    - comments: ``comment_lists`` say how those of readers are found;
    - chrome: what goes with all it holds, by class and by id;
    - metadata: ``metadata`` is asked before what the standards say (Open Graph, JSON-LD), ``fallback_metadata``
      after it; ``title_names`` are patterns of the site's name behind a title, ``title_keywords`` what stands
      before that, ``description_leads`` patterns of what a description begins with; ``tag_links``,
      ``category_links`` are selectors, ``category_addresses`` parts of the address of a category;
    - links: ``redirects`` are (rule, start of the address behind the scheme and ``www.``, query field with the
      target), ``keyword_links`` are (rule, pattern of links that the site laid over words), ``link_cards`` are (class
      of a card in a link, class of the title on it), ``article_addresses`` the forms of an article's address, ``home``
      and ``article_paths`` the form that is written, with ``{id}`` and ``{user}``;
    - images: ``furniture_images`` are (rule, parts of addresses in lower case), ``image_hosts`` how to ask for
      images, ``editor_alternatives`` alternative texts that its editor puts in, ``formula_servers`` patterns of
      addresses whose query is TeX, ``equation_servers`` are (part of an address, query field with the TeX),
      ``transfer_sign`` and ``transfer_note`` how its editor notes an image that it could not copy (a word of the
      note; the whole note, its groups holding addresses in brackets);
    - ``utc_offset``: the clock that its pages show, as ``+0800``.
    """

    name: str

    roots: tuple[Root, ...] = ()
    wrappers: tuple[str, ...] = ()
    title_ids: tuple[str, ...] = ()
    title_classes: tuple[str, ...] = ()
    copyright_classes: tuple[str, ...] = ()
    comment_lists: tuple[CommentList, ...] = ()
    address_markers: tuple[AddressMarker, ...] = ()

    chrome_by_class: tuple[Chrome, ...] = ()
    chrome_by_id: tuple[Chrome, ...] = ()

    metadata: tuple[MetaRow, ...] = ()
    fallback_metadata: tuple[MetaRow, ...] = ()
    title_names: tuple[str, ...] = ()
    title_keywords: tuple[TitleKeywords, ...] = ()
    description_leads: tuple[str, ...] = ()
    tag_links: tuple[str, ...] = ()
    category_links: tuple[str, ...] = ()
    category_addresses: tuple[str, ...] = ()

    redirects: tuple[tuple[str, str, str], ...] = ()
    keyword_links: tuple[tuple[str, re.Pattern[str]], ...] = ()
    link_cards: tuple[tuple[str, str], ...] = ()
    article_addresses: tuple[AddressForm, ...] = ()
    home: str = ""
    article_paths: tuple[str, ...] = ()

    furniture_images: tuple[tuple[str, tuple[str, ...]], ...] = ()
    image_hosts: tuple[ImageHost, ...] = ()
    editor_alternatives: tuple[str, ...] = ()
    formula_servers: tuple[str, ...] = ()
    equation_servers: tuple[tuple[str, str], ...] = ()
    transfer_sign: str = ""
    transfer_note: str = ""

    utc_offset: str = ""

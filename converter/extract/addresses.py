"""Addresses of articles: the one reading of all forms that they have had, and the form that is written."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple
from urllib.parse import quote

from converter.sites.record import OWN_SITE, Site
from converter.sites.tables import ARTICLE_ADDRESSES, ARTICLE_PATHS, HOME

_URL = re.compile(r"https?://[^\s\x00-\x20<>\"\x7f-\x9f\\^`{|}]+", re.IGNORECASE)
_PRINTED = re.compile(r"https?://(?:(?!https?://)[^\s<>\"])+", re.IGNORECASE)
"""An address in text, up to the next one: two may stand side by side without a space."""


_PREFIXES = tuple({row.prefix for row in ARTICLE_ADDRESSES if row.prefix})
_OWN_ID = re.compile(rf"[a-z0-9-]++{OWN_SITE}[\w-]")
"""Start of the id of an article of a user's own site."""


class ArticleAddress(NamedTuple):
    """Facts that an address tells of the article it leads to.

    ``id`` is the article's number (of another site than the first with a prefix),
    ``user`` its author's name ("" where the address has none),
    ``fragment`` the anchor in it, without ``#``.
    """

    id: str
    user: str
    fragment: str = ""


def read_article_address(url: str, sites: Sequence[Site] = ()) -> ArticleAddress | None:
    """Return what an address says of an article; None where it leads to none.

    The forms are those of a user's own sites, and the rows of ``sites.tables.ARTICLE_ADDRESSES``.
    """
    prefix, match = _match(url, sites)
    return ArticleAddress(prefix + match["id"], match["user"] or "", url.partition("#")[2]) if match else None


def article_id(url: str, sites: Sequence[Site] = ()) -> str:
    """Return the number of the article that an address leads to; empty for any other address."""
    prefix, match = _match(url, sites)
    return prefix + match["id"] if match else ""


def permanent_address(url: str, sites: Sequence[Site] = ()) -> str:
    """Return an article's address without what a search added to it; any other address as it is."""
    _, match = _match(url, sites)
    return match[0] if match else url


def last_article_address(text: str) -> str:
    """Return the last address of an article of the first site that a text prints; empty for none."""
    found = (match[0] for prefix, match in map(_match, reversed(_PRINTED.findall(text))) if match and not prefix)
    return next(found, "")


def is_of_first_site(identity: str) -> bool:
    """Return whether an article's id is of the first site, whose old addresses are known."""
    return not identity.startswith(_PREFIXES) and _OWN_ID.match(identity) is None


def old_paths(identity: str, user: str) -> tuple[str, ...]:
    """Return the paths that an article had on its old site, the usual one first.

    What an id or a name holds is text of a post: only letters, digits and the like are not percent-encoded, so that
    no file of redirects reads it as syntax.
    """
    user, identity = _segment(user), _segment(identity)
    return tuple(path.format(user=user, id=identity) for path in ARTICLE_PATHS if user or "{user}" not in path)


def _segment(text: str) -> str:
    """Return a text as one segment of a path that leads nowhere else."""
    quoted = quote(text, safe="", errors="replace")
    return quoted.replace(".", "%2E") if ".." in quoted or quoted == "." else quoted


def old_address(identity: str, user: str) -> str:
    """Return the address that an article had on its old site."""
    return HOME + old_paths(identity, user)[0]


def web_address(value: str) -> str:
    """Return a value if it is an http or https address, else the empty string."""
    text = value.strip()
    return text if _URL.fullmatch(text) else ""


def _match(url: str, sites: Sequence[Site] = ()) -> tuple[str, re.Match[str] | None]:
    """Return what the ids of a site begin with, and the match of one of its forms."""
    if not url:
        return "", None
    own = (row for site in sites for row in site.article_addresses)
    for row in chain(own, ARTICLE_ADDRESSES) if sites else ARTICLE_ADDRESSES:
        if match := row.pattern.match(url):
            return row.prefix, match
    return "", None

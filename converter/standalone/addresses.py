"""Addresses of articles and images: what they name, and their other forms."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

from converter.rules.hosts import ANY_HOST, ARTICLES, HOSTS, OWN, STAMPS


class ArticleAddress(NamedTuple):
    """What an address says of the article it leads to; ``fragment`` is the anchor in it, without ``#``."""

    id: str
    user: str
    fragment: str = ""


def article(url: str) -> ArticleAddress | None:
    """The article that an address of any form leads to, None for any other address."""
    if "csdn.net" not in url:
        return None
    for _, pattern, _ in ARTICLES:
        if match := pattern.match(url):
            return ArticleAddress(match["id"], match["user"] or "", url.partition("#")[2])
    return None


def old_paths(identity: str, user: str) -> tuple[str, ...]:
    """The paths that an article had on its old site, the usual one first."""
    bare = f"/article/details/{identity}"
    return (f"/{user}{bare}", bare) if user else (bare,)


def old_address(identity: str, user: str) -> str:
    """The address that an article had."""
    return f"https://blog.csdn.net{old_paths(identity, user)[0]}"


def absolute(address: str) -> str:
    """The address of an image to fetch, "" for one that is not on the web (relative, ``file:``, ``data:``)."""
    url = f"https:{address}" if address.startswith("//") else address
    return url if url[:8].lower().startswith(("http://", "https://")) else ""


def candidates(url: str) -> tuple[str, ...]:
    """The addresses to try for an image: the one without a stamp first."""
    for _, pattern, _ in STAMPS:
        bare = pattern.sub("", url)
        if bare != url:
            return bare, url
    return (url,)


def host(url: str) -> str:
    """The host of an address in lower case, "" where it has none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""


def referers(url: str) -> tuple[str, ...]:
    """The referers to try for an image, in order; "" means to send none."""
    name = host(url)
    fitting = (row for row in HOSTS if name == row.domain or name.endswith("." + row.domain))
    row = max(fitting, key=lambda row: len(row.domain), default=ANY_HOST)
    own = f"{url[: url.index('://')]}://{name}/"
    return tuple(own if referer == OWN else referer for referer in row.referers)

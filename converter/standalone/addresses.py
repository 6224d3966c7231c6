"""Addresses of images: the ones to try, and the referers to try them with."""

from __future__ import annotations

from urllib.parse import urlsplit

from converter.rules.urls import ANY_HOST, OWN, STAMPS, ImageHost
from converter.sites.tables import IMAGE_HOSTS


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


def referers(url: str, hosts: tuple[ImageHost, ...] = ()) -> tuple[str, ...]:
    """The referers to try for an image, in order; "" means to send none.  hosts: a user's own, asked first."""
    name = host(url)
    fitting = (row for row in (*hosts, *IMAGE_HOSTS) if name == row.domain or name.endswith("." + row.domain))
    row = max(fitting, key=lambda row: len(row.domain), default=ANY_HOST)
    own = f"{url[: url.index('://')]}://{name}/"
    return tuple(own if referer == OWN else referer for referer in row.referers)

"""URLs that the serializer writes as they are."""

from __future__ import annotations


class Verbatim(str):
    """A URL that is written without escapes: a tag that the site's own template engine will replace by a URL."""

    __slots__ = ()

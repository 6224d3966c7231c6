"""Read the URLs of links and images, and what stands beside them: without redirects, stamps, sizes, bad schemes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from urllib.parse import parse_qs, unquote, unquote_plus, urlsplit

from lxml.etree import _Element

from converter.extract.formulas import without_dollars, without_trailing_backslash
from converter.rules.math import ALTERNATIVE_SERVERS, SERVER_ESCAPES, SERVER_STYLE
from converter.rules.urls import (
    DATA_SIGNATURES,
    FILE_NAME,
    IMAGE_NAME,
    IMAGE_PROCESSING,
    IMAGE_SCHEMES,
    IMAGE_SIZE,
    LAZY_SOURCES,
    LINK_SCHEMES,
    LOCAL_SCHEMES,
    OTHER_NAME,
    PICTURE_ADDRESS,
    PLACEHOLDER,
    PLACEHOLDER_SIGNS,
    SAFE_DATA,
    SCRIPTS_OF_PAGES,
)
from converter.sites.tables import (
    EMPTY_ALTERNATIVES,
    EQUATION_SERVERS,
    FORMULA_SERVERS,
    FURNITURE_IMAGES,
    KEYWORD_LINKS,
    REDIRECTS,
    TRANSFER_SIGN,
)

_IGNORED = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")
_WEB = ("https://", "http://")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.\-]*):")
_HOST = re.compile(r"(?:[A-Za-z0-9\-]+\.[A-Za-z0-9.\-]+|localhost):\d{1,5}(?![^/?#])")
_START = re.compile(r"(?:https?:)?//(?:www\.)?", re.IGNORECASE)
_ENCODED_TWICE = re.compile(r"https?%3A", re.IGNORECASE)
MOST_REDIRECTS = 3
"""How many redirects are followed that lead to each other: an article that was copied twice has two."""
MOST_ATTRIBUTES = 30
"""From so many attributes on they are read by name: lxml takes quadratic time to list all."""
LARGEST_PLACEHOLDER = 500
"""Characters of a ``data:`` image that stands in for another one; a longer one is a picture."""
IMAGE_ATTRIBUTES = ("src", "alt", "title", "srcset", *LAZY_SOURCES)


def attributes_of(element: _Element, names: tuple[str, ...]) -> dict[str, str]:
    """Return the attributes of an element; of one with very many, only those with the given names."""
    if len(element.attrib) < MOST_ATTRIBUTES:
        return dict(element.items())
    return {name: value for name in names if (value := element.get(name)) is not None}


def clean_url(text: str) -> str:
    """Return a URL without what browsers ignore in it: controls, whitespace at its ends (URL Standard 4.4)."""
    text = text.strip()
    return text if text.isprintable() else _IGNORED.sub("", text).strip()


def scheme(url: str) -> str:
    """Return the scheme of a URL in lower case, "" for a relative one; ``host.name:80`` has none."""
    if url.startswith(_WEB):
        return url.partition(":")[0]
    match = _SCHEME.match(url)
    return match[1].lower() if match and not _HOST.match(url) else ""


def link_target(href: str) -> tuple[str, str]:
    """Return the URL that a link leads to, and the rule that changed it ("" for none).

    The URL is "" if the link is to be replaced by its text.
    """
    url, rule = clean_url(href), ""
    for _ in range(MOST_REDIRECTS):
        target, identity = redirect_target(url)
        if not target:
            break
        url, rule = target, identity
    if url.startswith("//"):
        url, rule = "https:" + url, rule or "link/protocol"
    for identity, pattern in KEYWORD_LINKS:
        if pattern.match(url):
            return "", identity
    named = scheme(url)
    if named in LOCAL_SCHEMES or len(named) == 1:  # a drive letter
        return "", "link/local-file"
    if named and named not in LINK_SCHEMES:
        return "", "link/scheme"
    return url, rule


def redirect_target(url: str, rows: Sequence[tuple[str, str, str]] | None = None) -> tuple[str, str]:
    """Return the URL that a redirect leads to and its rule; two empty strings for any other URL.

    rows: the redirects, as ``sites.record.Site`` has them; None: those of all sites.
    """
    if url.find("http", len("https:")) > 0 and (start := _START.match(url)):
        rest = url[start.end() :]
        for identity, begin, field in REDIRECTS if rows is None else rows:
            if rest.startswith(begin) and rest[len(begin) : len(begin) + 1] in ("/", "?"):
                target = clean_url(parse_qs(urlsplit(url).query).get(field, [""])[0])
                target = unquote(target) if _ENCODED_TWICE.match(target) else target
                return (target, identity) if _START.match(target) else ("", "")
    return "", ""


def page_of_script(source: str) -> str:
    """Return the address of the page that a script shows a part of (SCRIPTS_OF_PAGES), "" for any other script."""
    found = SCRIPTS_OF_PAGES.match(source.strip())
    return found[1] if found else ""


def image_source(attributes: Mapping[str, str]) -> str:
    """Return the URL that an ``img`` with these attributes shows, or would show once loaded; "" for none."""
    source = attributes.get("src", "").strip()
    if source and not stands_in(source):
        return clean_url(source)
    lazy = next((attributes[name] for name in LAZY_SOURCES if attributes.get(name)), "")
    if not lazy and len(source) < LARGEST_PLACEHOLDER:
        lazy = _other_source(attributes) or first_of_set(attributes.get("srcset", ""))
    return clean_url(lazy or source)


def is_placeholder(source: str) -> bool:
    """Return whether an address is of a picture that stands in for one not yet loaded."""
    return len(source) < LARGEST_PLACEHOLDER and stands_in(source)


def stands_in(source: str) -> bool:
    """Return whether an address is one of those that stand in ``src`` until another one is loaded."""
    for sign in PLACEHOLDER_SIGNS:
        if sign in source:
            return PLACEHOLDER.search(source) is not None
    return False


def _other_source(attributes: Mapping[str, str]) -> str:
    """Return the first address of a picture in an attribute that can have one, "" for none."""
    for name, value in attributes.items():
        if not OTHER_NAME.search(name):
            address = first_of_set(value) if "srcset" in name else value.strip()
            if PICTURE_ADDRESS.fullmatch(address):
                return address
    return ""


def first_of_set(candidates: str) -> str:
    """Return the first address of a ``srcset`` (HTML 4.8.4.2.1), "" for none."""
    return next(iter(candidates.replace(", ", " ").split()), "").strip(",")


def typed_data(source: str) -> str:
    """Return a ``data:`` URL with the type that its bytes show (``data:image/*``); any other address as it is."""
    if source[:5].lower() != "data:":
        return source
    head, comma, body = source.partition(",")
    if not head.lower().endswith(";base64") or SAFE_DATA.match(source):
        return source
    kind = next((kind for sign, kind in DATA_SIGNATURES if body.startswith(sign)), "")
    return f"data:image/{kind};base64{comma}{body}" if kind else source


def button_rule(source: str, rows: Sequence[tuple[str, tuple[str, ...]]] | None = None) -> str:
    """Return the rule that removes an image because it is a button of a code block, "" for any other image.

    rows: parts of the addresses of such images, as ``sites.record.Site`` has them; None: those of all sites.
    """
    lowered = source.lower()
    for identity, words in FURNITURE_IMAGES if rows is None else rows:
        for word in words:
            if word in lowered:
                return identity
    return ""


def image_target(source: str) -> tuple[str, str]:
    """Return the URL of an image to write, and the rule that changed it ("" for none).

    ``source`` is what ``image_source`` returned.  The URL is "" if the image is to be removed.
    """
    if button := button_rule(source):
        return "", button
    if (typed := typed_data(source)) != source:
        return typed, "image/type"
    named = scheme(source)
    if named and named not in IMAGE_SCHEMES and not SAFE_DATA.match(source):
        return "", "image/scheme"
    if named == "data":
        return source, ""
    if named in LOCAL_SCHEMES:
        return source, "image/local-file"
    if source.startswith("//"):
        return image_target("https:" + source)[0], "image/protocol"
    plain = image_as_served(source)
    unstamped = IMAGE_PROCESSING.sub("", plain) if "?" in plain else plain
    rule = "image/watermark" if unstamped != plain else "image/position" if plain != source else ""
    return unstamped, rule


def image_as_served(source: str) -> str:
    """Return the URL of an image as its host serves it: with the query for a stamp, without what only editors read."""
    return _without_size(_without_size(source).partition("#")[0])


def _without_size(source: str) -> str:
    sign = source.rfind("=")
    size = IMAGE_SIZE.match(source, len(source[:sign].rstrip())) if sign >= 0 else None
    return source[: size.start()] if size else source


def alt_text(text: str, source: str) -> str:
    """Return the alt text of an image on one line; "" for one that says nothing.

    That is one that an editor put in by itself, and the name of a file: one that programs give (FILE_NAME), the last
    part of ``source`` (the image's URL), or a URL.
    """
    text = " ".join(text.split())
    if not text or text in EMPTY_ALTERNATIVES or TRANSFER_SIGN in text or FILE_NAME.fullmatch(text):
        return ""
    if not (name := IMAGE_NAME.match(text)):
        return text
    is_address = _START.match(text) is not None and " " not in text
    return "" if is_address or name[1] == unquote(source.partition("?")[0].rpartition("/")[2]) else text


def image_tex(source: str, alternative: str = "") -> str:
    """Return the TeX of an image that a formula server draws; "" for any other image.

    It is in the query of the address, or is the image's ``alternative`` text.
    """
    if "?" in source:
        return server_tex(source, EQUATION_SERVERS) or query_tex(source, (FORMULA_SERVERS,))
    for part in ALTERNATIVE_SERVERS if alternative else ():
        if part in source:
            return without_trailing_backslash(without_dollars(alternative).strip())
    return ""


def query_tex(source: str, servers: Sequence[re.Pattern[str]]) -> str:
    """Return the TeX that is the query of the address of an image of one of some servers; "" for any other image."""
    server, _, query = source.partition("?")
    if (
        not query
        or not any(pattern.search(server) for pattern in servers)
        or ("/chart" in source and "chl=" not in source)
    ):
        return ""
    query = query.removeprefix("cht=tx&chl=")
    for written, meant in SERVER_ESCAPES:
        query = query.replace(written, meant)
    return without_trailing_backslash(without_dollars(SERVER_STYLE.sub("", unquote_plus(query)).strip()))


def server_tex(source: str, servers: Sequence[tuple[str, str]]) -> str:
    """Return the TeX in the address of an image of one of some servers; "" for any other image.

    servers: (part of the address, query field with the TeX).
    """
    for start, field in servers:
        if start in source:
            tex = parse_qs(urlsplit(source).query).get(field, [""])[0]
            return without_trailing_backslash(without_dollars(tex).strip().removesuffix("\\\\").strip())
    return ""


@lru_cache(maxsize=1024)  # each name comes at least twice
def fragment(name: str) -> str:
    """Return the name of an anchor as it is written, for link and target alike: decoded, ``-`` for whitespace."""
    return "-".join(unquote(name).split())

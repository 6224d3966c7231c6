"""The allow-list of SECURITY.md, and a check of rendered HTML against it, parsed as a browser parses it."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import html5lib

OWN_ELEMENTS = frozenset(
    """a blockquote br code dd del details dl dt em h1 h2 h3 h4 h5 h6 hr img kbd li mark ol p pre strong sub summary sup
    table tbody td th thead tr u ul""".split()
)
"""Elements that Markdown can express, or that the serializer writes as HTML."""
RENDERERS_ELEMENTS = frozenset("div input s section span tfoot".split())
"""Elements that renderers add for footnotes, tasks, formulas and strikethrough."""
ATTRIBUTES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "a": frozenset(("href", "title", "id", "class", "rel", "role", "aria-label")),
        "img": frozenset(("src", "alt", "title")),
        "ol": frozenset(("start", "class")),
        "td": frozenset(("align", "colspan", "rowspan", "style")),
        "th": frozenset(("align", "colspan", "rowspan", "style", "scope")),
        "code": frozenset(("class", "data-lang")),
        "pre": frozenset(("class", "lang", "style", "tabindex")),
        "input": frozenset(("type", "disabled", "checked", "class")),
        "li": frozenset(("id", "class", "role")),
        "ul": frozenset(("class",)),
        "div": frozenset(("class", "role")),
        "section": frozenset(("class", "role", "data-footnotes")),
        "sup": frozenset(("id", "class", "role")),
        "span": frozenset(("class",)),
        **{f"h{level}": frozenset(("id",)) for level in range(1, 7)},
    }
)
"""Attributes that each element may have besides ``data-footnote-*``."""
VALUES: Mapping[str, re.Pattern[str]] = MappingProxyType(
    {
        "style": re.compile(r"text-align: ?(?:left|center|right);?"),
        "type": re.compile("checkbox"),
        "span id": re.compile("more"),
        "target": re.compile("_blank"),
    }
)
LINK_SCHEMES = frozenset(
    """http https ftp ftps sftp mailto tel sms file irc ircs news nntp git ssh svn magnet ed2k thunder xmpp geo
    chrome about jdbc hdfs redis mongodb mysql tcp udp ws wss rtmp rtsp rtp ldap ldaps smb""".split()
)
IMAGE_SCHEMES = frozenset(("http", "https", "ftp", "file"))
SAFE_DATA = re.compile(r"data:image/(?:png|gif|jpe?g|webp|bmp|x-icon|avif)[;,]", re.I)
DRAWING = "data:image/svg+xml;base64,"
DRAWN_ELEMENTS = frozenset(
    """svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath marker linearGradient
    radialGradient stop clipPath mask pattern title desc image style switch""".split()
)
"""Elements of a drawing that is an image: none of them runs, links or embeds anything."""
_LOADS = re.compile(r"url\(\s*[\"']?(?!#)|@import|expression|javascript:", re.I)
_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):", re.I)
_HOST = re.compile(r"(?:[a-z0-9\-]+\.[a-z0-9.\-]+|localhost):\d{1,5}(?![^/?#])", re.I)
_PARSER = html5lib.HTMLParser(namespaceHTMLElements=False)


Additions: TypeAlias = Mapping[str, frozenset[str]]
"""Elements that a site generator adds, each with the attributes that it gives them (also to elements of the article)."""
SITES: Mapping[str, Additions] = MappingProxyType(
    {
        "jekyll": {},
        "hugo": {},
        "hugo-legacy": {},
        "hexo": {
            "figure": frozenset(("class",)),
            "table": frozenset(),
            "td": frozenset(("class",)),
            "span": frozenset(("id",)),
            "a": frozenset(("target",)),
        },
    }
)
"""What the generators of whole sites add to the pages of articles."""


def live(html: str, additions: Additions = MappingProxyType({})) -> Iterator[str]:
    """Yield a line for each element or attribute of rendered HTML that the allow-list does not have.

    additions: what the program that made the page adds.
    """
    root: Element = _PARSER.parseFragment(html)
    for element in root.iter():
        tag = element.tag
        if element is root or not isinstance(tag, str):
            continue
        if tag not in OWN_ELEMENTS and tag not in RENDERERS_ELEMENTS and tag not in additions:
            yield f"<{tag}>"
        for name, value in element.items():
            allowed = (
                name in ATTRIBUTES.get(tag, ()) or name in additions.get(tag, ()) or name.startswith("data-footnote")
            )
            rule = VALUES.get(f"{tag} {name}", VALUES.get(name))
            fits = rule is None or rule.fullmatch(value) is not None
            safe = name not in ("href", "src") or is_safe(value, image=name == "src")
            if not (allowed and fits and safe):
                yield f"<{tag} {name}={value!r}>"


def is_safe(address: str, *, image: bool) -> bool:
    """Return whether a URL has an allowed scheme, as a browser reads it (URL Standard 4.4: it removes controls)."""
    plain = re.sub(r"[\t\n\r]", "", address.strip("".join(map(chr, range(33)))))
    match = _SCHEME.match(plain)
    if match is None or _HOST.match(plain):
        return True
    scheme = match[1].lower()
    if image:
        return scheme in IMAGE_SCHEMES or SAFE_DATA.match(plain) is not None or _is_harmless_drawing(plain)
    return scheme in LINK_SCHEMES


def _is_harmless_drawing(address: str) -> bool:
    """Return whether a URL holds a drawing of DRAWN_ELEMENTS alone, without handlers and without other addresses."""
    if not address.startswith(DRAWING):
        return False
    try:
        root = ElementTree.fromstring(b64decode(address[len(DRAWING) :], validate=True))
    except (ValueError, ElementTree.ParseError):
        return False
    for element in root.iter():
        drawn = element.tag.rpartition("}")[2]
        if drawn not in DRAWN_ELEMENTS or (drawn == "style" and _LOADS.search("".join(element.itertext()))):
            return False
        for name, value in element.items():
            plain = name.rpartition("}")[2].lower()
            leads_in = value.startswith("#") or SAFE_DATA.match(value) is not None
            if plain.startswith("on") or _LOADS.search(value) or (plain in ("href", "src") and not leads_in):
                return False
    return True


def shown(html: str) -> str:
    """Return the text that rendered HTML shows, with alt texts, whitespace collapsed."""
    root: Element = _PARSER.parseFragment(html)
    for image in root.iter("img"):
        image.text = image.get("alt", "")
    for node in root.iter():
        if not isinstance(node.tag, str):
            node.text = ""  # a comment
    return " ".join("".join(root.itertext()).split())

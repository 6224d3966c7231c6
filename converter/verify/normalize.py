"""Normalize texts, URLs, code and languages, so that those that count as the same are equal."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import parse_qs, unquote, unquote_plus, urlsplit

from converter.rules.code import LANGUAGES, UNDECLARED
from converter.rules.math import SERVER_ESCAPES, SERVER_STYLE
from converter.rules.urls import FILE_NAME, IMAGE_NAME, LINK_SCHEMES
from converter.verify.known_addresses import (
    ALT_OF_FORMULA,
    CODE_BUTTONS,
    EMPTY_ALTERNATIVES,
    EQUATION_SERVERS,
    FORMULA_SERVERS,
    KEYWORD_LINK,
    REDIRECTS,
)

UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe0e\ufe0f\ufeff]+"
)
"""Characters that are not visible and separate nothing."""
TRANSFER_SIGN = "外链图片转存"
TRANSFER_NOTE = re.compile(
    r"\[?外链图片转存(?:失败|中)[^\[\]()]{0,80}?(?:直接上传|(?=\(img-))(?:\([^()]*\))*\]?(?:\([^()]*\))*"
)
"""CSDN's note in place of an image that its editor could not copy, or had not copied yet."""
NOTE_ADDRESS = re.compile(r"\((https?:[^()]+)\)")
"""URL of an image in such a note."""
FORMULA_OR_NOTE = re.compile(
    rf"(?P<note>{TRANSFER_NOTE.pattern})"
    r"|\$\$(.+?)\$\$|\\\[((?:(?!\\\[).)+?)\\\]|(?<!\\)\$(?!\s)((?:[^$\\]|\\.)+?)(?<!\s)\$|\\\(((?:(?!\\\().)+?)\\\)",
    re.DOTALL,
)
"""Formulas in TeX in the text of a document whose other formulas are drawn, and notes, which hold none."""

_SHOWS_NO_IMAGE = re.compile(r"\s*(?:(?:javascript|vbscript|blob|[a-z]):|data:(?!image/))", re.IGNORECASE)
_SCHEME = re.compile(r"([a-z][a-z0-9+.\-]*):(?!\d)", re.IGNORECASE)
_HOST_SLASH = re.compile(r"^(https?://[^/?#]+)/$")
_DATA_TYPE = re.compile(r"^data:[^,;]{0,60};base64,(?=iVBORw0KGgo|/9j/|R0lGOD|UklGR)", re.IGNORECASE)
"""The start of a ``data:`` URL whose bytes are a picture, whatever type it names."""
_SIZE_BEHIND_BLANK = re.compile(r"(?<!\s)\s++=\d*x\d*$")
_SIZE = re.compile(r"=\d+x\d*$")
_AUTOLINK = re.compile(r"^(?:mailto:|\w+://)|/$")

_TEX_SPELLINGS = re.compile(r"\\[lr]brack|\\[()$]|\\text\{\\textdollar\}|`|\{\}\Z")
_SAME_TEX = {
    "\\text{\\textdollar}": "$",
    "\\lbrack": "[",
    "\\rbrack": "]",
    "\\(": "$",
    "\\)": "$",
    "\\$": "$",
    "`": "‘",
}


def seen(text: str) -> str:
    """Return a text without invisible characters, but with its whitespace, composed (NFC)."""
    return text if is_seen(text) else unicodedata.normalize("NFC", UNSEEN.sub("", text))


def is_seen(text: str) -> bool:
    """Return True if ``seen`` returns a text as it is."""
    return text.isprintable() and (
        text.isascii()
        or (
            unicodedata.is_normalized("NFC", text)
            and "\ufe0e" not in text  # Python takes these two for printable
            and "\ufe0f" not in text
        )
    )


def squash(text: str) -> str:
    """Return the visible characters of a text, composed (NFC)."""
    return seen("".join(text.split()))


def formula(tex: str) -> str:
    """Return TeX without whitespace, and with one spelling for what a formula may have to be written as in Markdown."""
    return _TEX_SPELLINGS.sub(lambda match: _SAME_TEX.get(match[0], ""), squash(tex))


def without_notes(text: str) -> str:
    """Return a text without the notes of images that could not be copied."""
    return TRANSFER_NOTE.sub("", text) if TRANSFER_SIGN in text else text


def trimmed(text: str) -> str:
    """Return a text without punctuation and symbols at its edges, which emphasis may include or not."""
    first, last = 0, len(text)
    while first < last and unicodedata.category(text[first])[0] in "PS":
        first += 1
    while last > first and unicodedata.category(text[last - 1])[0] in "PS":
        last -= 1
    return text[first:last]


def code(text: str) -> str:
    """Return code with ``\\n`` line ends and plain spaces, without trailing whitespace and empty lines at both ends."""
    text = UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).replace("\xa0", " ")
    lines = [line.rstrip() for line in text.split("\n")]
    return unicodedata.normalize("NFC", "\n".join(lines).strip("\n"))


def language(name: str) -> str:
    """Return the one name of a language that has several, "" where the word names none."""
    name = name.lower().strip().rstrip(";").split(":")[0]
    return "" if name in UNDECLARED else LANGUAGES.get(name, name)


def address(url: str) -> str:
    """Return a URL decoded and without whitespace; of a redirect, its target."""
    url = squash(url)
    while len(parts := url.split("http", 2)) > 2 or (len(parts) == 2 and parts[0]):
        target = _target(url)
        if target == url:
            break
        url = target
    if "%" in url:
        url = unquote(url, errors="replace")
    url = squash(url)
    if url.startswith("//"):
        url = "https:" + url
    return _HOST_SLASH.sub(r"\1", url) if url.endswith("/") else url


def _target(url: str) -> str:
    """Return the URL that a redirect names, any other URL as it is."""
    place = url.partition("//")[2].removeprefix("www.")
    for start, field in REDIRECTS:
        if place.startswith((start + "?", start + "/")):
            found = parse_qs(urlsplit(url).query).get(field, [""])[0]
            found = found if "//" in found else unquote(found)
            return squash(found) if found.lower().startswith(("http://", "https://", "//")) else url
    return url


def link(href: str) -> str:
    """Return the URL of a link: ``#`` for all targets in the page, "" where the link must not or need not stay."""
    url = address(href).removeprefix("./")
    if url.startswith("#"):
        return "#"
    named = _SCHEME.match(url)
    if named and named[1].lower() not in LINK_SCHEMES:
        return ""
    return "" if KEYWORD_LINK.match(url) else url


def is_autolink(href: str, text: str) -> bool:
    """Return True when the text of a link is its URL, as renderers make links of bare URLs."""
    return _AUTOLINK.sub("", address(href)) == _AUTOLINK.sub("", address(text))


def image(src: str) -> str:
    """Return the URL of an image without its size, alignment and processing; "" for a button."""
    src = src.strip()
    if "=" in src:
        src = _SIZE_BEHIND_BLANK.sub("", src)
    src = address(_DATA_TYPE.sub("data:;base64,", src)).partition("?x-oss-process=")[0].partition("#")[0]
    if "=" in src:
        src = _SIZE.sub("", src)
    lowered = src.lower()
    if any(word in lowered for word in CODE_BUTTONS):
        return ""
    return src


def can_show_image(src: str) -> bool:
    """Return False for a URL that no browser shows an image for.

    A script is no image; a ``blob:`` URL is valid in the browser tab that made it, and only there; a file of the
    author's own machine (a drive letter) is nowhere else; ``data:`` of another type than an image is none.
    """
    return _SHOWS_NO_IMAGE.match(src) is None or _DATA_TYPE.match(src.strip()) is not None


def alternative(text: str | None) -> str:
    """Return the alt text of an image, "" where an editor wrote it by itself or where it is a file's name."""
    if not text or TRANSFER_SIGN in text:
        return ""
    line = " ".join(text.split())
    return "" if line in EMPTY_ALTERNATIVES or FILE_NAME.fullmatch(line) else squash(text)


def source_alternative(text: str, src: str) -> str:
    """Return the alt text of an image in a source, "" also where it repeats the file's name or is a URL."""
    shown = alternative(text)
    named = IMAGE_NAME.fullmatch(" ".join(text.split())) if shown else None
    if named is None:
        return shown
    last = unquote(src.strip().split("?")[0].split("#")[0]).split("/")[-1]
    return "" if squash(named[1]) == squash(last) or re.match(r"(?:https?:)?//\S+$", text.strip()) else shown


def image_tex(src: str, alt: str) -> str:
    """Return the TeX of an image that a formula server draws, "" for any other image."""
    if alt and ALT_OF_FORMULA.search(src):
        return squash(alt).strip("$")
    for start, field in EQUATION_SERVERS:
        if start in src:
            found = squash(parse_qs(urlsplit(src.strip()).query).get(field, [""])[0])
            return found.strip("$").removesuffix("\\\\")
    server, _, query = src.strip().partition("?")
    if not query or FORMULA_SERVERS.search(server) is None or ("/chart" in src and "chl=" not in src):
        return ""
    query = query.removeprefix("cht=tx&chl=")
    for written, meant in SERVER_ESCAPES:
        query = query.replace(written, meant)
    return squash(SERVER_STYLE.sub("", unquote_plus(query))).strip("$")

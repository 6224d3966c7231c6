"""The fields of a table of a user's own sites (``own_sites``), and what each of their values must be."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple, TypeAlias, get_args

from converter.options.own_patterns import SHAPE, is_address_form, is_safe
from converter.options.settings import toml_value
from converter.rules.limits import LimitName
from converter.rules.metadata import SELECTOR, Field, Holder
from converter.rules.urls import OWN

_WORD = re.compile(r"[^\s\"'<>=]+")
_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
_ADDRESS = re.compile(r"https?://[!-~]+")
NO_REFERER = "none"


class Text(NamedTuple):
    """A condition on a text: a function that checks it, and the condition in words."""

    accepts: Callable[[str], bool]
    shape: str


def is_selector(text: str) -> bool:
    """Return whether a text is a selector of the few kinds that metadata knows."""
    return bool(text) and all(part and SELECTOR.fullmatch(part) for part in text.split(" "))


def _is_held(text: str) -> bool:
    selector, at, attribute = text.partition("@")
    return bool(text.strip()) and (not at or (is_selector(selector) and bool(attribute)))


def _one_of(choices: tuple[str, ...]) -> Text:
    return Text(choices.__contains__, f"one of {', '.join(map(toml_value, choices))}")


_ANY = Text(bool, "a text")
_ONE_WORD = Text(lambda text: _WORD.fullmatch(text) is not None, "one word")
_PATTERN = Text(is_safe, SHAPE)
_FORM = Text(
    is_address_form, "an address with {id} for the article's number, and {user} for its author's name if it has one"
)
_HOST = Text(lambda text: _DOMAIN.fullmatch(text) is not None, "a domain in small letters, as img.example.org")
_REFERER = Text(
    lambda text: text in (NO_REFERER, OWN) or _ADDRESS.fullmatch(text) is not None, "none, own or an http(s) address"
)
SELECTOR_TEXT = Text(
    is_selector, "a selector, as tag, .class, #id, tag.class, [name=word], or several with a space between"
)
HELD = Text(_is_held, "a name, or a selector (with @attribute behind it where holder is attribute)")

Shape: TypeAlias = Text | Mapping[str, Text]
"""What the entries of a field are: texts, or tables with these keys."""
_NAMED = {"class": _ONE_WORD, "id": _ONE_WORD}
FIELDS: Mapping[str, Shape] = MappingProxyType(
    {
        "roots": {**_NAMED, "element": _ONE_WORD, "inside": _ONE_WORD},
        "wrappers": _ONE_WORD,
        "chrome": {**_NAMED, "rule": _ONE_WORD, "holds": _one_of(get_args(LimitName)), "origin": _ANY},
        "metadata": {
            "field": _one_of(get_args(Field)),
            "holder": _one_of(get_args(Holder)),
            "name": HELD,
            "pattern": _PATTERN,
        },
        "title-names": _PATTERN,
        "tag-links": SELECTOR_TEXT,
        "category-links": SELECTOR_TEXT,
        "category-addresses": _ANY,
        "redirects": {"address": _ANY, "field": _ONE_WORD},
        "keyword-links": _PATTERN,
        "link-cards": {"class": _ONE_WORD, "title": _ONE_WORD},
        "article-addresses": _FORM,
        "furniture-images": _ANY,
        "image-hosts": {"domain": _HOST, "referer": _REFERER},
        "formula-servers": _ANY,
        "equation-servers": {"address": _ANY, "field": _ONE_WORD},
    }
)
"""The fields of a table beside ``name``, each a list."""
ONE_OF = {"roots": ("class", "id", "element"), "chrome": ("class", "id")}
"""Keys of which a table has exactly one."""
OPTIONAL = frozenset(("inside", "rule", "holds", "origin", "pattern"))

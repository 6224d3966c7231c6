"""markdownify's extension contract: a converter's own ``convert_<tag>`` methods write those tags.

Migration scripts hold ``MarkdownConverter`` subclasses.  Only what a subclass defines itself counts:
markdownify's own methods are never asked, the serializer is better at what they do.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from bs4 import BeautifulSoup, Tag
from lxml.etree import _Element, tostring
from markdownify import MarkdownConverter

from converter.model import Node, OptionError
from converter.options import Options
from converter.serializer import Override, to_html

_ALIASES = {"strong": ("strong", "b"), "em": ("em", "i"), "del": ("del", "s", "strike"), "u": ("u", "ins")}
"""Tags of the source that become one canonical tag: a method for any of them writes it."""


def overrides_of(rules: Any, options: Options) -> Mapping[str, Override]:
    """What a markdownify converter (class or instance) wants to write itself, by canonical tag.

    Raises OptionError for rules that are no markdownify converter.
    """
    if rules is None:
        return {}
    converter = _instance(rules, options)
    own = _own_methods(type(converter))
    tags = {tag: name for name in own for tag in _canonical(name)}
    return {tag: _override(converter, name) for tag, name in tags.items()}


def _instance(rules: Any, options: Options) -> Any:
    if isinstance(rules, type) and issubclass(rules, MarkdownConverter):
        return rules(
            heading_style=options.heading_style,
            bullets=options.bullets,
            strong_em_symbol=options.strong_em_symbol,
            newline_style=options.newline_style,
            code_language=options.code_language,
            code_language_callback=options.code_language_callback,
        )
    if isinstance(rules, MarkdownConverter):
        return rules
    raise OptionError(f"rules: a markdownify MarkdownConverter is wanted, not {type(rules).__name__}")


def _own_methods(kind: type) -> Iterable[str]:
    """Names of tags whose method the class, or one between it and markdownify's, defines."""
    for ancestor in kind.__mro__:
        if ancestor is MarkdownConverter:
            break
        for name in vars(ancestor):
            if name.startswith("convert_") and name not in ("convert_soup", "convert_hN"):
                yield name.removeprefix("convert_")
            elif name == "convert_hN":
                yield from ("h1", "h2", "h3", "h4", "h5", "h6")


def _canonical(name: str) -> Iterable[str]:
    return (tag for tag in (name, *(key for key, names in _ALIASES.items() if name in names)) if tag)


def _override(converter: Any, name: str) -> Override:
    """A function of the serializer's kind that calls a converter's method."""

    def write(node: Node, text: str, parents: frozenset[str]) -> str:
        tag = _tag(node)
        method = converter.get_conv_fn(name)
        return str(method(tag, text, set(parents)))

    return write


def name_languages(body: Node, options: Options) -> None:
    """Ask ``options.code_language_callback`` for the language of each code block, by its ``pre`` Tag."""
    if (callback := options.code_language_callback) is None:
        return
    for node in body.nodes():
        if node.tag == "pre" and (language := callback(_tag(node))):
            node.attributes = {"lang": str(language)}


def _tag(node: Node) -> Tag:
    """A BeautifulSoup tag for a node: the source's own element where it is known, else the canonical one."""
    if isinstance(node.origin, _Element) and node.origin.tag == node.tag:
        markup = tostring(node.origin, encoding="unicode", method="html", with_tail=False)
    else:
        markup = to_html([node])
    found = BeautifulSoup(markup, "lxml").find(node.tag)
    assert isinstance(found, Tag)
    return found

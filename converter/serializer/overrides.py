"""Overrides from markdownify converters: the ``convert_<tag>`` methods of a subclass write those tags.

Migration scripts hold ``MarkdownConverter`` subclasses.  Only methods that a subclass defines count: those that it
inherits from markdownify are never called, for the serializer writes these tags better.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from lxml.etree import _Element, tostring

from converter.model import Node, OptionError
from converter.options import Options
from converter.serializer import Override, to_html

if TYPE_CHECKING:
    from bs4 import Tag

_ALIASES = {"strong": ("strong", "b"), "em": ("em", "i"), "del": ("del", "s", "strike"), "u": ("u", "ins")}
"""Tags of the source that become one canonical tag: a method for any of them writes that tag."""


def overrides_of(rules: Any, options: Options) -> Mapping[str, Override]:
    """Return the methods of a markdownify converter that write tags, by canonical tag; nothing for None.

    rules: a subclass of ``MarkdownConverter``, which is made with ``options``, or an instance of one.
    Raises OptionError for any other value.
    """
    if rules is None:
        return {}
    converter = _instance(rules, options)
    tags = {tag: name for name in _defined_methods(type(converter)) for tag in _canonical(name)}
    return {tag: _override(converter, name) for tag, name in tags.items()}


def _instance(rules: Any, options: Options) -> Any:
    """Return a converter for rules; a class gets those options that markdownify has, too."""
    from markdownify import MarkdownConverter  # with BeautifulSoup, which takes longer to import than all else

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


def _defined_methods(kind: type) -> Iterable[str]:
    """Yield the tags whose method is defined by a class or by one between it and markdownify's."""
    from markdownify import MarkdownConverter

    for ancestor in kind.__mro__:
        if ancestor is MarkdownConverter:
            break
        for name in vars(ancestor):
            if name.startswith("convert_") and name not in ("convert_soup", "convert_hN"):
                yield name.removeprefix("convert_")
            elif name == "convert_hN":
                yield from ("h1", "h2", "h3", "h4", "h5", "h6")


def _canonical(name: str) -> Iterable[str]:
    """Return the tags that a method for ``name`` writes: that tag, and the canonical one it is an alias of."""
    return (tag for tag in (name, *(key for key, names in _ALIASES.items() if name in names)) if tag)


def _override(converter: Any, name: str) -> Override:
    """Return an Override that calls a converter's method."""

    def write(node: Node, text: str, parents: frozenset[str]) -> str:
        tag = _tag(node)
        method = converter.get_conv_fn(name)
        return str(method(tag, text, set(parents)))

    return write


def name_languages(body: Node, options: Options) -> None:
    """Set the language of each code block for which ``options.code_language_callback`` returns one.

    The callback takes the block's ``pre`` as a Tag, and returns a language or None (markdownify's contract).
    """
    if (callback := options.code_language_callback) is None:
        return
    for node in body.nodes():
        if node.tag == "pre" and (language := callback(_tag(node))):
            node.attributes = {"lang": str(language)}


def _tag(node: Node) -> Tag:
    """Return a BeautifulSoup tag for a node: the source's element where it is known, else the canonical one."""
    from bs4 import BeautifulSoup

    if isinstance(node.origin, _Element) and node.origin.tag == node.tag:
        markup = tostring(node.origin, encoding="unicode", method="html", with_tail=False)
    else:
        markup = to_html([node])
    found = BeautifulSoup(markup, "lxml").find(node.tag)
    assert found is not None and not isinstance(found, str)
    return found

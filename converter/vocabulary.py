"""Check that a tree of nodes is canonical HTML: only tags, attributes and children of the vocabulary in ``nodes``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from converter.nodes import BLOCKS, BODY, HEADINGS, INLINES, Inline, Node

CONTENT: Mapping[str, str] = MappingProxyType(
    {
        "body": "blocks",
        **dict.fromkeys((*HEADINGS, "p", "dt", "summary"), "inlines"),
        **dict.fromkeys(("strong", "em", "del", "a", "sup", "sub", "kbd", "mark", "u"), "inlines"),
        **dict.fromkeys(("blockquote", "li", "dd", "footnote"), "blocks"),
        **dict.fromkeys(("th", "td"), "inlines or blocks"),
        **dict.fromkeys(("code", "pre", "math"), "text"),
        **dict.fromkeys(("hr", "br", "img", "noteref", "more"), "nothing"),
        "ul": "li",
        "ol": "li",
        "table": "tr",
        "tr": "th td",
        "dl": "dt dd",
        "details": "summary blocks",
    }
)
"""The children that each tag may have.  ``summary blocks``: one summary, then blocks.  ``text``: exactly one string."""

ATTRIBUTES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "a": frozenset(("href", "title", "id")),
        "img": frozenset(("src", "alt", "title", "width", "height")),
        "pre": frozenset(("lang",)),
        "ul": frozenset(("tight",)),
        "ol": frozenset(("tight", "start")),
        "li": frozenset(("checked",)),
        "th": frozenset(("align", "colspan", "rowspan")),
        "td": frozenset(("align", "colspan", "rowspan")),
        "math": frozenset(("display",)),
        "noteref": frozenset(("id",)),
        "footnote": frozenset(("id",)),
    }
)
"""The attributes that each tag may have.

``a[id]`` alone (no ``href``, no children): the target of a link inside the page.
``ul[tight]``, ``ol[tight]`` (any value): a tight list; the text of each item is one ``p``.
``li[checked]`` (``true`` or ``false``): the item is a task.
``math[display]`` (any value): a display formula inside a line, in a heading or a cell.
``img[width]``, ``img[height]``: pixels, as the source says; the serializer leaves them out.
``align``: ``left``, ``center`` or ``right``.
``start``, ``colspan``, ``rowspan``: decimal numbers; a span of 1 is left out.
"""


def problems(body: Node) -> Iterator[str]:
    """Yield a line for each fault of a tree; nothing for canonical HTML."""
    if body.tag != BODY:
        yield f"the root is <{body.tag}>"
    for node in body.nodes():
        rule = CONTENT.get(node.tag)
        if rule is None:
            yield f"<{node.tag}> is not in the vocabulary"
            continue
        for name in node.attributes.keys() - ATTRIBUTES.get(node.tag, frozenset()):
            yield f"<{node.tag}> has the attribute {name}"
        if not _ALLOWS[rule](node.children):
            yield f"<{node.tag}> must hold {rule}: {node!r:.300}"


def _tags(children: Sequence[Inline]) -> list[str]:
    return ["#text" if isinstance(child, str) else child.tag for child in children]


def _only(allowed: frozenset[str]) -> Callable[[Sequence[Inline]], bool]:
    return lambda children: allowed.issuperset(_tags(children))


def _is_text(children: Sequence[Inline]) -> bool:
    return len(children) == 1 and isinstance(children[0], str)


def _is_details(children: Sequence[Inline]) -> bool:
    return _tags(children)[:1] == ["summary"] and _blocks(children[1:])


_blocks = _only(BLOCKS)
_inlines = _only(INLINES | {"#text"})

_ALLOWS: Mapping[str, Callable[[Sequence[Inline]], bool]] = MappingProxyType(
    {
        "blocks": _blocks,
        "inlines": _inlines,
        "inlines or blocks": lambda children: _inlines(children) or _blocks(children),
        "text": _is_text,
        "nothing": lambda children: not children,
        "li": _only(frozenset(("li",))),
        "tr": _only(frozenset(("tr",))),
        "th td": _only(frozenset(("th", "td"))),
        "dt dd": _only(frozenset(("dt", "dd"))),
        "summary blocks": _is_details,
    }
)

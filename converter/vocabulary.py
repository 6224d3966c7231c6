"""Check that a tree of nodes is canonical HTML: only tags, attributes and children of the vocabulary in ``model``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType

from converter.model import ATTRIBUTES, BLOCKS, BODY, CONTENT, INLINES, Inline, Node


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

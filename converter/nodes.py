"""The tree of an article, and the closed vocabulary of canonical HTML that it is made of."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import TypeAlias

NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    (*HEADINGS, "p", "ul", "ol", "blockquote", "pre", "table", "hr", "dl", "details", "math", "footnote", "more")
)
"""Block tags: each may stand where a paragraph may stand.  ``math`` as a block is a display formula."""
INLINES = frozenset(
    ("strong", "em", "del", "code", "a", "img", "br", "sup", "sub", "kbd", "mark", "u", "math", "noteref")
)
"""Inline tags: each may stand in a line of text.  ``math`` as an inline is an inline formula."""
PARTS = frozenset(("li", "tr", "th", "td", "dt", "dd", "summary"))
"""Tags that may stand only inside one certain block, as ``li`` in a list."""
BODY = "body"
"""The tag of the root."""


class Node:
    """One element of an article in canonical HTML.

    tag: a tag of the vocabulary.
    attributes: only names that ATTRIBUTES lists for the tag.
    children: nodes and text.  Text is final: a line break is a ``br`` node, a run of whitespace is one
        space, and no whitespace stands at the edge of a block or next to a ``br``.  Only ``code``,
        ``pre`` and ``math`` keep their text as it was.
    origin: the source's own element, kept only if the caller brought markdownify rules.

    Nodes are equal if tag, attributes and children are; ``origin`` does not count.  Pickles and copies
    of a node hold all the nodes below it, and no ``origin``.
    """

    __slots__ = ("attributes", "children", "origin", "tag")

    def __init__(
        self,
        tag: str,
        children: list[Node | str] | None = None,
        attributes: Mapping[str, str] = NO_ATTRIBUTES,
        origin: object = None,
    ) -> None:
        self.tag = tag
        self.children: list[Node | str] = [] if children is None else children
        self.attributes = attributes
        self.origin = origin

    def __repr__(self) -> str:
        attributes = "".join(f" {name}={value!r}" for name, value in self.attributes.items())
        return f"<{self.tag}{attributes} {self.children!r}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Node):
            return NotImplemented
        return self._parts() == other._parts()

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Callable[[list[_Part]], Node], tuple[list[_Part]]]:
        """Pickle and copy the nodes as one flat list, so that deep nesting needs no deep call stack."""
        return _node_of, (self._parts(),)

    def _parts(self) -> list[_Part]:
        """Return this node and all below it as one flat list."""
        return [
            node if isinstance(node, str) else (node.tag, dict(node.attributes), len(node.children))
            for node in self.walk()
        ]

    def walk(self) -> Iterator[Node | str]:
        """Yield this node and all nodes and strings below it, in document order."""
        stack: list[Node | str] = [self]
        while stack:
            node = stack.pop()
            yield node
            if not isinstance(node, str):
                stack.extend(reversed(node.children))

    def texts(self) -> Iterator[str]:
        """Yield every string below this node, in document order."""
        stack: list[Node | str] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                yield node
            elif len(children := node.children) == 1 and isinstance(only := children[0], str):
                yield only
            else:
                stack.extend(reversed(children))

    def nodes(self) -> Iterator[Node]:
        """Yield this node and all nodes below it, in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            children = node.children
            if len(children) > 1:
                stack += [child for child in reversed(children) if not isinstance(child, str)]
            elif children and not isinstance(only := children[0], str):
                stack.append(only)


_Part: TypeAlias = str | tuple[str, dict[str, str], int]
"""A string, or the tag, the attributes and the number of children of a node."""


def _node_of(parts: list[_Part]) -> Node:
    """Return the node that ``Node.__reduce__`` wrote as a list in document order."""
    made: list[Node | str] = []
    for part in reversed(parts):
        if isinstance(part, str):
            made.append(part)
        else:
            tag, attributes, count = part
            made.append(Node(tag, [made.pop() for _ in range(count)], attributes or NO_ATTRIBUTES))
    root = made.pop()
    assert isinstance(root, Node)
    return root


Inline: TypeAlias = Node | str
"""A child of a node: another node, or text."""

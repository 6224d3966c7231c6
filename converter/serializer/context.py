"""What the writers of one document share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property

from converter.flavors import flavor
from converter.model import Node, Options

Override = Callable[[Node, str, frozenset[str]], str]
NOTE_ID = re.compile(r"[^\w-]+")


class Context:
    """Options, flavor and overrides, and what is known of the document as a whole."""

    def __init__(self, body: Node, options: Options, overrides: Mapping[str, Override]) -> None:
        self.body, self.options, self.overrides = body, options, overrides
        self.flavor = flavor(options.flavor)
        self.template = self.flavor.template
        self.parents: list[str] = []

    def parent_tags(self, inlines: Sequence[str] = ()) -> frozenset[str]:
        """The tags around the node that is being written."""
        return frozenset((*self.parents, *inlines))

    @cached_property
    def tags(self) -> frozenset[str]:
        """Every tag of the document."""
        return frozenset(node.tag for node in _walk(self.body))

    @cached_property
    def formulas(self) -> bool:
        """Whether the document has formulas, so that its site reads ``$``."""
        return "math" in self.tags

    @cached_property
    def notes(self) -> bool:
        """Whether the document has footnotes."""
        return "footnote" in self.tags

    def note(self, node: Node) -> str:
        """The label of a footnote, as every renderer takes it."""
        return NOTE_ID.sub("-", node.attributes.get("id", "")).strip("-") or "note"


def _walk(body: Node) -> Iterator[Node]:
    stack = [body]
    while stack:
        node = stack.pop()
        yield node
        stack.extend(child for child in node.children if isinstance(child, Node))

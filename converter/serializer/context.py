"""What the writers of one document share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from converter.model import Node
from converter.options import Options
from converter.options.flavors import flavor
from converter.serializer.escape import DocumentTraits

Override = Callable[[Node, str, frozenset[str]], str]
NOTE_ID = re.compile(r"[^\w-]+")


class Context:
    """Options, flavor and overrides, and what is known of the document as a whole."""

    def __init__(
        self,
        body: Node,
        options: Options,
        overrides: Mapping[str, Override],
        *,
        headed: bool = False,
        templates: bool = True,
    ) -> None:
        self.options, self.overrides, self.headed = options, dict(overrides), headed
        self.flavor = flavor(options.flavor)
        self.document = DocumentTraits(
            body, self.flavor.template if templates else None, relinks=self.flavor.relinks,
            raw_alternatives=self.flavor.raw_alternatives,
        )  # fmt: skip
        self.line_break = "\\\n" if options.newline_style == "backslash" else "  \n"
        self.parents: list[str] = []

    def parent_tags(self, inlines: Sequence[str] = ()) -> frozenset[str]:
        """The tags around the node that is being written."""
        return frozenset((*self.parents, *inlines))

    def note(self, node: Node) -> str:
        """The label of a footnote, as every renderer takes it."""
        return NOTE_ID.sub("-", node.attributes.get("id", "")).strip("-") or "note"

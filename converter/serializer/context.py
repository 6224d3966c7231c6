"""What the writers of one document share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence

from converter.escape import Site
from converter.flavors import flavor
from converter.model import Node, Options
from converter.serializer.html import referred, to_html

Override = Callable[[Node, str, frozenset[str]], str]
NOTE_ID = re.compile(r"[^\w-]+")


class Context:
    """Options, flavor and overrides, and what is known of the document as a whole."""

    def __init__(
        self, body: Node, options: Options, overrides: Mapping[str, Override], *, templates: bool = True
    ) -> None:
        self.options, self.overrides = options, dict(overrides)
        self.flavor = flavor(options.flavor)
        self.site = Site(
            body, self.flavor.template if templates else None, relinks=self.flavor.relinks,
            raw_alternatives=self.flavor.raw_alternatives,
        )  # fmt: skip
        self.line_break = "\\\n" if options.newline_style == "backslash" else "  \n"
        self.parents: list[str] = []

    def parent_tags(self, inlines: Sequence[str] = ()) -> frozenset[str]:
        """The tags around the node that is being written."""
        return frozenset((*self.parents, *inlines))

    def html(self, node: Node, *, in_line: bool = False) -> str:
        """A node as HTML, with nothing in it that a template engine would read."""
        text = to_html((node,), in_line=in_line)
        return text if self.site.template is None else referred(text, self.site.template)

    def tex(self, node: Node, *, lines: bool = False) -> str:
        """A formula on one line (``lines``: on its own lines), its tags kept from a template engine."""
        text = "".join(node.texts())
        tex = (
            "\n".join(line.rstrip() for line in text.strip().split("\n") if line.strip())
            if lines
            else " ".join(text.split())
        )
        tags = self.flavor.code_tags
        if self.site.template is None or tags is None or self.flavor.formulas_as_text:
            return tex
        return tags.pattern.sub(tags.replacement, tex)

    def note(self, node: Node) -> str:
        """The label of a footnote, as every renderer takes it."""
        return NOTE_ID.sub("-", node.attributes.get("id", "")).strip("-") or "note"

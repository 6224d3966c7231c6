"""The values that all writers of one document share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property

from converter.model import Article, Node
from converter.options import Options
from converter.options.flavors import FLAVORS
from converter.serializer import gate
from converter.serializer.escape import DocumentTraits

Override = Callable[[Node, str, frozenset[str]], str]
"""A caller's writer for one tag: the node, its content as Markdown and the tags around it; returns Markdown."""


class Context:
    """The options, the flavor and the overrides of a document, its traits, and the tags around the current block.

    headed: front matter stands above the body.  prettified: see ``Article``.  document: traits of the whole document.
    listed_notes: the footnotes are a numbered list, and references to them links to its items (``notes``).
    line_break: the hard break of ``options.newline_style``.
    has_shortcuts: lines may be written on the fast path.
    intruders: markup that the last gate saw and that the serializer did not write.
    parents: the tags of the blocks around the one that is being written, from the outermost to the innermost.
    """

    def __init__(
        self,
        article: Article,
        options: Options,
        overrides: Mapping[str, Override],
        *,
        headed: bool = False,
        templates: bool = True,
        strict: bool = False,
        listed_notes: bool = False,
    ) -> None:
        self.options, self.overrides, self.headed = options, dict(overrides), headed
        self.flavor, self.prettified = FLAVORS[options.flavor], article.prettified
        self.document = DocumentTraits(
            article.body, self.flavor.template if templates else None, relinks=self.flavor.relinks,
            raw_alt_text=self.flavor.raw_alt_text, every_dollar=self.flavor.reads_dollars, strict=strict,
        )  # fmt: skip
        self.listed_notes = listed_notes
        self.line_break = "\\\n" if options.newline_style == "backslash" else "  \n"
        self.has_shortcuts = not overrides and not strict
        self.parents: list[str] = []
        self.intruders: list[str] = []

    @cached_property
    def schemes(self) -> frozenset[str]:
        """The URL schemes that the document may have."""
        return gate.schemes_of(self.document.body)

    def check(self, text: str) -> None:
        """Put a block that held something suspicious through the last gate."""
        self.document.suspicious = False
        if not self.overrides and gate.may_hold_intruders(text):
            self.intruders += gate.intruders(text, self.schemes)

    def parent_tags(self, inlines: Sequence[str] = ()) -> frozenset[str]:
        """Return the tags around the node that is being written; ``inlines`` are those of them that are inline."""
        return frozenset((*self.parents, *inlines))

"""The traits of a whole document that decide which characters need an escape."""

from __future__ import annotations

import re
from functools import cached_property

from converter.model import HEADINGS, INLINES, Node

_WITHOUT_BLOCKS = INLINES.union(HEADINGS, ("p", "pre", "hr", "more"))
"""Tags of nodes that hold no footnote."""

_CUT_WORD = "HUGOMORE42"
"""The word that Hugo puts in the place of ``<!--more-->``.  If an article holds it, Hugo takes that for the cut."""


class DocumentTraits:
    """Traits of a document and of its flavor; the document is read when a trait is asked for the first time.

    body: the root of the document's canonical HTML.
    template, relinks, raw_alt_text, every_dollar (``reads_dollars``): see ``converter.options.flavors.Flavor``.
    strict: all punctuation of the article is written as references, and formulas as code.
    suspicious: set when something was written that safety depends on; ``Context.check`` unsets it.
    """

    def __init__(
        self,
        body: Node,
        template: re.Pattern[str] | None = None,
        *,
        relinks: bool = False,
        raw_alt_text: bool = False,
        every_dollar: bool = False,
        strict: bool = False,
    ) -> None:
        self.body, self.template, self.relinks, self.raw_alt_text = body, template, relinks, raw_alt_text
        self.every_dollar, self.strict = every_dollar, strict
        self.suspicious = False

    def has_template_tag(self, text: str) -> bool:
        """Return whether the site's template engine would find a tag in ``text``."""
        return self.template is not None and self.template.search(text) is not None

    @cached_property
    def has_cut_word(self) -> bool:
        """True if the article itself holds the word ``HUGOMORE42``, in its text or in an attribute."""
        values = (value for node in self.body.nodes() for value in node.attributes.values())
        return _CUT_WORD in "".join(self.body.texts()) or any(_CUT_WORD in value for value in values)

    @cached_property
    def tags(self) -> frozenset[str]:
        """The tags of all nodes of the document."""
        level, found = [self.body], {self.body.tag}
        while level:
            level = [child for node in level for child in node.children if not isinstance(child, str)]
            found.update([node.tag for node in level])
        return frozenset(found)

    @property
    def reads_dollars(self) -> bool:
        """Whether the document's site reads every ``$`` as a delimiter of a formula."""
        return self.every_dollar or self.has_formulas

    @property
    def has_formulas(self) -> bool:
        """Whether the document has formulas."""
        return "math" in self.tags

    @cached_property
    def has_footnotes(self) -> bool:
        """Whether the document has footnotes: ``[^1]`` in its text could then refer to one."""
        level = [self.body]
        while level:
            level = [
                child
                for node in level
                for child in node.children
                if not isinstance(child, str) and child.tag not in _WITHOUT_BLOCKS
            ]
            if "footnote" in [node.tag for node in level]:
                return True
        return False

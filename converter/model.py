"""The values that flow through the pipeline, and the closed vocabulary they are written in.

Everything here is plain data: no input, no output, no knowledge of any website.  Every other module
of the package may import this one; this one imports none of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeAlias

# --------------------------------------------------------------------------------------------------
# The vocabulary: canonical HTML

NO_ATTRIBUTES: Mapping[str, str] = MappingProxyType({})

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    (*HEADINGS, "p", "ul", "ol", "blockquote", "pre", "table", "hr", "dl", "details", "math", "footnote")
)
"""Tags that stand where a paragraph could stand.  ``math`` as a block is a display formula."""
INLINES = frozenset(
    ("strong", "em", "del", "code", "a", "img", "br", "sup", "sub", "kbd", "mark", "u", "math", "noteref")
)
"""Tags that stand inside a line of text.  ``math`` as an inline is an inline formula."""
PARTS = frozenset(("li", "tr", "th", "td", "dt", "dd", "summary"))
"""Tags that stand only inside one certain block."""
BODY = "body"
"""The tag of the root."""


class Node:
    """One element of an article in canonical HTML.

    ``tag`` is of the vocabulary, ``attributes`` holds only what ATTRIBUTES names for it, and
    ``children`` are nodes and text.  Text is final: line breaks are ``br`` nodes, runs of blanks are
    one space, no blank stands at the edge of a block or next to a ``br``; only ``code``, ``pre`` and
    ``math`` keep their text as it was.
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
        """The source's own element, kept only where the caller brought markdownify rules."""

    def __repr__(self) -> str:
        attributes = "".join(f" {name}={value!r}" for name, value in self.attributes.items())
        return f"<{self.tag}{attributes} {self.children!r}>"

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Node):
            return NotImplemented
        return (self.tag, dict(self.attributes), self.children) == (other.tag, dict(other.attributes), other.children)

    __hash__ = None  # type: ignore[assignment]

    def walk(self) -> Iterator[Node | str]:
        """This node and all nodes and texts below it, in document order."""
        stack: list[Node | str] = [self]
        while stack:
            node = stack.pop()
            yield node
            if not isinstance(node, str):
                stack.extend(reversed(node.children))

    def texts(self) -> Iterator[str]:
        """Every piece of text below this node, in order."""
        return (node for node in self.walk() if isinstance(node, str))

    def nodes(self) -> Iterator[Node]:
        """This node and all nodes below it, in document order."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            if node.children:
                stack += [child for child in reversed(node.children) if not isinstance(child, str)]


Inline: TypeAlias = Node | str

CONTENT: Mapping[str, str] = MappingProxyType(
    {
        "body": "blocks",
        **dict.fromkeys((*HEADINGS, "p", "dt", "summary"), "inlines"),
        **dict.fromkeys(("strong", "em", "del", "a", "sup", "sub", "kbd", "mark", "u"), "inlines"),
        **dict.fromkeys(("blockquote", "li", "dd", "footnote"), "blocks"),
        **dict.fromkeys(("th", "td"), "inlines or blocks"),
        **dict.fromkeys(("code", "pre", "math"), "text"),
        **dict.fromkeys(("hr", "br", "img", "noteref"), "nothing"),
        "ul": "li",
        "ol": "li",
        "table": "tr",
        "tr": "th td",
        "dl": "dt dd",
        "details": "summary blocks",
    }
)
"""What each tag holds.  ``summary blocks``: one summary, then blocks.  ``text``: exactly one string."""

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
"""The attributes a tag may carry.

``a[id]`` alone (no ``href``, no children) is the target of an in-page link.  ``ul[tight]`` (with any
value) says that the items are single lines, each item's text one ``p``.  ``li[checked]`` is ``true``
or ``false`` and makes a task of the item.  ``math[display]`` (with any value) is a display formula
that stands in a line, of a heading or a cell.  ``img[width, height]`` are pixels as the source
says; Markdown has no sizes, so the writer leaves them out.  ``align`` is ``left``, ``center`` or ``right``; ``start``,
``colspan`` and ``rowspan`` are decimal numbers (spans of 1 are left out).
"""


# --------------------------------------------------------------------------------------------------
# Findings


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule dropped or rewrote.

    ``rule`` is a stable id (``chrome/recommend-box``, ``code/gutter``, ``image/watermark``), ``text``
    the words concerned, ``kept`` what stands for them now (None: they were dropped), ``line`` the
    line in the source file, counted from 1 (0: not known).
    """

    rule: str
    text: str = ""
    kept: str | None = None
    line: int = 0


# --------------------------------------------------------------------------------------------------
# Results


@dataclass(frozen=True, slots=True)
class Meta:
    """What a page knows of itself.  Empty where it does not know; dates as ``YYYY-MM-DD HH:MM:SS``."""

    title: str = ""
    url: str = ""
    article_id: str = ""
    date: str = ""
    updated: str = ""
    author: str = ""
    description: str = ""
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """An article in canonical HTML: the cleaner's result, the serializer's input."""

    body: Node
    findings: tuple[Finding, ...] = ()


Kind: TypeAlias = Literal["html", "markdown"]


@dataclass(frozen=True, slots=True)
class Document:
    """A converted document; ``str(document)`` is the whole file.

    text: the Markdown body, ending in one newline (empty for an empty article).
    front_matter: the block above it, verbatim, with its delimiters and final newline ("" for none).
    metadata: what the page knows of itself.
    findings: what was dropped or rewritten, in order.
    kind: ``markdown`` when the source was Markdown already and was left as it is.
    article: the canonical HTML that the Markdown was written from (None for Markdown sources).
    """

    text: str
    front_matter: str = ""
    metadata: Meta = field(default_factory=Meta)
    findings: tuple[Finding, ...] = ()
    kind: Kind = "html"
    article: Article | None = None

    @property
    def images(self) -> tuple[str, ...]:
        """Addresses of the body's images, in order, each once."""
        return self._addresses("img", "src")

    @property
    def links(self) -> tuple[str, ...]:
        """Addresses that the body links to, in order, each once."""
        return self._addresses("a", "href")

    def _addresses(self, tag: str, name: str) -> tuple[str, ...]:
        if self.article is None:
            return ()
        found = (node.attributes.get(name, "") for node in self.article.body.nodes() if node.tag == tag)
        return tuple(dict.fromkeys(filter(None, found)))

    def __str__(self) -> str:
        if self.kind == "markdown" or not self.front_matter or not self.text:
            return self.front_matter + self.text
        return f"{self.front_matter}\n{self.text}"


# --------------------------------------------------------------------------------------------------
# Errors


class Csdn2mdError(Exception):
    """Base of every error that this package raises on purpose."""


class ConversionError(Csdn2mdError):
    """A source that cannot be converted.  ``name`` is the file, ``line`` its line (0: not known)."""

    def __init__(self, message: str, *, name: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.message, self.name, self.line = message, name, line

    def __str__(self) -> str:
        place = f"{self.name}:{self.line}" if self.line and self.name else self.name
        return f"{place}: {self.message}" if place else self.message


class OptionError(Csdn2mdError):
    """An option, or a row of a configuration file, that says something impossible."""

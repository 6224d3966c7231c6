"""The values that the stages pass on, the closed vocabulary of canonical HTML, and the errors.

Everything here is plain data: no input, no output, no knowledge of any website.  Every other module
of the package may import this one; this one imports none of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal, TypeAlias

# --------------------------------------------------------------------------------------------------
# The vocabulary: canonical HTML

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
        return (self.tag, dict(self.attributes), self.children) == (other.tag, dict(other.attributes), other.children)

    __hash__ = None  # type: ignore[assignment]

    def __reduce__(self) -> tuple[Callable[[list[_Part]], Node], tuple[list[_Part]]]:
        """Pickle and copy the nodes as one flat list, so that deep nesting needs no deep call stack."""
        parts = [
            node if isinstance(node, str) else (node.tag, dict(node.attributes), len(node.children))
            for node in self.walk()
        ]
        return _node_of, (parts,)

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
        return (node for node in self.walk() if isinstance(node, str))

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


# --------------------------------------------------------------------------------------------------
# Findings


@dataclass(frozen=True, slots=True)
class Finding:
    """The record of one thing that a rule dropped or rewrote.

    rule: the stable id of the rule, as ``chrome/recommend-box``, ``code/gutter`` or ``image/watermark``.
    text: the source's text that was dropped or rewritten.
    kept: what stands for it now; None if it was dropped.
    line: the line in the source file, counted from 1; 0 if it is not known.
    """

    rule: str
    text: str = ""
    kept: str | None = None
    line: int = 0


# --------------------------------------------------------------------------------------------------
# Results


@dataclass(frozen=True, slots=True)
class Meta:
    """The metadata that a page gives about its article; empty where it gives none.

    url: the article's own URL.
    article_id: the number of the article on its site.
    date, updated: publication and last change, as ``YYYY-MM-DD HH:MM:SS`` by the site's clock.
    """

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
    """An article in canonical HTML: the output of the cleaner and the input of the serializer.

    prettified: a pretty-printer put whitespace at every edge of an element.  The text has none of it, but the
        serializer may write a space there where emphasis could not be read without one.
    """

    body: Node
    findings: tuple[Finding, ...] = ()
    prettified: bool = False


KindName: TypeAlias = Literal["page", "post", "fragment", "mixed", "listing", "error", "markdown"]
"""Kinds of sources: a whole page; a post (front matter and HTML); HTML alone; Markdown with pasted HTML; a page that
lists articles; a page that says why there is no article; Markdown already."""


@dataclass(frozen=True, slots=True)
class Kind:
    """The kind of a source, and why it is taken for that; ``str()`` gives both in one line."""

    name: KindName
    reason: str = ""

    @property
    def is_copied(self) -> bool:
        """Return whether a source of this kind is left as it is."""
        return self.name == "markdown"

    def __str__(self) -> str:
        return f"{self.name}: {self.reason}" if self.reason else self.name


@dataclass(frozen=True, slots=True)
class Document:
    """A converted document; ``str(document)`` is the whole file.

    text: the Markdown body, ending in one newline; empty for an empty article.
    front_matter: the block above it, with its delimiters and final newline; empty if there is none.
    metadata: what the page says about its article.
    findings: what was dropped or rewritten, in order.
    kind: what the source is, and why; a source that is Markdown already is left as it is.
    article: the canonical HTML that the Markdown was written from; None for a Markdown source.

    A document can be pickled and copied.
    """

    text: str
    front_matter: str = ""
    metadata: Meta = field(default_factory=Meta)
    findings: tuple[Finding, ...] = ()
    kind: Kind = Kind("fragment")
    article: Article | None = None

    @property
    def images(self) -> tuple[str, ...]:
        """Return the URLs of the body's images, in order, each once."""
        return self._addresses("img", "src")

    @property
    def links(self) -> tuple[str, ...]:
        """Return the URLs that the body links to, in order, each once."""
        return self._addresses("a", "href")

    def _addresses(self, tag: str, name: str) -> tuple[str, ...]:
        if self.article is None:
            return ()
        found = (node.attributes.get(name, "") for node in self.article.body.nodes() if node.tag == tag)
        return tuple(dict.fromkeys(filter(None, found)))

    def __str__(self) -> str:
        if self.kind.name in ("markdown", "mixed") or not self.front_matter or not self.text:
            return self.front_matter + self.text
        return f"{self.front_matter}\n{self.text}"


# --------------------------------------------------------------------------------------------------
# Errors


class Csdn2mdError(Exception):
    """Base class of every error that this package raises on purpose."""


class ConversionError(Csdn2mdError):
    """A source cannot be converted.

    name: the source's file, empty if it is not known.
    line: the line in it, counted from 1; 0 if it is not known.
    """

    def __init__(self, message: str, *, name: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.message, self.name, self.line = message, name, line

    def __str__(self) -> str:
        origin = f"{self.name}:{self.line}" if self.line and self.name else self.name
        return f"{origin}: {self.message}" if origin else self.message


class OptionError(Csdn2mdError):
    """An option, an argument or a key of a configuration file has a value that is not allowed."""

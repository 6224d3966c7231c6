"""The values that the stages pass on, and the errors.

Everything here is plain data: no input, no output, no knowledge of any website.  Every other module of the package
may import this one; this one imports only the tree (``nodes``), its vocabulary, and its form as JSON.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from typing import TYPE_CHECKING, Literal, TypeAlias, get_args

from converter.errors import ConversionError, Csdn2mdError, OptionError
from converter.nodes import BLOCKS, BODY, HEADINGS, INLINES, NO_ATTRIBUTES, PARTS, Inline, Node

if TYPE_CHECKING:
    from converter.document_json import Json

__all__ = [
    "BLOCKS",
    "BODY",
    "HEADINGS",
    "INLINES",
    "NO_ATTRIBUTES",
    "PARTS",
    "Article",
    "Comment",
    "ConversionError",
    "Csdn2mdError",
    "Document",
    "Finding",
    "Inline",
    "Kind",
    "KindName",
    "Meta",
    "Node",
    "OptionError",
]


# --------------------------------------------------------------------------------------------------
# Findings


@dataclass(frozen=True, slots=True)
class Finding:
    """The record of one thing that a rule dropped or rewrote.

    rule: the stable id of the rule, as ``chrome/recommend-box``, ``code/gutter`` or ``image/watermark``.
    text: the source's text that was dropped or rewritten.
    kept: what stands for it now; None if it was dropped.
    line: the line in the source file, counted from 1; 0 if it is not known.
    beside: the text stood beside the article, and somebody may have written it: a site's labels, links and dates are
        not marked.
    """

    rule: str
    text: str = ""
    kept: str | None = None
    line: int = 0
    beside: bool = False


# --------------------------------------------------------------------------------------------------
# Results


@dataclass(frozen=True, slots=True)
class Meta:
    """The metadata that a page gives about its article; empty where it gives none.

    url: the article's own URL.
    article_id: the number of the article on its site.
    date, updated: publication and last change, as ``YYYY-MM-DD HH:MM:SS`` by the site's clock.
    kind: ``original``, ``reprint`` or ``translation``.
    license: the SPDX identifier of a Creative Commons licence, as ``CC-BY-SA-4.0``.
    source_url: where a reprint or a translation says that it is from.
    column: the paid or free column that the article belongs to.
    views, likes, favorites, comments: how often it was read, liked, kept and commented on, by the page; a count that
        the page shortens is rounded (``2k``).
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
    kind: str = ""
    license: str = ""
    source_url: str = ""
    column: str = ""
    views: int | None = None
    likes: int | None = None
    favorites: int | None = None
    comments: int | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment of a reader (``Options(comments="data")``).

    author, date: as the page names them ("" where it does not); answers: whom a reply addresses; text: Markdown;
    replies: the answers to it, in order.
    """

    author: str = ""
    date: str = ""
    answers: str = ""
    text: str = ""
    replies: tuple[Comment, ...] = ()


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
    comments: those of readers, where ``Options(comments="data")`` asks for them.

    A document can be pickled and copied.
    """

    text: str
    front_matter: str = ""
    metadata: Meta = field(default_factory=Meta)
    findings: tuple[Finding, ...] = ()
    kind: Kind = Kind("fragment")
    article: Article | None = None
    comments: tuple[Comment, ...] = ()

    @property
    def images(self) -> tuple[str, ...]:
        """Return the URLs of the body's images, in order, each once."""
        return self._addresses("img", "src")

    @property
    def links(self) -> tuple[str, ...]:
        """Return the URLs that the body links to, in order, each once."""
        return self._addresses("a", "href")

    def to_json(self) -> str:
        """Return the document as JSON on one line, the article's tree with it (docs/vocabulary.md)."""
        from converter.document_json import tree_to_json, write_object  # few calls need it, every start would pay

        article = self.article
        members = {
            "kind": asdict(self.kind),
            "front_matter": self.front_matter,
            "text": self.text,
            "metadata": asdict(self.metadata),
            "findings": [asdict(finding) for finding in self.findings],
            "prettified": article is not None and article.prettified,
            "article": None if article is None else tree_to_json(article.body),
            "comments": [asdict(comment) for comment in self.comments],
        }
        return write_object(members)

    @classmethod
    def from_json(cls, text: str) -> Document:
        """Return the document that ``to_json`` wrote; without the ``origin`` of nodes.

        Raises ConversionError if the text is no such JSON, or its tree is not canonical HTML.
        """
        from converter.document_json import read_object

        return _document_of(read_object(text))

    def _addresses(self, tag: str, name: str) -> tuple[str, ...]:
        if self.article is None:
            return ()
        found = (node.attributes.get(name, "") for node in self.article.body.nodes() if node.tag == tag)
        return tuple(dict.fromkeys(filter(None, found)))

    def __str__(self) -> str:
        if self.kind.name in ("markdown", "mixed") or not self.front_matter or not self.text:
            return self.front_matter + self.text
        return f"{self.front_matter}\n{self.text}"


def _document_of(members: dict[str, Json]) -> Document:
    """Return the document of the members of its JSON; raises ConversionError for wrong ones."""
    from converter.document_json import member, not_a_document, record, tree_from_json

    findings = tuple(record(Finding, finding) for finding in member(members, "findings", list))
    tree = members.get("article")
    article = None if tree is None else Article(tree_from_json(tree), findings, member(members, "prettified", bool))
    kind = record(Kind, members.get("kind"))
    if kind.name not in get_args(KindName):
        raise not_a_document(f"kind: unknown: {kind.name}")
    return Document(
        member(members, "text", str),
        member(members, "front_matter", str),
        record(Meta, members.get("metadata")),
        findings,
        kind,
        article,
        tuple(map(_comment_of, member(members, "comments", list))) if "comments" in members else (),
    )


def _comment_of(value: Json) -> Comment:
    """Return the comment of its JSON; raises ConversionError for a wrong one."""
    from converter.document_json import member, not_a_document, record

    if not isinstance(value, dict):
        raise not_a_document("comment: must be an object")
    replies = tuple(map(_comment_of, member(value, "replies", list)))
    return replace(record(Comment, {**value, "replies": []}), replies=replies)

"""Convert one source: split off its front matter, scrape, clean, serialize.

Values go in, a Document comes out; no file is read or written here.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import partial
from pathlib import PurePath
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

from lxml.etree import XPathError, _Element

from converter import frontmatter
from converter.cleaner import clean
from converter.frontmatter import FrontMatter, edits
from converter.interpreter import on_empty_stack, paused_collector
from converter.model import BODY, Article, Comment, ConversionError, Document, Finding, Kind, Meta, Node
from converter.options import DEFAULT_OPTIONS, Options, require_options
from converter.options.flavors import FLAVORS
from converter.scraper import Page, scrape
from converter.scraper.comments import as_data, section_of
from converter.scraper.completeness import incompleteness
from converter.scraper.own_rows import apply_rows
from converter.serializer import Override, serialize_checked
from converter.serializer.overrides import name_languages, overrides_of
from converter.serializer.pasted import Piece, joined
from converter.source.decode import decode
from converter.source.kind import Source as ClassifiedSource
from converter.source.kind import classify, looks_like_html
from converter.source.wrappers import names_of

if TYPE_CHECKING:
    from bs4 import Tag

LARGE: Final = 1 << 19
"""Size of a source, in characters or bytes, above which Python's cyclic garbage collector is paused:
it would walk the growing tree again and again and find nothing to free."""
Source: TypeAlias = "str | bytes | Tag | _Element"
"""What ``convert`` accepts: text, bytes of any encoding, a BeautifulSoup or one of its tags, an lxml element."""


ACCEPTED: Final = "str, bytes, a BeautifulSoup or Tag, or an lxml element"


class AddressRewriter(Protocol):
    """Replaces the addresses of an article's links, and of its images, before it is serialized."""

    @property
    def images(self) -> bool:
        """Return whether it rewrites images too.

        If so, the article has the image URLs of the page (see ``clean``).
        """

    def __call__(self, article: Article, front: FrontMatter | None, /) -> Article:
        """Return the article with its new addresses, and a Finding for each; its tree may be changed in place."""


def convert(
    source: Source,
    *,
    options: Options = DEFAULT_OPTIONS,
    rules: Any = None,
    name: str = "",
    rewrite: AddressRewriter | None = None,
) -> Document:
    """Return one source as a Document.

    source: a post (with front matter or without), a whole page, or an HTML fragment.  Text without front
        matter and without CSDN's markers is a fragment, unless ``options.assume`` is ``post``.
    options: how to convert.
    rules: a markdownify ``MarkdownConverter`` subclass or instance; its own ``convert_<tag>`` methods
        write those tags.
    name: the file's name, for error messages; its suffix helps to decide what kind of file it is.
    rewrite: called with the article before it is serialized; not called for a source that is Markdown already.

    Raises ConversionError for a source that cannot be converted, OptionError for ``rules`` that are no markdownify
    converter, TypeError for a source or options of another type, and what a callback raises, with the name as a note
    (PEP 678).
    """
    _check_types(source, options)
    try:
        try:
            is_large = isinstance(source, str | bytes) and len(source) > LARGE and rules is None
            with paused_collector() if is_large else nullcontext():
                return _convert(source, options, rules, rewrite, PurePath(name).suffix)
        except RecursionError:  # the caller has used up the call stack; an empty one is always enough
            return on_empty_stack(partial(_convert, source, options, rules, rewrite, PurePath(name).suffix))
    except ConversionError as error:
        if error.name:
            raise
        raise ConversionError(error.message, name=name, line=error.line) from error
    except (RecursionError, MemoryError, XPathError) as error:  # XPathError: more than ten million elements
        raise ConversionError(f"{type(error).__name__}: too much for this interpreter", name=name) from error
    except Exception as error:  # of a callback or of the caller's rules
        if name:
            error.add_note(f"while csdn2md converted {name}")
        raise


def _check_types(source: object, options: object) -> None:
    """Raise TypeError for arguments of ``convert`` that would otherwise be converted as their ``str()``."""
    if not isinstance(source, str | bytes | _Element) and not _is_soup(source):
        raise TypeError(f"source: must be {ACCEPTED}, not {type(source).__name__}; for a path call convert_file")
    require_options(options)


def _is_soup(source: object) -> bool:
    """Return whether a value is an element of BeautifulSoup; it is not imported for that, which takes long."""
    return any((kind.__module__, kind.__name__) == ("bs4.element", "Tag") for kind in type(source).__mro__)


def _convert(source: Source, options: Options, rules: Any, rewrite: AddressRewriter | None, suffix: str) -> Document:
    """Convert a source on the current call stack.

    Each stage's input is deleted before the next stage begins, because each is about as large as the source.
    """
    stages = _Stages(options, overrides_of(rules, options), rewrite)
    if isinstance(source, _Element):
        changed = deepcopy(source) if options.sites else source
        findings = apply_rows(changed, options.sites)
        article = stages.clean(Page(changed, Meta()))
        return stages.whole(article, Meta(), None, findings, Kind("fragment", "an element"))
    front, body, first_line, findings = _read(source)
    found = classify(body, front is not None, suffix=suffix, assume=options.assume, wrappers=names_of(options.sites))
    if found.kind.is_copied:
        if looks_like_html(body):
            findings = (*findings, Finding("input/html-copied", "", found.kind.reason, first_line))
        return Document(body, front.raw if front else "", findings=findings, kind=found.kind)
    if len(found.parts) > 1:
        return stages.parts(found, front, first_line, findings)
    kind = found.kind
    del found
    data = _encoded_body(source, front, findings)
    with_comments = options.comments != "drop"
    page = scrape(body, first_line=first_line, data=data, sites=options.sites, with_comments=with_comments)
    del data
    findings = (*findings, *_kind_findings(kind), *page.findings, *incompleteness(body, page.article))
    del body
    below, comments = 0, tuple[Comment, ...]()
    if page.comments and options.comments == "section":
        section, noted = section_of(page.comments)
        below, findings = len(section), (*findings, noted)
        page.article.append(section)
    elif page.comments:
        comments, noted = as_data(page.comments, stages.comment)
        findings = (*findings, noted)
    article = stages.clean(page)
    if len(article.body.children) <= below:
        findings = (*findings, Finding("article/empty", "", "", first_line))
    meta = page.meta
    del page
    document = stages.whole(article, meta, front, findings, kind)
    return replace(document, comments=comments) if comments else document


def _kind_findings(kind: Kind) -> tuple[Finding, ...]:
    """Return the finding of a page that holds no article."""
    if kind.name in ("listing", "error"):
        return (Finding(f"page/{kind.name}", "", kind.reason),)
    return ()


def _read(source: str | bytes | Tag) -> tuple[FrontMatter | None, str, int, tuple[Finding, ...]]:
    """Return front matter, body, the line that the body begins on (from 1), and the findings of decoding."""
    text, findings = decode(source) if isinstance(source, bytes) else (str(source), ())
    front, body = frontmatter.split(text)
    return front, body, text.count("\n", 0, len(text) - len(body)) + 1, findings


def _encoded_body(source: Source, front: FrontMatter | None, findings: tuple[Finding, ...]) -> bytes | None:
    """Return a body's UTF-8 as the source has it; None where it must be made of the text.

    Decoding has changed nothing if it found nothing, and if the source begins with its front matter.
    """
    if not isinstance(source, bytes) or front is None or findings:
        return None
    head = front.raw.encode()
    return source[len(head) :] if source.startswith(head) else None


@dataclass(frozen=True, slots=True)
class _Stages:
    """The stages behind the scraper, with what holds for all of a conversion."""

    options: Options
    overrides: Mapping[str, Override]
    rewrite: AddressRewriter | None

    def clean(self, page: Page) -> Article:
        """Return the article of a page as canonical HTML."""
        return clean(
            page.article,
            options=self.options,
            first_line=page.first_line,
            keep_origin=bool(self.overrides) or self.options.code_language_callback is not None,
            finish_images=self.rewrite is None or not self.rewrite.images,
        )

    def comment(self, text: _Element) -> str:
        """Return the text of a comment as Markdown, which no template engine reads: it stands in a file of data."""
        article = clean(text, options=self.options)
        name_languages(article.body, self.options)
        return serialize_checked(article, self.options, {}, headed=True, templates=False)[0]

    def whole(
        self, article: Article, meta: Meta, front: FrontMatter | None, findings: tuple[Finding, ...], kind: Kind
    ) -> Document:
        """Serialize the article of a source that is HTML, and return it under its front matter."""
        front, noted = _front_matter(front, meta, article, self.options)
        article = self._finished(article, front)
        if self.options.title_heading and meta.title:
            article.body.children.insert(0, Node("h1", [meta.title]))
            noted = (*noted, Finding("title/heading", "", meta.title))
        text, rewritten = self._serialized(article, front, headed=front is not None)
        found = (*findings, *noted, *article.findings, *rewritten)
        return Document(
            text, front.raw if front else "", meta, found, kind, Article(article.body, found, article.prettified)
        )

    def parts(
        self, source: ClassifiedSource, front: FrontMatter | None, line: int, findings: tuple[Finding, ...]
    ) -> Document:
        """Convert the HTML of a post that is Markdown with pasted HTML; the Markdown around it stays as it is.

        The front matter gets what the page says of itself if there is only one article.
        """
        pieces: list[Piece] = []
        body, found = Node(BODY), [*findings]
        meta = Meta()
        for part in source.parts:
            if part.is_html:
                page = scrape(part.text, first_line=line, sites=self.options.sites)
                found += incompleteness(part.text, page.article)
                article = self._finished(self.clean(page), front)
                found += (*page.findings, *article.findings)
                body.children += article.body.children
                meta = page.meta if source.articles == 1 else meta
                headed = front is not None or any(piece.text.strip() for piece in pieces)
                text, rewritten = self._serialized(article, front, headed=headed)
                found += rewritten
                pieces.append(Piece(text, True))
            else:
                pieces.append(Piece(part.text, False))
            line += part.text.count("\n")
        if front is not None:
            front, noted = _front_matter(front, meta, Article(body), self.options)
            found += noted
        text = joined(pieces, headed=front is not None)
        everything = Article(body, tuple(found))
        return Document(text, front.raw if front else "", meta, everything.findings, source.kind, everything)

    def _finished(self, article: Article, front: FrontMatter | None) -> Article:
        if self.rewrite is not None:
            article = self.rewrite(article, front)
        name_languages(article.body, self.options)
        return article

    def _serialized(
        self, article: Article, front: FrontMatter | None, *, headed: bool
    ) -> tuple[str, tuple[Finding, ...]]:
        templates = not frontmatter.is_template_engine_off(front, FLAVORS[self.options.flavor])
        return serialize_checked(article, self.options, self.overrides, headed=headed, templates=templates)


def _front_matter(
    front: FrontMatter | None, meta: Meta, article: Article, options: Options
) -> tuple[FrontMatter | None, tuple[Finding, ...]]:
    """Return the front matter with what the options ask for and with the article's own URL and title.

    A source without front matter gets a block of its own if the page names a title or a URL.
    """
    if front is None:
        front = frontmatter.compose(meta) if meta.title or meta.url else None
        return (front, ()) if front is None else _edited(front, meta, article, options)
    front, findings = _edited(front, meta, article, options)
    complete = frontmatter.with_provenance(
        front, meta, original_url=options.original_url, original_title=options.original_title
    )
    if complete != front:
        added = (key for key in ("original_title", "original_url") if front.find(key) != complete.find(key))
        findings += (Finding("frontmatter/provenance", "", " and ".join(added)),)
    return complete, findings


def _edited(
    front: FrontMatter, meta: Meta, article: Article, options: Options
) -> tuple[FrontMatter, tuple[Finding, ...]]:
    """Return the front matter with what the options ask for, and findings of the edits and of remaining faults."""
    has_formulas = "math" in options.add and any(node.tag == "math" for node in article.body.nodes())
    front, findings = edits.edited(front, options, meta, has_formulas=has_formulas)
    return front, (*findings, *edits.troubles(front))

"""The pipeline: split, scrape, clean, serialize.  Values in, values out; no file is touched here."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from functools import partial
from pathlib import PurePath
from typing import Any, Final, Protocol, TypeAlias

from bs4 import Tag
from lxml.etree import XPathError, _Element

from converter import frontmatter
from converter.cleaner import clean
from converter.frontmatter import FrontMatter, edits
from converter.interpreter import on_an_empty_stack, uncollected
from converter.model import Article, ConversionError, Document, Finding, Meta, Node
from converter.options import Options
from converter.options.flavors import flavor
from converter.scraper import Page, scrape
from converter.serializer import Override, serialize
from converter.serializer.overrides import name_languages, overrides_of
from converter.source.decode import decode
from converter.source.kind import classify

DEFAULTS = Options()
LARGE: Final = 1 << 19
"""Characters or bytes of a source from which on the collector of cyclic garbage costs more than it is worth."""
Source: TypeAlias = str | bytes | Tag | _Element
"""What can be converted: text, bytes of any encoding, a BeautifulSoup or one of its tags, an lxml element."""


class AddressRewriter(Protocol):
    """Gives an article's links, and its images if it wants to, the addresses that shall be written."""

    @property
    def images(self) -> bool:
        """Whether images come as they are served, and drawings as ``data:`` images, to be rewritten (see ``clean``)."""

    def __call__(self, article: Article, front: FrontMatter | None, /) -> Article:
        """The article with the addresses to write, and findings that say so; the tree may be changed in place."""


def convert(
    source: Source,
    *,
    options: Options = DEFAULTS,
    rules: Any = None,
    name: str = "",
    rewrite: AddressRewriter | None = None,
) -> Document:
    """Convert one source.

    source: a post (front matter or not), a whole page, or an HTML fragment; text without front
        matter and without CSDN's markers is a fragment, unless ``options.assume`` says ``post``.
    rules: a markdownify ``MarkdownConverter`` subclass or instance, whose own ``convert_<tag>``
        methods write those tags.
    rewrite: called with the article before it is written; not for a source that is Markdown already.
    name: the file's name, for errors; its suffix helps to decide what a file is.

    Raises ConversionError for a source that cannot be converted.
    """
    try:
        try:
            is_large = isinstance(source, str | bytes) and len(source) > LARGE and rules is None
            with uncollected() if is_large else nullcontext():
                return _convert(source, options, rules, rewrite, PurePath(name).suffix)
        except RecursionError:  # the caller has used the stack up; all that is needed fits on an empty one
            return on_an_empty_stack(partial(_convert, source, options, rules, rewrite, PurePath(name).suffix))
    except ConversionError as error:
        if error.name:
            raise
        raise ConversionError(error.message, name=name, line=error.line) from error
    except (RecursionError, MemoryError, XPathError) as error:  # XPath: more than ten million elements
        raise ConversionError(f"{type(error).__name__}: too much for this interpreter", name=name) from error


def _convert(source: Source, options: Options, rules: Any, rewrite: AddressRewriter | None, suffix: str) -> Document:
    """Read, scrape and clean; what a stage was given is let go when the next begins, for each is as large again."""
    front: FrontMatter | None = None
    findings: tuple[Finding, ...] = ()
    if isinstance(source, _Element):
        page = Page(source, Meta())
    else:
        front, body, first_line, findings = _read(source)
        if _is_markdown(front, body, options, suffix):
            return Document(body, front.raw if front else "", findings=findings, kind="markdown")
        page = scrape(body, first_line=first_line)
        del body
    overrides = overrides_of(rules, options)
    article = clean(
        page.article,
        options=options,
        first_line=page.first_line,
        keep_origin=bool(overrides) or options.code_language_callback is not None,
        finish_images=rewrite is None or not rewrite.images,
    )
    meta, findings = page.meta, (*findings, *page.findings)
    del page
    return _written(front, meta, article, findings, options, overrides, rewrite)


def _read(source: str | bytes | Tag) -> tuple[FrontMatter | None, str, int, tuple[Finding, ...]]:
    """Front matter, body, the line that the body begins on, and what decoding found."""
    text, findings = decode(source) if isinstance(source, bytes) else (str(source), ())
    front, body = frontmatter.split(text)
    return front, body, text.count("\n", 0, len(text) - len(body)) + 1, findings


def _is_markdown(front: FrontMatter | None, body: str, options: Options, suffix: str) -> bool:
    """True for a source that is Markdown already and stays as it is."""
    if options.assume == "html":
        return False
    return classify(body, front is not None or options.assume == "post", suffix=suffix) == "markdown"


def _written(
    front: FrontMatter | None,
    meta: Meta,
    article: Article,
    findings: tuple[Finding, ...],
    options: Options,
    overrides: Mapping[str, Override],
    rewrite: AddressRewriter | None,
) -> Document:
    """The document of a clean article under its front matter."""
    front, noted = _front_matter(front, meta, article, options)
    if rewrite is not None:
        article = rewrite(article, front)
    name_languages(article.body, options)
    if options.title_heading and meta.title:
        article.body.children.insert(0, Node("h1", [meta.title]))
        noted = (*noted, Finding("title/heading", "", meta.title))
    templates = front is None or not _without_templates(front, options)
    text = serialize(article, options, overrides, headed=front is not None, templates=templates)
    found = (*findings, *noted, *article.findings)
    return Document(text, front.raw if front else "", meta, found, "html", Article(article.body, found))


def _without_templates(front: FrontMatter, options: Options) -> bool:
    """Whether a site is told to keep its template engine off the post."""
    key, value = flavor(options.flavor).template_off
    return bool(key) and key in front.raw and front.text(key) == value


def _front_matter(
    front: FrontMatter | None, meta: Meta, article: Article, options: Options
) -> tuple[FrontMatter | None, tuple[Finding, ...]]:
    """Front matter with what the options ask for, where the article is from and what it was called."""
    if front is None:
        front = frontmatter.compose(meta) if meta.title or meta.url else None
        return (front, ()) if front is None else _edited(front, meta, article, options)
    front, findings = _edited(front, meta, article, options)
    complete = frontmatter.with_provenance(front, meta, original_url=options.original_url)
    if complete != front:
        findings += (Finding("frontmatter/provenance", "", "original_title and original_url"),)
    return complete, findings


def _edited(
    front: FrontMatter, meta: Meta, article: Article, options: Options
) -> tuple[FrontMatter, tuple[Finding, ...]]:
    """Front matter with what the options ask for, and what is still wrong with it."""
    has_formulas = "math" in options.add and any(node.tag == "math" for node in article.body.nodes())
    front, findings = edits.edited(front, options, meta, has_formulas=has_formulas)
    return front, (*findings, *edits.troubles(front))

"""Does a Markdown file say what its source says?"""

from __future__ import annotations

from converter import frontmatter
from converter.model import Document
from converter.options import Options
from converter.source.decode import decode
from converter.verify import text as same
from converter.verify.compare import compare
from converter.verify.conservation import balance
from converter.verify.markdown_facts import rendered_facts
from converter.verify.reading import Source, read_source
from converter.verify.renderers import render
from converter.verify.sequences import aligned
from converter.verify.source_facts import source_facts
from converter.verify.values import Difference, Facts, Verdict

DEFAULTS = Options()


def verify(
    source: bytes | str, markdown: str, *, options: Options = DEFAULTS, renderer: str = "markdown-it"
) -> Verdict:
    """Hold a Markdown file against the source it was made from.

    source: the post or page.  markdown: the whole file, front matter included.
    options: what it was converted with.  renderer: a name of ``render.RENDERERS``.

    A source that is Markdown already and was left as it is, is perfect.  Raises ConversionError where
    the source is no post, RendererError where the renderer is not installed.
    """
    text = decode(source)[0] if isinstance(source, bytes) else source
    if text == markdown:
        return Verdict()
    return verify_source(read_source(text), markdown, options=options, renderer=renderer)


def prove(
    source: bytes | str, document: Document, *, options: Options = DEFAULTS, renderer: str = "markdown-it"
) -> Verdict:
    """Both laws for a document that was just converted: what it says, and that the sum comes out even.

    Arguments and errors as for ``verify``; a difference of facet ``conservation`` is a sum that does
    not come out.
    """
    if document.article is None:
        return Verdict()
    parts = read_source(source)
    verdict = verify_source(parts, str(document), options=options, renderer=renderer)
    total = balance(parts.page, document.article)
    if total.even:
        return verdict
    unexplained = Difference("conservation", 0, "unexplained text", total.missing, total.added)
    return Verdict((unexplained, *verdict.differences), verdict.score)


def verify_source(source: Source, markdown: str, *, options: Options, renderer: str) -> Verdict:
    """As ``verify``, for a source that was taken apart already."""
    return examine(source, markdown, options=options, renderer=renderer)[0]


def examine(source: Source, markdown: str, *, options: Options, renderer: str) -> tuple[Verdict, list[tuple[int, int]]]:
    """The verdict, and which line of the Markdown is which line of the source (sorted)."""
    wanted = facts_of(source, toc=options.toc == "keep")
    got = facts_of_markdown(markdown, renderer, titles=extra_titles(source, wanted), media=frozenset(wanted.media),
                            formulas=wanted.has_formulas, flavor=options.flavor)  # fmt: skip
    verdict = compare(wanted, got, any_language=same.language(options.code_language))
    if verdict.perfect or "toc" not in source.html:
        return verdict, aligned(wanted, got)
    other = compare(facts_of(source, toc=options.toc != "keep"), got, any_language=same.language(options.code_language))
    return max(verdict, other, key=lambda one: one.score), aligned(wanted, got)


def facts_of(source: Source, *, toc: bool) -> Facts:
    """Facts of a source; ``toc`` counts generated tables of contents in."""
    return source_facts(source.page.article, source.html, first_line=source.page.first_line, toc=toc)


def facts_of_markdown(
    markdown: str, renderer: str, *, titles: frozenset[str], media: frozenset[str], formulas: bool, flavor: str = "gfm"
) -> Facts:
    """Facts of a Markdown file."""
    _, body = frontmatter.split(markdown)
    before = markdown.count("\n", 0, len(markdown) - len(body))
    html = render(body, renderer, formulas=formulas, flavor=flavor)
    return rendered_facts(html, formulas=formulas, first_line=before + 1, titles=titles, media=media)


def extra_titles(source: Source, wanted: Facts) -> frozenset[str]:
    """Titles, unless the article itself begins with one."""
    first = wanted.headings.values[0] if wanted.headings.values else None
    return frozenset(title for title in source.titles if first != (1, title))

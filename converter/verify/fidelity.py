"""Compare a Markdown file with its source: both become facts, and the facts are compared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from typing import TypeAlias

from lxml.etree import _Element, tostring

from converter import frontmatter
from converter.model import Document
from converter.options import DEFAULT_OPTIONS, Options
from converter.rules.more import MORE_TAG
from converter.source.decode import decode
from converter.source.wrappers import names_of
from converter.verify import normalize
from converter.verify.article_facts import article_facts
from converter.verify.comments import comments_of, with_comments
from converter.verify.compare import compare
from converter.verify.conservation import LEAST_TAKEN, Balance, balance
from converter.verify.copied_html import copied
from converter.verify.facts import Facts
from converter.verify.local_addresses import NONE, LocalAddresses, shorten
from converter.verify.own_rows import without_own_rows
from converter.verify.parsed_source import ParsedSource, parse_source, without_kept
from converter.verify.quick_look import shows_everything
from converter.verify.rendered_facts import NO_PLAYERS, rendered_facts
from converter.verify.renderers import AUTO, in_turn, render
from converter.verify.selection import selection
from converter.verify.sequences import aligned_lines
from converter.verify.verdict import LEAST_SHARE, Difference, Verdict

_TAG = re.compile(r"<[^<>]*>")
MORE = "<!--more-->"
_Compared: TypeAlias = tuple[Verdict, Facts, Facts]
"""A verdict, the facts of the source, and those of the rendered Markdown."""


def verify(
    source: bytes | str,
    markdown: str,
    *,
    options: Options = DEFAULT_OPTIONS,
    renderer: str = AUTO,
    local: LocalAddresses = NONE,
) -> Verdict:
    """Check that the rendered Markdown shows what its source shows.

    source: the post or page.  markdown: the whole file, front matter included.
    options: the options of the conversion.  renderer: a name of ``RENDERERS``.
    local: the local addresses that the Markdown was given for images and links.

    A source that is Markdown already and was not changed is perfect, unless it begins with HTML.  Raises
    ConversionError where the source is no post, RendererError where the renderer is not installed or not known.
    """
    text = decode(source)[0] if isinstance(source, bytes) else source
    if text == markdown:
        return _copied(text)
    verdict = verify_parsed(
        parsed := parse_source(text, wrappers=names_of(options.sites)),
        markdown,
        options=options,
        renderer=renderer,
        local=local,
    )
    if parsed.kept and not verdict.perfect:  # a file whose name says that it is HTML was converted whole
        whole = parse_source(text, whole=True)
        other = verify_parsed(whole, markdown, options=options, renderer=renderer, local=local)
        return other if other.perfect else verdict
    return verdict


def prove(
    source: bytes | str,
    document: Document,
    *,
    options: Options = DEFAULT_OPTIONS,
    renderer: str = AUTO,
    local: LocalAddresses = NONE,
) -> Verdict:
    """Check both laws for a document that was just converted: fidelity (``verify``) and conservation.

    Arguments and errors as for ``verify``; text that conservation finds lost or added becomes a
    difference of facet ``conservation``.
    """
    if document.article is None:
        return _copied(decode(source)[0] if isinstance(source, bytes) else source)
    parsed = parse_source(source, whole=document.kind.name != "mixed", wrappers=names_of(options.sites))
    verdict = verify_parsed(parsed, str(document), options=options, renderer=renderer, local=local)
    total = balance(parsed, document.article)
    found = [*_taken(total, document), *_of_comments(parsed, document, options, renderer)]
    if not total.even:
        found.append(Difference("conservation", 0, "unexplained text", total.missing, total.added))
    shares = ((entry.rule, round(total.share(entry), 3)) for entry in total.entries)
    named = tuple(share for share in shares if share[1] >= LEAST_SHARE)
    return Verdict((*found, *verdict.differences), verdict.score, named) if found or named else verdict


def _of_comments(source: ParsedSource, document: Document, options: Options, renderer: str) -> Iterator[Difference]:
    """Yield how the comments that a document has as data differ from those of its page."""
    if options.comments != "data":
        return
    expected = list(comments_of(source))
    actual = [one for comment in document.comments for one in (comment, *comment.replies)]
    for (head, _), comment in zip(expected, actual, strict=False):
        if (named := (comment.author, comment.answers, comment.date)) != head:
            yield Difference("conservation", 0, "a comment", " ".join(head), " ".join(named))
    if len(expected) != len(actual):
        yield Difference("conservation", 0, "comments", str(len(expected)), str(len(actual)))
    html = "".join(tostring(text, encoding="unicode", with_tail=False) for _, text in expected)
    texts = "\n\n".join(comment.text for comment in actual)
    yield from verify(f"<div>{html}</div>", texts, options=options, renderer=renderer).differences if expected else ()


def _taken(total: Balance, document: Document) -> Iterator[Difference]:
    """Yield the rules that took too much of the text, with what they took."""
    for entry in total.greedy:
        what = f"{entry.rule} took {entry.removed - entry.added:,} characters, {total.share(entry):.0%}"
        text = " ".join(finding.text for finding in document.findings if finding.rule == entry.rule)
        if len(_TAG.sub("", text)) < LEAST_TAKEN:  # the source of a bar of buttons: tags, and labels between them
            continue
        yield Difference("selection", 0, what, text)


def _copied(text: str) -> Verdict:
    """Return the verdict on a file that was left as it is."""
    found = tuple(copied(frontmatter.split(text)[1]))
    return Verdict(found, 0.0) if found else Verdict()


def verify_parsed(
    source: ParsedSource, markdown: str, *, options: Options, renderer: str, local: LocalAddresses = NONE
) -> Verdict:
    """As ``verify``, for a source that is parsed already."""
    return _compared(source, markdown, options, renderer, local, lines=False)[0]


def verify_with_lines(
    source: ParsedSource, markdown: str, *, options: Options, renderer: str, local: LocalAddresses = NONE
) -> tuple[Verdict, list[tuple[int, int]]]:
    """As ``verify_parsed``; also (Markdown line, source line) of each paragraph or line that both have, sorted."""
    verdict, expected, actual = _compared(source, markdown, options, renderer, local, lines=True)
    return verdict, aligned_lines(expected, actual)


def _compared(
    source: ParsedSource, markdown: str, options: Options, renderer: str, local: LocalAddresses, *, lines: bool
) -> _Compared:
    """Compare a Markdown file with a source; lines: the facts have their lines also where nothing differs."""
    source = with_comments(without_own_rows(source, options), options)
    markdown, missing = without_kept(markdown, source.kept)
    if missing:
        lost = Difference("conservation", 0, "Markdown around the article", missing)
        return Verdict((lost,), 0.0), Facts(), Facts()
    comparison = _Comparison(source, markdown, options, local)
    *sooner, last = in_turn(renderer)
    for name in sooner:
        compared = comparison.with_renderer(name, lines=lines)
        if compared[0].perfect:
            return compared
    return comparison.with_renderer(last, lines=True)


@dataclass(frozen=True, slots=True)
class _Comparison:
    """The comparison of a Markdown file with a source, of which an element is taken for the article.

    known: the facts of the source with an element as its article, with or without tables of contents.
    """

    source: ParsedSource
    markdown: str
    options: Options
    local: LocalAddresses
    known: dict[tuple[_Element, bool], Facts] = field(default_factory=dict)

    def with_renderer(self, renderer: str, *, lines: bool) -> _Compared:
        """Return the verdict, and the facts of the article and of the Markdown, which a renderer rendered."""
        source = self.source
        verdict, expected, actual = self._with_root(source.article, renderer, lines=lines)
        for root in source.other_roots(actual.text) if not verdict.perfect else ():
            other = self._with_root(root, renderer, lines=lines)
            if other[0].score > verdict.score:
                verdict, expected, actual = other
        if "more" in source.html and MORE not in self.markdown and next(source.body.iter(MORE_TAG), None) is not None:
            lost = Difference("blocks", 0, "marker at which a blog cuts the article", MORE)
            verdict = Verdict((*verdict.differences, lost), verdict.score)
        return _with_selection(verdict, source, expected, actual), expected, actual

    def _with_root(self, root: _Element, renderer: str, *, lines: bool) -> _Compared:
        options, source = self.options, self.source
        expected = self._facts_of_source(root, toc=options.toc == "keep")
        actual = facts_of_markdown(
            self.markdown,
            renderer,
            titles=title_headings(source, expected, written=options.title_heading),
            players=expected.players,
            formulas=expected.has_formulas,
            flavor=options.flavor,
            local=self.local,
            lines=lines,
        )
        any_language = None if options.guess_language else normalize.language(options.code_language)
        verdict = compare(expected, actual, any_language=any_language)
        if not verdict.perfect and "toc" in source.html:
            facts = self._facts_of_source(root, toc=options.toc != "keep")
            other = compare(facts, actual, any_language=any_language)
            verdict = max(verdict, other, key=lambda one: one.score)
        return verdict, expected, actual

    def _facts_of_source(self, root: _Element, *, toc: bool) -> Facts:
        facts = self.known.get((root, toc))
        if facts is None:
            facts = facts_of_source(self.source, root, toc=toc, drawn=self.options.drawings == "keep")
            if self.local:
                shorten(facts.images)
            self.known[root, toc] = facts
        return facts


def _with_selection(verdict: Verdict, source: ParsedSource, expected: Facts, actual: Facts) -> Verdict:
    """Return a verdict with the differences that a second look at the whole file finds (see ``selection``)."""
    urls = frozenset(str(value[0]) for value in actual.images.values if isinstance(value, tuple))
    exact = not expected.prettified
    same = expected.text == actual.text and expected.images.values == actual.images.values
    facts = expected if same else None
    if not source.is_page and shows_everything(source, actual.text, urls, exact=exact, facts=facts):
        return verdict
    lines = partial(_lines_of, actual)
    known = {difference.was for difference in verdict.differences if difference.facet == "images"}
    seen = selection(source.file, source.article, actual.text, urls, lines, is_page=source.is_page, exact=exact)
    found = tuple(
        replace(difference, source_line=difference.source_line + source.first_line - 1)
        for difference in seen
        if difference.was not in known
    )
    if not found:
        return verdict
    return Verdict((*found, *verdict.differences), max(0.0, verdict.score - len(found) / max(1, actual.count)))


def _lines_of(facts: Facts) -> Iterator[str]:
    """Yield the visible characters of each line of text and of code."""
    for value in facts.chunks.values:
        if isinstance(value, tuple) and not value[1]:
            yield str(value[0])
    for code in facts.code.values:
        yield from map(normalize.squash, str(code).split("\n"))


def facts_of_source(source: ParsedSource, root: _Element, *, toc: bool, drawn: bool = True) -> Facts:
    """Return the facts of a source whose article is ``root``.

    toc, drawn: generated tables of contents, drawings are part of it.  The section of comments moves to its end.
    """
    if source.comments is not None:
        root.append(source.comments)
    return article_facts(root, source.html, first_line=source.first_line, toc=toc, drawn=drawn)


def facts_of_markdown(
    markdown: str,
    renderer: str,
    *,
    titles: frozenset[str],
    players: Mapping[str, bool] = NO_PLAYERS,
    formulas: bool,
    flavor: str = "gfm",
    local: LocalAddresses = NONE,
    lines: bool = True,
) -> Facts:
    """Return the facts of a Markdown file with front matter; the arguments are those of ``rendered_facts``."""
    _, body = frontmatter.split(markdown)
    lines_before = markdown.count("\n", 0, len(markdown) - len(body))
    html = render(local.with_plain_links(body), renderer, formulas=formulas, flavor=flavor, lines=lines)
    return rendered_facts(
        html, formulas=formulas, first_line=lines_before + 1, titles=titles, players=players, local=local,
        lines=lines,
    )  # fmt: skip


def title_headings(source: ParsedSource, facts: Facts, *, written: bool) -> frozenset[str]:
    """Return the titles that the Markdown may have as its first heading, beside the article's own headings.

    written: a title above the article was asked for, so that the article's own may follow.
    """
    known = facts.headings.values[:1] if written else facts.headings.values
    return frozenset(title for title in source.titles if (1, title) not in known)

"""Content of the review page for one post: verdict, findings, original, Markdown and rendered Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from lxml import etree
from lxml.etree import XPath, _Element

from converter import frontmatter
from converter.batch.pairs import Pair, Pairs, local_addresses, read_markdown, read_source
from converter.extract.text import settable
from converter.model import Csdn2mdError, Finding
from converter.options.own_sites import meaning_of
from converter.pipeline import convert
from converter.review.sanitize import Sanitizer
from converter.translation import chinese, in_chinese
from converter.verify import Verdict, conservation
from converter.verify.article_facts import number_elements
from converter.verify.fidelity import verify_with_lines
from converter.verify.parsed_source import ParsedSource, parse_source
from converter.verify.renderers import AUTO, LINE, MARKDOWN_IT, render
from converter.verify.tex_of_article import BLANK_LINE

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src {images}; base-uri 'none'; form-action 'none'"
NO_ORIGINAL = '<!DOCTYPE html>\n<meta charset="utf-8"><meta name="color-scheme" content="light dark"><title></title>\n'
"""The frame of a post that cannot be read."""
MOST_FINDINGS = 50
"""How many findings of one rule are shown."""
LONGEST_TEXT = 160
"""How many characters of a finding's text are shown."""
_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True, collect_ids=False)
_KATEX_HTML = XPath("descendant::*[contains(concat(' ', @class, ' '), ' katex-html ')]")
_FLATTENED_MATHML = XPath("descendant::*[contains(@class, 'katex-mathml')][not(descendant::math)]")


@dataclass(frozen=True, slots=True)
class Post:
    """One post, ready to be shown: ``data`` for the page's script (JSON), ``original`` for its frame (HTML)."""

    data: dict[str, Any]
    original: str


def post_of(pair: Pair, pairs: Pairs, *, renderer: str, images: bool = False, local: str = "", title: str = "") -> Post:
    """Read, compare and render one pair of ``pairs``.

    images: the browser may load images from the web.  local: URL of the folder that the Markdown is in ("": images of
    the archive are not shown).  title: of the post, if it is known; else that of the source.  Errors of the
    pair are part of the result; RendererError where the renderer is not installed.
    """
    data: dict[str, Any] = {"name": pair.name, "title": "", "error": None, "markdown": "", "rendered": "",
                             "differences": [], "map": [], "findings": [], "sum": None, "score": 0.0}  # fmt: skip
    options = pairs.settings[pair.options].options
    if renderer == AUTO:
        renderer = MARKDOWN_IT  # its HTML gives the line of each element
    try:
        content, markdown = read_source(pair, pairs), ""
        source = parse_source(content)
        number_elements(source.body)
        data["title"] = title or source.title
        markdown = data["markdown"] = read_markdown(pair)
        verdict, lines = verify_with_lines(
            source, markdown, options=options, renderer=renderer, local=local_addresses(pair)
        )
        data["rendered"] = _rendered_html(markdown, renderer, images=images, local=local)
        document = convert(content, options=options, name=pair.source)
        if document.kind.is_copied and str(document) == markdown:
            verdict = Verdict()  # it was Markdown already and is unchanged
        data.update(_comparison(verdict, lines))
        data["findings"] = findings_by_rule(document.findings)
        total = conservation(content, document)
        data["sum"] = [str(total), total.in_words(chinese)]
    except OSError as error:
        data["error"] = in_both(f"{error.filename}: {error.strerror}")
        return Post(data, NO_ORIGINAL)
    except Csdn2mdError as error:
        data["error"] = in_both(str(error))
        return Post(data, NO_ORIGINAL)
    return Post(data, _original(source, verdict, images=images))


def in_both(text: str) -> list[str]:
    """Return a text that people read in English and Chinese."""
    return [text, in_chinese(text)]


def _comparison(verdict: Verdict, lines: list[tuple[int, int]]) -> dict[str, Any]:
    differences = [
        {"facet": one.facet, "line": one.line, "number": one.source_line, "text": in_both(str(one))}
        for one in verdict.differences
    ]
    return {"differences": differences, "map": lines, "score": verdict.score}


def findings_by_rule(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Return findings as the page lists them: each rule, its number of findings, and the first of these."""
    rules: dict[str, list[Finding]] = {}
    for finding in findings:
        rules.setdefault(finding.rule, []).append(finding)
    return [
        {
            "rule": rule,
            "meaning": in_both(meaning_of(rule)),
            "count": len(found),
            "items": [
                [one.line, _short(one.text), None if one.kept is None else _short(one.kept)]
                for one in found[:MOST_FINDINGS]
            ],
        }
        for rule, found in sorted(rules.items())
    ]


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= LONGEST_TEXT else text[:LONGEST_TEXT] + "…"


def _rendered_html(markdown: str, renderer: str, *, images: bool, local: str) -> str:
    """Return the rendered Markdown as harmless HTML, with line numbers of the whole file."""
    _, body = frontmatter.split(markdown)
    lines_before = markdown.count("\n", 0, len(markdown) - len(body))
    tree = etree.HTML(f"<body>{render(body, renderer)}</body>".encode("utf-8", "replace"), _PARSER)
    for element in tree.iter("*"):
        line = element.get(LINE) or element.get("data-sourcepos", "").partition(":")[0]
        if line.isdecimal():
            element.set(LINE, str(int(line) + lines_before))
    return Sanitizer(images=images, local=local, links=True).html(tree)


def _original(source: ParsedSource, verdict: Verdict, *, images: bool) -> str:
    """Return the original article as a complete HTML document."""
    article = source.article
    _keep_one_form_of_formulas(article)
    marked = {str(one.source_line) for one in verdict.differences if one.source_line}
    policy = POLICY.format(images=images_policy(images))
    style = (Path(__file__).parent / "static" / "original.css").read_text(encoding="utf-8")
    return (
        f'<!DOCTYPE html>\n<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>{escape(source.title)}</title><style>{style}</style>\n"
        f"{Sanitizer(images=images, marked=marked).html(article)}"
    )


def images_policy(images: bool) -> str:
    """Return the sources from which the content security policy allows images."""
    return "data: https: http:" if images else "data:"


def _keep_one_form_of_formulas(article: _Element) -> None:
    """Keep one form of each formula: its MathML, or its TeX where the page has only the text of the MathML."""
    for html in _KATEX_HTML(article):
        tail, parent = html.tail, html.getparent()
        if parent is not None:
            html.clear()
            html.tail = settable(tail) if tail else tail
    for formula in _FLATTENED_MATHML(article):
        parts = [part.strip() for part in BLANK_LINE.split("".join(formula.itertext())) if part.strip()]
        tail = formula.tail
        kept = dict(formula.attrib)
        formula.clear()
        formula.attrib.update(kept)
        formula.set("class", "x-tex")
        formula.text, formula.tail = settable(" ".join(parts[-1:])), settable(tail) if tail else tail

"""What the page shows of one post: verdict, findings, original, Markdown and its rendering."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from lxml import etree
from lxml.etree import XPath, _Element

from converter import frontmatter
from converter.batch.pairs import Pair, read_markdown
from converter.model import Csdn2mdError, Finding
from converter.options import Options
from converter.pipeline import convert
from converter.review.sanitize import Sanitizer
from converter.verify import Verdict, conservation
from converter.verify.article_facts import BLANK_LINE, number_elements
from converter.verify.fidelity import verify_with_lines
from converter.verify.parsed_source import ParsedSource, parse_source
from converter.verify.renderers import LINE, render

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src {pictures}; base-uri 'none'; form-action 'none'"
MOST_FINDINGS = 50
"""How many findings of one rule are shown."""
WORDS = 160
"""How much of a finding's text is shown."""
_PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True)
_GLYPHS = XPath("descendant::*[contains(concat(' ', @class, ' '), ' katex-html ')]")
_FLAT = XPath("descendant::*[contains(@class, 'katex-mathml')][not(descendant::math)]")


@dataclass(frozen=True, slots=True)
class Post:
    """One post, ready to be shown: ``facts`` for the page's script, ``original`` for its frame."""

    facts: dict[str, Any]
    original: str


def post_of(pair: Pair, *, options: Options, renderer: str, pictures: bool = False, local: str = "") -> Post:
    """Read, compare and render one pair.

    pictures: let the browser fetch pictures.  local: address of the folder that the Markdown is in.
    Errors of the pair are part of the result; RendererError where there is no renderer.
    """
    facts: dict[str, Any] = {"name": pair.name, "title": "", "error": "", "markdown": "", "rendered": "",
                             "differences": [], "map": [], "findings": [], "sum": "", "score": 0.0}  # fmt: skip
    try:
        data, markdown = Path(pair.source).read_bytes(), ""
        source = parse_source(data)
        number_elements(source.page.article)
        facts["title"] = source.page.meta.title
        markdown = facts["markdown"] = read_markdown(pair)
        verdict, lines = verify_with_lines(source, markdown, options=options, renderer=renderer)
        facts["rendered"] = _rendered(markdown, renderer, pictures=pictures, local=local)
        document = convert(data, options=options, name=pair.source)
        if document.kind == "markdown" and str(document) == markdown:
            verdict = Verdict()  # it was Markdown already: nothing can differ
        facts.update(_told(verdict, lines))
        facts["findings"] = findings_by_rule(document.findings)
        facts["sum"] = str(conservation(data, document))
    except OSError as error:
        facts["error"] = f"{error.filename}: {error.strerror}"
        return Post(facts, "")
    except Csdn2mdError as error:
        facts["error"] = str(error)
        return Post(facts, "")
    return Post(facts, _original(source, verdict, pictures=pictures))


def _told(verdict: Verdict, lines: list[tuple[int, int]]) -> dict[str, Any]:
    told = [
        {"facet": one.facet, "line": one.line, "number": one.source_line, "text": str(one)}
        for one in verdict.differences
    ]
    return {"differences": told, "map": lines, "score": verdict.score}


def findings_by_rule(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as the page lists them: a rule, how often, and the first of them."""
    rules: dict[str, list[Finding]] = {}
    for finding in findings:
        rules.setdefault(finding.rule, []).append(finding)
    return [
        {
            "rule": rule,
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
    return text if len(text) <= WORDS else text[:WORDS] + "…"


def _rendered(markdown: str, renderer: str, *, pictures: bool, local: str) -> str:
    """The Markdown's rendering, made harmless; lines count in the whole file."""
    _, body = frontmatter.split(markdown)
    before = markdown.count("\n", 0, len(markdown) - len(body))
    tree = etree.HTML(f"<body>{render(body, renderer)}</body>".encode("utf-8", "replace"), _PARSER)
    for element in tree.iter("*"):
        line = element.get(LINE) or element.get("data-sourcepos", "").partition(":")[0]
        if line.isdecimal():
            element.set(LINE, str(int(line) + before))
    return Sanitizer(pictures=pictures, local=local, links=True).html(tree)


def _original(source: ParsedSource, verdict: Verdict, *, pictures: bool) -> str:
    """The original article as a document of its own."""
    article = source.page.article
    _tame_formulas(article)
    marked = {str(one.source_line) for one in verdict.differences if one.source_line}
    policy = POLICY.format(pictures=pictures_policy(pictures))
    style = (Path(__file__).parent / "static" / "original.css").read_text(encoding="utf-8")
    return (
        f'<!DOCTYPE html>\n<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>{escape(source.page.meta.title)}</title><style>{style}</style>\n"
        f"{Sanitizer(pictures=pictures, marked=marked).html(article)}"
    )


def pictures_policy(pictures: bool) -> str:
    """Where pictures may come from."""
    return "data: https: http:" if pictures else "data:"


def _tame_formulas(article: _Element) -> None:
    """Leave one reading of each formula: MathML where the page has it, else TeX in a box of its own."""
    for glyphs in _GLYPHS(article):
        tail, parent = glyphs.tail, glyphs.getparent()
        if parent is not None:
            glyphs.clear()
            glyphs.tail = tail
    for formula in _FLAT(article):
        parts = [part.strip() for part in BLANK_LINE.split("".join(formula.itertext())) if part.strip()]
        tail = formula.tail
        kept = dict(formula.attrib)
        formula.clear()
        formula.attrib.update(kept)
        formula.set("class", "x-tex")
        formula.text, formula.tail = " ".join(parts[-1:]), tail

"""Converts a dump, builds it with Jekyll, Hugo and Hexo, compares each page with its source (``make site-pages``).

    python -m tests.system.site_fidelity DUMP [--sites jekyll,hugo,hexo] [--every N] [--keep FOLDER]

Exit code 1 if a generator warns, if a page is missing, if fewer than 98 % of the pages show everything that
their source shows, or if a formula does not arrive on its page as the same TeX.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from lxml import etree
from lxml.etree import _Element

from converter import convert
from converter.model import ConversionError
from converter.options import Options
from converter.verify import normalize
from converter.verify.compare import compare
from converter.verify.facts import Facts
from converter.verify.fidelity import facts_of_source, title_headings
from converter.verify.parsed_source import ParsedSource, parse_source
from converter.verify.rendered_facts import rendered_facts
from converter.verify.verdict import Difference
from tests.kit.sites import GENERATORS, build, why_missing

REQUIRED = 0.98
SUFFIXES = (".md", ".markdown", ".html")
DOLLARS = (r"\$\$?", r"\$\$?")
DELIMITERS = {
    "jekyll": (r"(?<!\\)\\[(\[]", r"(?<!\\)\\[)\]]"), "hugo": DOLLARS, "hugo-legacy": DOLLARS, "hexo": DOLLARS,
}  # fmt: skip
"""What a formula script (KaTeX, MathJax) looks for in the text of a page; ``\\\\(`` ends a row before a bracket."""
SCHEME = re.compile(r"^(?:https?://|ftp://|mailto:)")
VERBATIM = frozenset(("pre", "code", "script", "style"))


def differences(source: bytes, article: str, site: str) -> list[Difference]:
    """Return the differences between a built page and its source."""
    parts = parse_source(source)
    both = [_compared(parts, article, site, toc=toc) for toc in ((False, True) if "toc" in parts.html else (False,))]
    return min(both, key=len)


def _compared(parts: ParsedSource, article: str, site: str, *, toc: bool) -> list[Difference]:
    wanted = facts_of_source(parts, parts.article, toc=toc)
    own = {_normal(link.get("href") or "") for link in parts.article.iter("a") if _is_autolink(link)}
    got = page_facts(article, site, wanted, title_headings(parts, wanted, written=False), own)
    if site == "hexo":
        for facts in (wanted, got):
            facts.code.values[:] = [
                _strip_indent(str(code)) for code in facts.code.values
            ]  # Hexo takes it off (strip_indent)
    return [one for one in compare(wanted, got).differences if site != "hexo" or not _is_of_hexo(one)]


def _strip_indent(code: str) -> str:
    """Return code without the indentation that all lines share, as Hexo shows it."""
    widths = [len(match[0]) for match in re.finditer(r"^[ \t]*(?=\S)", code, re.MULTILINE)]
    return re.sub(rf"^[ \t]{{{min(widths, default=0)}}}", "", code, flags=re.MULTILINE)


def _is_of_hexo(difference: Difference) -> bool:
    """Return whether Hexo caused a difference: languages that it cannot highlight, URLs that it normalizes."""
    if difference.facet in ("links", "images"):
        return bool(difference.now) and _normal(difference.was) == _normal(difference.now)
    return difference.facet == "language" and not difference.now


def _normal(address: str) -> str:
    parts = urlsplit(address.replace("://http://", "://http//"))
    return parts._replace(netloc=parts.netloc.lower(), path=parts.path or "/").geturl().removesuffix("?")


def _is_autolink(link: _Element) -> bool:
    """Return whether the text of a link is its address, or the start of it."""
    text, href = ("".join(link.itertext()).strip(), link.get("href") or "")
    shown = SCHEME.sub("", text)
    return len(shown) > 5 and SCHEME.sub("", href)[:8].lower() == shown[:8].lower()


def page_facts(article: str, site: str, wanted: Facts, titles: frozenset[str], autolinks: set[str]) -> Facts:
    """Return the facts of a built page, without what its generator added."""
    tree = etree.fromstring(article.encode(), etree.HTMLParser(encoding="utf-8", huge_tree=True))
    for link in list(tree.iter("a")):
        if (
            _is_autolink(link)
            and _normal(link.get("href") or "") not in autolinks
            and normalize.address(link.get("href") or "") not in wanted.player_urls
        ):
            link.tag = "span"  # the generator made it
    for rule in tree.xpath("//div[@class='footnotes']/hr"):
        rule.tag = "span"
    _plain_code(tree)
    if wanted.formulas.values:
        _mark_formulas(tree, _pattern(wanted, *DELIMITERS[site]))
    html = str(etree.tostring(tree, encoding="unicode", method="html"))
    return rendered_facts(html, formulas=wanted.has_formulas, titles=titles, players=wanted.players)


def _plain_code(tree: _Element) -> None:
    """Rewrite code blocks to ``pre`` and ``code``: Hexo writes tables, Jekyll puts the language on a box around them."""
    for figure in tree.xpath("//figure[contains(@class, 'highlight')]"):
        code = figure.find(".//td[@class='code']")
        lines = code.iter("br") if code is not None else ()
        for line in list(lines):
            line.tail = "\n" + (line.tail or "")
        text = "".join((code if code is not None else figure).itertext())
        _replace(figure, _pre(text, (figure.get("class") or "").split()[-1]))
    for box in tree.xpath("//div[contains(@class, 'highlighter-rouge')]"):
        language = next((word[9:] for word in box.get("class").split() if word.startswith("language-")), "")
        _replace(box, _pre("".join(box.itertext()), language))


def _pre(text: str, language: str) -> _Element:
    pre = etree.Element("pre")
    code = etree.SubElement(pre, "code")
    if language not in ("", "plaintext", "highlight", "plain"):
        code.set("class", f"language-{language}")
    code.text = text
    return pre


def _replace(old: _Element, new: _Element) -> None:
    new.tail = old.tail
    parent = old.getparent()
    if parent is not None:
        parent.replace(old, new)


def _pattern(wanted: Facts, opening: str, closing: str) -> re.Pattern[str]:
    """Return a pattern for the formulas of a source between delimiters; any other ``$`` is a dollar sign."""
    formulas = sorted({str(tex) for tex in wanted.formulas.values}, key=len, reverse=True)
    spaced = "|".join(r"\s*".join(map(re.escape, tex)) for tex in formulas)
    return re.compile(rf"{opening}\s*({spaced})\s*{closing}")


def _mark_formulas(tree: _Element, pattern: re.Pattern[str]) -> None:
    for element in list(tree.iter()):
        if not isinstance(element.tag, str) or element.tag in VERBATIM:
            continue
        if any(parent.tag in VERBATIM for parent in element.iterancestors()):
            continue
        for child in reversed(list(element)):
            if child.tail:
                child.tail, made = _formulas(child.tail, pattern)
                for number, one in enumerate(made):
                    element.insert(element.index(child) + 1 + number, one)
        if element.text:
            element.text, made = _formulas(element.text, pattern)
            for number, one in enumerate(made):
                element.insert(number, one)


def _formulas(text: str, pattern: re.Pattern[str]) -> tuple[str, list[_Element]]:
    """Return the text before the first formula, and the formulas as elements with the text behind each."""
    made: list[_Element] = []
    first, last = text, 0
    for match in pattern.finditer(text):
        before = text[last : match.start()]
        if made:
            made[-1].tail = before
        else:
            first = before
        one = etree.Element("div" if match[0][:2] in ("$$", "\\[") else "span", {"class": "math"})
        one.text = match[1]
        made.append(one)
        last = match.end()
    if made:
        made[-1].tail = text[last:]
    return first, made


# --------------------------------------------------------------------------------------------------
# The command


def main(arguments: list[str] | None = None) -> int:
    """Check the sites, print the differences, return the exit code."""
    wanted = _parser().parse_args(arguments)
    sources = {f"p{number}": path for number, path in enumerate(_posts(wanted.dump)) if not number % wanted.every}
    failed = False
    for site in wanted.sites.split(","):
        if reason := why_missing(site):
            print(f"{site}: skipped, {reason}")
            continue
        with tempfile.TemporaryDirectory() as folder:
            failed |= _check(site, sources, wanted.keep or Path(folder), wanted)
    return 1 if failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Build sites from a dump and compare each page with its source.")
    parser.add_argument("dump", type=Path)
    parser.add_argument("--sites", default=",".join(GENERATORS))
    parser.add_argument("--every", type=int, default=1, help="take each Nth post only")
    parser.add_argument("--keep", type=Path, help="build in this folder and keep it")
    parser.add_argument("--scratch", type=Path, default=Path(".sites"), help="where hexo is installed")
    parser.add_argument("--show", type=int, default=20, help="how many differences are printed")
    return parser


def _posts(dump: Path) -> Iterator[Path]:
    return (path for path in sorted(dump.rglob("*")) if path.suffix in SUFFIXES and path.is_file())


def _check(site: str, sources: dict[str, Path], folder: Path, wanted: argparse.Namespace) -> bool:
    options = Options(flavor=site, repair_front_matter=True)
    posts = {}
    for stem, path in sources.items():
        try:
            document = convert(path.read_bytes(), name=path.name, options=options)
        except ConversionError as error:
            print(f"{site}: left out: {error}")
            continue
        if not document.kind.is_copied:
            posts[stem] = str(document)
    built = build(site, posts, folder / site, wanted.scratch.absolute())
    for line in built.warnings[: wanted.show]:
        print(f"{site}: {line}")
    found = {stem: differences(sources[stem].read_bytes(), built.articles.get(stem, ""), site) for stem in posts}
    shown = 0
    for stem, some in found.items():
        for difference in some[: max(0, min(2, wanted.show - shown))]:
            print(f"{site}: {sources[stem].name} ({stem}): {difference.facet}: {difference}")
            shown += 1
    perfect = sum(not some for some in found.values())
    facets = Counter(facet for some in found.values() for facet in {one.facet for one in some})
    share = perfect / max(1, len(found))
    print(
        f"{site}: {len(found)} pages, {share:.2%} perfect, {len(built.warnings)} warnings; pages with differences: {dict(facets)}"
    )
    return bool(built.warnings) or share < REQUIRED or bool(facets["formulas"])


if __name__ == "__main__":
    sys.exit(main())

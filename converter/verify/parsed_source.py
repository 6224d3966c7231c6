"""A source file, split into front matter and page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from converter import frontmatter
from converter.model import Meta
from converter.scraper import Page, scrape
from converter.source.decode import decode
from converter.source.kind import Part, classify
from converter.verify import normalize

_TITLE = re.compile(r"^title:[ \t]*+[\"']?+(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ParsedSource:
    """A source file: its page, the HTML that the page was parsed from, its front matter ("" for none).

    first_line: the line of the file where ``html`` begins.
    kept: Markdown of the author around pasted HTML, which the conversion leaves byte for byte; the page holds the
    articles of the HTML then.
    """

    page: Page
    html: str
    front_matter: str
    first_line: int = 1
    kept: tuple[str, ...] = ()

    @property
    def titles(self) -> frozenset[str]:
        """Texts of a heading that only repeats the page's title."""
        titles = (self.page.meta.title, *(found.rstrip().rstrip("\"'") for found in _TITLE.findall(self.front_matter)))
        return frozenset(filter(None, map(normalize.squash, titles)))


def parse_source(source: bytes | str, *, whole: bool = False) -> ParsedSource:
    """Split and parse a source file.  ConversionError where it is no post.

    whole: all of it is HTML, also where it looks like Markdown with pasted HTML.
    """
    text = decode(source)[0] if isinstance(source, bytes) else source
    front, body = frontmatter.split(text)
    first_line = text.count("\n", 0, len(text) - len(body)) + 1
    raw = front.raw if front else ""
    parts = () if whole else classify(body, front is not None, suffix=".md").parts
    if len(parts) < 2:
        return ParsedSource(scrape(body, first_line=first_line), body, raw, first_line)
    html = "".join(part.text if part.is_html else "\n" * part.text.count("\n") for part in parts)
    kept = tuple(part.text for part in parts if not part.is_html and part.text.strip())
    return ParsedSource(_pasted(body, parts, first_line), html, raw, first_line, kept)


def _pasted(body: str, parts: tuple[Part, ...], first_line: int) -> Page:
    """Return one page with the articles of all parts that are HTML, with the lines of the file."""
    gathered = etree.Element("div")
    pages = []
    for part in parts:
        if part.is_html:
            page = scrape(part.text, first_line=first_line + body.count("\n", 0, part.start))
            for element in page.article.iter():
                element.sourceline = (element.sourceline or 1) + page.first_line - 1  # type: ignore[misc]
            page.article.tail = None
            gathered.append(page.article)
            pages.append(page)
    meta = pages[0].meta if len(pages) == 1 else Meta()
    return Page(gathered, meta, tuple(finding for page in pages for finding in page.findings))


def without_kept(markdown: str, kept: tuple[str, ...]) -> tuple[str, str]:
    """Return a Markdown file without the stretches that stay as they are, and the first that is missing ("": none).

    Blank lines stand for them, so that the numbers of lines stay.
    """
    out: list[str] = []
    done = 0
    for text in kept:
        core = text.strip()
        pattern = rf"(?:\A|(?<=\n))[ \t]*{re.escape(core)}(?=[ \t\r]*(?:\n|\Z))"
        match = re.compile(pattern).search(markdown, done)
        if match is None:
            return markdown, core
        out += (markdown[done : match.start()], "\n" * core.count("\n"))
        done = match.end()
    return "".join((*out, markdown[done:])), ""

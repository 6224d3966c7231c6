"""A source file, split into front matter and page."""

from __future__ import annotations

import re
from dataclasses import dataclass

from converter import frontmatter
from converter.scraper import Page, scrape
from converter.source.decode import decode
from converter.verify import normalize

_TITLE = re.compile(r"^title:[ \t]*+[\"']?+(.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class ParsedSource:
    """A source file: its page, the HTML that the page was parsed from, its front matter ("" for none).

    first_line: the line of the file where ``html`` begins.
    """

    page: Page
    html: str
    front_matter: str
    first_line: int = 1

    @property
    def titles(self) -> frozenset[str]:
        """Texts of a heading that only repeats the page's title."""
        titles = (self.page.meta.title, *(found.rstrip().rstrip("\"'") for found in _TITLE.findall(self.front_matter)))
        return frozenset(filter(None, map(normalize.squash, titles)))


def parse_source(source: bytes | str) -> ParsedSource:
    """Split and parse a source file.  ConversionError where it is no post."""
    text = decode(source)[0] if isinstance(source, bytes) else source
    front, body = frontmatter.split(text)
    lines_before = text.count("\n", 0, len(text) - len(body))
    return ParsedSource(scrape(body, first_line=lines_before + 1), body, front.raw if front else "", lines_before + 1)

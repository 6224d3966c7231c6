"""Sources taken apart."""

from __future__ import annotations

import re
from dataclasses import dataclass

from converter import frontmatter
from converter.scraper import Page, scrape
from converter.source.decode import decode
from converter.verify import text as same

_TITLE = re.compile(r"^title:\s*[\"']?(.*?)[\"']?\s*$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Source:
    """A source that was taken apart: its page, the HTML that this was parsed from, its front matter."""

    page: Page
    html: str
    head: str

    @property
    def titles(self) -> frozenset[str]:
        """What a heading may say that repeats the page's title."""
        named = (self.page.meta.title, *_TITLE.findall(self.head))
        return frozenset(filter(None, map(same.squash, named)))


def read_source(source: bytes | str) -> Source:
    """Take a source apart.  ConversionError where it is no post."""
    text = decode(source)[0] if isinstance(source, bytes) else source
    front, body = frontmatter.split(text)
    before = text.count("\n", 0, len(text) - len(body))
    return Source(scrape(body, first_line=before + 1), body, front.raw if front else "")

"""A source file, split into front matter and HTML, and parsed once for all that verification asks it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lxml import etree
from lxml.etree import XPath, _Element

from converter import frontmatter
from converter.scraper.parsing import parse
from converter.source.decode import decode
from converter.source.kind import Part, classify
from converter.verify import normalize
from converter.verify.article_root import article_of, candidates, several
from converter.verify.known_chrome import is_title
from converter.verify.selection import locate
from converter.verify.whole_file import WholeFile, is_page, look_at

_TEXT = XPath("string()", smart_strings=False)
_TITLE = re.compile(r"^title:[ \t]*+[\"']?+(.*)$", re.MULTILINE)
_STRAY = re.compile(r"\s*+(?:</[a-z]+\s*+>\s*+)*+(\$url)(?=\s*+<)", re.IGNORECASE)
"""Start of a body whose exporter had no address to fill in."""


@dataclass(frozen=True)
class ParsedSource:
    """A source file: all that it shows, the HTML that this was parsed from, its front matter ("" for none).

    body: the whole body of the file.  first_line: the line of the file where ``html`` begins.
    kept: Markdown of the author around pasted HTML, which the conversion leaves byte for byte; the body holds what the
    HTML shows then.
    stray: what an exporter left before the HTML where it had no address to fill in.
    comments: a section with the comments of readers, which follows the article.
    """

    body: _Element
    html: str
    front_matter: str
    first_line: int = 1
    kept: tuple[str, ...] = ()
    stray: str = ""
    comments: _Element | None = None

    @cached_property
    def is_page(self) -> bool:
        """True for a whole page, which a site made around an article."""
        return is_page(self.html)

    @cached_property
    def words(self) -> list[str]:
        """The text of the body, with that of elements that show none, without its whitespace."""
        return str(_TEXT(self.body)).split()

    @cached_property
    def text(self) -> str:
        """The visible characters of ``words``."""
        return normalize.seen("".join(self.words))

    @cached_property
    def file(self) -> WholeFile:
        """All pieces of text and images of the file."""
        return look_at(self.body)

    @cached_property
    def article(self) -> _Element:
        """The element that holds the article, as verification finds it: all of a post, the densest part of a page."""
        return article_of(self.file) if self.is_page else self.body

    def other_roots(self, text: str) -> Iterator[_Element]:
        """Yield other elements that may hold the article of a page whose Markdown has a text.

        They are those around the densest part, for that may be a part of the article; and the element that the text
        comes from and those around it, for a page with hardly any article has no dense part.  ``selection`` reports
        what the Markdown lacks then.
        """
        if self.is_page:
            yield from candidates(self.article, self.body)
            sight = locate(self.file, text)
            yield sight.article
            yield from candidates(sight.article, self.body)
            if (articles := several(self.body, sight.shown)) is not None:
                yield articles

    @property
    def title(self) -> str:
        """The title that the file shows or names, "" for none."""
        return next(filter(None, (" ".join(text.split()) for text in self._titles())), "")

    @property
    def titles(self) -> frozenset[str]:
        """Texts of a heading that only repeats the page's title."""
        return frozenset(filter(None, map(normalize.squash, self._titles())))

    def _titles(self) -> Iterator[str]:
        for heading in self.body.iter("h1"):
            if is_title(heading):
                yield "".join(heading.itertext())
        root = self.body.getroottree().getroot()
        yield from (node.get("content", "") for node in root.iter("meta") if node.get("property") == "og:title")
        yield from (found.rstrip().rstrip("\"'") for found in _TITLE.findall(self.front_matter))
        yield from ("".join(node.itertext()) for node in root.iter("title"))


def parse_source(source: bytes | str, *, whole: bool = False, wrappers: tuple[str, ...] = ()) -> ParsedSource:
    """Split and parse a source file.  ConversionError where it is no post.

    whole: all of it is HTML, also where it looks like Markdown with pasted HTML.  wrappers: a user's own.
    """
    text = decode(source)[0] if isinstance(source, bytes) else source
    front, body = frontmatter.split(text)
    first_line = text.count("\n", 0, len(text) - len(body)) + 1
    raw = front.raw if front else ""
    parts = () if whole else classify(body, front is not None, suffix=".md", wrappers=wrappers).parts
    if len(parts) < 2:
        stray = _STRAY.match(body)
        html = "\n" * body.count("\n", 0, stray.end()) + body[stray.end() :] if stray else body
        return ParsedSource(_body(html), body, raw, first_line, stray=stray[1] if stray else "")
    html = "".join(part.text if part.is_html else "\n" * part.text.count("\n") for part in parts)
    kept = tuple(part.text for part in parts if not part.is_html and part.text.strip())
    return ParsedSource(_pasted(body, parts), html, raw, first_line, kept)


def _body(html: str) -> _Element:
    """Return the body of HTML, or all but its head where something stands beside the body; nothing is chosen."""
    tree = parse(html)[0]
    found = tree.find("body")
    return tree if found is None or any(child is not found and child.tag != "head" for child in tree) else found


def _pasted(body: str, parts: tuple[Part, ...]) -> _Element:
    """Return one body with what all parts that are HTML show, with the lines of the file."""
    gathered = etree.Element("body")
    for part in parts:
        if part.is_html:
            lines_before = body.count("\n", 0, part.start)
            shown = _body(part.text)
            for element in shown.iter():
                element.sourceline = (element.sourceline or 1) + lines_before  # type: ignore[misc]
            shown.tag = "div"
            gathered.append(shown)
    return gathered


def without_kept(markdown: str, kept: tuple[str, ...]) -> tuple[str, str]:
    """Return a Markdown file without the stretches that stay as they are, and the first that is missing ("": none).

    Blank lines stand for them, so that the numbers of lines stay.
    """
    out: list[str] = []
    done = 0
    for number, text in enumerate(kept, 1):
        core = text.strip()
        is_end = number == len(kept) and markdown.rstrip().endswith(core)
        behind = r"\s*\Z" if is_end else r"[ \t\r]*(?:\n|\Z)"
        pattern = rf"(?:\A|(?<=\n))[ \t]*{re.escape(core)}(?={behind})"
        match = re.compile(pattern).search(markdown, done)
        if match is None:
            return markdown, core
        out += (markdown[done : match.start()], "\n" * core.count("\n"))
        done = match.end()
    return "".join((*out, markdown[done:])), ""

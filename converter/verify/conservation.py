"""The sum of a conversion: text of the article as scraped = text of the clean body + text of what was dropped.

Blanks aside.  A rewritten thing counts twice: its old words are gone from the source's side, the words
that stand for it now have come to the body's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from lxml.etree import XPath

from converter.model import Article, Document, Finding
from converter.scraper import Page
from converter.verify import text as same
from converter.verify.reading import read_source

OUTSIDE = ("frontmatter/", "input/")
"""Findings that speak of the file around the article."""
ADDRESSES = ("link/", "space/")
"""Findings whose words are addresses or names of things, none of them text of the article."""
WORDLESS = ("image/", "footnote/reference")
"""Findings whose words were text, and what is kept of them is none: a picture, a footnote's number."""
_TEXT = XPath("string()")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one rule did to the text: how many characters went, how many came."""

    rule: str
    gone: int
    came: int
    times: int


@dataclass(frozen=True, slots=True)
class Balance:
    """The sum of a conversion, in characters without blanks.

    scraped = body + gone - came, where ``gone`` and ``came`` are sums over ``entries``.
    missing: characters of the article that nothing accounts for; added: characters of the body that
    nothing accounts for.  Both are in no order, each as often as it occurs.
    """

    scraped: int
    body: int
    entries: tuple[Entry, ...] = ()
    missing: str = ""
    added: str = ""

    @property
    def even(self) -> bool:
        """True when every character is accounted for."""
        return not self.missing and not self.added

    def __str__(self) -> str:
        """The sum, a line for each rule."""
        rows = [(f"{self.scraped:>9,}", "characters in the article")]
        for entry in self.entries:
            rows.append((f"{entry.came - entry.gone:>+9,}", f"{entry.rule} ({entry.times})"))
        rows.append((f"{self.body:>9,}", "characters in the Markdown's content"))
        if self.missing:
            rows.append((f"{len(self.missing):>9,}", f"UNEXPLAINED, lost: {self.missing[:60]}"))
        if self.added:
            rows.append((f"{len(self.added):>9,}", f"UNEXPLAINED, added: {self.added[:60]}"))
        return "\n".join(f"{number}  {words}" for number, words in rows)


def conservation(source: bytes | str, document: Document) -> Balance:
    """The sum of one conversion.

    source: what was converted.  document: what ``convert`` made of it.  A source that was Markdown
    already balances by itself.
    """
    if document.article is None:
        size = len(same.squash(document.text))
        return Balance(size, size)
    return balance(read_source(source).page, document.article)


def balance(page: Page, article: Article) -> Balance:
    """The sum of one conversion, from the page as scraped and what became of it."""
    scraped = str(_TEXT(page.article)).split()
    written = [word for text in article.body.texts() for word in text.split()]
    return _balance(scraped, written, _of_article(article.findings, page.findings))


def _of_article(findings: Iterable[Finding], page: Iterable[Finding]) -> Iterator[Finding]:
    """The findings about the article's own text: not the scraper's, which are about what is around it."""
    around = Counter(page)
    for finding in findings:
        if around[finding] > 0:
            around[finding] -= 1
        elif not finding.rule.startswith((*OUTSIDE, *ADDRESSES)):
            yield finding


def _balance(scraped: list[str], written: list[str], findings: Iterable[Finding]) -> Balance:
    gone: dict[str, list[str]] = {}
    came: dict[str, list[str]] = {}
    times: Counter[str] = Counter()
    for finding in findings:
        gone.setdefault(finding.rule, []).append(same.squash(finding.text))
        if finding.kept and not finding.rule.startswith(WORDLESS):
            came.setdefault(finding.rule, []).append(same.squash(finding.kept))
        times[finding.rule] += 1
    entries = []
    for rule, texts in gone.items():
        lost, won = sum(map(len, texts)), sum(map(len, came.get(rule, ())))
        if lost or won:
            entries.append(Entry(rule, lost, won, times[rule]))
    scraped, written = _seen(scraped), _seen(written)
    there = [*scraped, *chain.from_iterable(came.values())]
    here = [*written, *chain.from_iterable(gone.values())]
    sizes = sum(map(len, scraped)), sum(map(len, written))
    if _same_characters(there, here):
        return Balance(*sizes, tuple(entries))
    had, has = Counter("".join(there)), Counter("".join(here))
    return Balance(*sizes, tuple(entries), "".join((had - has).elements()), "".join((has - had).elements()))


def _seen(words: list[str]) -> list[str]:
    """Words as they are compared: the same ones, or all in one where something in them is not seen or composed."""
    text = "".join(words)
    seen = same.seen(text)
    return words if seen == text else [seen]


def _same_characters(there: list[str], here: list[str]) -> bool:
    """True when two lists hold the same characters; words that both hold equally often are not looked into."""
    one, other = Counter(there).items(), Counter(here).items()
    left, right = ("".join(word * times for word, times in words) for words in (one - other, other - one))
    return dict.__eq__(Counter(left), Counter(right))  # Counter's own comparison goes by the character

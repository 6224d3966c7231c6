"""Check that a conversion lost and added no text: text of the article = text of the body + text of the findings.

Whitespace is not counted.  Text that a rule rewrote counts twice: the old text is removed, the new text is added.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from lxml.etree import XPath

from converter.model import Article, Document, Finding
from converter.scraper import Page
from converter.verify import normalize
from converter.verify.parsed_source import parse_source

OUTSIDE = ("article/", "frontmatter/", "input/", "page/")
"""Rules whose findings are about the file around the article."""
ADDRESSES = ("link/", "space/")
"""Rules whose findings hold URLs or names, which are no text of the article."""
WORDLESS = ("image/", "footnote/reference")
"""Rules that replace text by something that is no text: an image, a footnote's number."""
COPIES = ("math/", "toc/", "html/", "image/", "chrome/link-card")
"""Rules that take what the Markdown has in another form (formulas, headings, titles of links), or nobody reads."""
MOST_TAKEN = 0.25
"""Share of an article's text that one rule may take; on two archives of 1,005 posts the most was 0.12."""
LEAST_TAKEN = 100
"""Characters from which on the share counts."""
_TEXT = XPath("string()")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one rule did to the text: characters removed, characters added, number of findings."""

    rule: str
    removed: int
    added: int
    times: int


@dataclass(frozen=True, slots=True)
class Balance:
    """The balance of a conversion, in characters without whitespace.

    scraped: characters of the article.  body: characters of its Markdown.  entries: what each rule did.
    scraped = body + removed - added, where ``removed`` and ``added`` are sums over ``entries``.
    missing, added: characters that were lost or added and that no finding explains; in no order, each as often as
    it occurs.
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

    def share(self, entry: Entry) -> float:
        """Return the share of the article's text that a rule took, 0.0 for one that added as much as it took."""
        return max(0, entry.removed - entry.added) / max(1, self.scraped)

    @property
    def greedy(self) -> tuple[Entry, ...]:
        """The rules that took more of the text than any rule may take that does not only take copies."""
        return tuple(
            entry
            for entry in self.entries
            if entry.removed - entry.added >= LEAST_TAKEN
            and self.share(entry) > MOST_TAKEN
            and not entry.rule.startswith(COPIES)
        )

    def __str__(self) -> str:
        """Return the balance as text, a line for each rule."""
        rows = [(f"{self.scraped:>9,}", "characters in the article")]
        for entry in self.entries:
            share = f", {self.share(entry):.0%}" if self.share(entry) >= 0.01 else ""
            rows.append((f"{entry.added - entry.removed:>+9,}", f"{entry.rule} ({entry.times}{share})"))
        rows.append((f"{self.body:>9,}", "characters in the Markdown's content"))
        if self.missing:
            rows.append((f"{len(self.missing):>9,}", f"UNEXPLAINED, lost: {self.missing[:60]}"))
        if self.added:
            rows.append((f"{len(self.added):>9,}", f"UNEXPLAINED, added: {self.added[:60]}"))
        return "\n".join(f"{number}  {words}" for number, words in rows)


def conservation(source: bytes | str, document: Document) -> Balance:
    """Return the balance of one conversion.

    source: what was converted.  document: the result of ``convert``.  A source that was Markdown already
    is always even.
    """
    if document.article is None:
        size = len(normalize.squash(document.text))
        return Balance(size, size)
    return balance(parse_source(source, whole=document.kind.name != "mixed").page, document.article)


def balance(page: Page, article: Article) -> Balance:
    """Return the balance of one conversion, from the page and the article that the cleaner made of it."""
    scraped = str(_TEXT(page.article)).split()
    written = [word for text in article.body.texts() for word in text.split()]
    return _balance(scraped, written, _of_article(article.findings, page.findings))


def _of_article(findings: Iterable[Finding], page: Iterable[Finding]) -> Iterator[Finding]:
    """Yield the findings about the article's own text: not the scraper's, which are about what is around it."""
    of_page = Counter(page)
    for finding in findings:
        if of_page[finding] > 0:
            of_page[finding] -= 1
        elif not finding.rule.startswith((*OUTSIDE, *ADDRESSES)):
            yield finding


def _balance(scraped: list[str], written: list[str], findings: Iterable[Finding]) -> Balance:
    removed: dict[str, list[str]] = {}
    added: dict[str, list[str]] = {}
    times: Counter[str] = Counter()
    for finding in findings:
        removed.setdefault(finding.rule, []).append(normalize.squash(finding.text))
        if finding.kept and not finding.rule.startswith(WORDLESS):
            added.setdefault(finding.rule, []).append(normalize.squash(finding.kept))
        times[finding.rule] += 1
    entries = []
    for rule, texts in removed.items():
        before, after = sum(map(len, texts)), sum(map(len, added.get(rule, ())))
        if before or after:
            entries.append(Entry(rule, before, after, times[rule]))
    scraped, written = _seen(scraped), _seen(written)
    expected = [*scraped, *chain.from_iterable(added.values())]
    actual = [*written, *chain.from_iterable(removed.values())]
    sizes = sum(map(len, scraped)), sum(map(len, written))
    if _same_characters(expected, actual):
        return Balance(*sizes, tuple(entries))
    had, has = Counter("".join(expected)), Counter("".join(actual))
    return Balance(*sizes, tuple(entries), "".join((had - has).elements()), "".join((has - had).elements()))


def _seen(words: list[str]) -> list[str]:
    """Return words as they are compared: as they are, or all in one string where it has to be normalized."""
    text = "".join(words)
    seen = normalize.seen(text)
    return words if seen == text else [seen]


def _same_characters(expected: list[str], actual: list[str]) -> bool:
    """Return True when two lists hold the same characters; words that both hold equally often are not split."""
    one, other = Counter(expected).items(), Counter(actual).items()
    left, right = ("".join(word * times for word, times in words) for words in (one - other, other - one))
    return dict.__eq__(Counter(left), Counter(right))  # Counter's own comparison is a slow loop over the characters

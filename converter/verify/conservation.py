"""Check that a conversion lost and added no text: text of the file = text of the Markdown + text of the findings.

The sum begins at the body of the file, so that what stands outside of the article is in it; scripts and styles are
no text.  Whitespace is not counted.  Text that a rule rewrote counts twice: the old text is removed, the new text is
added.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from lxml.etree import XPath, _Element

from converter.model import Article, Document, Finding
from converter.verify import normalize
from converter.verify.parsed_source import ParsedSource, parse_source

SILENT = ("script", "style", "head", "title", "template", "noscript")
"""Elements whose text is none: no reader sees it."""
NO_TEXT = (
    "article/", "input/", "link/", "space/", "page/error", "page/listing", *(f"html/{tag}" for tag in SILENT)
)  # fmt: skip
"""Rules whose findings hold URLs, names, numbers, or text of SILENT."""
STRAY = "frontmatter/stray-text"
"""The one rule of its group that takes text of the body."""
MARKER = "meta/artid"
"""A rule that reads an address: in an attribute, which is no text, or in the text of a hidden element."""
OUTSIDE = "page/"
"""Rules that take what stands outside of the article; what they keep of it is in the metadata."""
WORDLESS = ("image/", "footnote/reference", OUTSIDE, STRAY)
"""Rules that replace text by something that is no text: an image, a footnote's number, metadata."""
DRAWING = "image/drawing"
"""The rule that makes a drawing an image, whose alt text has the labels."""
COPIES = ("math/", "toc/", "html/", "image/", "chrome/link-card", OUTSIDE)
"""Rules that take what the Markdown has in another form (formulas, headings, titles of links), or nobody reads."""
MOST_TAKEN = 0.25
"""Share of an article's text that one rule may take; on two archives of 1,005 posts the most was 0.12."""
LEAST_TAKEN = 100
"""Characters from which on the share counts."""
MOST_COUNTED = 1000
"""Characters that are counted one by one; words are counted sooner."""
_TEXT = XPath("string()")
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


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

    file: characters of the body of the file.  body: characters of its Markdown.  entries: what each rule did.
    file = body + removed - added, where ``removed`` and ``added`` are sums over ``entries``.
    missing, added: characters that were lost or added and that no finding explains; in no order, each as often as
    it occurs.
    """

    file: int
    body: int
    entries: tuple[Entry, ...] = ()
    missing: str = ""
    added: str = ""

    @property
    def even(self) -> bool:
        """True when every character is accounted for."""
        return not self.missing and not self.added

    @property
    def article(self) -> int:
        """Characters of the article: those of the file without what stands outside of the article."""
        return self.file - sum(entry.removed for entry in self.entries if entry.rule.startswith(OUTSIDE))

    def share(self, entry: Entry) -> float:
        """Return the share of text that a rule took, 0.0 for one that added as much as it took.

        It is a share of the article's text, or of the file's for rules that take what is outside of the article.
        """
        whole = self.file if entry.rule.startswith(OUTSIDE) else self.article
        return max(0, entry.removed - entry.added) / max(1, whole)

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
        return self.in_words()

    def in_words(self, say: Callable[[str], str] = str) -> str:
        """Return the balance as text, a line for each rule; say: returns a message in the language of the user."""
        rows = [(f"{self.file:>9,}", say("characters in the file's body"))]
        for entry in self.entries:
            share = f", {self.share(entry):.0%}" if self.share(entry) >= 0.01 else ""
            rows.append((f"{entry.added - entry.removed:>+9,}", f"{entry.rule} ({entry.times}{share})"))
        rows.append((f"{self.body:>9,}", say("characters in the Markdown's content")))
        if self.missing:
            rows.append((f"{len(self.missing):>9,}", say("UNEXPLAINED, lost: {text}").format(text=self.missing[:60])))
        if self.added:
            rows.append((f"{len(self.added):>9,}", say("UNEXPLAINED, added: {text}").format(text=self.added[:60])))
        return "\n".join(f"{number}  {words}" for number, words in rows)


class _Text(NamedTuple):
    """The words of a text, and its visible characters."""

    words: list[str]
    seen: str

    @classmethod
    def of(cls, words: list[str]) -> _Text:
        return cls(words, normalize.seen("".join(words)))

    def parts(self) -> list[str]:
        """Return what is compared: the words as they are, or all in one where it has to be normalized."""
        return self.words if "".join(self.words) == self.seen else [self.seen]


def conservation(source: bytes | str, document: Document) -> Balance:
    """Return the balance of one conversion.

    source: what was converted.  document: the result of ``convert``.  A source that was Markdown already
    is always even.
    """
    if document.article is None:
        size = len(normalize.squash(document.text))
        return Balance(size, size)
    return balance(parse_source(source, whole=document.kind.name != "mixed"), document.article)


def balance(source: ParsedSource, article: Article) -> Balance:
    """Return the balance of one conversion, from the parsed file and the article that was made of it."""
    file = source.body
    stray = source.stray.split()
    shown = _Text([*stray, *source.words], normalize.seen("".join(stray)) + source.text)
    silent = [word for element in file.iter(*SILENT) if _is_silent(element) for word in str(_TEXT(element)).split()]
    written = " ".join(chain(article.body.texts(), _labels(article))).split()
    return _balance(shown, _Text.of(silent), _Text.of(written), article.findings)


def _labels(article: Article) -> Iterator[str]:
    """Yield the labels of drawings, as the findings say that they are in alt texts, if they are there."""
    expected = Counter(finding.kept for finding in article.findings if finding.rule == DRAWING and finding.kept)
    for node in article.body.nodes() if expected else ():
        alt = node.attributes.get("alt", "") if node.tag == "img" else ""
        if expected[alt] > 0:
            expected[alt] -= 1
            yield alt


def _is_silent(element: _Element) -> bool:
    """Return whether the text of an element that shows none is not counted with one around it; MathJax's is text."""
    if element.get("type", "").startswith("math/tex"):
        return False
    return next(element.iterancestors(*SILENT), None) is None


def _texts(findings: Iterable[Finding], whole: str) -> Iterator[tuple[Finding, str, str]]:
    """Yield findings with the visible characters that each removed, and that it added."""
    markers: set[str] = set()
    for finding in findings:
        rule = finding.rule
        if rule.startswith(NO_TEXT) or (rule.startswith("frontmatter/") and rule != STRAY):
            continue
        text, kept = finding.text, finding.kept
        if rule == MARKER:
            if text in markers or normalize.squash(text) not in whole:
                continue
            markers.add(text)
            kept = None
        elif rule == STRAY:
            text = _TAG.sub("", text)
        wordless = rule.startswith(WORDLESS) and rule != DRAWING
        yield finding, normalize.squash(text), "" if wordless else normalize.squash(kept or "")


def _balance(shown: _Text, silent: _Text, written: _Text, findings: Iterable[Finding]) -> Balance:
    removed_by: dict[str, list[str]] = {}
    added_by: dict[str, list[str]] = {}
    for finding, before, after in _texts(findings, shown.seen):
        removed_by.setdefault(finding.rule, []).append(before)
        added_by.setdefault(finding.rule, []).append(after)
    entries = []
    for rule, texts in removed_by.items():
        lost, new = sum(map(len, texts)), sum(map(len, added_by[rule]))
        if lost or new:
            entries.append(Entry(rule, lost, new, len(texts)))
    added, removed = [*chain.from_iterable(added_by.values())], [*chain.from_iterable(removed_by.values())]
    sizes = len(shown.seen) - len(silent.seen), len(written.seen)
    if _same_but_for_ends(shown.seen, written.seen, added, [silent.seen, *removed]):
        return Balance(*sizes, tuple(entries))
    expected, actual = [*shown.parts(), *added], [*written.parts(), *silent.parts(), *removed]
    if _same_characters(expected, actual):
        return Balance(*sizes, tuple(entries))
    had, has = Counter("".join(expected)), Counter("".join(actual))
    return Balance(*sizes, tuple(entries), "".join((had - has).elements()), "".join((has - had).elements()))


def _same_but_for_ends(one: str, other: str, added: list[str], taken: list[str]) -> bool:
    """Return True for one + added = other + taken, if little is left of one and the other without equal ends.

    False says nothing.
    """
    if one == other:
        one = other = ""
    elif other and one.endswith(other):
        one, other = one[: -len(other)], ""
    else:
        start = _equal_start(one, other)
        one, other = one[start:], other[start:]
        end = _equal_start(one[::-1], other[::-1])
        one, other = one[: len(one) - end], other[: len(other) - end]
    if len(one) + len(other) > MOST_COUNTED:
        return False
    return dict.__eq__(Counter("".join((one, *added))), Counter("".join((other, *taken))))


def _equal_start(one: str, other: str) -> int:
    """Return how many characters at the start of two texts are the same."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _same_characters(expected: list[str], actual: list[str]) -> bool:
    """Return True when two lists hold the same characters; words that both hold equally often are not split."""
    one, other = Counter(expected).items(), Counter(actual).items()
    left, right = ("".join(word * times for word, times in words) for words in (one - other, other - one))
    return dict.__eq__(Counter(left), Counter(right))  # Counter's own comparison is a slow loop over the characters

"""Check the choice of what of a file is the article, with a second look that knows no rule and no site.

The look goes from the Markdown back to the file: where in the file is the text that the Markdown has, and what like
an author's text stands there, or elsewhere, that the Markdown does not have?
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from converter.verify import normalize
from converter.verify.article_root import densest
from converter.verify.furniture import PROSE, TOOLBAR_SOURCE, is_furniture
from converter.verify.lost_code import LINE_NUMBER, lost_lines
from converter.verify.missing_images import missing_images
from converter.verify.verdict import Difference
from converter.verify.whole_file import Piece, WholeFile

LEAST_PROSE = 30
"""Characters of a text that is missing from the article's own element, from which on it is reported."""
LONGEST_LABEL = 24
"""Characters of a text of a post's furniture; a longer one is a sentence, and the author's."""
WHOLE = ("html", "body")
"""The element of a page that holds its article where no part of it is dense."""
LEAST_SECOND = 60
"""Characters of a second article that is reported."""
LEAST_FOREIGN = 120
"""Characters from around an article that are reported; a page of a few lines has no dense part."""
MOST_SEARCHED = 100_000_000
"""Characters that are looked through for pieces that do not stand where the one before them leads to."""
AHEAD = 500
"""How many characters behind the last piece the next one is searched for first."""
_NOT_SEARCHED = dict.fromkeys((*map(ord, "$\\()[]{}`‘"), *range(0x300, 0x370)))
_OF_A_NOTE = re.compile(r"[\[(]*外链图片转存(?:失败|中)[.…]*|img-\w{6,12}-\d{13}(?:\.\w+)?")
"""A piece of the note in place of an image that the editor had not copied, which a highlighter has split."""
_CONTENTS = re.compile(r"(?:^|\s)toc(?:$|\s)")
"""Class of a table of contents; a heading in it is its title."""
_HEADINGS = frozenset("h2 h3 h4 h5 h6".split())
_COPYRIGHT = re.compile(r"^(?:©?著作权归|版权声明|版权|本文为博主|转载请|关键词由)|关键词由.{0,8}生成$")
_LICENCE = re.compile(r"(?=.*版权)(?=.*转载).{0,150}")
"""A note of a site's owner on who may copy the text."""
_LOCK = re.compile(
    r"解锁(?:文章|全文|本文)|[登关扫开购订付成][^，。]{1,12}(?:即可|之?后|才[能可]|可以?)(?:继续)?(?:阅读|查看|解锁|浏览)"
    r"[^，。]{0,6}(?:全文|文章|剩余|全部|余下|内容|更多)|剩余\d+%|0\.47元"
)
_LOCK_WORDS = ("解锁", "阅读", "查看", "浏览", "剩余", "0.47元")
"""Words of which each text that ``_LOCK`` finds holds one."""
_LONGEST_LOCK = 60


@dataclass(frozen=True, slots=True)
class Sight:
    """Where the Markdown comes from: the element around its text, the pieces it has, and those that are missing."""

    article: _Element
    shown: list[Piece]
    missing: list[Piece]


def selection(
    file: WholeFile,
    article: _Element,
    text: str,
    images: frozenset[str],
    lines: Callable[[], Iterable[str]],
    *,
    is_page: bool,
    exact: bool,
) -> Iterator[Difference]:
    """Yield what the choice of the article left out.

    file: the whole file.  article: the element of it that holds the article by density.
    text: the visible characters of the rendered Markdown.  images: its image URLs.
    lines: returns the visible characters of each of its lines of text and code.
    exact: the file's whitespace is its author's, so that it can be compared.
    is_page: the file is a whole page, so that a site's furniture may stand around its article.
    """
    sight = locate(file, text)
    size = _size(sight.shown)
    yield from _locked(sight)
    yield from _left_out(sight, size, article, is_page=is_page)
    if is_page:
        yield from _foreign(sight, article)
    yield from missing_images(file, sight.article if is_page else file.body, images)
    if exact:
        yield from lost_lines(sight.shown, lines)


def locate(file: WholeFile, text: str) -> Sight:
    """Find the pieces of a file in the Markdown's text, and the smallest element that holds nearly all of them."""
    shown: list[Piece] = []
    placed: list[Piece] = []
    missing: list[Piece] = []
    text = core_of(text)
    position, left = 0, MOST_SEARCHED
    for piece in file.pieces:
        core = "" if _OF_A_NOTE.fullmatch(piece.text) else core_of(normalize.without_notes(piece.text))
        start = text.find(core, position, position + len(core) + AHEAD)
        in_order = start >= 0
        if in_order:
            position = start + len(core)
        elif left > 0 and PROSE.search(piece.text):
            left -= len(text)
            start = text.find(core, position)
            if in_order := start >= 0:
                position = start + len(core)
            elif (start := text.find(core)) < 0 and (plain := _without_line_numbers(piece)):
                start = text.find(core_of(plain))
        (shown if start >= 0 or not core else missing).append(piece)
        if in_order:
            placed.append(piece)
    if left <= 0:  # not all could be searched for
        missing = []
    known = placed if 2 * _size(placed) > _size(shown) else shown  # a summary before the article has its text, too
    return Sight(densest(file.body, _sentences(known)), shown, missing)


def _sentences(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces that are sentences, or all but lone signs where none is."""
    sentences = [piece for piece in pieces if PROSE.search(piece.text)]
    return sentences or [piece for piece in pieces if core_of(piece.text)]


def _size(pieces: list[Piece]) -> int:
    return sum(len(piece.text) for piece in pieces)


def _without_line_numbers(piece: Piece) -> str:
    """Return the text of a piece without line numbers that its author copied with the code, "" if it has none."""
    text = "".join(piece.holder.itertext())
    plain = LINE_NUMBER.sub("", text)
    return normalize.squash(plain) if plain != text else ""


def core_of(text: str) -> str:
    """Return a text as it is searched for: without accents, and without the signs that may begin a formula."""
    return (text if text.isascii() else unicodedata.normalize("NFD", text)).translate(_NOT_SEARCHED)


def _locked(sight: Sight) -> Iterator[Difference]:
    for piece in (*sight.missing, *sight.shown[-3:]):
        if is_lock(piece.text):
            yield Difference(
                "selection", 0, "the page shows only a part of its article", piece.text, "", "", _line(piece)
            )
            return


def is_lock(text: str) -> bool:
    """Return True for a text that says that only a part of an article is shown."""
    return len(text) <= _LONGEST_LOCK and _LOCK.search(text) is not None


def may_hold_lock(text: str) -> bool:
    """Return False for a text no part of which is a lock."""
    return any(word in text for word in _LOCK_WORDS)


def is_sentence(text: str) -> bool:
    """Return True for a text of an author; a note on the copyright is none."""
    return PROSE.search(text) is not None and _COPYRIGHT.search(text) is None and not _LICENCE.fullmatch(text)


def _left_out(sight: Sight, size: int, article: _Element, *, is_page: bool) -> Iterator[Difference]:
    """Yield the author's text that is missing: within the article, and beside it."""
    spine = {sight.article, *sight.article.iterancestors()}
    dense = article if article in spine and article.tag not in WHOLE else None
    within: list[Piece] = []
    near: list[Piece] = []
    beside: dict[_Element, list[Piece]] = {}
    titles: set[str] = set()
    for piece in sight.missing:
        if piece.in_link or not is_sentence(piece.text):
            continue
        branch = piece.holder
        furniture = title = heading = False
        for up in (piece.holder, *piece.holder.iterancestors()):
            if up in spine:
                break
            heading = heading or up.tag in _HEADINGS
            title = title or up.tag == "h1" or (heading and _CONTENTS.search(up.get("class", "")) is not None)
            furniture = furniture or is_furniture(up)
            branch = up
        if title:
            titles.add(piece.text)
        is_beside = up is not sight.article
        label = len(piece.text) <= LONGEST_LABEL or TOOLBAR_SOURCE in piece.text
        if piece.text in titles or (furniture and ((is_page and is_beside) or label)):
            continue
        if not is_beside or not is_page:
            within.append(piece)
        elif dense is not None and dense in (up, *up.iterancestors()):
            near.append(piece)
        else:
            beside.setdefault(branch, []).append(piece)
    missing = _size(within)
    if missing >= LEAST_PROSE:
        yield _told("text of the article", within, missing, size)
    missing = _size(near)
    if missing >= LEAST_SECOND:
        yield _told("text beside the article", near, missing, size)
    for branch, pieces in beside.items():
        missing = _size(pieces)
        if missing >= LEAST_SECOND and (missing > size or _is_like(branch, sight.article)):
            yield _told("text beside the article", pieces, missing, size)


def _foreign(sight: Sight, article: _Element) -> Iterator[Difference]:
    """Yield the text that the Markdown has from around the article of a page, where it outweighs the article's."""
    if article.tag in WHOLE:
        return
    own = {piece.holder for piece in sight.shown if article in (piece.holder, *piece.holder.iterancestors())}
    around = [piece for piece in sight.shown if piece.holder not in own]
    size = sum(len(piece.text) for piece in sight.shown if piece.holder in own)
    foreign = _size(around)
    if foreign > max(size, LEAST_FOREIGN):
        yield _told("text from around the article", around, foreign, size)


def _is_like(branch: _Element, article: _Element) -> bool:
    """Return True where an element of a branch has the names of the article's own element: it is a second article."""
    names = article.get("id"), article.get("class")
    if article.tag == "article":
        return next(branch.iter("article"), None) is not None
    return names != (None, None) and any(
        (one.get("id"), one.get("class")) == names for one in branch.iter(str(article.tag))
    )


def _told(what: str, pieces: list[Piece], missing: int, size: int) -> Difference:
    share = missing / max(1, missing + size)
    text = "".join(piece.text for piece in pieces[:8])
    return Difference("selection", 0, f"{what} ({missing:,} characters, {share:.0%})", text, "", "", _line(pieces[0]))


def _line(piece: Piece) -> int:
    return int(piece.holder.sourceline or 0)

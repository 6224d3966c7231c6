"""Check the choice of what of a file is the article, with a second look that knows no rule and no site.

The look goes from the Markdown back to the file: where in the file is the text that the Markdown has, and what like
an author's text stands there, or elsewhere, that the Markdown does not have?
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from lxml.etree import _Element, iterwalk

from converter.verify import normalize
from converter.verify.verdict import Difference
from converter.verify.walker import BLOCKS
from converter.verify.whole_file import Piece, WholeFile

PROSE = re.compile(r"[\u3400-\u9fff\uac00-\ud7af\u3040-\u30ff]{6}|[，。；：！？、].*[，。；：！？、]|[^\W\d_].{24}")
"""A piece of text (without whitespace) that is more than a label: six characters of CJK, or so long as a sentence."""
LEAST_PROSE = 30
"""Characters of a text that is missing from the article's own element, from which on it is reported."""
LONGEST_LABEL = 24
"""Characters of a text of a post's furniture; a longer one is a sentence, and the author's."""
LEAST_SECOND = 60
"""Characters of a second article that is reported."""
INSIDE = 0.9
"""Share of the Markdown's text that the smallest element around the article holds."""
MOST_SEARCHED = 100_000_000
"""Characters that are looked through for pieces that do not stand where the one before them leads to."""
AHEAD = 500
"""How many characters behind the last piece the next one is searched for first."""
_NOT_SEARCHED = dict.fromkeys((*map(ord, "$\\()[]{}`"), *range(0x300, 0x370)))
FURNITURE = re.compile(
    r"comment|recommend|related|sidebar|aside|footer|header|navbar|\bnav\b|copyright|toolbar|advert|author|profile"
    r"|reward|share|\btoc\b|contents|catalog|tags?\b|\bbar\b|breadcrumb|license|readmore|hide-article|column|login|dialog|popup|modal|csdn-",
    re.IGNORECASE,
)
"""Words in the class or id of what stands around an article on any site."""
_FURNITURE_TAGS = frozenset("nav aside footer header form dialog h1".split())
LEAST_LINES = 3
"""Lines of a box of code, from which on it is looked at."""
LINES_PER_TAG = 4
"""At most so many lines for each tag has a body of HTML; Markdown with HTML in it has more."""
_CODE_NAME = re.compile(r"code|highlight|hljs|syntax|prettyprint", re.IGNORECASE)
_CODE_STYLE = re.compile(r"white-space\s*:\s*pre(?![\w-])", re.IGNORECASE)
_INDENTED = re.compile(r"\S[^\S\n]*+\n(?:[ \t]{2}|\xa0)\s*+\S")
_BLOCKS = "div|p|article|section|main|table|tr|td|pre|h[1-6]|ul|ol|li|dl|blockquote|center"
_STARTS_WITH_TAG = re.compile(
    rf"\ufeff?\s*+(?>(?:<!--.*?-->|<\?.*?>)\s*+)*+(?P<tag><(?:!doctype|html|head|body|{_BLOCKS})\b)",
    re.IGNORECASE | re.DOTALL,
)
_BLOCK_TAG = re.compile(rf"<(?:{_BLOCKS}|br)\b", re.IGNORECASE)
_FENCED = re.compile(r"^ {0,3}(`{3,}|~{3,}).*?(?:^ {0,3}\1|\Z)", re.MULTILINE | re.DOTALL)
_COPYRIGHT = re.compile(r"^(?:版权声明|版权|本文为博主|转载请|关键词由)|关键词由.{0,8}生成$")
_LOCK = re.compile(
    r"解锁(?:文章|全文|本文)|[登关扫开购订付成][^，。]{1,12}(?:即可|之?后|才[能可]|可以?)(?:继续)?(?:阅读|查看|解锁|浏览)"
    r"[^，。]{0,6}(?:全文|文章|剩余|全部|余下|内容|更多)|剩余\d+%|0\.47元"
)
_LINE_NUMBER = re.compile(r"^[ \t]*\d{1,5}(?:[.:|) \t\xa0]|$)", re.MULTILINE)
_LONGEST_LOCK = 60
_NO_PICTURE = re.compile(
    r"icon|latex|codecogs|/(?:eq|equation|math)\?|cht=tx|button|avatar|emoji|loading|blank|/release/", re.IGNORECASE
)
"""Parts of the address or class of an image that is a sign, a button or a formula."""


@dataclass(frozen=True, slots=True)
class Sight:
    """Where the Markdown comes from: the element around its text, the pieces it has, and those that are missing."""

    article: _Element
    shown: list[Piece]
    missing: list[Piece]


def selection(
    file: WholeFile, text: str, images: Iterable[str], lines: Callable[[], Iterable[str]], *, is_page: bool, exact: bool
) -> Iterator[Difference]:
    """Yield what the choice of the article left out.

    file: the whole file.  text: the visible characters of the rendered Markdown.  images: its image URLs.
    lines: returns the visible characters of each of its lines of text and code.
    exact: the file's whitespace is its author's, so that it can be compared.
    is_page: the file is a whole page, so that a site's furniture may stand around its article.
    """
    sight = locate(file, text)
    size = sum(len(piece.text) for piece in sight.shown)
    yield from _locked(sight)
    yield from _left_out(sight, size, is_page=is_page)
    yield from _images(file, sight, frozenset(images))
    if exact:
        yield from _code(sight, lines)


def locate(file: WholeFile, text: str) -> Sight:
    """Find the pieces of a file in the Markdown's text, and the smallest element that holds nearly all of them."""
    shown: list[Piece] = []
    missing: list[Piece] = []
    text = _core(text)
    position, left = 0, MOST_SEARCHED
    for piece in file.pieces:
        core = _core(normalize.without_notes(piece.text))
        start = text.find(core, position, position + len(core) + AHEAD)
        if start >= 0:
            position = start + len(core)
        elif left > 0 and PROSE.search(piece.text):
            left -= len(text)
            start = text.find(core, position)
            if start >= 0:
                position = start + len(core)
            elif (start := text.find(core)) < 0 and (plain := _without_line_numbers(piece)):
                start = text.find(_core(plain))
        (shown if start >= 0 or not core else missing).append(piece)
    if left <= 0:  # not all could be searched for
        missing = []
    return Sight(_around(file.body, shown), shown, missing)


def _without_line_numbers(piece: Piece) -> str:
    """Return the text of a piece without line numbers that its author copied with the code, "" if it has none."""
    text = "".join(piece.holder.itertext())
    plain = _LINE_NUMBER.sub("", text)
    return normalize.squash(plain) if plain != text else ""


def _core(text: str) -> str:
    """Return a text as it is searched for: without accents, and without the signs that may begin a formula."""
    return (text if text.isascii() else unicodedata.normalize("NFD", text)).translate(_NOT_SEARCHED)


def _around(body: _Element, shown: list[Piece]) -> _Element:
    """Return the smallest element that holds INSIDE of the text of some pieces."""
    sizes: dict[_Element, int] = {}
    total = 0
    for piece in shown:
        if PROSE.search(piece.text):
            total += len(piece.text)
            sizes[piece.holder] = sizes.get(piece.holder, 0) + len(piece.text)
    inside = dict(sizes)
    for holder, size in sizes.items():
        for up in holder.iterancestors():
            inside[up] = inside.get(up, 0) + size
    element = body
    while total:
        inner = next((child for child in element if inside.get(child, 0) >= INSIDE * total), None)
        if inner is None:
            break
        element = inner
    return element


def _locked(sight: Sight) -> Iterator[Difference]:
    for piece in (*sight.missing, *sight.shown[-3:]):
        if len(piece.text) <= _LONGEST_LOCK and _LOCK.search(piece.text):
            yield Difference(
                "selection", 0, "the page shows only a part of its article", piece.text, "", "", _line(piece)
            )
            return


def _left_out(sight: Sight, size: int, *, is_page: bool) -> Iterator[Difference]:
    """Yield the author's text that is missing: within the article, and beside it."""
    within: list[Piece] = []
    beside: dict[_Element, list[Piece]] = {}
    spine = {sight.article, *sight.article.iterancestors()}
    titles: set[str] = set()
    for piece in sight.missing:
        if piece.in_link or not PROSE.search(piece.text) or _COPYRIGHT.search(piece.text):
            continue
        branch = piece.holder
        furniture = title = False
        for up in (piece.holder, *piece.holder.iterancestors()):
            if up in spine:
                break
            furniture, title = furniture or is_furniture(up), title or up.tag == "h1"
            branch = up
        if title:
            titles.add(piece.text)
        is_beside = up is not sight.article
        if piece.text in titles or (furniture and ((is_page and is_beside) or len(piece.text) <= LONGEST_LABEL)):
            continue
        if not is_beside or not is_page:
            within.append(piece)
        else:
            beside.setdefault(branch, []).append(piece)
    missing = sum(len(piece.text) for piece in within)
    if missing >= LEAST_PROSE:
        yield _told("text of the article", within, missing, size)
    for branch, pieces in beside.items():
        missing = sum(len(piece.text) for piece in pieces)
        if missing > size or (missing >= LEAST_SECOND and _is_like(branch, sight.article)):
            yield _told("text beside the article", pieces, missing, size)


def is_furniture(element: _Element) -> bool:
    """Return True for an element that any site may have around or in an article, by the words of its names."""
    if element.tag in _FURNITURE_TAGS:
        return True
    name, identity = element.get("class"), element.get("id")
    return bool((name and FURNITURE.search(name)) or (identity and FURNITURE.search(identity)))


def _is_like(branch: _Element, article: _Element) -> bool:
    """Return True where an element of a branch has the names of the article's own element: it is a second article."""
    names = article.get("id"), article.get("class")
    if article.tag == "article":
        return next(branch.iter("article"), None) is not None
    return names != (None, None) and any(
        (one.get("id"), one.get("class")) == names for one in branch.iter(str(article.tag))
    )


def _images(file: WholeFile, sight: Sight, shown: frozenset[str]) -> Iterator[Difference]:
    """Yield the images of the article that have an address anywhere, and none of them in the Markdown."""
    for image, urls in file.images:
        if image.get("width") == image.get("height") == "1":  # counts readers
            continue
        found = [url for url in urls if url and not _NO_PICTURE.search(url)]
        if not found or any(url in shown for url in found) or _NO_PICTURE.search(image.get("class", "")):
            continue
        for up in image.iterancestors():
            if up is sight.article:
                yield Difference("selection", 0, "image with an address", found[0], "", "", image.sourceline or 0)
                break
            if is_furniture(up):
                break


def _code(sight: Sight, lines: Callable[[], Iterable[str]]) -> Iterator[Difference]:
    """Yield boxes that look like code by their names or style, and whose lines are no lines of the Markdown."""
    boxes: dict[_Element, None] = {}
    for piece in sight.shown:
        if "\n" in (piece.holder.text or "") or len(piece.holder):
            box = next(
                (up for up in (piece.holder, *islice(piece.holder.iterancestors(), 3)) if _is_code_box(up)), None
            )
            if box is not None and "pre" not in (box.tag, *(up.tag for up in box.iterancestors())):
                boxes[box] = None
    known: frozenset[str] | None = None
    for box in boxes:
        shown = _text_of(box)
        expected = [line for line in shown.split("\n") if len(normalize.squash(line)) > 1]
        if len(expected) < LEAST_LINES or not _INDENTED.search(shown):
            continue
        known = frozenset(lines()) if known is None else known
        lost = [line for line in expected if known.isdisjoint(_spellings(line))]
        if 2 * len(lost) > len(expected):
            told = " ⏎ ".join(map(normalize.squash, lost[:4]))
            yield Difference("selection", 0, "line breaks of code", told, "", "", box.sourceline or 0)


def _spellings(line: str) -> tuple[str, str]:
    """Return the visible characters of a line of code with a line number at its start, and without it."""
    return normalize.squash(line), normalize.squash(_LINE_NUMBER.sub("", line))


def _is_code_box(element: _Element) -> bool:
    style, name = element.get("style", ""), element.get("class", "")
    return element.tag == "code" or _CODE_STYLE.search(style) is not None or _CODE_NAME.search(name) is not None


def _text_of(box: _Element) -> str:
    """Return the text of a box that preserves whitespace; blocks and breaks end a line."""
    pieces = [box.text or ""]
    for event, element in iterwalk(box, events=("start", "end")):
        if element is box:
            continue
        if element.tag in BLOCKS or (element.tag == "br" and event == "end"):
            pieces.append("\n")
        pieces.append((element.text if event == "start" else element.tail) or "")
    return "".join(pieces)


def copied(body: str) -> Iterator[Difference]:
    """Yield a difference where a body that is HTML, from its first tag on, was left as if it were Markdown."""
    start = _STARTS_WITH_TAG.match(body)
    if start is None:
        return
    rest = _FENCED.sub("", body)
    tags, lines = len(_BLOCK_TAG.findall(rest)), sum(not line.isspace() for line in rest.split("\n") if line)
    if LINES_PER_TAG * tags >= lines:
        what = f"HTML ({tags} tags of blocks in {lines} lines, 100%) was copied as Markdown"
        yield Difference("selection", 0, what, body[start.start("tag") :])


def _told(what: str, pieces: list[Piece], missing: int, size: int) -> Difference:
    share = missing / max(1, missing + size)
    text = "".join(piece.text for piece in pieces[:8])
    return Difference("selection", 0, f"{what} ({missing:,} characters, {share:.0%})", text, "", "", _line(pieces[0]))


def _line(piece: Piece) -> int:
    return int(piece.holder.sourceline or 0)

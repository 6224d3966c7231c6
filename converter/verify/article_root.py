"""Find the article of a whole page by the density of its text, without any site's names.

The sentences and the code outside of links and of a page's furniture are counted; the article is the smallest element
that holds nearly all of them.  In a post or fragment there is nothing to find: all of it is the article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import TypeAlias

from lxml.etree import _Element

from converter.verify.furniture import PROSE, is_furniture
from converter.verify.whole_file import Piece, WholeFile

INSIDE = 0.9
"""Share of the sentences that the article holds."""
MOST_CANDIDATES = 8
_Names: TypeAlias = tuple[str, str, str]
"""Tag, id and class of an element."""


def article_of(file: WholeFile) -> _Element:
    """Return the element of a page that holds its article; the whole body where no text is denser than another."""
    prose = [piece for piece in file.pieces if _is_prose(piece)]
    inside = _inside(prose)
    furniture: dict[_Element, bool] = {}
    total = sum(len(piece.text) for piece in prose)
    return densest(
        file.body, (piece for piece in prose if not _is_in_furniture(piece.holder, inside, total, furniture))
    )


def densest(body: _Element, pieces: Iterable[Piece]) -> _Element:
    """Return the smallest element that holds INSIDE of the text of some pieces."""
    inside = _inside(pieces)
    total = inside.get(body, 0)
    element = body
    while total:
        inner = next((child for child in element if inside.get(child, 0) >= INSIDE * total), None)
        if inner is None:
            break
        element = inner
    return element


def _inside(pieces: Iterable[Piece]) -> dict[_Element, int]:
    """Return how many characters of some pieces each element holds."""
    inside: dict[_Element, int] = {}
    for piece in pieces:
        inside[piece.holder] = inside.get(piece.holder, 0) + len(piece.text)
    for holder, size in list(inside.items()):
        for up in holder.iterancestors():
            inside[up] = inside.get(up, 0) + size
    return inside


def candidates(article: _Element, body: _Element) -> Iterator[_Element]:
    """Yield the elements around an article's element that hold more than it does, from the inside to the body."""
    element = article
    for _ in range(MOST_CANDIDATES):
        around = element.getparent()
        if element is body or around is None:
            return
        if len(around) > 1 or around.text or element.tail:
            yield around
        element = around


def several(body: _Element, pieces: Iterable[Piece]) -> _Element | None:
    """Return an element with copies of the articles that some pieces are from; None where they are from one.

    Several articles of a page are in elements of the same names.
    """
    sizes: dict[_Names, int] = {}
    total = 0
    for piece in pieces:
        total += len(piece.text)
        for names in {_names(up) for up in (piece.holder, *piece.holder.iterancestors())}:
            sizes[names] = sizes.get(names, 0) + len(piece.text)
    for names, size in sizes.items():
        if size >= INSIDE * total and any(names[1:]):
            found = [one for one in body.iter(names[0]) if _names(one) == names]
            outermost = [one for one in found if not any(_names(up) == names for up in one.iterancestors())]
            if len(outermost) > 1:
                gathered = body.makeelement("div")
                gathered.extend(map(deepcopy, outermost))
                return gathered
    return None


def _names(element: _Element) -> _Names:
    return str(element.tag), element.get("id", ""), element.get("class", "")


def _is_prose(piece: Piece) -> bool:
    if piece.in_link:
        return False
    return piece.holder.tag in ("pre", "code") or PROSE.search(piece.text) is not None


def _is_in_furniture(element: _Element, inside: dict[_Element, int], total: int, known: dict[_Element, bool]) -> bool:
    """Return True for an element in a page's furniture; what holds most of a page is none, whatever its name.

    inside: the characters that each element holds.  total: those of the page.  known: remembers the answers.
    """
    path = []
    found = False
    for up in (element, *element.iterancestors()):
        if up in known:
            found = known[up]
            break
        path.append(up)
    for one in reversed(path):
        found = known[one] = found or (2 * inside.get(one, 0) < total and is_furniture(one))
    return found

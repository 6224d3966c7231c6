"""Recognise quickly that the Markdown of a post has all that its file shows: then ``selection`` finds nothing.

Whole elements are searched for, and what they hold only where an element is not found.  This look only says that
there is nothing to find; whatever it is not sure of is left to ``selection``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from lxml.etree import XPath, _Element

from converter.verify import normalize
from converter.verify.drawings import ADDRESS
from converter.verify.facts import Facts
from converter.verify.lost_code import INDENTED, is_code_box, text_of
from converter.verify.missing_images import lost_address
from converter.verify.parsed_source import ParsedSource
from converter.verify.selection import (
    AHEAD,
    LEAST_PROSE,
    core_of,
    is_lock,
    is_sentence,
    may_hold_lock,
)
from converter.verify.whole_file import UNSEEN_TAGS, addresses, hides_all, is_drawn, is_unseen

MOST_LOOKED = 8
"""How often each character of a file is looked at, at most, on the average."""
MOST_BOXES = 100
"""How many boxes that may be code are looked at."""
BOXES = ("html", "body", "div", "section", "article", "main")
"""Elements that may hold a whole article, which are looked into at once."""
_TEXT = XPath("string()", smart_strings=False)
_CLASSES = XPath("descendant-or-self::*/@class", smart_strings=False)
_STYLES = XPath("descendant-or-self::*/@style", smart_strings=False)
_NAMED = XPath("descendant-or-self::*[@hidden or @style or @class]")
_HAS_HIDDEN = XPath("boolean(descendant-or-self::*[@hidden])")
_MAY_BE_BOX = XPath("descendant-or-self::*[(self::code or @class or @style) and not(parent::pre or parent::code)]")
"""Elements that may be boxes of code beside ``pre``; what has lines in a ``code`` gives lines to it, too."""


def shows_everything(
    source: ParsedSource, text: str, images: frozenset[str], *, exact: bool, facts: Facts | None = None
) -> bool:
    """Return True if ``selection`` would find nothing in a post or fragment.

    source: the file.  text, images, exact: arguments of ``selection``.
    facts: those of the file where the Markdown has the same text and the same images (None: it has others).
    """
    body = source.body
    return (
        (facts is not None and _shows_each_image(body, facts))
        or not any(lost_address(image, addresses(image), images) for image in body.iter("img"))
    ) and (
        not (exact and _may_lose_lines(body))
        and ((facts is not None and _has_all_but_trifles(source, facts)) or _Look(body, source.html, text).finds_all())
    )


def _shows_each_image(body: _Element, facts: Facts) -> bool:
    """Return True if there are as many images in the facts of a file as in the file."""
    shown: int = sum(isinstance(value, tuple) and value[0] != ADDRESS for value in facts.images.values)
    return shown == sum(1 for _ in body.iter("img"))


def _has_all_but_trifles(source: ParsedSource, facts: Facts) -> bool:
    """Return True if the facts hold the whole text of a file but for some elements, and these hold no author's text.

    That the facts hold the whole text is not taken from them: it is compared with what libxml2 says that the text is.
    """
    if facts.whole != source.text:
        return False
    unseen = missing = 0
    for element, offset in facts.left_out:
        texts = _texts(element)
        unseen += len(texts)
        may_be_missed = any(is_lock(text) or (element.tag != "h1" and is_sentence(text)) for text in _squashed(texts))
        if not may_be_missed or is_unseen(element):
            continue
        look = _Look(element, source.html, facts.text, offset, missing)
        if not look.finds(element):
            return False
        missing = look.missing
    return not may_hold_lock(source.text) or not any(map(is_lock, _squashed(_last_texts(source.body, 3 + unseen))))


def _texts(element: _Element) -> list[str]:
    return [text for text in element.itertext() if not text.isspace()]


def _last_texts(element: _Element, count: int | None = None) -> Iterator[str]:
    """Yield so many texts of an element (None: all) that are not only whitespace, from the last one on."""
    return islice((text for text in _texts_from_end(element) if text and not text.isspace()), count)


def _texts_from_end(element: _Element) -> Iterator[str | None]:
    stack = [(element, element.iterchildren(reversed=True))]
    while stack:
        holder, children = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            yield holder.text
        else:
            yield child.tail
            stack.append((child, child.iterchildren(reversed=True)))


def _squashed(texts: Iterable[str]) -> Iterator[str]:
    return map(normalize.squash, texts)


class _Look:
    """A look at a file in the order of its text.

    position: where in the Markdown's text the next piece is.  missing: how many characters of sentences are missing.
    """

    def __init__(self, body: _Element, html: str, text: str, position: int = 0, missing: int = 0) -> None:
        self.body, self.text = body, text
        self.position, self.missing, self.left = position, missing, MOST_LOOKED * len(html)
        self.unseen = _unseen(body)
        self.mixed = {up for element in self.unseen for up in element.iterancestors()}
        self.found: list[_Element | str] = []

    def finds_all(self) -> bool:
        """Return True if all pieces were found that ``selection`` would report, and the last ones are no lock."""
        return self.finds(self.body) and not any(map(is_lock, islice(self._last_pieces(), 3)))

    def finds(self, top: _Element) -> bool:
        """Return True if all pieces in an element were found that ``selection`` would report."""
        stack: list[Iterator[_Element]] = [iter((top,))]
        open_elements: list[_Element] = []
        while stack:
            element = next(stack[-1], None)
            if element is None:
                stack.pop()
                if open_elements and not self._finds_tail(open_elements.pop(), top):
                    return False
            elif element in self.unseen or self._finds_whole(element):
                if not self._finds_tail(element, top):
                    return False
            elif not self._finds_piece(element.text, element):
                return False
            else:
                stack.append(iter(element))
                open_elements.append(element)
        return True

    def _finds_whole(self, element: _Element) -> bool:
        is_box = element.tag in BOXES and next(element.iterchildren(*BOXES, "p"), None) is not None
        if is_box or element in self.mixed:
            return False
        whole = normalize.squash(str(_TEXT(element)))
        if whole and not self._finds_text(whole):
            return False
        self.found.append(element)
        return True

    def _finds_tail(self, element: _Element, top: _Element) -> bool:
        return element is top or self._finds_piece(element.tail, element.getparent())

    def _finds_piece(self, piece: str | None, holder: _Element | None) -> bool:
        """Return True for a piece that is found, or that would not be reported if it is missing."""
        if not piece or piece.isspace():
            return True
        text = normalize.squash(piece)
        shown = normalize.without_notes(text)
        if self._finds_text(shown) or self._finds_core(shown):
            self.found.append(piece)
            return True
        if is_lock(text) or self.left < 0:
            return False
        if is_sentence(text) and not any(up.tag in ("a", "h1") for up in _upward(holder)):
            self.missing += len(text)
        return self.missing < LEAST_PROSE

    def _finds_text(self, text: str) -> bool:
        self.left -= len(text)
        start = self.text.find(text, self.position, self.position + len(text) + AHEAD)
        if start < 0:
            return False
        self.position = start + len(text)
        return True

    def _finds_core(self, text: str) -> bool:
        return core_of(text) in core_of(self.text[self.position : self.position + 2 * len(text) + AHEAD])

    def _last_pieces(self) -> Iterator[str]:
        """Yield the texts that were found, from the last one on."""
        for found in reversed(self.found):
            yield from _squashed((found,) if isinstance(found, str) else _last_texts(found))


def _upward(element: _Element | None) -> Iterator[_Element]:
    while element is not None:
        yield element
        element = element.getparent()


def _unseen(body: _Element) -> set[_Element]:
    """Return the elements whose text is not seen."""
    hides = (
        _HAS_HIDDEN(body) or any(map(is_drawn, _values(_CLASSES, body))) or any(map(hides_all, _values(_STYLES, body)))
    )
    return set(chain(body.iter(*UNSEEN_TAGS), filter(is_unseen, _NAMED(body)) if hides else ()))


def _is_in_pre(element: _Element) -> bool:
    return element.tag == "pre" or next(element.iterancestors("pre"), None) is not None


def _values(of: XPath, body: _Element) -> set[str]:
    return set(of(body))


def _may_lose_lines(body: _Element) -> bool:
    """Return True if a box that is not ``pre`` may hold lines of code."""
    boxes = list(islice((one for one in _MAY_BE_BOX(body) if is_code_box(one) and not _is_in_pre(one)), MOST_BOXES + 1))
    return len(boxes) > MOST_BOXES or any(INDENTED.search(text_of(box)) for box in boxes)

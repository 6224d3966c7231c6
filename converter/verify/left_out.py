"""Remembers the elements whose text is no part of an article, so that the text of a file can be told in full."""

from __future__ import annotations

from lxml.etree import XPath, _Element

from converter.verify import normalize
from converter.verify.facts import Facts

_TEXT = XPath("string()", smart_strings=False)


class LeftOut:
    """The texts that are left out of the pieces of an article."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._texts: list[tuple[int, str]] = []

    def add(self, element: _Element, pieces: int, offset: int) -> None:
        """Add an element that stands behind so many pieces, which have ``offset`` characters."""
        self._facts.left_out.append((element, offset))
        self._texts.append((pieces, normalize.squash(str(_TEXT(element)))))

    def whole(self, pieces: list[str]) -> str:
        """Return the text of all pieces, with what was left out where it stands."""
        parts: list[str] = []
        done = 0
        for position, text in self._texts:
            parts += (*pieces[done:position], text)
            done = position
        return "".join((*parts, *pieces[done:]))

"""Look at all that a file shows, without any rule: its pieces of text and its images, wherever they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element

from converter.verify import normalize

UNSEEN_TAGS = frozenset(
    "script style head title template noscript select option button svg canvas math textarea iframe".split()
)
"""Elements whose text no reader of an article reads; ``textarea`` is a form's, or code that the facts compare."""
_DRAWN = re.compile(r"(?:^|\s)(?:katex|mathjax|mjx|MathJax|MJX|math[-_])")
"""Classes of drawn formulas: their characters stand once more in the TeX."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_LATER = re.compile(r"visibility\s*:\s*hidden", re.IGNORECASE)
_PAGE = re.compile(
    r"\ufeff?\s*+(?>(?:<!--.*?-->|<\?.*?>)\s*+)*+<(?:!doctype|html|head|body|title|meta)\b", re.IGNORECASE | re.DOTALL
)
_WITH_ADDRESS = re.compile(
    r"^\s*(?:(?:https?:)?//|\.{0,2}/|[\w\-./%]+\.(?:png|jpe?g|gif|webp|bmp|svg)\b)", re.IGNORECASE
)
_NO_ADDRESS = frozenset(("alt", "title", "class", "id", "style", "width", "height", "onclick", "onerror", "onload"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A text node that readers see: its visible characters, its element, and whether a link is around it."""

    text: str
    holder: _Element
    in_link: bool


@dataclass(slots=True)
class WholeFile:
    """All that a file shows: pieces of text and images in order, images with every address that they have."""

    body: _Element
    pieces: list[Piece] = field(default_factory=list)
    images: list[tuple[_Element, tuple[str, ...]]] = field(default_factory=list)


def is_page(html: str) -> bool:
    """Return True for a whole page, which a site made: what stands around its article may be the site's."""
    return _PAGE.match(html) is not None


def look_at(body: _Element) -> WholeFile:
    """Return all that a parsed body of HTML shows."""
    found = WholeFile(body)
    _gather(found)
    return found


def _gather(found: WholeFile) -> None:
    links = unseen = 0
    body, pieces = found.body, found.pieces
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if event == "start":
            links += element.tag == "a"
            if element.tag == "img" and (not (unseen or is_unseen(element)) or _in_noscript(element)):
                found.images.append((element, (*addresses(element), *_of_twins(element))))
            unseen += is_unseen(element)
            if not unseen and (text := element.text) and not text.isspace():
                pieces.append(Piece(normalize.squash(text), element, links > 0))
        else:
            unseen -= is_unseen(element)
            links -= element.tag == "a"
            if not unseen and element is not body and (text := element.tail) and not text.isspace():
                parent = element.getparent()
                pieces.append(Piece(normalize.squash(text), element if parent is None else parent, links > 0))


def is_unseen(element: _Element) -> bool:
    """Return True for an element whose text readers do not see, or see drawn."""
    if element.tag in UNSEEN_TAGS or not isinstance(element.tag, str):
        return True
    given = element.attrib
    if not given:
        return False
    style, name = given.get("style"), given.get("class")
    hidden = "hidden" in given or (style is not None and hides_all(str(style)) and not _is_shown_later(element))
    return hidden or (name is not None and is_drawn(str(name)))


def _is_shown_later(element: _Element) -> bool:
    """Return True for an article that a script shows once it has come (WeChat): paragraphs that are invisible."""
    return _LATER.search(element.get("style", "")) is not None and next(element.iter("p", "pre"), None) is not None


def hides_all(style: str) -> bool:
    """Return True for a style that hides its element."""
    return _HIDDEN.search(style) is not None


def is_drawn(name: str) -> bool:
    """Return True for the class of a drawn formula."""
    return _DRAWN.search(name) is not None


def _in_noscript(element: _Element) -> bool:
    return next(element.iterancestors("noscript"), None) is not None


def _of_twins(image: _Element) -> Iterator[str]:
    """Yield the addresses of the images beside a ``noscript`` that an image stands in: scripts show them instead."""
    around = next(image.iterancestors("noscript"), None)
    for beside in () if around is None else (around.getprevious(), around.getnext()):
        if beside is not None and beside.tag == "img":
            yield from addresses(beside)


def addresses(image: _Element) -> Iterator[str]:
    """Yield all addresses that an image has: in ``src``, any ``data-`` attribute, ``srcset`` and around it."""
    yield from _of_attributes(image.attrib)  # type: ignore[arg-type]
    around = next(image.iterancestors("picture"), None)
    if around is not None:
        for source in around.iter("source"):
            yield from _of_attributes(source.attrib)  # type: ignore[arg-type]


def _of_attributes(given: Mapping[str, str]) -> Iterator[str]:
    for name, value in given.items():
        if name in _NO_ADDRESS:
            continue
        if name.endswith("srcset"):
            yield from (normalize.image(part.split()[0]) for part in value.split(",") if part.strip())
        elif _WITH_ADDRESS.match(value):
            yield normalize.image(value)

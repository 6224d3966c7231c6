"""Nest tags as browsers do where an author closed them in another order than he opened them.

libxml2 drops what HTML's "adoption agency" keeps: of ``<b>x<i>y</b>z</i>`` the ``z`` loses its emphasis, a ``b`` that
is closed in another paragraph loses all of it, and a ``p`` ends the heading around it.  Its error messages tell which
documents are concerned; only their bytes are rewritten, and parsed again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_FORMATTING = frozenset(b"b big code em font i nobr s small strike strong tt u".split())
"""Elements that browsers open again behind an end tag that closed them out of order (HTML 13.2.4.3), but for ``a``."""
_REOPENED = frozenset((*_FORMATTING, b"a"))
_INLINE = frozenset((*_REOPENED, *b"abbr cite del dfn ins kbd label mark q samp span sub sup var".split()))
_BLOCKS = frozenset(
    b"""address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav ol p pre section summary table tbody td tfoot th
    thead tr ul""".split()
)
MOST_OPEN = 64
"""Inline elements nested deeper are not opened: each block writes all of them again."""
_RAW = frozenset(b"script style textarea title xmp".split())
"""Elements whose text holds no tags."""
_NAMES = b"|".join(sorted(_REOPENED)).decode()
_SUSPICIOUS = re.compile(
    rf"Unexpected end tag : (?:h[1-6]|{_NAMES})\s*\Z|Opening and ending tag mismatch: (?:{_NAMES}) and "
)
_ATTRIBUTES = rb"(?:(?:[^<>\"']|\"[^\"<]*\"|'[^'<]*')*+>|[^<>]*+>)"
_TOKEN = re.compile(rb"<!--.*?(?:-->|\Z)|<(/?)([a-zA-Z][a-zA-Z0-9]*)(?![\w:-])" + _ATTRIBUTES, re.DOTALL)
_HEADING = re.compile(
    rb"<h([1-6])\b[^<>]*+>((?:(?!</?h[1-6]\b).)*+)</h\1\s*>",
    re.DOTALL | re.IGNORECASE,
)
_EMPTY_PARAGRAPH = re.compile(rb"<p(?:\s[^<>]*+)?+>(?:\s|&nbsp;|<br\s*+/?>)*+</p\s*+>", re.IGNORECASE)
_PARAGRAPH = re.compile(rb"<p(?=[\s>/])", re.IGNORECASE)
_PARAGRAPH_TAG = re.compile(rb"(</?)p(?=[\s>/])", re.IGNORECASE)


def is_misnested(messages: Iterable[str]) -> bool:
    """Return whether a parser's error messages tell of tags that ``nested`` would nest in another way."""
    return any(map(_SUSPICIOUS.match, messages))


def nested(data: bytes) -> bytes:
    """Return HTML whose inline elements are closed in the reverse order of their opening; line ends stay in place.

    Emphasis around blocks moves into them, and ends where a browser ends it; emphasis that is never closed ends with
    its block.  The only paragraph in a heading becomes a ``div``.
    """
    return b"".join(_Nesting().pieces(_HEADING.sub(_with_box, data)))


def _with_box(heading: re.Match[bytes]) -> bytes:
    """Return a heading, its only paragraph with words as a ``div``, which does not end the heading for libxml2."""
    filled = len(_PARAGRAPH.findall(heading[2])) - len(_EMPTY_PARAGRAPH.findall(heading[2]))
    return _PARAGRAPH_TAG.sub(rb"\1div", heading[0]) if filled == 1 else heading[0]


def _tags(data: bytes) -> list[re.Match[bytes]]:
    """Return the tags and comments of a document, but for those in scripts and the like."""
    tags: list[re.Match[bytes]] = []
    raw = b""
    for token in _TOKEN.finditer(data):
        name = (token[2] or b"").lower()
        if raw and not (token[1] and name == raw):
            continue
        raw = name if name in _RAW and not token[1] else b""
        tags.append(token)
    return tags


def _paired(tags: Sequence[re.Match[bytes]]) -> set[int]:
    """Return the indexes of the tags of inline elements that have a start tag and an end tag."""
    paired: set[int] = set()
    starts: dict[bytes, list[int]] = {}
    for index, tag in enumerate(tags):
        name = (tag[2] or b"").lower()
        if name in _INLINE:
            if not tag[1]:
                starts.setdefault(name, []).append(index)
            elif starts.get(name):
                paired.update((index, starts[name].pop()))
    return paired


@dataclass(slots=True)
class _Open:
    """An inline element that is open: its name, its start tag, whether it is closed later, whether it is written."""

    name: bytes
    tag: bytes
    closed: bool
    written: bool = False


class _Nesting:
    """The inline elements that are open at one point of a document, the outermost first."""

    def __init__(self) -> None:
        self.open: list[_Open] = []

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Yield a document, its inline elements nested."""
        tags = _tags(data)
        paired = _paired(tags)
        end = 0
        for index, tag in enumerate(tags):
            yield from self._text(data[end : tag.start()])
            end = tag.end()
            name = (tag[2] or b"").lower()
            if name in _INLINE:
                if not tag[1]:
                    yield from self._start(_Open(name, tag[0], index in paired))
                elif index in paired:
                    yield from self._end(name)
            elif name in _BLOCKS:
                yield from self._block_boundary()
                yield tag[0]
            else:
                yield from self._reopened() if name else ()
                yield tag[0]
        yield from self._text(data[end:])

    def _text(self, text: bytes) -> Iterator[bytes]:
        if text and not text.isspace():
            yield from self._reopened()
        yield text

    def _start(self, element: _Open) -> Iterator[bytes]:
        """Open an element; emphasis is written when something follows that it holds."""
        if len(self.open) == MOST_OPEN:
            return
        if element.name not in _FORMATTING:
            yield from self._reopened()
            element.written = True
            yield element.tag
        self.open.append(element)

    def _end(self, name: bytes) -> Iterator[bytes]:
        """Close the innermost element of a name; of those inside it, browsers open again the formatting ones."""
        index = next((at for at in reversed(range(len(self.open))) if self.open[at].name == name), None)
        if index is not None:
            yield from self._closed(index)
            self.open[index:] = [element for element in self.open[index + 1 :] if element.name in _REOPENED]

    def _block_boundary(self) -> Iterator[bytes]:
        """Close emphasis before a block begins or ends, and for good what no end tag closes."""
        for index, element in enumerate(self.open):
            if element.name in _FORMATTING or not element.closed:
                yield from self._closed(index)
                break
        self.open = [element for element in self.open if element.closed]

    def _closed(self, start: int) -> Iterator[bytes]:
        """Write the end tags of the open elements from an index on."""
        for element in reversed(self.open[start:]):
            if element.written:
                element.written = False
                yield b"</%s>" % element.name

    def _reopened(self) -> Iterator[bytes]:
        """Write the start tags of the open elements that are not written."""
        for element in self.open:
            if not element.written:
                element.written = True
                yield element.tag

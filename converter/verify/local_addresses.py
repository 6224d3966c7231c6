"""Map the local addresses of a document back to those of its source, so that the two can be compared.

A document whose images were saved, or whose links lead to other posts of the archive, has other addresses than its
source.  They are known from the run that wrote them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from urllib.parse import unquote

from lxml.etree import _Element

from converter.rules.svg import DATA_START
from converter.verify import normalize
from converter.verify.facts import Series

Sources = Mapping[str, tuple[str, ...]]
"""For an address as it is written, the source's addresses that it stands for, in document order; the last repeats."""

LONGEST = 500
"""Characters from which on an address (of an image in a ``data:`` URL) is replaced by its digest."""
_TAGS = ("{%", "{{")
"""Starts of addresses that a site generator fills in."""


@dataclass(frozen=True, slots=True)
class LocalAddresses:
    """The local addresses of one document: of its images and of its links."""

    images: Sources = field(default_factory=dict)
    links: Sources = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.images or self.links)

    @classmethod
    def of(cls, images: Iterable[tuple[str, str]], links: Iterable[tuple[str, str]]) -> LocalAddresses:
        """Return the addresses for pairs (address in the source, address as written) of all images and links."""
        shortened = ((short(source), written) for source, written in images)
        return cls(_by_written(shortened), _by_written(links))

    def to_json(self) -> str:
        """Return the addresses as JSON, "" for none."""
        return json.dumps([self.images, self.links], ensure_ascii=False) if self else ""

    @classmethod
    def from_json(cls, text: str) -> LocalAddresses:
        """Return the addresses that JSON holds; ValueError where it is not what ``to_json`` writes."""
        if not text:
            return NONE
        try:
            images, links = json.loads(text)
            return cls(*({str(key): tuple(map(str, value)) for key, value in one.items()} for one in (images, links)))
        except (AttributeError, TypeError) as error:
            raise ValueError(str(error)) from error

    def with_plain_links(self, markdown: str) -> str:
        """Return Markdown with a URL in place of each address that only a site generator can fill in."""
        for written, name in self._names_of_tags().items():
            markdown = re.sub(rf"(?:(?<=\]\()|(?<==\")){re.escape(written)}", name, markdown)
        return markdown

    def restore(self, tree: _Element) -> None:
        """Give the images and links of rendered Markdown (after ``with_plain_links``) their source's addresses."""
        names = self._names_of_tags()
        links = {names.get(written, written): sources for written, sources in self.links.items()}
        _restore(tree, "img", "src", self.images)
        _restore(tree, "a", "href", links)

    def _names_of_tags(self) -> dict[str, str]:
        tags = (written for written in self.links if written.startswith(_TAGS))
        return {
            written: f"local-address:{number}" for number, written in enumerate(sorted(tags, key=len, reverse=True))
        }


NONE = LocalAddresses()


def short(address: str) -> str:
    """Return the URL of an image in the form in which it is compared; a long one as its digest."""
    url = DATA_START if address.startswith(DATA_START) else normalize.image(address)
    return (
        url if len(url) < LONGEST else f"digest:{blake2b(url.encode('utf-8', 'replace'), digest_size=16).hexdigest()}"
    )


def shorten(images: Series) -> None:
    """Replace the long URLs among the facts of a source's images by their digests."""
    images.values = [(short(value[0]), *value[1:]) if isinstance(value, tuple) else value for value in images.values]


def _by_written(pairs: Iterable[tuple[str, str]]) -> Sources:
    """Return the sources of each written address that differs from one of them at least."""
    found: dict[str, list[str]] = {}
    for source, written in pairs:
        found.setdefault(written, []).append(source)
    return {
        written: tuple(sources) if len(set(sources)) > 1 else (sources[0],)
        for written, sources in found.items()
        if any(source != written for source in sources)
    }


def _restore(tree: _Element, tag: str, name: str, sources: Sources) -> None:
    wanted = {unquote(written): given for written, given in sources.items()}
    seen: Counter[str] = Counter()
    for element in tree.iter(tag) if wanted else ():
        written = unquote(element.get(name) or "")
        if written in wanted:
            element.set(name, wanted[written][min(seen[written], len(wanted[written]) - 1)])
            seen[written] += 1

"""Conversion with addresses that stay alive: images that are here, articles that are here."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urljoin, urlsplit

from converter import frontmatter
from converter.batch.values import NotedDocument
from converter.extract import drawings, urls
from converter.frontmatter import FrontMatter
from converter.model import Article, Document, Finding
from converter.options import Options
from converter.pipeline import convert
from converter.rules.meta import ADDRESS_KEYS
from converter.standalone import links
from converter.standalone.addresses import absolute, article, candidates, old_address, old_paths
from converter.standalone.images import sniff, store
from converter.standalone.images.store import Layout
from converter.standalone.state import State
from converter.standalone.values import Learned, Post, Use

ID_KEYS = ("artid", "article_id", "articleid")
"""Front matter keys that hold an article's number."""
_NO_LIQUID = re.compile(r"^[\"']?render_with_liquid[\"']?\s*[:=]\s*false\b", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Converter:
    """Converts posts of one archive; small enough to be sent to worker processes.

    out: the folder of the posts, with the archive's state in it.
    layout: where images and drawings are; None: addresses of images stay.
    links: a style of ``permalinks``; "": links stay.
    old_address_key: the front matter key that gets the article's old path; "": none.
    keeps: False writes no file (``--check``), and says what would be written.
    """

    out: Path
    layout: Layout | None = None
    links: str = ""
    old_address_key: str = ""
    keeps: bool = True
    max_size: int = 32 << 20

    @property
    def fingerprint(self) -> str:
        """Equal for converters that write the same, given the same state."""
        return repr(replace(self, keeps=True))

    def __call__(self, data: bytes, *, name: str, output: str, options: Options) -> Document:
        """The document of a post that will stand at ``output``.  Raises what ``convert`` raises, and OSError."""
        settling = _Settling(self, name, output, _state(self.out, os.getpid()))
        document = convert(data, name=name, options=options, rewrite=settling)
        front, _ = frontmatter.split(document.front_matter)
        post = describe(document, front, output)
        if self.old_address_key and front and post.id and document.kind == "html":
            front = with_old_address(front, self.old_address_key, post)
        return NotedDocument(
            document.text, front.raw if front else "", document.metadata, document.findings, document.kind,
            document.article, Learned(post, tuple(dict.fromkeys(settling.uses))),
        )  # fmt: skip


@lru_cache(maxsize=1)
def _state(folder: Path, _process: int) -> State:
    """The state, opened once in each process."""
    return State.reading(folder)


def close() -> None:
    """Close what the conversions of this process have open: no process may fork with it."""
    _state.cache_clear()


def _base(front: FrontMatter | None) -> str:
    """The address that a post's relative addresses were relative to, "" where that is not known."""
    if front is None:
        return ""
    texts = (front.text(key) or "" for key in sorted(ADDRESS_KEYS) if key in front.raw)
    identity = next(filter(None, (front.text(key) for key in ID_KEYS)), "")
    return next((text for text in texts if article(text)), old_address(identity, "") if identity else "")


def with_old_address(front: FrontMatter, key: str, post: Post) -> FrontMatter:
    """Front matter with the path that a post had, for a site generator that redirects from there."""
    if frontmatter.has_key(front, (key,)):
        return front
    return frontmatter.add_line(front, key, old_paths(post.id, post.user)[0])


def describe(document: Document, front: FrontMatter | None, output: str) -> Post:
    """What a document is, by its front matter and what its page said."""
    meta = document.metadata
    texts = {} if front is None else {key: front.text(key) or "" for key in ("title", "date", *ID_KEYS, *ADDRESS_KEYS)}
    addresses = (meta.url, *(texts.get(key, "") for key in ADDRESS_KEYS))
    found = next(filter(None, map(article, addresses)), None)
    identity = meta.article_id or next((texts[key] for key in ID_KEYS if texts.get(key)), "")
    return Post(
        output,
        id=identity or (found.id if found else ""),
        user=found.user if found else "",
        title=texts.get("title") or meta.title,
        date=texts.get("date") or meta.date,
        categories=listed(front, "categories") or meta.categories,
    )


def listed(front: FrontMatter | None, key: str) -> tuple[str, ...]:
    """The strings that a key of the front matter lists; one string counts as a list of one."""
    if front is None or key not in front.raw:
        return ()
    values: dict[str, Any] = front.values() or {}
    value = values.get(key)
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),) if value else ()


@dataclass(slots=True)
class _Settling:
    """One post's addresses.  ``uses`` collects what it refers to."""

    converter: Converter
    name: str
    output: str
    state: State
    base: str = ""
    uses: list[Use] = field(default_factory=list)

    @property
    def images(self) -> bool:
        """See ``pipeline.Settle``."""
        return self.converter.layout is not None

    def __call__(self, tree: Article, front: FrontMatter | None) -> Article:
        """See ``pipeline.Settle``."""
        findings: list[Finding] = []
        self.base = _base(front) if Path(self.name).is_file() else ""
        shown: dict[str, str] = {}
        if self.converter.layout is not None:
            layout = self.converter.layout
            settle(tree, "img", "src", lambda address: self._image(address, layout, shown), findings)
        if (self.converter.links and not self._is_off(front, findings)) or shown:
            settle(tree, "a", "href", lambda address: self._link(address, shown), findings)
        return Article(tree.body, (*tree.findings, *findings))

    def _image(self, address: str, layout: Layout, shown: dict[str, str]) -> tuple[str, str]:
        if urls.scheme(address) == "data":
            name = self._kept(address, layout)
            return (layout.address(name, self.output), "image/local") if name else (address, "")
        address, rule = self._absolute(address, "image/absolute")
        remote, _ = urls.image_target(address)
        url = absolute(address)
        if not url:
            return remote, ""
        key = candidates(url)[0]
        name = self.state.saved(key)
        if name and self.converter.keeps and not layout.settle(name, self.output):
            name = ""
        self.uses.append(Use("image", key, name, url))
        if not name:
            return remote, rule
        shown[remote] = layout.address(name, self.output)
        return shown[remote], "image/local"

    def _kept(self, address: str, layout: Layout) -> str:
        """The name of what a ``data:`` address holds, "" for what is no image."""
        data = drawings.data_content(address)
        kind = sniff.suffix(data)
        if kind == ".svg":
            data = drawings.sanitized(data)
        if not kind or not data or len(data) > self.converter.max_size:
            return ""
        if not self.converter.keeps:
            return store.name_of(data, kind)
        name = store.put(layout.folder, data, kind)
        layout.settle(name, self.output)
        return name

    def _link(self, address: str, shown: dict[str, str]) -> tuple[str, str]:
        if address in shown:  # a picture that is a link to itself in full size
            return shown[address], "link/local"
        if not self.converter.links:
            return address, ""
        address, rule = self._absolute(address, "link/absolute")
        found = article(address)
        if found is None:
            return address, rule
        target = self.state.article(found.id)
        self.uses.append(Use("link", found.id, target.output if target else ""))
        if target is None:
            return address, rule
        anchor = urls.fragment(found.fragment)
        if target.output == self.output and anchor:
            return f"#{anchor}", "link/local"
        local = links.style(self.converter.links)(self.output, target, anchor)
        return (local, "link/local") if local else (address, rule)

    def _absolute(self, address: str, rule: str) -> tuple[str, str]:
        """A relative address as the old page meant it, if nothing lies there beside the source; with the rule."""
        if not self.base or address[0] in "#?" or address.startswith("//") or urls.scheme(address):
            return address, ""
        try:
            beside = Path(self.name).parent / unquote(urlsplit(address).path)
            if not address.startswith("/") and beside.exists():
                return address, ""
            return urljoin(self.base, address), rule
        except (ValueError, OSError):
            return address, ""

    def _is_off(self, front: FrontMatter | None, findings: list[Finding]) -> bool:
        """Whether links cannot be tags, because the post says that Liquid shall not run over it."""
        off = self.converter.links == "jekyll" and front is not None and _NO_LIQUID.search(front.raw) is not None
        if off:
            findings.append(Finding("link/liquid-off", "", "render_with_liquid: false"))
        return off


def settle(
    tree: Article,
    tag: str,
    name: str,
    decide: Callable[[str], tuple[str, str]],
    findings: list[Finding],
) -> None:
    """Give each address of a tag the one that is decided on, with a finding for each rule that decided.

    decide: takes an address, gives the one to write and the rule that changed it ("": none worth a word).
    """
    for node in tree.body.nodes():
        if node.tag == tag and (address := node.attributes.get(name)):
            written, rule = decide(address)
            if written != address:
                node.attributes = {**node.attributes, name: written}
            if rule:
                findings.append(Finding(rule, "", written))

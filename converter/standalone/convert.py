"""Convert a post with local addresses for images that are saved and for articles that are in the archive."""

from __future__ import annotations

import os
import posixpath
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

from converter import frontmatter
from converter.batch.documents import with_row_data
from converter.batch.drawing_files import DrawingFiles
from converter.batch.local_files import problem
from converter.batch.references import local_path
from converter.extract import drawings, urls
from converter.extract.addresses import is_of_first_site, old_address, old_paths, read_article_address
from converter.frontmatter import FrontMatter
from converter.model import Article, Document, Finding
from converter.options import Options
from converter.options.flavors import FLAVORS
from converter.pipeline import convert
from converter.rules.metadata import ADDRESS_KEYS
from converter.sites.record import Site
from converter.source import mhtml
from converter.source.mhtml import SavedImages
from converter.standalone import links
from converter.standalone.addresses import absolute, candidates
from converter.standalone.database import ArchiveDatabase
from converter.standalone.images import asset_files, sniff
from converter.standalone.images.asset_files import Layout
from converter.standalone.records import Post, PostRecord, Reference
from converter.standalone.rewriting import rewrite_addresses
from converter.verify.local_addresses import LocalAddresses

ID_KEYS = ("artid", "article_id", "articleid")
"""Front matter keys that hold an article's number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Converter:
    """Converts the posts of one archive; it can be sent to worker processes.

    lookup: the file in which the posts and saved images are looked up (`ArchiveDatabase.copy`).
    layout: where images and drawings are saved; None leaves the addresses of images, and drawings beside the posts.
    links: a style or a template for `links.style_of`; "" leaves links.
    old_address_key: the front matter key that gets the old path of the article, "" for none.
    writes: False writes no file (`--check`) and gives the document that would be written.
    max_size: bytes of the largest `data:` image that is saved.
    """

    lookup: Path
    layout: Layout | None = None
    links: str = ""
    old_address_key: str = ""
    writes: bool = True
    max_size: int = 32 << 20

    @property
    def fingerprint(self) -> str:
        """Return a text that is equal for converters that write the same Markdown from the same database."""
        layout = self.layout.fingerprint if self.layout else ""
        changes = (layout, self.links, self.old_address_key)
        return repr((*changes, self.max_size)) if any(changes) else ""

    def __call__(self, data: bytes, *, name: str, output: str, options: Options) -> Document:
        """Return the document of a post whose output is `output`.  Raises what `convert` raises, and OSError."""
        saved = mhtml.images(data) if mhtml.is_mhtml(data) else SavedImages()
        drawn = DrawingFiles(output)
        database = _database(self.lookup, os.getpid())
        rewriter = _AddressRewriter(self, name, output, database, drawn, saved, options.sites)
        document = convert(data, name=name, options=options, rewrite=rewriter)
        front, _ = frontmatter.split(document.front_matter)
        post = describe(document, front, output, options.sites)
        if self.old_address_key and front and _has_old_address(post) and not document.kind.is_copied:
            front = with_old_address(front, self.old_address_key, post)
        document = replace(document, front_matter=front.raw if front else "")
        record = PostRecord(post, tuple(dict.fromkeys(rewriter.references)))
        return replace(with_row_data(document, record, drawn), local=rewriter.local)


@lru_cache(maxsize=1)
def _database(lookup: Path, _process: int) -> ArchiveDatabase:
    """Return the copy of the database that posts and images are looked up in, opened once in each process."""
    return ArchiveDatabase.open_copy(lookup)


def close_database() -> None:
    """Close the database that the conversions of this process have open, because no process may fork with it."""
    _database.cache_clear()


def _base(front: FrontMatter | None, sites: tuple[Site, ...]) -> str:
    """Return the URL that relative addresses of a post are relative to, "" where it is not known."""
    if front is None:
        return ""
    texts = (front.text(key) or "" for key in sorted(ADDRESS_KEYS) if key in front.raw)
    identity = next(filter(None, (front.text(key) for key in ID_KEYS)), "")
    return next(
        (text for text in texts if read_article_address(text, sites)), old_address(identity, "") if identity else ""
    )


def _has_old_address(post: Post) -> bool:
    return bool(post.id) and is_of_first_site(post.id)


def with_old_address(front: FrontMatter, key: str, post: Post) -> FrontMatter:
    """Return front matter with the old path of a post, from which the site generator redirects."""
    if frontmatter.has_key(front, (key,)):
        return front
    return frontmatter.add_line(front, key, old_paths(post.id, post.user)[0])


def describe(document: Document, front: FrontMatter | None, output: str, sites: tuple[Site, ...] = ()) -> Post:
    """Return the record of a post, from its front matter and the metadata of its page.  sites: a user's own."""
    meta = document.metadata
    texts = {} if front is None else {key: front.text(key) or "" for key in ("title", "date", *ID_KEYS, *ADDRESS_KEYS)}
    addresses = (meta.url, *(texts.get(key, "") for key in ADDRESS_KEYS))
    found = next(filter(None, (read_article_address(address, sites) for address in addresses)), None)
    identity = meta.article_id or next((texts[key] for key in ID_KEYS if texts.get(key)), "")
    return Post(
        output,
        id=identity or (found.id if found else ""),
        user=found.user if found else "",
        title=texts.get("title") or meta.title,
        date=texts.get("date") or meta.date,
        categories=(front.listed("categories") if front else ()) or meta.categories,
    )


@dataclass(slots=True)
class _AddressRewriter:
    """Rewrites the addresses of one post.

    references: what the post refers to; saved: the images that came with it; sites: a user's own.
    local: the addresses that were changed.
    """

    converter: Converter
    name: str
    output: str
    database: ArchiveDatabase
    drawings: DrawingFiles
    saved: SavedImages = field(default_factory=SavedImages)
    sites: tuple[Site, ...] = ()
    base: str = ""
    references: list[Reference] = field(default_factory=list)
    local: LocalAddresses | None = None

    @property
    def images(self) -> bool:
        """See `pipeline.AddressRewriter`."""
        return self.converter.layout is not None

    def __call__(self, tree: Article, front: FrontMatter | None) -> Article:
        """See `pipeline.AddressRewriter`."""
        findings: list[Finding] = []
        images: list[tuple[str, str]] = []
        links: list[tuple[str, str]] = []
        self.base = _base(front, self.sites) if Path(self.name).is_file() else ""
        shown: dict[str, str] = {}
        if self.converter.layout is not None:
            layout = self.converter.layout
            images = rewrite_addresses(
                tree, "img", "src", lambda address: self._image_address(address, layout, shown), findings
            )
        else:
            tree = self.drawings(tree, front)
            for node in tree.body.nodes():
                if node.tag == "img":
                    self._note_image(node.attributes.get("src", ""))
        if (self.converter.links and not self._is_liquid_off(front, findings)) or shown:
            links = rewrite_addresses(tree, "a", "href", lambda address: self._link_address(address, shown), findings)
        self.local = LocalAddresses.of(images, links)
        return replace(tree, findings=(*tree.findings, *findings))

    def _note_image(self, address: str) -> None:
        """Note an image that keeps its address: whether it is there can be asked."""
        if url := absolute(address):
            key = candidates(url)[0]
            self.references.append(Reference("image", key, self.database.saved_name(key), url))

    def _image_address(self, address: str, layout: Layout, shown: dict[str, str]) -> tuple[str, str]:
        if (content := self.saved.content(address)) or urls.scheme(address) == "data":
            name = self._saved_data(content or drawings.data_url_content(address), layout)
            return (layout.address(name, self.output), "image/local") if name else (address, "")
        if name := self._saved_data(self._beside(address), layout):
            return layout.address(name, self.output), "image/local"
        address, rule = self._absolute(address, "image/absolute")
        remote, _ = urls.image_target(address)
        url = absolute(address)
        if not url:
            return remote, ""
        key = candidates(url)[0]
        name = self.database.saved_name(key)
        if name and self.converter.writes and not layout.ensure_file(name, self.output):
            name = ""
        self.references.append(Reference("image", key, name, url))
        if not name:
            return remote, rule
        shown[remote] = layout.address(name, self.output)
        return shown[remote], "image/local"

    def _beside(self, address: str) -> bytes:
        """Return an image that lies beside the source, as a browser saves it with a page; b"" if there is none.

        Only a file that would come along with the post is read: below the folder of the sources, of a harmless kind.
        """
        path = local_path(address, posixpath.dirname(self.output))
        if not path:
            return b""
        try:
            file = Path(self.name).parent / unquote(urlsplit(address).path)
            if file.is_symlink() or not file.is_file() or file.stat().st_size > self.converter.max_size:
                return b""
            data = file.read_bytes()
        except OSError:
            return b""
        return b"" if problem(path, data) else data

    def _saved_data(self, data: bytes, layout: Layout) -> str:
        """Save an image that came with the post and return its file name, "" for what is not an image."""
        kind = sniff.image_suffix(data)
        if kind == ".svg":
            data = drawings.sanitize(data)
        if not kind or not data or len(data) > self.converter.max_size:
            return ""
        if not self.converter.writes:
            return asset_files.asset_name(data, kind)
        name = asset_files.save_asset(layout.folder, data, kind)
        layout.ensure_file(name, self.output)
        return name

    def _link_address(self, address: str, shown: dict[str, str]) -> tuple[str, str]:
        if address in shown:  # an image that links to its own full size
            return shown[address], "link/local"
        if not self.converter.links:
            return address, ""
        address, rule = self._absolute(address, "link/absolute")
        found = read_article_address(address, self.sites)
        if found is None:
            return address, rule
        target = self.database.post_of_article(found.id)
        self.references.append(Reference("link", found.id, target.output if target else ""))
        if target is None:
            return address, rule
        anchor = urls.fragment(found.fragment)
        if target.output == self.output and anchor:
            return f"#{anchor}", "link/local"
        local = links.style_of(self.converter.links)(self.output, target, anchor)
        return (local, "link/local") if local else (address, rule)

    def _absolute(self, address: str, rule: str) -> tuple[str, str]:
        """Return the absolute URL of a relative address and the rule, unless such a file is beside the source."""
        if not self.base or address[0] in "#?" or address.startswith("//") or urls.scheme(address):
            return address, ""
        try:
            beside = Path(self.name).parent / unquote(urlsplit(address).path)
            if not address.startswith("/") and beside.exists():
                return address, ""
            return urljoin(self.base, address), rule
        except (ValueError, OSError):
            return address, ""

    def _is_liquid_off(self, front: FrontMatter | None, findings: list[Finding]) -> bool:
        """Return whether links cannot be Liquid tags, because the post turns Liquid off; add a finding then."""
        off = self.converter.links == "jekyll" and frontmatter.is_template_engine_off(front, FLAVORS["jekyll"])
        if off:
            findings.append(Finding("link/liquid-off", "", "render_with_liquid: false"))
        return off

"""The entries of a catalogue: one for each post, read from its Markdown."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from converter import frontmatter
from converter.batch.input.walk import UnreadableFolder, walk
from converter.batch.manifest import Manifest
from converter.batch.storage.files import reason
from converter.batch.values import MANIFEST_NAME
from converter.frontmatter import FrontMatter
from converter.model import ConversionError, Document
from converter.rules.metadata import ADDRESS_KEYS
from converter.source.decode import decode
from converter.source.suffixes import MARKDOWN_SUFFIXES, has_suffix
from converter.standalone.convert import describe
from converter.standalone.database import ArchiveDatabase
from converter.standalone.health import health
from converter.standalone.records import Post
from converter.standalone.search_text import readable

INDEX = "INDEX.md"

_FENCE = re.compile(r"(?:[ >]|[-+*] |\d++[.)] )*+(`{3,}|~{3,})[ \t]*+([\w+#.\-]*)")
_IMAGE = re.compile(r"!\[(?:[^\[\]\\]|\\.)*+\]\(|<img\b")
_DESTINATION = re.compile(r"\]\([^()\s]*(?:\s+\"[^\"]*\")?\)|<[^<>]*>|https?://\S+")
_SCRIPTS = (
    ("han", re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")),
    ("kana", re.compile(r"[\u3040-\u30ff]")),
    ("hangul", re.compile(r"[\uac00-\ud7af]")),
    ("cyrillic", re.compile(r"[\u0400-\u04ff]+")),
    ("latin", re.compile(r"[A-Za-z0-9\u00c0-\u024f]+(?:['’][A-Za-z]+)?")),
)
"""Scripts and what counts as a word in each: one Chinese, Japanese or Korean character, else a run of letters."""


class Entry(NamedTuple):
    """A post.

    title: the page's own where the front matter names it (``original_title``); text: what a reader sees, line by line;
    scripts: share of the words by script; code: share of the code lines by language (0 to 1); incomplete: the ids of
    the findings that say why the source held no whole article; dead_images: how many of its images are gone;
    health: see ``standalone.health``; duplicate, earliest, fullest: of posts that are alike, known when all entries are
    (see docs/corpus.md).
    """

    path: str
    id: str
    title: str
    date: str
    author: str
    tags: tuple[str, ...]
    categories: tuple[str, ...]
    words: int
    images: int
    scripts: dict[str, float]
    code: dict[str, float]
    original_url: str
    kind: str
    license: str
    column: str
    incomplete: tuple[str, ...]
    dead_images: int
    health: int
    duplicate: str
    earliest: str
    fullest: str
    text: str


def entries(folder: Path, on_error: Callable[[str, str], object]) -> Iterator[Entry]:
    """Yield an entry for each post below a folder, in the order of paths.

    on_error: called with the path of a post that cannot be read (or is empty, or no text), and the reason.
    """
    known = known_harm(folder)
    for path in post_files(folder):
        try:
            found = entry(path, decode((folder / path).read_bytes())[0])
            rules = tuple(known.incomplete.get(path, "").split())
            dead, score = known.dead_images.get(path, 0), known.scores.get(path)
            state = health(found.text, incomplete=bool(rules), dead_images=dead, score=score)
            yield found._replace(incomplete=rules, dead_images=dead, health=state)
        except ConversionError as error:
            on_error(path, error.message)
        except OSError as error:
            on_error(path, reason(error))


class KnownHarm(NamedTuple):
    """What is known of the posts of a folder, by path.

    incomplete: why they are not whole (ids of findings); dead_images: how many of their images are gone; scores: of
    those that were found to differ from their sources.
    """

    incomplete: Mapping[str, str] = MappingProxyType({})
    dead_images: Mapping[str, int] = MappingProxyType({})
    scores: Mapping[str, float] = MappingProxyType({})


def known_harm(folder: Path) -> KnownHarm:
    """Return what the folder's manifest knows of posts; BatchError for a manifest that cannot be read."""
    path = folder / MANIFEST_NAME
    if not path.is_file():
        return KnownHarm()
    with closing(Manifest.read(path)) as manifest:
        images = ArchiveDatabase(manifest.database).dead_images()
        return KnownHarm(manifest.incomplete(), images, manifest.scores())


def post_files(folder: Path) -> Iterator[str]:
    """Yield the paths of the posts below a folder, relative to it, in the order of names."""
    for found in walk(str(folder), enters=lambda entry: not entry.name.startswith("."), ordered=True):
        if isinstance(found, UnreadableFolder) or found.is_dir():
            continue
        if has_suffix(found.name, MARKDOWN_SUFFIXES) and found.name != INDEX and not found.name.startswith("."):
            yield os.path.relpath(found.path, folder).replace(os.sep, "/")


class Labels(NamedTuple):
    """What the front matter of a post names it by; ``title`` also its first heading."""

    title: str
    date: str
    tags: tuple[str, ...]
    categories: tuple[str, ...]


def labels(path: str, front: FrontMatter | None, body: str) -> Labels:
    """Return the labels of a post, which is given by the two parts of its source."""
    return _labels(describe(Document(body), front, path), front, body)


def _labels(post: Post, front: FrontMatter | None, body: str) -> Labels:
    title = (front.text("original_title") if front else "") or post.title or _heading(body)
    tags, category = (front.listed("tags"), front.listed("category")) if front else ((), ())
    return Labels(title, post.date, tags, post.categories or category)


def entry(path: str, source: str) -> Entry:
    """Return the entry of a post.  path: relative to the folder; source: front matter and Markdown."""
    front, body = frontmatter.split(source)
    text, code = _parts(body)
    counts = words_by_script(_DESTINATION.sub(" ", text))
    post = describe(Document(body), front, path)
    named = _labels(post, front, body)
    return Entry(
        path=path,
        id=post.id,
        title=named.title,
        date=named.date,
        tags=named.tags,
        categories=named.categories,
        author=(front.text("author") or "") if front else "",
        words=counts.total(),
        images=len(_IMAGE.findall(text)),
        scripts=_shares(counts),
        code=_shares(code),
        original_url=original_url(front),
        **{key: (front.text(key) or "") if front else "" for key in ("kind", "license", "column")},
        incomplete=(),
        dead_images=0,
        health=health(source),
        duplicate="",
        earliest="",
        fullest="",
        text=readable(source),
    )


def words_by_script(text: str) -> Counter[str]:
    """Return how many words of each script a text has."""
    return Counter({name: len(pattern.findall(text)) for name, pattern in _SCRIPTS})


def original_url(front: FrontMatter | None) -> str:
    """Return the address that a key of the front matter names; empty for none."""
    addresses = (front.text(key) or "" for key in sorted(ADDRESS_KEYS) if front and key in front.raw)
    return next((url for url in addresses if url.startswith("http")), "")


def _heading(body: str) -> str:
    line = body.lstrip().partition("\n")[0]
    return line[2:].strip() if line.startswith("# ") else ""


def _shares(counts: Counter[str]) -> dict[str, float]:
    total = counts.total()
    return {name: round(count / total, 3) for name, count in counts.most_common() if count}


def _parts(body: str) -> tuple[str, Counter[str]]:
    """Return the text without fenced code, and the number of lines of fenced code by language."""
    text: list[str] = []
    code: Counter[str] = Counter()
    fence = language = ""
    for line in body.splitlines():
        match = _FENCE.match(line)
        if fence:
            if match and match[1].startswith(fence) and not match[2]:
                fence = ""
            else:
                code[language] += 1
        elif match:
            fence, language = match[1], match[2].lower() or "plain"
        else:
            text.append(line)
    return "\n".join(text), code

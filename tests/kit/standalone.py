"""An archive with one post, and posts that are converted for it."""

from __future__ import annotations

from pathlib import Path

from converter.batch.manifest import Manifest
from converter.batch.values import MANIFEST_NAME, NotedDocument
from converter.options import Options
from converter.standalone.convert import Converter
from converter.standalone.database import SAVED, ArchiveDatabase, Image
from converter.standalone.images import asset_files
from converter.standalone.images.asset_files import Layout
from converter.standalone.records import Post, PostRecord, Reference

TARGET = Post("b/2020-01-02-other post.md", "1234567", "someone", "其他", "2020-01-02 03:04:05 +0800", ("杂 项",))
STAMPED = "https://i-blog.csdnimg.cn/a.png?x-oss-process=image/watermark,size_16#pic_center"
ORIGINAL = "https://i-blog.csdnimg.cn/a.png"
URL = "https://blog.csdn.net/someone/article/details/1234567"


def open_database(folder: Path) -> ArchiveDatabase:
    """Return the tables of an archive in the state file of its folder."""
    return ArchiveDatabase(Manifest.open(folder / MANIFEST_NAME).database)


def new_archive(folder: Path) -> Path:
    """Create the database of an archive with one post that shows one image, and return its folder."""
    database = open_database(folder)
    database.record_posts([PostRecord(TARGET, (Reference("image", ORIGINAL, served=STAMPED),))])
    database.close()
    return folder


def saved(out: Path, address: str, data: bytes, suffix: str = ".png") -> str:
    """Save an image and record it; return its file name."""
    name = asset_files.save_asset(out / "assets", data, suffix)
    database = open_database(out)
    database.record_images([Image(address, address, SAVED, name, len(data), address)])
    database.close()
    return name


def converted(out: Path, html: str, output: str = "a/post.md", *, front: str = "", **given: object) -> NotedDocument:
    """Return the document of a post, converted for an archive."""
    given.setdefault("layout", Layout(out, out / "assets"))
    source = f'---\ntitle: x\n{front}---\n<div class="blog-content-box">{html}</div>' if front else html
    converter = Converter(lookup=out / MANIFEST_NAME, **given)  # type: ignore[arg-type]
    document = converter(source.encode(), name="post.html", output=output, options=Options())
    assert isinstance(document, NotedDocument)
    return document


def learned(document: NotedDocument) -> PostRecord:
    """Return the record that a conversion left on its document."""
    assert isinstance(document.note, PostRecord)
    return document.note

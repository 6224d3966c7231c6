"""What is measured on hostile input besides ``convert``: each subject has shapes, and work that takes one."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TypeAlias

from benchmarks.hostile_shapes import SHAPES, Build, nested, numbered, repeated

Work: TypeAlias = Callable[[], object]
"""What is timed."""
MARKDOWN: Mapping[str, Build] = {
    name: repeated(unit, "---\ntitle: x\ndate: 2020-01-02\n---\n")
    for name, unit in {
        "words": "word ",
        "CJK": "字",
        "latin and CJK": "a字",
        "apostrophes": "a'",
        "fences": "```\n",
        "open fences": "````x\n",
        "tilde fences": "~~~ a\n",
        "quotes": "> ",
        "bullets": "- ",
        "numbers": "1. ",
        "digits": "1",
        "images": "![a](b) ",
        "open images": "![",
        "escaped images": "![\\",
        "tags": "<img ",
        "open tags": "<a ",
        "links": '[a](b "c")',
        "open links": "](",
        "titles": '](a "',
        "URLs": "http://",
        "long URL": "http://a",
        "blanks": " ",
        "lines": "\n",
        "headings": "# a\n",
        "parentheses": "(",
        "stars": "*a ",
        "pipes": "| a ",
    }.items()
}
FRONT: Mapping[str, Build] = {
    name: (repeated(unit, "---\n" + before, after + "\n---\n<p>x</p>"))
    for name, (before, unit, after) in {
        "lines": ("", "a: b\n", ""),
        "tabs": ("", "\ta: b\n", ""),
        "colons": ("title: ", "a: ", ""),
        "quotes": ("title: ", '"', ""),
        "half quotes": ('title: "', "a'", ""),
        "brackets": ("title: ", "[", ""),
        "braces": ("title: ", "{a: ", ""),
        "dashes": ("", "- a\n", ""),
        "nested dashes": ("", "- ", "a"),
        "anchors": ("", "a: &a [*a]\n", ""),
        "same keys": ("", "title: b\n", ""),
        "blanks": ("title: a", " ", "b"),
        "comments": ("", "# a\n", ""),
        "hashes": ("title: ", "a # ", ""),
        "percent": ("title: ", "%", ""),
        "at signs": ("title: ", "@a ", ""),
        "backslashes": ('title: "', "\\", '"'),
        "no keys": ("", "word\n", ""),
        "question marks": ("", "? a\n", ""),
        "block": ("a: |\n", "  b\n", ""),
        "indents": ("a:\n", "  b\n    c\n", ""),
        "CRLF": ("", "a: b\r\n", ""),
        "tags": ("", "tags: [a, b\n", ""),
        "one value": ("title: ", "a", ""),
    }.items()
}
SVG: Mapping[str, Build] = {
    "paths": repeated("<path d='M0 0'/>", "<svg xmlns='http://www.w3.org/2000/svg'>", "</svg>"),
    "nested": nested("<g>", "</g>"),
    "unclosed": nested("<svg><g>"),
    "text": repeated("a ", "<svg><text>", "</text></svg>"),
    "attributes": numbered(" a{}='x'", "<svg><path", "/></svg>"),
    "long value": repeated("M0 0 ", "<svg><path d='", "'/></svg>"),
    "numbers": repeated("1", "<svg><path d='M", "'/></svg>"),
    "URLs": repeated("url(", "<svg><path fill='", "'/></svg>"),
    "style": repeated("a:url(#b);", "<svg><path style='", "'/></svg>"),
    "open comments": repeated("<!-- ", "<svg>", "</svg>"),
    "comments": repeated("<!-- -->", "<svg>", "</svg>"),
    "instructions": repeated("<?a ?>", "", "<svg/>"),
    "doctypes": repeated("<!DOCTYPE a>", "", "<svg/>"),
    "entities": repeated("&amp;", "<svg><text>", "</text></svg>"),
    "scripts": repeated("<script>a</script>", "<svg>", "</svg>"),
    "namespaces": numbered("<g xmlns:a{}='b'/>", "<svg>", "</svg>"),
    "references": repeated("<use href='#a'/>", "<svg>", "</svg>"),
    "base64": repeated("A", "<svg><image href='data:image/png;base64,", "'/></svg>"),
}
IMAGES: Mapping[str, Build] = {
    name: repeated(unit, before)
    for name, (before, unit) in {
        "blanks": ("", " "),
        "open comments": ("", "<!--"),
        "comments": ("", "<!-- -->"),
        "instructions": ("<?xml ", "?"),
        "doctype": ("<!DOCTYPE ", "a"),
        "subset": ("<!DOCTYPE a [", "]"),
        "xml": ("", "<?xml >"),
        "brackets": ("<!DOCTYPE", "["),
        "gif": ("GIF89a", "\x3b"),
        "bmp": ("BM", "\0"),
        "webp": ("RIFF\0\0\0\0WEBP", "\0"),
        "png": ("\x89PNG\r\n\x1a\n", "IEN"),
        "jpg": ("\xff\xd8\xff", "\xff"),
        "svg": ("<svg ", "<svg "),
    }.items()
}
LINKS: Mapping[str, Build] = {
    "same article": repeated('<a href="https://blog.csdn.net/a/article/details/1">b</a> ', "<p>", "</p>"),
    "other articles": numbered('<a href="https://blog.csdn.net/a/article/details/{}">b</a> ', "<p>", "</p>"),
    "long address": repeated("a", '<a href="https://blog.csdn.net/', '/article/details/1">b</a>'),
    "long number": repeated("1", '<a href="https://blog.csdn.net/a/article/details/', '">b</a>'),
    "long anchor": repeated("%41", '<a href="https://blog.csdn.net/a/article/details/1#', '">b</a>'),
    "images": numbered('<img src="https://a.b/{}.png">'),
    "data images": repeated('<img src="data:image/png;base64,iVBORw0KGgo=">'),
    "long image": repeated("a", '<img src="https://a.b/', '">'),
    "paths": repeated("../", '<img src="', 'a.png">'),
    "addresses in text": repeated("https://blog.csdn.net/a/article/details/1", "<p>", "</p>"),
}
POSTS: Mapping[str, Build] = {"posts": repeated("x"), "posts with long titles": repeated("y")}


def _convert(source: str) -> Work:
    from converter import convert

    return lambda: convert(source)


def _verify(source: str) -> Work:
    from converter import convert
    from converter.options import Options
    from converter.verify import prove

    document = convert(source)
    return lambda: prove(source.encode(), document, options=Options())


def _index(source: str) -> Work:
    from converter.standalone.catalogue import entry

    return lambda: entry("a.md", source)


def _repair(source: str) -> Work:
    from converter import convert
    from converter.options import Options

    options = Options(repair_front_matter=True, rename=("date:created",), drop=("z",), restore_title=True)
    return lambda: convert(source, options=options)


def _sniff(source: str) -> Work:
    from converter.standalone.images.sniff import image_suffix, is_complete

    data = source.encode("latin-1")
    return lambda: is_complete(data, image_suffix(data))


def _sanitize(source: str) -> Work:
    from converter.extract.drawings import sanitize

    return lambda: sanitize(source.encode())


def _link_local(source: str) -> Work:
    from converter.options import Options
    from converter.standalone.convert import Converter
    from converter.standalone.images.asset_files import Layout
    from tests.kit.standalone import new_archive

    folder = new_archive(Path(tempfile.mkdtemp()))
    convert = Converter(out=folder, layout=Layout(folder, folder / "assets"), links="relative", writes=False)
    return lambda: convert(source.encode(), name="post.html", output="a/post.md", options=Options())


def _redirects(source: str) -> Work:
    """Return the work of writing the redirects of an archive with a post for each 100 characters."""
    from converter.standalone import redirects
    from converter.standalone.database import ArchiveDatabase
    from converter.standalone.records import Post, PostRecord

    title = "字" * (200 if source[0] == "y" else 5)
    database = ArchiveDatabase.temporary()
    numbers = range(len(source) // (400 if source[0] == "y" else 100))
    database.record_posts(PostRecord(Post(f"{n}.md", str(n), "user", title, "2020-01-02", ("a",)), ()) for n in numbers)

    def write() -> list[str]:
        return [
            line
            for writer in redirects.WRITERS.values()
            for line in writer(redirects.redirects(database, "/:year/:title/:id/"))
        ]

    return write


@dataclass(frozen=True)
class Subject:
    """A part of the program.  shapes: its inputs by name; work: prepares an input and returns what is timed."""

    shapes: Mapping[str, Build]
    work: Callable[[str], Work]


SUBJECTS: Mapping[str, Subject] = MappingProxyType(
    {
        "convert": Subject(SHAPES, _convert),
        "verify": Subject(SHAPES, _verify),
        "index": Subject(MARKDOWN, _index),
        "link-local": Subject(LINKS, _link_local),
        "redirects": Subject(POSTS, _redirects),
        "repair": Subject(FRONT, _repair),
        "sniff": Subject(IMAGES, _sniff),
        "sanitize": Subject(SVG, _sanitize),
    }
)
"""The parts by name."""

"""Which of the local files that posts refer to may come with them: kinds by name and content, and no name that acts.

An archive that somebody else packed must not bring a file that a program runs or a repository obeys.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata

OWN_PREFIX = ".csdn2md"
"""Start of the names of files that csdn2md itself keeps in an output folder."""
OBEYED = frozenset(("_plugins", "node_modules", "__pycache__", "_config.yml"))
"""Names that site generators and interpreters run or obey; besides, every name that begins with a dot."""
HEAD = 4096
"""Bytes at the start of a file that show its kind."""

MOST_OF_DRAWING = 1 << 22
"""Bytes of a drawing that are looked at."""

KINDS = frozenset(
    """png jpg jpeg jpe jfif gif webp bmp ico tif tiff avif heic svg
    mp4 m4a m4v mov webm mkv avi flv wmv mp3 wav ogg oga ogv opus flac
    pdf doc docx xls xlsx ppt pptx odt ods odp epub xmind zip rar 7z gz tgz txt csv tsv log srt vtt""".split()
)
"""Suffixes of pictures, films, sounds and documents: files of these come with a post."""
PROGRAMS = (b"#!", b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"\xfe\xed\xfa", b"<?php", b"<%")
"""First bytes of programs, whatever their names say."""
SVG = "svg"

_ACTIVE = re.compile(
    rb"<(?:\w{1,40}:)?(?:script|foreignObject)|[\s\"'/]on\w{1,40}\s*+=|javascript:|<!ENTITY", re.IGNORECASE
)
"""Signs of a script, or of an entity, in a drawing."""
_PAGE = re.compile(rb"\s*+<(?:!doctype|html|head|body|script|\?php)", re.IGNORECASE)
"""Start of a page, which a browser may show for one although its name says otherwise."""


def is_obeyed(path: str) -> bool:
    """Return whether a part of a path is a name that a program runs or obeys, on whatever system."""
    return any(_is_obeyed(part) for part in path.split("/"))


def _is_obeyed(part: str) -> bool:
    visible = "".join(letter for letter in part if unicodedata.category(letter) != "Cf").casefold()
    bare = visible.rstrip(". ")  # Windows drops them
    return visible.startswith(".") or bare in OBEYED or bool(re.fullmatch(r"git~\d", bare)) or ":" in part


def leads_astray(output: str) -> bool:
    """Return whether a name of the manifest is none of an output: it leads out of the folder, or to our own files."""
    parts = output.split("/")
    return "\0" in output or any(
        part in ("", ".", "..") or part.casefold().startswith(OWN_PREFIX) or "\\" in part for part in parts
    )


def kind_of(path: str) -> str:
    """Return the suffix of a path if it is one of KINDS; "" for a file that is not copied."""
    suffix = posixpath.splitext(path)[1].lower().removeprefix(".")
    return suffix if suffix in KINDS else ""


def problem(path: str, head: bytes) -> str:
    """Return why a local file does not come with its post; "" where it does.  head: its first bytes, or all."""
    if is_obeyed(path):
        return "has a name that programs obey"
    kind = kind_of(path)
    if not kind:
        return "is no picture, film, sound or document by its name"
    if head.startswith(PROGRAMS) or _PAGE.match(head[:HEAD]):
        return "is a program or a page, not what its name says"
    if kind == SVG and (_ACTIVE.search(head) or b"\0" in head):
        return "is a drawing that could run a script"
    return ""

"""How one post names another: a relative path, a tag of the site generator, a permalink."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias
from urllib.parse import quote

from converter.model import OptionError
from converter.serializer.verbatim import Verbatim
from converter.standalone.values import Post

Style: TypeAlias = Callable[[str, Post, str], str]
"""Takes the linking post's output, the post it links to and an anchor ("" for none); gives the address, "" for none."""

JEKYLL_NAME = re.compile(r"(?:.*/)?_posts/(.+)")
JEKYLL_POST = re.compile(r"(?:.+/)?\d{2,4}-\d{1,2}-\d{1,2}-[^/]+")
DATED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})-(.+)")
FIELD = re.compile(r":([a-z_]+)")
UNTAGGABLE = re.compile(r"[{}%<>\"`\s]")
"""Characters of a path that a template tag cannot carry."""


def relative(source: str, target: Post, anchor: str) -> str:
    """The path from one file to the other."""
    path = quote(posixpath.relpath(target.output, posixpath.dirname(source) or "."))
    return f"{path}#{anchor}" if anchor else path


def jekyll(_source: str, target: Post, anchor: str) -> str:
    """Jekyll's ``post_url``; "" for a post whose name Jekyll would not know (no date in it)."""
    below = JEKYLL_NAME.fullmatch(target.output)
    name = posixpath.splitext(below[1] if below else target.output)[0]
    if not JEKYLL_POST.fullmatch(name) or UNTAGGABLE.search(name):
        return ""
    return Verbatim(f"{{% post_url {name} %}}{_fragment(anchor)}")


def hugo(source: str, target: Post, anchor: str) -> str:
    """Hugo's ``relref``, whose argument needs no quotes: they would not survive in an HTML attribute."""
    path = posixpath.relpath(target.output, posixpath.dirname(source) or ".")
    if UNTAGGABLE.search(path):
        return ""
    return Verbatim(f"{{{{< relref {path} >}}}}{_fragment(anchor)}")


def _fragment(anchor: str) -> str:
    return f"#{quote(anchor, safe=':.')}" if anchor else ""


def permalink(template: str) -> Style:
    """Addresses by a template: the fields of FIELDS, each with a colon before it, as Jekyll and Hugo write them."""
    _check(template)

    def link(_source: str, target: Post, anchor: str) -> str:
        return address(template, target) + _fragment(anchor)

    return link


def address(template: str, post: Post) -> str:
    """The address of a post by a template."""
    filled = FIELD.sub(lambda match: quote(FIELDS[match[1]](post)), template)
    return re.sub(r"(?<!:)//+", "/", filled)


def style(name: str) -> Style:
    """The style of a name of STYLES, or of a template (it holds a ``/``).  OptionError for any other text."""
    if "/" in name:
        return permalink(name)
    if name not in STYLES:
        raise OptionError(
            f"unknown style of links {name!r}: known are {', '.join(STYLES)}, or a template as /:year/:id/"
        )
    return STYLES[name]


def _check(template: str) -> None:
    for field in FIELD.findall(template):
        if field not in FIELDS:
            raise OptionError(
                f"unknown field :{field} in {template!r}: known are {', '.join(f':{name}' for name in FIELDS)}"
            )


def _stem(post: Post) -> str:
    return posixpath.splitext(posixpath.basename(post.output))[0]


def _dated(number: int) -> Callable[[Post], str]:
    """A part of the date in the file's name, else of the post's own date."""

    def part(post: Post) -> str:
        match = DATED.match(_stem(post)) or DATED.match(post.date[:10] + "-x")
        return f"{int(match[number]):02d}" if match else ""

    return part


def _title(post: Post) -> str:
    match = DATED.fullmatch(_stem(post))
    return match[4] if match else _stem(post)


FIELDS: Mapping[str, Callable[[Post], str]] = MappingProxyType(
    {
        "id": lambda post: post.id,
        "path": lambda post: posixpath.splitext(post.output)[0],
        "output": lambda post: post.output,
        "stem": _stem,
        "title": _title,
        "slug": lambda post: re.sub(r"[^\w]+", "-", _title(post)).strip("-").lower(),
        "year": _dated(1),
        "month": _dated(2),
        "day": _dated(3),
        "urlpath": lambda post: re.sub(r"\s+", "-", posixpath.splitext(post.output)[0].lower()),
        "categories": lambda post: "/".join(dict.fromkeys(name.lower() for name in post.categories)),
        "user": lambda post: post.user,
    }
)
"""Fields of a template: article id, path below the output folder without and with suffix, name of the
file, the same without the date, that as a slug, parts of the date, the path as Hugo writes it in an
address, categories as Jekyll does, user name."""

STYLES: Mapping[str, Style] = MappingProxyType({"relative": relative, "jekyll": jekyll, "hugo": hugo})

PERMALINKS: Mapping[str, str] = MappingProxyType(
    {
        "jekyll": "/:categories/:year/:month/:day/:title.html",
        "hugo": "/:urlpath/",
        "hexo": "/:year/:month/:day/:title/",
    }
)
"""Where each flavor's site generator puts a post by default; elsewhere it is at ``/:output``."""

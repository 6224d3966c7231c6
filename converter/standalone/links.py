"""Addresses of links between posts: a relative path, a tag of the site generator, a permalink."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias
from urllib.parse import quote

from converter.model import OptionError
from converter.serializer.verbatim import Verbatim
from converter.standalone.records import Post

Style: TypeAlias = Callable[[str, Post, str], str]
"""Takes the output of the linking post, the linked post and an anchor ("": none); returns the address ("": none)."""

JEKYLL_NAME = re.compile(r"(?:.*/)?_posts/(.+)")
JEKYLL_POST = re.compile(r"(?:.+/)?\d{2,4}-\d{1,2}-\d{1,2}-[^/]+")
DATED = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})-(.+)")
FIELD = re.compile(r":([a-z_]+)")
UNTAGGABLE = re.compile(r"[{}%<>\"`\s]")
"""Characters of a path that cannot stand in a template tag."""


def relative(source: str, target: Post, anchor: str) -> str:
    """Return the relative path from one file to the other."""
    path = quote(posixpath.relpath(target.output, posixpath.dirname(source) or "."))
    return f"{path}#{anchor}" if anchor else path


def jekyll(_source: str, target: Post, anchor: str) -> str:
    """Return Jekyll's `post_url` tag, "" for a post whose name has no date (Jekyll does not find it)."""
    below = JEKYLL_NAME.fullmatch(target.output)
    name = posixpath.splitext(below[1] if below else target.output)[0]
    if not JEKYLL_POST.fullmatch(name) or UNTAGGABLE.search(name):
        return ""
    return Verbatim(f"{{% post_url {name} %}}{_fragment(anchor)}")


def hugo(source: str, target: Post, anchor: str) -> str:
    """Return Hugo's `relref` shortcode, without quotes, because an HTML attribute would escape them."""
    path = posixpath.relpath(target.output, posixpath.dirname(source) or ".")
    if UNTAGGABLE.search(path):
        return ""
    return Verbatim(f"{{{{< relref {path} >}}}}{_fragment(anchor)}")


def _fragment(anchor: str) -> str:
    return f"#{quote(anchor, safe=':.')}" if anchor else ""


def template_style(template: str) -> Style:
    """Return the style of a template with FIELDS, each after a colon, as Jekyll and Hugo write permalinks.

    Raises OptionError for an unknown field.
    """
    _check(template)

    def link(_source: str, target: Post, anchor: str) -> str:
        return fill_template(template, target) + _fragment(anchor)

    return link


def fill_template(template: str, post: Post) -> str:
    """Return the address of a post: the template with its fields filled in."""
    filled = FIELD.sub(lambda match: quote(FIELDS[match[1]](post), errors="replace"), template)
    return re.sub(r"(?<!:)//+", "/", filled)


def style_of(name: str) -> Style:
    """Return the style for a name of STYLES or for a template (a text with a `/`); OptionError for any other."""
    if "/" in name:
        return template_style(name)
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
    """Return a function for a part (1 year, 2 month, 3 day) of the date in the file name, else of the post's date."""

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
        "hexo": "/:year/:month/:day/:path/",
    }
)
"""The default permalink of the site generator of each flavor; that of any other is `/:output`."""

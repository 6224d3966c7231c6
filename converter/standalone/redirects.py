"""The map from old to new addresses, in the form that a server or a site generator reads."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from converter.batch.storage import files
from converter.model import OptionError
from converter.standalone import links
from converter.standalone.addresses import old_address, old_paths
from converter.standalone.state import State

FRONT_MATTER = "front-matter"
"""Given instead of a file: the old address goes into each post's front matter."""
KEYS: Mapping[str, str] = MappingProxyType({"hugo": "aliases"})
"""Front matter key for old addresses by flavor; jekyll-redirect-from's elsewhere."""


class Redirect(NamedTuple):
    """One article: its old address, the paths of its old addresses, its new path, its id, its file."""

    address: str
    paths: tuple[str, ...]
    new: str
    id: str
    output: str


Writer: TypeAlias = Callable[[Iterable[Redirect]], Iterator[str]]


def key_of(flavor: str) -> str:
    """The front matter key that a flavor's site generator redirects by."""
    return KEYS.get(flavor, "redirect_from")


def redirects(state: State, template: str) -> Iterator[Redirect]:
    """The redirect of each article of the archive; of an article that is there twice, to the first."""
    for post in state.posts():
        if post.id and state.article(post.id) == post:
            new = links.address(template, post)
            yield Redirect(old_address(post.id, post.user), old_paths(post.id, post.user), new, post.id, post.output)


def writer_of(path: Path) -> Writer:
    """The writer for a file, by its name.  OptionError for a name that says nothing."""
    if path.name in WRITERS:
        return WRITERS[path.name]
    if path.suffix.lower() in WRITERS:
        return WRITERS[path.suffix.lower()]
    known = ", ".join(WRITERS)
    raise OptionError(f"{path}: names no known form of redirects: known are {known}, and {FRONT_MATTER}")


def _json(rows: Iterable[Redirect]) -> Iterator[str]:
    yield "{"
    comma = ""
    for row in rows:
        yield f"{comma}\n  {json.dumps(row.address)}: {json.dumps(row.new, ensure_ascii=False)}"
        comma = ","
    yield "\n}\n"


def _csv(rows: Iterable[Redirect]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(("old", "new", "id", "file"))
    for row in rows:
        writer.writerow((row.address, row.new, row.id, row.output))
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _netlify(rows: Iterable[Redirect]) -> Iterator[str]:
    """Netlify's and Cloudflare Pages' ``_redirects``: from, to, status."""
    for row in rows:
        for path in row.paths:
            yield f"{path} {row.new} 301\n"


def _nginx(rows: Iterable[Redirect]) -> Iterator[str]:
    """A ``map`` block for nginx' ``http`` section (ngx_http_map_module)."""
    yield "# In a server: if ($csdn2md_target) { return 301 $csdn2md_target; }\nmap $uri $csdn2md_target {\n"
    yield '    default "";\n'
    for row in rows:
        for path in row.paths:
            yield f'    "{path}" "{row.new}";\n'
    yield "}\n"


WRITERS: Mapping[str, Writer] = MappingProxyType(
    {".json": _json, ".csv": _csv, "_redirects": _netlify, ".map": _nginx, ".conf": _nginx}
)
"""By the file's suffix or name."""


def write(path: Path, rows: Iterable[Redirect]) -> None:
    """Write the redirects to a file, whole or not at all.  OptionError, OSError."""
    writer = writer_of(path)
    with files.replacing(path) as staged, staged.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(writer(rows))

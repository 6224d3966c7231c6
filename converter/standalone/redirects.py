"""Redirects from old to new addresses, in the formats of servers and site generators."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from converter.batch.storage import files
from converter.extract.addresses import is_of_first_site, old_address, old_paths
from converter.model import OptionError
from converter.standalone import links
from converter.standalone.database import ArchiveDatabase

FRONT_MATTER = "front-matter"
"""Value of `--redirects` that writes the old address into the front matter of each post instead of a file."""
KEYS: Mapping[str, str] = MappingProxyType({"hugo": "aliases", "hugo-legacy": "aliases"})
"""Front matter key for old addresses by flavor; any other flavor has that of jekyll-redirect-from."""


class Redirect(NamedTuple):
    """An article: its old URL, the paths of its old URLs, its new address, its id, its output."""

    address: str
    paths: tuple[str, ...]
    new: str
    id: str
    output: str


Writer: TypeAlias = Callable[[Iterable[Redirect]], Iterator[str]]


def key_of(flavor: str) -> str:
    """Return the front matter key that the site generator of a flavor reads redirects from."""
    return KEYS.get(flavor, "redirect_from")


def redirects(database: ArchiveDatabase, template: str) -> Iterator[Redirect]:
    """Yield the redirect of each article of the archive; an article with two posts leads to the first."""
    for post in database.posts():
        if post.id and is_of_first_site(post.id) and database.post_of_article(post.id) == post:
            new = links.fill_template(template, post)
            yield Redirect(old_address(post.id, post.user), old_paths(post.id, post.user), new, post.id, post.output)


def writer_of(path: Path) -> Writer:
    """Return the writer for a file, by its name or suffix; OptionError for an unknown one."""
    if path.name in WRITERS:
        return WRITERS[path.name]
    if path.suffix.lower() in WRITERS:
        return WRITERS[path.suffix.lower()]
    known = ", ".join(WRITERS)
    raise OptionError(f"{path}: unknown format of redirects: known are {known}, and {FRONT_MATTER}")


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
    """Yield the lines of `_redirects` for Netlify and Cloudflare Pages: from, to, status."""
    for row in rows:
        for path in row.paths:
            yield f"{path} {row.new} 301\n"


def _nginx(rows: Iterable[Redirect]) -> Iterator[str]:
    """Yield a `map` block for the `http` section of nginx (ngx_http_map_module)."""
    yield "# In a server: if ($csdn2md_target) { return 301 $csdn2md_target; }\nmap $uri $csdn2md_target {\n"
    yield '    default "";\n'
    for row in rows:
        for path in row.paths:
            yield f'    "{path}" "{row.new}";\n'
    yield "}\n"


WRITERS: Mapping[str, Writer] = MappingProxyType(
    {".json": _json, ".csv": _csv, "_redirects": _netlify, ".map": _nginx, ".conf": _nginx}
)
"""The writer for each suffix or file name."""


def write(path: Path, rows: Iterable[Redirect]) -> None:
    """Write redirects to a file, whole or not at all; raises OptionError for an unknown format, and OSError."""
    writer = writer_of(path)
    with files.replacing(path) as staged, staged.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(writer(rows))

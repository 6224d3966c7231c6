"""Checks on built sites that every link between posts, and every redirect, leads to a page (``make site-links``).

``python -m tests.system.follow_links DUMP [jekyll|hugo ...]`` converts a dump for each site generator, builds the
site, and follows every link of the built pages that the conversion made local.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import html

from tests.kit.batch import command, environment

HOME = "http://site.test/"
LAYOUT = "<!DOCTYPE html><html><head><meta charset=utf-8></head><body>%s</body></html>\n"


class Generator(NamedTuple):
    """How one site generator is used: folder of posts, configuration files, options of csdn2md, command, output folder."""

    posts: str
    files: dict[str, str]
    options: tuple[str, ...]
    build: tuple[str, ...]
    built: str


GENERATORS = {
    "jekyll": Generator(
        "_posts",
        {
            "_config.yml": "timezone: Asia/Shanghai\nfuture: true\nmarkdown: kramdown\n",
            "_layouts/post.html": LAYOUT % "{{ content }}",
        },
        ("--flavor", "jekyll", "--link-local", "/:categories/:year/:month/:day/:title.html"),
        ("jekyll", "build", "--quiet"),
        "_site",
    ),
    "hugo": Generator(
        "content",
        {
            "config.toml": f'baseURL = "{HOME}"\ndisableKinds = ["taxonomy", "term", "RSS"]\nbuildFuture = true\n',
            "layouts/_default/single.html": LAYOUT % "{{ .Content }}",
            "layouts/_default/list.html": LAYOUT % "",
        },
        ("--flavor", "hugo", "--link-local", "hugo"),
        ("hugo", "--quiet"),
        "public",
    ),
}


def build(generator: Generator, dump: Path, folder: Path) -> dict[str, str]:
    """Convert a dump, build the site, and return the redirects (old address: new address)."""
    for name, text in generator.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    redirects = folder / "redirects.json"
    arguments = command("convert", dump, "-o", folder / generator.posts, *generator.options, "--redirects", redirects)
    subprocess.run(arguments, env=environment(), check=True)
    subprocess.run(generator.build, cwd=folder, check=True)
    found: dict[str, str] = json.loads(redirects.read_text())
    return found


def page(built: Path, address: str) -> Path | None:
    """Return the file that a web server would send for an address; None if there is none."""
    path = unquote(urlsplit(address).path).lstrip("/")
    choices = (built / path, built / path / "index.html")
    return next((choice for choice in choices if choice.is_file()), None)


def local_links(built: Path) -> Iterator[tuple[str, str]]:
    """Yield (page, address) of every link on the built pages that stays on the site."""
    for path in built.rglob("*.html"):
        own = HOME + path.relative_to(built).as_posix()
        for link in html.parse(str(path), html.HTMLParser(encoding="utf-8")).iterfind(".//a[@href]"):
            address = urldefrag(urljoin(own, link.get("href", "").strip())).url
            if address.startswith(HOME):
                yield own, address


def check(name: str, dump: Path) -> tuple[int, list[str]]:
    """Return (number of links and redirects followed, the dead ones) for one site generator."""
    generator = GENERATORS[name]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        redirects = build(generator, dump, folder)
        built = folder / generator.built
        posts = set(redirects.values())
        links = [(own, address) for own, address in local_links(built) if urlsplit(address).path in posts]
        links += [("redirect from " + old, new) for old, new in redirects.items()]
        others = [address for _, address in local_links(built) if page(built, address) is None]
        print(f"{name}: {len(others)} links led nowhere in the sources already: {sorted(set(others))[:3]} ...")
        return len(links), [f"{own}: {address}" for own, address in links if page(built, address) is None]


def main() -> int:
    """Check the named generators, or those that are installed; return the exit code."""
    dump = Path(sys.argv[1])
    names = sys.argv[2:] or [name for name in GENERATORS if shutil.which(GENERATORS[name].build[0])]
    dead = 0
    for name in names:
        count, broken = check(name, dump)
        print(f"{name}: {count:,} links and redirects followed, {len(broken):,} dead", *broken[:20], sep="\n  ")
        dead += len(broken)
    return 1 if dead or not names else 0


if __name__ == "__main__":
    sys.exit(main())

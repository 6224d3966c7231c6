"""Builds posts with the real Jekyll, Hugo and Hexo, and reads the pages."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml import etree

from tests.kit.paths import DATA

HERE = DATA / "sites"
HUGO = os.environ.get("HUGO", "hugo")
"""The Hugo that builds for the flavor ``hugo``; ``hugo-legacy`` is for the one that is installed."""
HUGO_WARNING = re.compile(r"\b(?:WARN|ERROR)|Error:|panic")
PASSTHROUGH = (0, 122)
"""The first version of Hugo with the passthrough extension."""
FRONT_MATTER = "---\ntitle: post\ndate: 2020-01-02 03:04:05\n---\n\n"


class SiteError(Exception):
    """A site that cannot be built at all."""


@dataclass(frozen=True)
class Built:
    """A built site: the article of each post as HTML, the whole pages, and the warnings of the generator."""

    articles: dict[str, str]
    pages: dict[str, str]
    warnings: list[str]


@dataclass(frozen=True)
class Generator:
    """How one site generator is run: the path of a post, the command, the path of its page, the form of a warning."""

    name: str
    posts: str
    command: Callable[[Path], list[str]]
    page: str
    warning: re.Pattern[str]
    program: str
    prepare: Callable[[Path, Path], None] = lambda folder, scratch: None


def why_missing(name: str) -> str:
    """Return the reason why a generator cannot be used; "" if it can."""
    program = GENERATORS[name].program
    if not shutil.which(program):
        return f"{program} is not installed"
    if name == "hugo" and _hugo_version(program) < PASSTHROUGH:
        return f"{program} is older than 0.122: name a newer one in the environment as HUGO"
    return ""


def _hugo_version(program: str) -> tuple[int, int]:
    """Return the first two numbers of the version of Hugo."""
    said = subprocess.run([program, "version"], capture_output=True, text=True).stdout
    found = re.search(r"hugo v(\d+)\.(\d+)", said)
    return (int(found[1]), int(found[2])) if found else (0, 0)


def build(name: str, posts: Mapping[str, str], folder: Path, scratch: Path) -> Built:
    """Build a site from posts (text by name; a name is one word of letters and digits) in an empty folder.

    scratch: a folder that is kept between builds.  Raises SiteError if no page was built.
    """
    generator = GENERATORS[name]
    shutil.copytree(HERE / name, folder, dirs_exist_ok=True)
    generator.prepare(folder, scratch)
    for stem, text in posts.items():
        path = folder / generator.posts.format(stem)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", "replace", newline="")
    environment = {**os.environ, "LANG": "C.UTF-8", "JEKYLL_ENV": "production", "TZ": "UTC"}
    done = subprocess.run(
        generator.command(folder), cwd=folder, capture_output=True, text=True, errors="replace", env=environment
    )
    output = (done.stdout + done.stderr).splitlines()
    warnings = [line for line in output if generator.warning.search(line)]
    paths = {stem: folder / generator.page.format(stem) for stem in posts}
    pages = {stem: path.read_text("utf-8", "replace") for stem, path in paths.items() if path.exists()}
    articles = {stem: article_of(page) for stem, page in pages.items()}
    if not articles:
        raise SiteError("\n".join(output[-20:]))
    if done.returncode:
        warnings.append(f"exit code {done.returncode}")
    return Built(articles, pages, warnings)


def article_of(page: str) -> str:
    """Return the article of a built page as HTML."""
    tree = etree.fromstring(page.encode(), etree.HTMLParser(encoding="utf-8", huge_tree=True))
    found = tree.find(".//*[@id='article']")
    return "" if found is None else str(etree.tostring(found, encoding="unicode", method="html", with_tail=False))


def _install_hexo(folder: Path, scratch: Path) -> None:
    """Install Hexo with npm, once for all builds."""
    home = scratch / "hexo"
    if not (home / "node_modules/hexo").exists():
        home.mkdir(parents=True, exist_ok=True)
        shutil.copy(HERE / "hexo/package.json", home)
        done = subprocess.run(
            ["npm", "install", "--no-fund", "--no-audit", "--ignore-scripts"], cwd=home, capture_output=True, text=True
        )
        if done.returncode:
            raise SiteError(f"npm cannot install hexo: {done.stderr[-500:]}")
    (folder / "node_modules").symlink_to(home / "node_modules")


GENERATORS: Mapping[str, Generator] = {
    row.name: row
    for row in (
        Generator(
            "jekyll", "_posts/2020-01-02-{}.md",
            lambda folder: ["jekyll", "build", "--trace", "--source", str(folder), "--destination", str(folder / "_site")],
            "_site/{}/index.html", re.compile(r"warn|error|exception|conflict", re.I), "jekyll",
        ),
        Generator(
            "hugo", "content/posts/{}.md", lambda folder: [HUGO, "--quiet=false", "--source", str(folder)],
            "public/posts/{}/index.html", HUGO_WARNING, HUGO,
        ),
        Generator(
            "hugo-legacy", "content/posts/{}.md", lambda folder: ["hugo", "--quiet=false", "--source", str(folder)],
            "public/posts/{}/index.html", HUGO_WARNING, "hugo",
        ),
        Generator(
            "hexo", "source/_posts/{}.md", lambda folder: ["node", "node_modules/hexo/bin/hexo", "generate"],
            "public/{}/index.html", re.compile(r"WARN|ERROR|FATAL|Error:"), "npm", _install_hexo,
        ),
    )
}  # fmt: skip

"""The tutorial, command by command, in both languages: it is installed, and each site has its images and links.

The commands and files are the code blocks of the page itself.  What is not tested: the lines for Windows.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from lxml import etree

from tests.kit import tutorial_archive
from tests.kit.image_host import image_host
from tests.kit.paths import ROOT
from tests.kit.tutorial_archive import ARTICLES, POSTS

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("tutorial")]

PAGES = ("docs/tutorial.md", "docs/zh/tutorial.md")
BLOCK = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)
SITES = {"hugo": "my-hugo/public/posts", "jekyll": "my-jekyll/_site/articles", "hexo": "my-hexo/public/articles"}
"""The folder of the articles in each built site."""
PROGRAMS = {"hugo": "hugo", "jekyll": "jekyll", "hexo": "npx"}
SECTIONS = {"4a": "hugo", "4b": "jekyll", "4c": "hexo", "4d": "obsidian"}


def blocks(page: str) -> dict[str, list[tuple[str, str, str]]]:
    """Return the code blocks of each section by its number: language, name of the file to write, text."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for section in re.split(r"^## ", (ROOT / page).read_text("utf-8"), flags=re.MULTILINE)[1:]:
        number = section.partition(".")[0]
        found[number] = [(match[1], match[2] or "", match[3]) for match in BLOCK.finditer(section)]
    return found


def test_both_languages_have_the_same_blocks() -> None:
    english, chinese = (blocks(page) for page in PAGES)
    assert english == chinese
    assert {number for number, found in english.items() if found} == {"1", "3", *SECTIONS}


@dataclass(frozen=True)
class Reader:
    """Somebody who follows the tutorial in a folder."""

    folder: Path
    environment: dict[str, str]

    def follow(self, section: str) -> str:
        """Write the files and run the commands of a section; return what the commands printed."""
        said = []
        for language, name, text in blocks(PAGES[0])[section]:
            if name:
                (self.folder / name).parent.mkdir(parents=True, exist_ok=True)
                (self.folder / name).write_text(text, "utf-8")
            elif language == "sh":
                said.append(self.run(text))
        return "".join(said)

    def run(self, commands: str) -> str:
        """Run commands in one shell, which ends at the first that fails."""
        activate = ". .venv/bin/activate\n" if (self.folder / ".venv").exists() else ""
        done = subprocess.run(
            ["bash", "-e", "-c", activate + commands], cwd=self.folder, env=self.environment, capture_output=True,
            text=True,
        )  # fmt: skip
        if done.returncode and re.search(r"No matching distribution|ENOTFOUND|ECONNREFUSED|EAI_AGAIN", done.stderr):
            pytest.skip(f"no package index: {done.stderr.strip().splitlines()[-1]}")
        assert done.returncode == 0, f"{commands}\n{done.stdout[-2000:]}{done.stderr[-2000:]}"
        return done.stdout + done.stderr


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    """A reader who has installed csdn2md and has an archive, whose images are on a host of this machine."""
    folder = tmp_path_factory.mktemp("tutorial")
    (folder / "csdn2md").symlink_to(ROOT)
    (folder / ".csdn2md.toml").write_text("allow-private = true\n")
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
    newer = os.environ.get("HUGO", "")
    if "/" in newer:
        environment["PATH"] = f"{Path(newer).parent}{os.pathsep}{environment['PATH']}"
    with image_host() as host:
        tutorial_archive.write(folder / "my-archive", host)
        reader = Reader(folder, environment | {"LANG": "C.UTF-8", "TZ": "UTC"})
        assert re.search(r"^csdn2md.* \d", reader.follow("1"), re.MULTILINE)
        yield reader


def test_look_convert_and_check(reader: Reader) -> None:
    said = reader.follow("3")
    assert "4 converted, 1 copied, 4 verified" in said
    assert (reader.folder / "report.html").exists()
    assert (reader.folder / "review/index.html").exists()


@pytest.mark.parametrize("section", [number for number, name in SECTIONS.items() if name in SITES])
def test_site(reader: Reader, section: str) -> None:
    name = SECTIONS[section]
    if not shutil.which(PROGRAMS[name]):
        pytest.skip(f"{PROGRAMS[name]} is not installed")
    reader.follow(section)
    folder = reader.folder / SITES[name]
    site = folder.parent
    pages = {title: folder / path / "index.html" for title, path in ARTICLES.items()}
    for title, page in pages.items():
        assert title in text_of(parsed(page))
        images, links = addresses(page, site)
        assert images, title
        assert [path for path in images if not path.is_file()] == []
        assert title not in POSTS or pages[POSTS[title == POSTS[0]]].resolve() in links
    assert redirected(site) == len(pages)


def parsed(page: Path) -> etree._Element:
    return etree.fromstring(page.read_bytes(), etree.HTMLParser(encoding="utf-8"))


def text_of(tree: etree._Element) -> str:
    return "".join(map(str, tree.itertext()))


def addresses(page: Path, site: Path) -> tuple[list[Path], list[Path]]:
    """Return the files that the images and links of a page lead to; an address on the web fails."""
    tree = parsed(page)
    images = [image.get("src", "") for image in tree.iter("img")]
    assert [address for address in images if urlsplit(address).netloc] == []
    links = [link.get("href", "") for link in tree.iter("a")]
    return [target(address, page, site) for address in images], [target(address, page, site) for address in links]


def target(address: str, page: Path, site: Path) -> Path:
    """Return the file that a server of the site answers an address with."""
    path = unquote(urlsplit(address).path)
    file = site / path.lstrip("/") if path.startswith("/") else page.parent / path
    return (file / "index.html" if path.endswith("/") or file.is_dir() else file).resolve()


def redirected(site: Path) -> int:
    """Return how many old addresses of articles lead to a page of the site."""
    if not (site / "_redirects").exists():
        return sum("refresh" in page.read_text("utf-8") for page in site.glob("zhangsan/article/details/*/index.html"))
    rows = [line.split() for line in (site / "_redirects").read_text("utf-8").splitlines()]
    return sum(old.startswith("/zhangsan/") and target(new, site, site).is_file() for old, new, _status in rows)


def test_vault(reader: Reader) -> None:
    reader.follow("4d")
    vault = reader.folder / "my-vault/CSDN"
    posts = [path for path in vault.rglob("*.md") if path.name != "INDEX.md"]
    assert len(posts) == len(ARTICLES)
    for post in posts:
        found = re.findall(r"\]\(([^)]+)\)", post.read_text("utf-8"))
        assert found
        assert [address for address in found if not (post.parent / unquote(address)).is_file()] == []
    index = (vault / "INDEX.md").read_text("utf-8")
    assert [title for title in ARTICLES if title not in index] == []

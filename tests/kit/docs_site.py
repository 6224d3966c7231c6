"""Builds the documentation as a site in English and Chinese: `python -m tests.kit.docs_site [FOLDER]`.

The pages are the Markdown files of the repository.  They are copied into one folder for each language, with their
links changed to the structure of the site, and Zensical builds each folder strictly: a link or an anchor that leads
nowhere is an error.  A page that has no Chinese version is in the Chinese site in English, with a note.
"""

from __future__ import annotations

import os
import posixpath
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from tests.kit.paths import ROOT

SLUG = "tests.kit.docs_site.slug"
"""The function that makes anchors, as the settings name it."""
REPOSITORY = "https://github.com/OWNER/csdn2md"
RAW = "https://raw.githubusercontent.com/OWNER/csdn2md/main/"
"""What the addresses of pictures in the README begin with; the site has the pictures itself."""
FENCED = re.compile(r"^(`{3,})[^\n]*\n.*?^\1$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Page:
    """A page of the site: its file, its name in the site, its titles, and its Chinese file ("" if there is none)."""

    path: str
    name: str
    title: str
    chinese_title: str
    chinese: str = ""


def _both(name: str, title: str, chinese_title: str) -> Page:
    return Page(f"docs/{name}.md", f"{name}.md", title, chinese_title, f"docs/zh/{name}.md")


def _english(name: str, title: str, chinese_title: str) -> Page:
    return Page(f"docs/{name}.md", f"{name}.md", title, chinese_title)


SECTIONS: Mapping[tuple[str, str], tuple[Page, ...]] = {
    ("Use", "使用"): (
        Page("README.md", "index.md", "Start", "开始", "README.zh-CN.md"),
        _both("tutorial", "Tutorial", "教程"),
        _both("flavors", "Flavors", "目标平台"),
        _both("hooks", "Hooks", "提交钩子"),
        _both("search", "Search", "搜索"),
        _both("limits", "Limits", "已知限制"),
        _both("messages", "Messages", "常见提示"),
    ),
    ("Look up", "查阅"): (
        _both("options", "Options", "选项"),
        _both("configuration", "Configuration", "配置文件"),
        _both("rules", "Rules", "规则"),
        _both("sites", "Sites", "网站"),
        _both("proof", "Proof", "校验"),
        _both("library", "Library", "Python 库"),
        _both("scale", "Scale", "大规模转换"),
        _both("corpus", "Corpus", "语料库"),
    ),
    ("Understand", "深入"): (
        Page("SECURITY.md", "security.md", "Security", "安全", "docs/zh/security.md"),
        _english("security-vectors", "Attack vectors", "攻击样例"),
        _both("architecture", "Architecture", "架构"),
        _english("vocabulary", "Vocabulary", "元素表"),
        Page("CONTRIBUTING.md", "contributing.md", "Contribute", "参与开发"),
        Page("CHANGELOG.md", "changelog.md", "Changelog", "更新日志"),
    ),
}
"""The pages by section, in the order of the menu; the titles of a section in English and Chinese."""

PAGES = tuple(page for pages in SECTIONS.values() for page in pages)
PICTURES = (".svg", ".png", ".webp")
ENGLISH_ONLY = "> 本页暂时只有英文版。\n\n"


def write_sources(language: str, folder: Path) -> None:
    """Write the pages of a language, and the pictures of the documentation, into an empty folder."""
    english = {page.path: page.name for page in PAGES}
    chinese = {page.chinese: page.name for page in PAGES if page.chinese}
    for page in PAGES:
        translated = language == "zh" and page.chinese
        path = page.chinese if translated else page.path
        text = _linked((ROOT / path).read_text("utf-8"), path, english | chinese)
        if language == "zh" and not translated:
            text = _noted(re.sub(r"(\]\([\w-]+\.md)#[^)]*", r"\1", text), ENGLISH_ONLY)
        (folder / page.name).write_text(_without_language_link(text), "utf-8")
    for picture in (ROOT / "docs").rglob("*"):
        if picture.suffix in PICTURES:
            target = folder / picture.relative_to(ROOT / "docs")
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(picture, target)


def _without_language_link(text: str) -> str:
    """Return a page without the line that leads to its other language: the site has a switch for it."""
    return re.sub(r"^\[(?:English|简体中文)\]\([^)\n]*\)\n\n", "", text, count=1, flags=re.MULTILINE)


def _noted(text: str, note: str) -> str:
    """Return a page with a note below its title."""
    title, _, rest = text.partition("\n\n")
    return f"{title}\n\n{note}{rest}"


def _linked(text: str, path: str, places: Mapping[str, str]) -> str:
    """Return a page of the repository with the links as they are in the site; code stays."""

    def change(match: re.Match[str]) -> str:
        target, mark, anchor = match[1].partition("#")
        if target.startswith(RAW):
            return f"]({_place(target.removeprefix(RAW), places)})"
        if "://" in target or not target:
            return match[0]
        found = posixpath.normpath(posixpath.join(posixpath.dirname(path), target))
        return f"]({_place(found, places)}{mark}{anchor})"

    parts, end = [], 0
    for fence in FENCED.finditer(text):
        parts += [LINK.sub(change, text[end : fence.start()]), fence[0]]
        end = fence.end()
    return "".join([*parts, LINK.sub(change, text[end:])])


def _place(path: str, places: Mapping[str, str]) -> str:
    """Return where a file of the repository is for a page of the site."""
    if path in places:
        return places[path]
    if path.startswith("docs/") and Path(path).suffix in PICTURES:
        return path.removeprefix("docs/")
    return f"{REPOSITORY}/blob/main/{path}"


def configuration(language: str) -> dict[str, object]:
    """Return the settings of Zensical for one language."""
    chinese = language == "zh"
    menu = [
        {titles[chinese]: [{page.chinese_title if chinese else page.title: page.name} for page in pages]}
        for titles, pages in SECTIONS.items()
    ]
    toggles = [
        ("(prefers-color-scheme: light)", "default", "slate"),
        ("(prefers-color-scheme: dark)", "slate", "default"),
    ]
    return {
        "site_name": "csdn2md",
        "site_description": "把 CSDN 存档转换成 Markdown" if chinese else "Archives of CSDN posts become Markdown",
        "docs_dir": "docs",
        "site_dir": "site",
        "repo_url": REPOSITORY,
        "edit_uri": "",
        "use_directory_urls": False,
        "nav": menu,
        "theme": {
            "language": language,
            "font": False,
            "features": ["navigation.sections", "navigation.top", "content.code.copy", "search.highlight"],
            "palette": [
                {"media": media, "scheme": scheme, "toggle": {"icon": "lucide/sun-moon", "name": other}}
                for media, scheme, other in toggles
            ],
        },
        "extra": {
            "alternate": [
                {"name": "English", "link": "../index.html" if chinese else "index.html", "lang": "en"},
                {"name": "简体中文", "link": "index.html" if chinese else "zh/index.html", "lang": "zh"},
            ]
        },
        "markdown_extensions": [
            {"toc": {"permalink": True, "slugify": SLUG}},
            "tables",
            "sane_lists",
            "md_in_html",
            "pymdownx.superfences",
            {"pymdownx.highlight": {"pygments_lang_class": True}},
            "pymdownx.magiclink",
        ],
    }


def build(folder: Path) -> None:
    """Build both sites into a folder, which is replaced: English at its top, Chinese in `zh`.

    Raises CalledProcessError if Zensical finds anything to complain of.
    """
    with tempfile.TemporaryDirectory() as scratch:
        for language in ("en", "zh"):
            home = Path(scratch) / language
            (home / "docs").mkdir(parents=True)
            write_sources(language, home / "docs")
            settings = yaml.safe_dump(configuration(language), allow_unicode=True, sort_keys=False)
            (home / "mkdocs.yml").write_text(settings.replace(SLUG, f"!!python/name:{SLUG}"), "utf-8")
            subprocess.run(
                [sys.executable, "-m", "zensical", "build", "--strict", "--clean", "-f", str(home / "mkdocs.yml")],
                check=True, cwd=home, env={**os.environ, "PYTHONPATH": str(ROOT)},
            )  # fmt: skip
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(Path(scratch) / "en" / "site", folder)
        shutil.copytree(Path(scratch) / "zh" / "site", folder / "zh")


def slug(title: str, separator: str = "-") -> str:
    """Return the anchor of a heading, as GitHub makes it."""
    return re.sub(r"[^\w\- ]", "", title.strip().lower()).replace(" ", separator)


if __name__ == "__main__":
    build(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "site")

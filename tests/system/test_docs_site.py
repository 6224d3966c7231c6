"""The documentation as a site: it builds without a complaint, and each page has what its Markdown has."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree
from markdown_it import MarkdownIt

from tests.kit import docs_site
from tests.kit.docs_site import PAGES
from tests.kit.paths import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.xdist_group("docs-site"),
    pytest.mark.skipif(not importlib.util.find_spec("zensical"), reason="Zensical is not installed"),
]

COUNTED = ("h1", "h2", "h3", "pre", "table", "tr", "li", "blockquote", "img")
NAMES = [(page.name, page.path, "") for page in PAGES]
NAMES += [(page.name, page.chinese, "zh") for page in PAGES if page.chinese]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docs") / "site"
    docs_site.build(folder)
    return folder


def counts(tree: etree._Element) -> Counter[str]:
    return Counter(str(node.tag) for node in tree.iter(*COUNTED))


@pytest.mark.parametrize(("name", "path", "language"), NAMES, ids=[f"{row[2]}/{row[0]}" for row in NAMES])
def test_a_page_has_what_its_markdown_has(site: Path, name: str, path: str, language: str) -> None:
    """Python-Markdown reads some lists and tables in another way than GitHub does."""
    page = etree.fromstring(
        (site / language / name).with_suffix(".html").read_bytes(), etree.HTMLParser(encoding="utf-8")
    )
    article = page.find(".//article")
    assert article is not None
    expected = etree.fromstring(
        MarkdownIt("gfm-like", {"linkify": False}).render((ROOT / path).read_text("utf-8")), etree.HTMLParser()
    )
    assert counts(article) == counts(expected)


def test_every_link_leads_somewhere(site: Path) -> None:
    """Zensical checks the links of a language; the switch between the languages is checked here."""
    for page in [*site.glob("*.html"), *site.glob("zh/*.html")]:
        for link in etree.fromstring(page.read_bytes(), etree.HTMLParser(encoding="utf-8")).iter("a"):
            path = (link.get("href") or "").partition("#")[0]
            if path and "://" not in path and not path.startswith("/"):
                assert (page.parent / path).exists(), f"{page.name}: {path}"

"""Builds sites of hostile articles with Jekyll, Hugo and Hexo, many articles in one site, for ``benchmarks.attack``."""

from __future__ import annotations

import re
import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks.security import NOT_RENDERED, Render
from tests.kit.sites import FRONT_MATTER, GENERATORS, SiteError, build, why_missing

ARTICLE = re.compile(r'<article id="article">(.*)</article>', re.DOTALL)
"""The article in the page of the layouts of ``tests/data/sites``."""


def site_renderers(scratch: Path) -> dict[str, Render]:
    """Return a renderer for each site generator that is installed, by the name of its flavor with " site" after it.

    scratch: a folder of programs that the generators install, kept between runs.
    """
    return {f"{name} site": partial(_pages, name, scratch) for name in GENERATORS if not why_missing(name)}


def _pages(name: str, scratch: Path, texts: list[str]) -> list[str]:
    """Return the article's HTML in the page of each text; empty for an empty text."""
    posts = {f"p{number}": FRONT_MATTER + text for number, text in enumerate(texts) if text}
    built = _built(name, posts, scratch) if posts else {}
    return [built.get(f"p{number}", NOT_RENDERED if text else "") for number, text in enumerate(texts)]


def _built(name: str, posts: dict[str, str], scratch: Path) -> dict[str, str]:
    """Build one site, and its halves where that fails, so that one article fails alone."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            pages = build(name, posts, Path(folder), scratch).pages
        except SiteError as error:
            pages = {}
            if len(posts) == 1:
                print(f"{name} fails: {next(iter(posts.values()))!r}: {str(error)[-600:]}", file=sys.stderr)
    if len(pages) == len(posts) or len(posts) == 1:
        return {stem: match[1] for stem, page in pages.items() if (match := ARTICLE.search(page))}
    stems = list(posts)
    halves = (stems[: len(stems) // 2], stems[len(stems) // 2 :])
    return {
        stem: page
        for half in halves
        for stem, page in _built(name, {stem: posts[stem] for stem in half}, scratch).items()
    }

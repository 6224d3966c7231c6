"""Counts random hostile articles that are live when rendered: ``python -m benchmarks.attack ARTICLES [--seed N]``.

Each article (tests/kit/hostile_articles.py) is converted and rendered by every renderer that is installed, raw HTML
allowed, and built into pages by the site generator of its flavor.  It is live in one if the page has what the
allow-list (tests/kit/harmless.py) does not have.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from benchmarks.attack_sites import site_renderers
from benchmarks.security import NOT_RENDERED, Render, goldmark, renderers
from converter import convert
from converter.options import Options
from tests.kit.harmless import SITES, live
from tests.kit.hostile_articles import GENERATORS, Attack, attack

NEW_HUGO = "HUGO"
"""The environment variable that names a newer Hugo than the one on PATH."""
FAILS = "an old Hugo fails"
"""The name of the count of articles for other renderers with which an old Hugo fails; see ``not_counted``."""
SITE = " site"
"""The end of the name of a renderer that builds sites."""


def all_renderers() -> dict[str, Render]:
    """Return the renderers that are installed, by name."""
    found = renderers()
    found["markdown-it"] = _any_url
    if "goldmark" in found and (new := os.environ.get(NEW_HUGO, "hugo")) != "hugo":
        found["goldmark (new)"] = partial(goldmark, program=new)
        found["goldmark (new, passthrough)"] = partial(goldmark, program=new, passthrough=True)
    return found


def _any_url(texts: list[str]) -> list[str]:
    """Render with markdown-it as a renderer of plain CommonMark that refuses no URL, as most do."""
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.validateLink = lambda _url: True  # type: ignore[method-assign, assignment]
    return [str(parser.render(text)) for text in texts]


def given_to(renderer: str, text: str, flavor: str) -> str:
    """Return the Markdown that a renderer gets.

    What is read before goldmark is Hugo's, and its formulas are a choice of Hugo sites: only the flavor for Hugo
    writes with both in mind.  A site is built from articles of its own flavor.
    """
    if renderer.endswith(SITE):
        return text if renderer == flavor + SITE else ""
    if not renderer.startswith("goldmark"):
        return text
    if "passthrough" in renderer:
        return text if flavor == "hugo" else ""
    if flavor.startswith("hugo"):
        return text
    return text.replace("{{<", "{ {<").replace("{{%", "{ {%").replace("<!--more-->", "<!-- more -->")


def not_counted(renderer: str, html: str, flavor: str) -> bool:
    """Return whether the Hugo on PATH fails, which may be an old one, in a flavor that is not written for it.

    Hugo 0.111 fails at a reference to a footnote in some headings (docs/flavors.md); hugo-legacy is written for it.
    Sites of the flavor hugo are built with a newer one, and count.
    """
    return html == NOT_RENDERED and renderer == "goldmark" and flavor != "hugo-legacy"


class Judge:
    """Judges rendered pages; equal pages are judged once."""

    def __init__(self) -> None:
        self.known: dict[tuple[str, str], list[str]] = {}

    def problems(self, html: str, renderer: str) -> list[str]:
        """Return what a page has that the allow-list does not have."""
        site = renderer.removesuffix(SITE) if renderer.endswith(SITE) else ""
        if (html, site) not in self.known:
            self.known[html, site] = list(live(html, SITES.get(site, {})))
        return self.known[html, site]


def try_batch(attacks: Mapping[int, Attack], rendering: Mapping[str, Render], show: int) -> tuple[Counter[str], int]:
    """Return by renderer how many articles of a batch are live, and how many the last gate had to rewrite."""
    documents = {
        seed: convert(one.html, options=Options(flavor=one.flavor, assume="html", **one.settings))
        for seed, one in attacks.items()
    }
    rewritten = [
        s for s, document in documents.items() if any(f.rule == "harmless/rewritten" for f in document.findings)
    ]
    for seed in rewritten[:show]:
        print(f"gate: seed {seed}\n  {attacks[seed]!r}\n  {documents[seed].text!r}", flush=True)
    judge, counts = Judge(), Counter[str]()
    for name, render in rendering.items():
        given = [given_to(name, document.text, attacks[seed].flavor) for seed, document in documents.items()]
        for seed, html in zip(documents, render(given), strict=True):
            if not_counted(name, html, attacks[seed].flavor):
                counts[FAILS] += 1
            elif problems := judge.problems(html, name):
                counts[name] += 1
                if counts[name] <= show:
                    print(
                        f"{name}: seed {seed}: {problems}\n  {attacks[seed]!r}\n  {documents[seed].text!r}", flush=True
                    )
    return counts, len(rewritten)


class Work(NamedTuple):
    """The seeds of a batch, and how it is tried; see the options of ``main``."""

    seeds: range
    generator: str
    only: str
    scratch: Path
    show: int


def work(given: Work) -> tuple[Work, dict[str, int], int]:
    """Try one batch; return it, how many articles are live by renderer, and how many the gate rewrote."""
    every = all_renderers() | (site_renderers(given.scratch) if SITE in given.only or not given.only else {})
    rendering = {name: render for name, render in every.items() if name.startswith(given.only) or given.only == SITE}
    if given.only == SITE:
        rendering = {name: render for name, render in rendering.items() if name.endswith(SITE)}
    seeds: Iterable[int] = given.seeds
    if given.generator:
        number = list(GENERATORS).index(given.generator)
        seeds = [seed for seed in given.seeds if seed % len(GENERATORS) == number]
    counts, rewritten = try_batch({seed: attack(seed) for seed in seeds}, rendering, given.show)
    return given, {name: counts[name] for name in (*rendering, FAILS)}, rewritten


def _done(batches: list[Work], jobs: int) -> Iterator[tuple[Work, dict[str, int], int]]:
    if jobs == 1:
        yield from map(work, batches)
        return
    with get_context("fork").Pool(jobs, maxtasksperchild=4) as pool:
        yield from pool.imap_unordered(work, batches)


def main() -> int:
    """Try the articles, print the figures; return 1 if one is live or was rewritten."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int)
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--batch", type=int, default=4000)
    parser.add_argument("--jobs", type=int, default=2, help="how many processes work")
    parser.add_argument("--show", type=int, default=5, help="how many live articles of a batch are printed")
    parser.add_argument("--only", default="", help="only renderers whose name begins so; ' site': all sites alone")
    parser.add_argument("--generator", default="", choices=("", *GENERATORS), help="only articles of one generator")
    parser.add_argument("--scratch", type=Path, default=Path(".sites"), help="where hexo is installed")
    given = parser.parse_args()
    batches = [
        Work(range(first, min(first + given.batch, given.seed + given.articles)), given.generator, given.only,
             given.scratch.absolute(), given.show)
        for first in range(given.seed, given.seed + given.articles, given.batch)
    ]  # fmt: skip
    totals, rewritten, tried, started = dict[str, int](), 0, 0, time.monotonic()
    for batch, counts, gated in _done(batches, given.jobs):
        totals = {name: totals.get(name, 0) + count for name, count in counts.items()}
        rewritten, tried = rewritten + gated, tried + len(batch.seeds)
        print(f"{tried} seeds: {totals}, rewritten {rewritten}, {time.monotonic() - started:.0f} s", flush=True)
    return 1 if rewritten or any(count for name, count in totals.items() if name != FAILS) else 0


if __name__ == "__main__":
    sys.exit(main())

"""Counts random hostile articles that are live when rendered: ``python -m benchmarks.attack ARTICLES [--seed N]``.

Each article (tests/kit/hostile_articles.py) is converted and rendered by every renderer that is installed, raw HTML
allowed.  It is live in one if the page has what the allow-list (tests/kit/harmless.py) does not have.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Mapping
from functools import partial

from benchmarks.security import Render, goldmark, renderers
from converter import convert
from converter.options import Options
from tests.kit.harmless import live
from tests.kit.hostile_articles import Attack, attack

NEW_HUGO = "HUGO"
"""The environment variable that names a newer Hugo than the one on PATH."""


def all_renderers() -> dict[str, Render]:
    """Return the renderers that are installed, by name."""
    found = renderers()
    if "goldmark" in found and (new := os.environ.get(NEW_HUGO)):
        found["goldmark (new)"] = partial(goldmark, program=new)
        found["goldmark (new, passthrough)"] = partial(goldmark, program=new, passthrough=True)
    return found


def given_to(renderer: str, text: str, flavor: str) -> str:
    """Return the Markdown that a renderer gets.

    What is read before goldmark is Hugo's, and its formulas are a choice of Hugo sites: only the flavor for Hugo
    writes with both in mind.
    """
    if not renderer.startswith("goldmark") or flavor.startswith("hugo"):
        return text
    if "passthrough" in renderer:
        return ""
    return text.replace("{{<", "{ {<").replace("{{%", "{ {%").replace("<!--more-->", "<!-- more -->")


class Judge:
    """Judges rendered pages; equal pages are judged once."""

    def __init__(self) -> None:
        self.known: dict[str, list[str]] = {}

    def problems(self, html: str) -> list[str]:
        """Return what a page has that the allow-list does not have."""
        if html not in self.known:
            self.known[html] = list(live(html))
        return self.known[html]


def try_batch(attacks: Mapping[int, Attack], rendering: Mapping[str, Render], show: int) -> tuple[Counter[str], int]:
    """Return by renderer how many articles of a batch are live, and how many the last gate had to rewrite."""
    documents = {
        seed: convert(one.html, options=Options(flavor=one.flavor, assume="html")) for seed, one in attacks.items()
    }
    rewritten = [
        s for s, document in documents.items() if any(f.rule == "harmless/rewritten" for f in document.findings)
    ]
    for seed in rewritten[:show]:
        print(f"gate: seed {seed}\n  {attacks[seed].html!r}\n  {documents[seed].text!r}", flush=True)
    judge, counts = Judge(), Counter[str]()
    for name, render in rendering.items():
        given = [given_to(name, document.text, attacks[seed].flavor) for seed, document in documents.items()]
        for seed, html in zip(documents, render(given), strict=True):
            if problems := judge.problems(html):
                counts[name] += 1
                if counts[name] <= show:
                    print(
                        f"{name}: seed {seed} ({attacks[seed].flavor}): {problems}\n  {attacks[seed].html!r}\n"
                        f"  {documents[seed].text!r}",
                        flush=True,
                    )
    return counts, len(rewritten)


def main() -> int:
    """Try the articles, print the figures; return 1 if one is live or was rewritten."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=int)
    parser.add_argument("--seed", type=int, default=0, help="the first seed")
    parser.add_argument("--batch", type=int, default=2000)
    parser.add_argument("--show", type=int, default=5, help="how many live articles of a batch are printed")
    parser.add_argument("--only", default="", help="take only renderers whose name begins so")
    given = parser.parse_args()
    rendering = {name: render for name, render in all_renderers().items() if name.startswith(given.only)}
    totals, rewritten, started = Counter[str](dict.fromkeys(rendering, 0)), 0, time.monotonic()
    for first in range(given.seed, given.seed + given.articles, given.batch):
        seeds = range(first, min(first + given.batch, given.seed + given.articles))
        counts, gated = try_batch({seed: attack(seed) for seed in seeds}, rendering, given.show)
        totals.update(counts)
        rewritten += gated
        print(
            f"seeds up to {seeds[-1]}: {dict(totals)}, rewritten {rewritten}, {time.monotonic() - started:.0f} s",
            flush=True,
        )
    return 1 if rewritten or sum(totals.values()) else 0


if __name__ == "__main__":
    sys.exit(main())

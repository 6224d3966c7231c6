"""Compares what converters keep of the same articles: ``python -m benchmarks.fidelity [SAMPLE] [--write]``.

csdn2md and the other converters (``benchmarks/peers.py``) get the HTML of each article, and two judges compare what
comes out with it: the verifier of csdn2md, and a round trip through a renderer and metrics that are not ours
(``benchmarks/round_trip.py``).  SAMPLE is a folder of posts, by default the fixtures.  ``--write`` stores the figures
in ``benchmarks/fidelity.json``, of which ``python -m benchmarks.pages`` makes tables and a chart for the documentation.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from statistics import fmean
from typing import Any

from benchmarks import round_trip
from benchmarks.peers import Peer, in_process, installed
from benchmarks.speed import inner, posts
from converter import convert
from converter.verify import verify
from converter.version import __version__

RESULTS = Path(__file__).parent / "fidelity.json"
JUDGES = ("comrak", "rapidfuzz", "apted")


def judged(articles: Sequence[str], markdowns: Sequence[str]) -> dict[str, float]:
    """Return what both judges say: shares and mean scores, 0 to 1."""
    verdicts = [verify(html, markdown) for html, markdown in zip(articles, markdowns, strict=True)]
    by_kind: dict[str, list[float]] = {kind: [] for kind in round_trip.KINDS}
    for html, markdown in zip(articles, markdowns, strict=True):
        shown = round_trip.parts(round_trip.render(markdown))
        for kind, score in round_trip.scores(round_trip.parts(html), shown).items():
            by_kind[kind].append(score)
    return {
        "same": fmean(verdict.perfect for verdict in verdicts),
        "score": fmean(verdict.score for verdict in verdicts),
        **{kind: fmean(found) for kind, found in by_kind.items() if found},
    }


def main() -> None:
    """Convert and judge; print the figures, or store them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sample", nargs="?", type=Path)
    parser.add_argument("--write", action="store_true", help="store the figures for the documentation")
    parser.add_argument("--only", nargs="+", default=[], help="names of other converters")
    chosen = parser.parse_args()
    articles = [inner(data).decode() for data in dict.fromkeys(posts(chosen.sample))]
    rows: dict[str, dict[str, Any]] = {}
    own = Peer(__version__, in_process(lambda html: str(convert(html))))
    for name, peer in [("csdn2md", own), *installed(chosen.only)]:
        markdowns = [conversion.markdown for conversion in peer.convert(articles)]
        rows[name] = {"version": peer.version, "empty": markdowns.count(""), **judged(articles, markdowns)}
        print(f"{name:28}", *(f"{key} {value}" if isinstance(value, int | str) else f"{key} {value:.3f}"
                              for key, value in rows[name].items()), file=sys.stderr)  # fmt: skip
    if chosen.write:
        measured = {
            "date": datetime.date.today().isoformat(),
            "articles": len(articles),
            "bytes": sum(len(html.encode()) for html in articles),
            "judges": {name: version(name) for name in JUDGES},
            "rows": rows,
        }
        RESULTS.write_text(json.dumps(measured, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

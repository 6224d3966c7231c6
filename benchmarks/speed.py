"""Compares the time of ``convert()`` for an article with other converters: ``python -m benchmarks.speed [SAMPLE]``.

In each round every contender converts all articles once, so that a slower machine slows all of them; the best and the
median round are printed, as milliseconds for an article.  All get the same inner HTML of the article; csdn2md also
converts the whole post, with front matter and what is around the article.  The lower bound is the time to parse.
SAMPLE is a folder of posts, by default the fixtures.  A converter that is not installed is named and left out.  Ratios
are compared with those of the same sample in ``benchmarks/baseline.json``, and a worse one gives a warning; ``--write``
stores the figures there, and ``python -m benchmarks.pages`` makes the chart of them.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from lxml import etree

from benchmarks.peers import Conversion, in_process, installed
from converter import convert, frontmatter
from converter.scraper import scrape
from converter.source.decode import decode
from converter.source.kind import classify

HERE = Path(__file__).parent
BASELINE = HERE / "baseline.json"
WHOLE = "csdn2md, whole post"
LOSS = 0.85
"""A ratio below this share of the stored one gives a warning."""
Rows: TypeAlias = dict[str, dict[str, float]]
"""Figures by contender."""
SUFFIXES = (".md", ".markdown", ".html", ".htm")


@dataclass
class Contender:
    """A converter under test, the seconds of its rounds, and those of each article in its best round."""

    name: str
    articles: Sequence[str]
    convert: Callable[[Sequence[str]], list[Conversion]]
    rounds: list[float] = field(default_factory=list)
    each: list[float] = field(default_factory=list)
    peak: float = 0.0

    def round(self) -> None:
        """Convert all articles once."""
        each = [conversion.seconds for conversion in self.convert(self.articles)]
        if not self.rounds or sum(each) < min(self.rounds):
            self.each = each
        self.rounds.append(sum(each))

    def figures(self) -> dict[str, float]:
        """Return the figures to print: milliseconds for an article, peak memory."""
        ranked, count = sorted(self.each), len(self.each)
        return {
            "ms": 1e3 * min(self.rounds) / count,
            "ms median": 1e3 * statistics.median(self.rounds) / count,
            "ms p50": 1e3 * ranked[count // 2],
            "ms p99": 1e3 * ranked[int(count * 0.99)],
            "peak MB": self.peak,
        }


def posts(sample: Path | None) -> list[bytes]:
    """Return the HTML posts of a folder, or those of the fixtures, repeated to about 4 MB."""
    folder = sample or HERE.parent / "fixtures"
    files = sorted(path for path in folder.rglob("*") if path.suffix in SUFFIXES and ".expected" not in path.name)
    found = [path.read_bytes() for path in files]
    kept = [data for data in found if data.strip() and is_html(data)]
    return kept if sample else kept * max(1, 4_000_000 // sum(map(len, kept)))


def is_html(data: bytes) -> bool:
    """Return whether a post is converted, not copied."""
    front, body = frontmatter.split(decode(data)[0])
    return not classify(body, front is not None).kind.is_copied


def inner(data: bytes) -> bytes:
    """Return the HTML of the article alone, as other converters get it."""
    page = scrape(frontmatter.split(decode(data)[0])[1])
    return etree.tostring(page.article, encoding="utf-8", method="html", with_tail=False)


PARSER = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)


def parse(html: str) -> str:
    """Parse: no converter that uses an lxml tree can be faster."""
    etree.HTML(html.encode(), PARSER)
    return ""


def contenders(sample: list[bytes], only: str | None = None) -> list[Contender]:
    """Return csdn2md, its lower bound and the other converters that are installed (or only one, by name)."""
    articles = [inner(data).decode() for data in sample]
    own = {
        "lower bound (parse)": Contender("lower bound (parse)", articles, in_process(parse)),
        "csdn2md": Contender("csdn2md", articles, in_process(lambda html: str(convert(html)))),
        WHOLE: Contender(WHOLE, [decode(data)[0] for data in sample], in_process(lambda post: str(convert(post)))),
    }
    if only in own:
        return [own[only]]
    peers = installed([only] if only else ())
    return [*own.values(), *(Contender(name, articles, peer.convert) for name, peer in peers)]


SLOW = 4.0
"""Converters that take so many times as long as csdn2md run in the first two rounds only."""


def memory(line: str) -> int:
    """Return the bytes that this process uses (``VmRSS``) or used at most (``VmHWM``), on Linux."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition(f"{line}:")[2].split()[0]) * 1024


def peak(name: str, sample: Path | None) -> float:
    """Return the peak memory in MB of a process that runs one contender once, or of the process that it starts."""
    command = [sys.executable, "-m", "benchmarks.speed", *([str(sample)] if sample else []), "--only", name]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1]) / 1e6


def table(found: Sequence[Contender]) -> tuple[str, Rows]:
    """Return the figures as text and as data; ``ratio`` is the time of the contender divided by that of csdn2md."""
    rows = {contender.name: contender.figures() for contender in found}
    own = rows["csdn2md"]["ms"]
    lines = [f"{'':28}{'ms best':>10}{'median':>8}{'p50':>8}{'p99':>8}{'peak MB':>9}{'of csdn2md':>12}"]
    for name, row in rows.items():
        row["ratio"] = row["ms"] / own
        lines.append(
            f"{name:28}{row['ms']:>10.2f}{row['ms median']:>8.2f}{row['ms p50']:>8.2f}{row['ms p99']:>8.1f}"
            f"{row['peak MB']:>9.0f}{row['ratio']:>11.2f}x"
        )
    return "\n".join(lines), rows


def baselines() -> dict[str, Rows]:
    """Return the stored figures by sample."""
    kept: dict[str, Rows] = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    return kept


def warnings(rows: Rows, sample: str) -> list[str]:
    """Return a warning for each ratio that is worse than the stored one of the same sample."""
    before = baselines().get(sample, {})
    return [
        f"warning: {name} takes {row['ratio']:.2f} times the time of csdn2md, was {before[name]['ratio']:.2f}"
        for name, row in rows.items()
        if name in before and name != WHOLE and row["ratio"] < LOSS * before[name]["ratio"]
    ]


def main() -> None:
    """Measure and print; compare with the stored figures or store them."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sample", nargs="?", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--write", action="store_true", help="store the figures as the baseline, and the chart")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    documents = posts(chosen.sample)
    found = contenders(documents, chosen.only)
    if chosen.only:
        next(contender for contender in found if contender.name == chosen.only).round()
        children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
        print(children or memory("VmHWM"))
        return
    gc.collect()
    gc.freeze()  # what other converters imported does not make the collector slower for all
    own = next(contender for contender in found if contender.name == "csdn2md")
    for number in range(chosen.rounds):
        for contender in found:
            if number < 2 or min(contender.rounds) < SLOW * min(own.rounds):
                contender.round()
    for contender in found:
        contender.peak = peak(contender.name, chosen.sample)
    text, rows = table(found)
    print(text)
    sample = f"{len(documents)} documents, {sum(map(len, documents))} bytes"
    print("\n".join(warnings(rows, sample)), file=sys.stderr)
    if chosen.json:
        chosen.json.write_text(json.dumps({sample: rows}, indent=1), encoding="utf-8")
    if chosen.write:
        BASELINE.write_text(json.dumps({**baselines(), sample: rows}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

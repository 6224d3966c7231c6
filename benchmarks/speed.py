"""Compares the speed of ``convert()`` with other converters: ``python -m benchmarks.speed [SAMPLE] [--write]``.

In each round every contender converts all documents once, so that a slower machine slows all of them; the best
and the median round are printed.  Other converters get the inner HTML of the article, csdn2md the whole post with
its front matter; MB/s refer to the bytes that each gets.  The lower bound is the time to decode and parse.  SAMPLE is
a folder of posts, by default the fixtures.  A converter that is not installed is named and left out.  Ratios are
compared with those of the same sample in ``benchmarks/baseline.json``, and a worse one gives a warning; ``--write``
stores the figures there and, with SAMPLE, the chart ``docs/bench.svg``.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from lxml import etree

from converter import convert, frontmatter
from converter.scraper import scrape
from converter.source.decode import decode
from converter.source.kind import classify

HERE = Path(__file__).parent
BASELINE = HERE / "baseline.json"
CHART = HERE.parent / "docs" / "bench.svg"
LOSS = 0.85
"""A ratio below this share of the stored one gives a warning."""
Rows: TypeAlias = dict[str, dict[str, float]]
"""Figures by contender."""
SUFFIXES = (".md", ".markdown", ".html", ".htm")


@dataclass
class Contender:
    """A converter under test, the seconds of its rounds, and those of each document in its best round."""

    name: str
    documents: Sequence[bytes]
    run: Callable[[Sequence[bytes]], list[float]]
    rounds: list[float] = field(default_factory=list)
    each: list[float] = field(default_factory=list)
    peak: float = 0.0

    def round(self) -> None:
        """Run all documents once."""
        each = self.run(self.documents)
        if not self.rounds or sum(each) < min(self.rounds):
            self.each = each
        self.rounds.append(sum(each))

    def rate(self, seconds: float) -> float:
        """Return MB/s for its documents in so many seconds."""
        return sum(map(len, self.documents)) / seconds / 1e6

    def figures(self) -> dict[str, float]:
        """Return the figures to print: rates, milliseconds per document, peak memory."""
        ranked = sorted(self.each)
        return {
            "MB/s best": self.rate(min(self.rounds)),
            "MB/s median": self.rate(statistics.median(self.rounds)),
            "ms p50": 1e3 * ranked[len(ranked) // 2],
            "ms p99": 1e3 * ranked[int(len(ranked) * 0.99)],
            "peak MB": self.peak,
        }


def in_process(function: Callable[[bytes], object]) -> Callable[[Sequence[bytes]], list[float]]:
    """Return a function that measures the processor time of another one for each document."""

    def run(documents: Sequence[bytes]) -> list[float]:
        each = []
        for data in documents:
            started = time.process_time()
            function(data)
            each.append(time.process_time() - started)
        return each

    return run


MDREAM = """
import { readFileSync } from "node:fs";
const { htmlToMarkdown } = await import(process.argv[2]);
const documents = JSON.parse(readFileSync(0, "utf8"));
for (const html of documents) htmlToMarkdown(html);
const each = documents.map((html) => {
  const started = process.hrtime.bigint();
  htmlToMarkdown(html);
  return Number(process.hrtime.bigint() - started) / 1e9;
});
console.log(JSON.stringify(each));
"""


def mdream(module: str) -> Callable[[Sequence[bytes]], list[float]]:
    """Return a function that measures mdream in a Node process, after a warm-up, without the start of the process."""

    def run(documents: Sequence[bytes]) -> list[float]:
        with tempfile.NamedTemporaryFile("w", suffix=".mjs") as script:
            script.write(MDREAM)
            script.flush()
            given = json.dumps([data.decode() for data in documents])
            done = subprocess.run(
                ["node", script.name, module], input=given, capture_output=True, text=True, check=True
            )
        return [float(seconds) for seconds in json.loads(done.stdout)]

    return run


def pandoc(documents: Sequence[bytes]) -> list[float]:
    """Measure pandoc, one process per document without its start, on a tenth of the documents."""
    sample = documents[::10]
    bare = min(_pandoc(b"<p>a</p>") for _ in range(3))
    each = [max(_pandoc(data) - bare, 0.0) for data in sample]
    share = sum(map(len, documents)) / max(1, sum(map(len, sample)))
    return [seconds * share * len(sample) / len(documents) for seconds in each for _ in range(10)][: len(documents)]


def _pandoc(data: bytes) -> float:
    before = os.times()
    subprocess.run(["pandoc", "-f", "html", "-t", "gfm"], input=data, capture_output=True, check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


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


def lower_bound(data: bytes) -> None:
    """Decode and parse: no converter that uses an lxml tree can be faster."""
    etree.HTML(frontmatter.split(decode(data)[0])[1].encode(), PARSER)


def contenders(sample: list[bytes], only: str | None = None) -> list[Contender]:
    """Return csdn2md, its lower bound and the other converters that are installed (or only one, by name)."""
    articles = [inner(data) for data in sample]
    found = [
        Contender("lower bound (decode, parse)", sample, in_process(lower_bound)),
        Contender("csdn2md", sample, in_process(lambda data: str(convert(data, name="post.md")))),
    ]
    for name, load in PEERS.items():
        if only not in (None, name):
            continue
        try:
            found.append(Contender(name, articles, load()))
        except (ImportError, FileNotFoundError, subprocess.CalledProcessError) as reason:
            print(f"left out: {name}: {str(reason).splitlines()[0]}", file=sys.stderr)
    return found


def _markdownify() -> Callable[[Sequence[bytes]], list[float]]:
    from markdownify import markdownify

    return in_process(lambda data: markdownify(data.decode()))


def _html2text() -> Callable[[Sequence[bytes]], list[float]]:
    import html2text

    return in_process(lambda data: html2text.html2text(data.decode()))


def _html_to_markdown() -> Callable[[Sequence[bytes]], list[float]]:
    import html_to_markdown

    return in_process(lambda data: html_to_markdown.convert(data.decode()))


def _mdream() -> Callable[[Sequence[bytes]], list[float]]:
    module = os.environ.get("MDREAM", "mdream")
    run = mdream(module)
    run([b"<p>a</p>"])
    return run


def _pandoc_peer() -> Callable[[Sequence[bytes]], list[float]]:
    _pandoc(b"<p>a</p>")
    return pandoc


PEERS = {
    "html-to-markdown (Rust)": _html_to_markdown,
    "html2text": _html2text,
    "markdownify": _markdownify,
    "mdream (native)": _mdream,
    "pandoc": _pandoc_peer,
}
SLOW = frozenset(("markdownify", "pandoc", "html2text"))
"""Converters that run in the first two rounds only, because they are slow."""


def memory(line: str) -> int:
    """Return the bytes that this process uses (``VmRSS``) or used at most (``VmHWM``), on Linux."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.partition(f"{line}:")[2].split()[0]) * 1024


def peak(name: str, sample: Path | None) -> float:
    """Return the peak memory in MB of a process that runs one contender once (without the processes that it starts)."""
    command = [sys.executable, "-m", "benchmarks.speed", *([str(sample)] if sample else []), "--only", name]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(done.stdout.split()[-1]) / 1e6


def table(found: Sequence[Contender]) -> tuple[str, Rows]:
    """Return the figures as text and as data; ``ratio`` is the rate of csdn2md divided by the contender's."""
    rows = {contender.name: contender.figures() for contender in found}
    own = rows["csdn2md"]["MB/s best"]
    lines = [f"{'':28}{'MB/s best':>10}{'median':>8}{'ms p50':>8}{'ms p99':>8}{'peak MB':>9}{'csdn2md is':>12}"]
    for name, row in rows.items():
        row["ratio"] = own / row["MB/s best"]
        lines.append(
            f"{name:28}{row['MB/s best']:>10.1f}{row['MB/s median']:>8.1f}{row['ms p50']:>8.2f}{row['ms p99']:>8.1f}"
            f"{row['peak MB']:>9.0f}{row['ratio']:>11.2f}x"
        )
    return "\n".join(lines), rows


def chart(rows: Rows) -> str:
    """Return the rates as a bar chart in SVG."""
    most = max(row["MB/s best"] for row in rows.values())
    bars = []
    for index, (name, row) in enumerate(sorted(rows.items(), key=lambda item: -item[1]["MB/s best"])):
        top, width = 12 + 26 * index, 380 * row["MB/s best"] / most
        colour = "#b5362a" if name == "csdn2md" else "#8a8f98"
        bars.append(
            f'<text x="190" y="{top + 14}" text-anchor="end">{name}</text>'
            f'<rect x="200" y="{top}" width="{width:.1f}" height="18" fill="{colour}"/>'
            f'<text x="{206 + width:.1f}" y="{top + 14}">{row["MB/s best"]:.1f} MB/s</text>'
        )
    height = 24 + 26 * len(rows)
    size = f'width="680" height="{height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="13">'
        f'<rect width="100%" height="100%" fill="white"/>{"".join(bars)}</svg>\n'
    )


def baselines() -> dict[str, Rows]:
    """Return the stored figures by sample."""
    kept: dict[str, Rows] = json.loads(BASELINE.read_text(encoding="utf-8")) if BASELINE.exists() else {}
    return kept


def warnings(rows: Rows, sample: str) -> list[str]:
    """Return a warning for each ratio that is worse than the stored one of the same sample."""
    before = baselines().get(sample, {})
    return [
        f"warning: csdn2md is {row['ratio']:.2f} times {name}, was {before[name]['ratio']:.2f}"
        for name, row in rows.items()
        if name in before and row["ratio"] < LOSS * before[name]["ratio"]
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
        print(memory("VmHWM"))
        return
    for number in range(chosen.rounds):
        for contender in found:
            if number < 2 or contender.name not in SLOW:
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
        if chosen.sample:
            CHART.write_text(chart(rows), encoding="utf-8")


if __name__ == "__main__":
    main()

"""Measures the memory of ``convert()``: ``python -m benchmarks.memory [SAMPLE] [--conversions 100000]``.

First the peak memory of a process that converts one document of 1, 4 and 16 MB (made of the sample's articles),
as a multiple of its size; then the memory of one process after growing numbers of conversions, which stays
the same if nothing leaks.  SAMPLE is a folder of posts, by default the fixtures.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from itertools import cycle, islice
from pathlib import Path

from benchmarks.speed import inner, memory, posts
from converter import convert

MB = 1_000_000
SIZES = (1, 4, 16)
MOST = 12
"""How much memory a document may take, as a multiple of its size."""


def large(sample: list[bytes], size: int) -> bytes:
    """Return one post of about so many bytes."""
    pieces = [b"---\ntitle: large\n---\n", b'<div id="content_views">\n']
    length = sum(map(len, pieces))
    for data in cycle(sample):
        article = inner(data).replace(b'id="content_views"', b"")
        pieces.append(article)
        length += len(article)
        if length >= size:
            break
    return b"".join((*pieces, b"</div>\n"))


def one_document(path: Path) -> None:
    """Convert one document in this process and print the peak memory, its own bytes included."""
    convert(b"<p>a</p>")
    before = memory("VmRSS")
    data = path.read_bytes()
    kept = len(str(convert(data)).encode())
    factor = (memory("VmHWM") - before) / len(data)
    print(f"{len(data) / MB:6.1f} MB in, {kept / MB:5.1f} MB out: {factor:5.1f} times its size (at most {MOST})")


def many_documents(sample: list[bytes], conversions: int) -> None:
    """Print the memory of this process after 1 %, 10 % and 100 % of the conversions."""
    done = 0
    for target in (conversions // 100, conversions // 10, conversions):
        for data in islice(cycle(sample), target - done):
            convert(data)
        done = target
        print(f"{done:>8,} conversions: {memory('VmRSS') / MB:6.1f} MB", flush=True)


def main() -> None:
    """Measure and print, each size in a process of its own."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sample", nargs="?", type=Path)
    parser.add_argument("--conversions", type=int, default=100_000)
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.one:
        one_document(chosen.one)
        return
    sample = posts(chosen.sample)
    for size in SIZES:
        with tempfile.NamedTemporaryFile() as file:
            file.write(large(sample, size * MB))
            file.flush()
            subprocess.run([sys.executable, "-m", "benchmarks.memory", "--one", file.name], check=True)
    many_documents([data for data in sample if len(data) < MB // 50], chosen.conversions)


if __name__ == "__main__":
    main()

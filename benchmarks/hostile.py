"""Measures time and memory per MB of hostile documents of growing size: ``python -m benchmarks.hostile``.

``--of verify`` (or index, link-local, redirects, repair, sniff, sanitize) measures another part of the program.  Each
shape is converted at each size in a process of its own, with limits on memory and time; the figure
is processor time, the best of RUNS for small sizes.  The allocator is set to take blocks from the system at
every size, as it does for large ones, so that sizes compare.  The last column is the time per MB at the
largest size divided by that at the smallest.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import signal
import subprocess
import sys
import time

from benchmarks.hostile_shapes import SHAPES
from benchmarks.hostile_subjects import SUBJECTS

MB = 1 << 20
LIMIT = 1.5
"""By how much the time per MB may grow from the smallest to the largest size, where that is over 1 MB."""
SMALL_LIMIT = 5 / 4
"""The same up to 1 MB: from 250 KB to 1 MB the time grows less than fivefold."""
NOTHING = 0.1
"""Seconds per MB that are not worth comparing."""
DEFAULT_SHAPES = (
    *("nested div", "nested span", "nested blockquote", "nested ul", "nested bare ul", "nested table"),
    *("nested filled table", "unclosed div", "unclosed b", "unclosed a", "unclosed p", "unclosed li", "unclosed td"),
    *("unclosed table", "unclosed pre", "unclosed textarea", "siblings p", "siblings div", "siblings span"),
    *("siblings b", "siblings br words", "siblings li", "siblings link", "siblings image", "siblings katex"),
    *("siblings display formula", "text words", "text CJK", "text astral", "text backtick", "text asterisk"),
    *("text underscore", "text brackets", "text dollar", "text pipe", "text backslash", "text entity flood"),
    *("attributes", "formula", "table rows", "table columns", "front matter", "page"),
)
"""Shapes that are measured by default: half an hour of processor time; all shapes take hours."""
RUNS = 7
"""How often documents up to 1 MB are converted; larger ones once."""


def measure(subject: str, shape: str, size: int) -> tuple[float, float]:
    """Return (best processor time in s, peak memory in MB), both per MB of input, of one shape at one size."""
    made = SUBJECTS[subject]

    def once(source: str) -> float:
        work = made.work(source)
        start = time.process_time()
        work()
        return time.process_time() - start

    once(made.shapes[shape](2000))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    source = made.shapes[shape](size)
    best = min(once(source) for _ in range((RUNS if subject == "convert" else 2) if size <= MB else 1))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
    length = len(source.encode()) / MB
    return best / length, peak / 1024 / length


def in_process(subject: str, shape: str, size: int, memory: int, seconds: int) -> tuple[float, float] | str:
    """Call ``measure`` in a process of its own; return its result, or a word if it hit a limit or failed.

    A new process starts with the peak memory of its parent, so this process must stay small.
    """
    code = (
        f"import json, resource\nresource.setrlimit(resource.RLIMIT_AS, ({memory * MB},) * 2)\n"
        f"resource.setrlimit(resource.RLIMIT_CPU, ({seconds},) * 2)\n"
        f"from benchmarks.hostile import measure\nprint(json.dumps(measure({subject!r}, {shape!r}, {size})))"
    )
    environment = {**os.environ, "MALLOC_MMAP_THRESHOLD_": "131072"}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=environment)
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        return "timeout"
    if done.returncode:
        words = (done.stderr.strip().splitlines() or [f"signal {-done.returncode}"])[-1]
        return "memory" if "MemoryError" in done.stderr else words[:40]
    best, peak = json.loads(done.stdout.splitlines()[-1])
    return best, peak


def row(subject: str, shape: str, sizes: list[int], memory: int, seconds: int) -> tuple[str, float]:
    """Measure one shape; return its line of the table and its ratio."""
    figures: list[str] = []
    per_mb: list[float] = []
    for size in sizes:
        result = in_process(subject, shape, int(size), memory, seconds)
        if isinstance(result, str):
            figures.append(f"{result:>16}")
            per_mb.append(float("inf"))
            break
        per_mb.append(result[0])
        figures.append(f"{result[0]:7.3f} s {result[1]:4.0f} MB")
    ratio = per_mb[-1] / max(per_mb[0], NOTHING)
    return f"{shape:26}" + "".join(f"{figure:>18}" for figure in figures) + f"  {ratio:6.2f}", ratio


def main() -> int:
    """Print the table; return 1 if a ratio is over LIMIT."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1,4,16,64", help="in MB")
    parser.add_argument("--of", default="convert", choices=SUBJECTS, help="the part of the program")
    parser.add_argument("--shapes", default="", help="names or parts of names, separated by commas, or: all")
    parser.add_argument("--memory", type=int, default=16384, help="MB that a process may take")
    parser.add_argument("--seconds", type=int, default=600, help="of processor time that a process may take")
    given = parser.parse_args()
    sizes = [int(float(size) * MB) for size in given.sizes.split(",")]
    words = [word for word in given.shapes.split(",") if word]
    shapes = SUBJECTS[given.of].shapes
    default = DEFAULT_SHAPES if shapes is SHAPES else tuple(shapes)
    chosen = [shape for shape in shapes if words == ["all"] or any(word in shape for word in words)] or default
    print(
        f"{given.of + ', per MB, at':26}" + "".join(f"{size / MB:>15g} MB" for size in sizes) + "   ratio", flush=True
    )
    worst = (0.0, "")
    for shape in chosen:
        line, ratio = row(given.of, shape, sizes, given.memory, given.seconds)
        print(line, flush=True)
        worst = max(worst, (ratio, shape))
    print(f"worst ratio: {worst[0]:.2f} ({worst[1]})")
    return 1 if worst[0] > (LIMIT if max(sizes) > MB else SMALL_LIMIT) else 0


if __name__ == "__main__":
    raise SystemExit(main())

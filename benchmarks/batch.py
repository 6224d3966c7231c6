"""Measures whole runs of ``csdn2md convert``: ``python -m benchmarks.batch [SAMPLE] [COPIES]``.

SAMPLE is a folder of posts (by default generated ones), converted COPIES times over.  Measured are the wall time
with one and two processes, plain and with ``--verify``, the extra time compared with ``convert()`` on the same
bytes, a second run with nothing to do, other converters in a short script with as many processes, and the peak
memory of the parent process for growing numbers of small posts.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
COMMAND = [sys.executable, "-m", "converter", "convert"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
TINY = '---\ntitle: {0}\n---\n<div id="content_views"><p>post {0}</p></div>\n'
MEMORY_SIZES = (1_000, 10_000, 100_000)


def run(source: Path, out: Path, *options: str) -> tuple[float, float]:
    """Run csdn2md; return its seconds and the peak memory of its parent process in MB."""
    started = time.perf_counter()
    process = subprocess.Popen([*COMMAND, str(source), "-o", str(out), "-q", *options], env=ENVIRONMENT)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 1):  # 1: a post differs
        raise SystemExit(f"convert failed with {os.waitstatus_to_exitcode(status)}")
    return time.perf_counter() - started, usage.ru_maxrss / 1024


CONVERT_ALONE = """
import sys, time
from pathlib import Path
from converter.pipeline import convert
total = 0.0
for path in sorted(Path(sys.argv[1]).rglob("*.*")):
    data = path.read_bytes()
    started = time.perf_counter()
    str(convert(data, name=path.name)).encode()
    total += time.perf_counter() - started
print(total)
"""


def convert_alone(source: Path) -> float:
    """Return the seconds of ``convert()`` on the same bytes, in one process."""
    done = subprocess.run(
        [sys.executable, "-c", CONVERT_ALONE, source], env=ENVIRONMENT, stdout=subprocess.PIPE, check=True
    )
    return float(done.stdout)


PEER = """
import importlib, multiprocessing, os, sys
from functools import partial
from pathlib import Path

def convert_file(source, out, path, function):
    target = Path(out, os.path.relpath(path, source))
    target.parent.mkdir(parents=True, exist_ok=True)
    made = function(Path(path).read_text("utf-8", "replace"))
    target.write_text(made if isinstance(made, str) else made.content, "utf-8")

if __name__ == "__main__":
    source, out, module, function, jobs = sys.argv[1:]
    work = partial(convert_file, source, out, function=getattr(importlib.import_module(module), function))
    paths = [str(path) for path in Path(source).rglob("*") if path.suffix in (".md", ".markdown", ".html")]
    if jobs == "1":
        list(map(work, paths))
    else:
        with multiprocessing.Pool(int(jobs)) as pool:
            for _ in pool.imap_unordered(work, paths, chunksize=16):
                pass
"""
PEERS = {
    "html-to-markdown (Rust)": ("html_to_markdown", "convert"),
    "html2text": ("html2text", "html2text"),
    "markdownify": ("markdownify", "markdownify"),
}


def peer(source: Path, out: Path, module: str, function: str, jobs: int) -> float:
    """Return the seconds that a short script takes with another converter; infinite if it fails."""
    script = out.with_suffix(".py")
    script.write_text(PEER, encoding="utf-8")
    started = time.perf_counter()
    done = subprocess.run([sys.executable, script, source, out, module, function, str(jobs)], check=False)
    return time.perf_counter() - started if done.returncode == 0 else float("inf")


def peers(work: Path, source: Path) -> None:
    """Print the wall times of the other converters that are installed, compared with csdn2md."""
    size = megabytes(source)
    own = {jobs: run(source, work / f"own{jobs}", "-j", str(jobs))[0] for jobs in (1, 2)}
    for name, (module, function) in PEERS.items():
        if find_spec(module) is None:
            print(f"left out: {name} is not installed", file=sys.stderr)
            continue
        for jobs in own:
            seconds = peer(source, work / f"{module}{jobs}", module, function, jobs)
            ratio = seconds / own[jobs]
            print(f"{name}, {jobs} process{'es' * (jobs > 1)}".ljust(36), end="")
            print(f"{seconds:8.2f} s  {size / seconds:6.1f} MB/s   csdn2md is {ratio:.2f} times as fast", flush=True)
            shutil.rmtree(work / f"{module}{jobs}", ignore_errors=True)


def copies(work: Path, sample: Path | None, count: int) -> Path:
    """Write the folder to convert and return it."""
    source = work / "in"
    for number in range(count):
        if sample is not None:
            shutil.copytree(sample, source / str(number))
        else:
            make(source / str(number), 800, "<p>几个字 and <b>words</b> <code>x &lt; y</code></p>" * 200)
    return source


def make(folder: Path, count: int, more: str = "") -> Path:
    """Write a folder of so many posts and return it."""
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"{number}.md").write_text(TINY.format(number) + more, encoding="utf-8")
    return folder


def megabytes(folder: Path) -> float:
    """Return the size of all files below a folder, in MB."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def speed(work: Path, sample: Path | None, count: int) -> None:
    """Print wall times and ratios; the other converters, which are slow, get one copy of the sample."""
    source = copies(work, sample, count)
    size = megabytes(source)
    print(f"{sum(path.is_file() for path in source.rglob('*')):,} posts, {size:,.0f} MB")
    alone = convert_alone(source)
    one, _ = run(source, work / "one", "-j", "1")
    two, _ = run(source, work / "two", "-j", "2")
    again, _ = run(source, work / "two", "-j", "2")
    print(f"{'convert() alone':36}{alone:8.2f} s  {size / alone:6.1f} MB/s")
    print(f"{'csdn2md, 1 job':36}{one:8.2f} s  {size / one:6.1f} MB/s   batch adds {one / alone - 1:.0%}")
    print(f"{'csdn2md, 2 jobs':36}{two:8.2f} s  {size / two:6.1f} MB/s   speed-up {one / two:.2f}")
    proved, _ = run(source, work / "proved", "-j", "2", "--verify")
    print(f"{'csdn2md --verify, 2 jobs':36}{proved:8.2f} s  {proved / two:6.2f} times the plain run")
    print(f"{'csdn2md, nothing to do':36}{again:8.2f} s  {two / again:6.0f} times faster than the first", flush=True)
    peers(work, source / "0")
    for folder in (source, work / "one", work / "two", work / "proved"):
        shutil.rmtree(folder)


def memory(work: Path) -> None:
    """Print the peak memory of the parent process."""
    for count in MEMORY_SIZES:
        source = make(work / f"tiny{count}", count)
        seconds, peak = run(source, work / f"tiny{count}-out", "-j", "2")
        again, peak_again = run(source, work / f"tiny{count}-out", "-j", "2")
        rate = count / seconds
        print(f"{count:>9,} tiny posts  {seconds:8.2f} s {rate:7,.0f}/s   parent's peak {peak:5.1f} MB", end="")
        print(f"   second run {again:6.2f} s, {peak_again:5.1f} MB")


def main() -> None:
    """Measure and print."""
    sample = Path(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1] else None
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    with tempfile.TemporaryDirectory(prefix="csdn2md-bench-") as folder:
        speed(Path(folder), sample, count)
        memory(Path(folder))


if __name__ == "__main__":
    main()

"""The batch, measured: ``python benchmarks/batch.py [DUMP] [COPIES]``.

Wall time of the command over a folder (DUMP copied COPIES times; without DUMP, posts made here) with
one and two jobs, what the batch costs beside ``convert`` on the same bytes, a second run with nothing
to do, and the peak memory of the parent for ever more tiny posts.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
COMMAND = [sys.executable, "-m", "converter", "convert"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
TINY = '---\ntitle: {0}\n---\n<div id="content_views"><p>post {0}</p></div>\n'
MEMORY_SIZES = (1_000, 10_000, 100_000)


def run(source: Path, out: Path, *options: str) -> tuple[float, float]:
    """Seconds and peak megabytes of the parent."""
    started = time.perf_counter()
    process = subprocess.Popen([*COMMAND, str(source), "-o", str(out), "-q", *options], env=ENVIRONMENT)
    _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status):
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
    """Seconds of ``convert`` on the same bytes, in one process."""
    done = subprocess.run(
        [sys.executable, "-c", CONVERT_ALONE, source], env=ENVIRONMENT, stdout=subprocess.PIPE, check=True
    )
    return float(done.stdout)


def copies(work: Path, dump: Path | None, count: int) -> Path:
    """The folder to convert."""
    source = work / "in"
    for number in range(count):
        if dump is not None:
            shutil.copytree(dump, source / str(number))
        else:
            make(source / str(number), 800, "<p>几个字 and <b>words</b> <code>x &lt; y</code></p>" * 200)
    return source


def make(folder: Path, count: int, more: str = "") -> Path:
    """So many posts in one folder."""
    folder.mkdir(parents=True)
    for number in range(count):
        (folder / f"{number}.md").write_text(TINY.format(number) + more, encoding="utf-8")
    return folder


def speed(work: Path, dump: Path | None, count: int) -> None:
    """Print wall times and what follows from them."""
    source = copies(work, dump, count)
    files = [path for path in source.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files) / 1e6
    print(f"{len(files):,} posts, {size:,.0f} MB")
    alone = convert_alone(source)
    one, _ = run(source, work / "one", "-j", "1")
    two, _ = run(source, work / "two", "-j", "2")
    again, _ = run(source, work / "two", "-j", "2")
    print(f"convert() alone      {alone:8.2f} s  {size / alone:6.1f} MB/s")
    print(f"1 job                {one:8.2f} s  {size / one:6.1f} MB/s   batch adds {one / alone - 1:.0%}")
    print(f"2 jobs               {two:8.2f} s  {size / two:6.1f} MB/s   speed-up {one / two:.2f}")
    print(f"second run, no work  {again:8.2f} s  {two / again:6.0f} times faster than the first")
    shutil.rmtree(source)


def memory(work: Path) -> None:
    """Print the parent's peak memory."""
    for count in MEMORY_SIZES:
        source = make(work / f"tiny{count}", count)
        seconds, peak = run(source, work / f"tiny{count}-out", "-j", "2")
        again, peak_again = run(source, work / f"tiny{count}-out", "-j", "2")
        rate = count / seconds
        print(f"{count:>9,} tiny posts  {seconds:8.2f} s {rate:7,.0f}/s   parent's peak {peak:5.1f} MB", end="")
        print(f"   second run {again:6.2f} s, {peak_again:5.1f} MB")


def main() -> None:
    """Measure and print."""
    dump = Path(sys.argv[1]) if len(sys.argv) > 1 and sys.argv[1] else None
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 20
    with tempfile.TemporaryDirectory(prefix="csdn2md-bench-") as folder:
        speed(Path(folder), dump, count)
        memory(Path(folder))


if __name__ == "__main__":
    main()

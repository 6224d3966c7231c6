"""Kills runs at random moments, runs again, and compares with an undisturbed run: ``python -m tests.system.torture_kill [KILLS] [FOLDER]``."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.kit.batch import MARKDOWN, command, csdn2md, environment, make, tree

SEED = 20_260_101


def dump(folder: Path, posts: int) -> Path:
    """A folder of posts that take about a millisecond each, with a picture and Markdown among them."""
    text = "<p>几个字 and <b>words</b> <code>x &lt; y</code></p>" * 60
    make(folder, **{f"y{number % 9}__p{number:04}_html": f"post {number}{text}" for number in range(posts)})
    return make(folder, plain_md=MARKDOWN + b"![](pic.png)\n", pic_png=b"P" * 100_000)


def torture(source: Path, work: Path, kills: int) -> int:
    """Kill so many runs at random instants; AssertionError where a rerun does not mend one.

    Returns how many of them were killed before their end.
    """
    started = time.monotonic()
    assert csdn2md("convert", source, "-o", work / "whole", "-j", "2").returncode == 0
    duration = time.monotonic() - started
    whole = tree(work / "whole")
    instants = random.Random(SEED)
    killed = 0
    for number in range(kills):
        out = work / f"out{number}"
        killed += kill_after(instants.uniform(0.05, duration), source, out)
        for name, data in tree(out).items():
            assert name.startswith(".csdn2md-stage-") or whole[name] == data, f"{name} is half done"
        done = csdn2md("convert", source, "-o", out, "-j", "2")
        assert done.returncode == 0, done.stderr
        assert tree(out) == whole, sorted(set(tree(out)) ^ set(whole))
        assert not [path for path in out.iterdir() if path.name.startswith(".") and path.name != ".csdn2md.sqlite"]
        assert csdn2md("convert", source, "-o", out).stdout.partition(" ")[2].startswith("unchanged in ")
    return killed


def kill_after(seconds: float, source: Path, out: Path) -> bool:
    """Start a run and kill it; whether it was still running."""
    process = subprocess.Popen(
        command("convert", source, "-o", out, "-j", "2", "-q"), env=environment(), stderr=subprocess.DEVNULL
    )
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def main() -> None:
    """Run it at full length."""
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 50
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        source = Path(sys.argv[2]) if len(sys.argv) > 2 else dump(work / "in", 1500)
        killed = torture(source, work, kills)
    print(f"{kills} runs, {killed} killed at random instants, {kills} reruns: identical trees, no stray file")


if __name__ == "__main__":
    main()

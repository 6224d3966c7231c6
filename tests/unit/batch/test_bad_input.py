"""What goes wrong from outside: workers that die, time that is up, signals, full disks, kills."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.kit.batch import MARKDOWN, csdn2md, environment, make, tree

FAULTS = """
import os, signal, sys
import converter.pipeline as pipeline
main_process, real = os.getpid(), pipeline.convert
def convert(data, **given):
    if b"DIE" in data:
        os.kill(os.getpid(), signal.SIGKILL)
    if b"EXIT" in data:
        os._exit(3)
    if b"RAISE" in data:
        raise RuntimeError("a fault of ours")
    while b"HANG" in data:
        pass
    if b"STOP" in data:
        os.kill(main_process, int(os.environ["STOP"]))
    return real(data, **given)
pipeline.convert = convert
from converter.cli.main import main
main()
"""


def faulty(folder: Path, *arguments: str, stop: int = 0) -> subprocess.CompletedProcess[str]:
    """The command line with a conversion that does what its documents say."""
    return subprocess.run(
        [sys.executable, "-c", FAULTS, *arguments],
        cwd=folder, capture_output=True, text=True, timeout=120, env={**environment(), "STOP": str(stop)},
    )  # fmt: skip


def posts(folder: Path, count: int, **special: bytes | str) -> Path:
    return make(folder, **{f"p{number:03}_md": f"post {number}" for number in range(count)} | special)


@pytest.mark.parametrize(
    ("word", "timeout", "message"),
    [
        ("DIE", "60", "its worker process was killed (SIGKILL, out of memory?)"),
        ("EXIT", "60", "its worker process ended (exit code 3)"),
        ("HANG", "2", "took longer than --timeout (2 s)"),
        ("RAISE", "60", "internal error: RuntimeError: a fault of ours"),
    ],
)
def test_one_document_costs_itself_only(tmp_path: Path, word: str, timeout: str, message: str) -> None:
    posts(tmp_path / "in", 40, p007_md=word, p008_md=word, p039_md=word)
    done = faulty(tmp_path, "convert", "in", "-o", "out", "-j", "2", "--timeout", timeout)
    assert done.returncode == 1
    assert done.stderr.splitlines() == [f"error: in/p{number}.md: {message}" for number in ("007", "008", "039")]
    assert len(tree(tmp_path / "out")) == 37
    assert done.stdout.startswith("37 converted, 3 failed in ")


def test_time_limit_without_workers(tmp_path: Path) -> None:
    posts(tmp_path / "in", 3, p001_md="HANG")
    done = faulty(tmp_path, "convert", "in", "-o", "out", "-j", "1", "--timeout", "2")
    assert done.stderr == "error: in/p001.md: took longer than --timeout (2 s)\n"
    assert list(tree(tmp_path / "out")) == ["p000.md", "p002.md"]


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_signals_stop_cleanly(tmp_path: Path, number: int, code: int, jobs: str) -> None:
    posts(tmp_path / "in", 600, p100_md="STOP")
    done = faulty(tmp_path, "convert", "in", "-o", "out", "-j", jobs, stop=number)
    assert done.returncode == code, done.stderr
    assert done.stderr == "stopped: run again to finish\n"
    written = tree(tmp_path / "out")
    assert 0 < len(written) < 600
    assert done.stdout.startswith(f"{len(written)} converted")
    again = csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    assert again.stdout.startswith(f"{600 - len(written)} converted, {len(written)} unchanged")


KILL = """
import os, signal, sys
from converter.batch import commit, manifest
from converter.batch.storage import files
count = 0
def deadly(owner, name, after):
    real = getattr(owner, name)
    def replacement(*args, **kwargs):
        global count
        count += 1
        if count == int(os.environ["AT"]) and not after:
            os.kill(os.getpid(), signal.SIGKILL)
        value = real(*args, **kwargs)
        if count == int(os.environ["AT"]) and after:
            os.kill(os.getpid(), signal.SIGKILL)
        return value
    setattr(owner, name, replacement)
owner, name = {"stage": (files, "stage"), "record": (manifest.Manifest, "record"), "put": (files, "put"),
               "make_durable": (files, "make_durable")}[os.environ["POINT"]]
deadly(owner, name, os.environ["AFTER"] == "1")
commit.ROWS = 7
from converter.cli.main import main
main()
"""


@pytest.mark.parametrize("after", ["0", "1"])
@pytest.mark.parametrize(
    ("point", "at"),
    [("stage", 1), ("stage", 11), ("record", 1), ("record", 3), ("put", 1), ("put", 17), ("make_durable", 2)],
)
def test_a_kill_is_repaired_by_a_rerun(tmp_path: Path, point: str, at: int, after: str) -> None:
    make(posts(tmp_path / "in", 20, b_md=MARKDOWN, c_md=b"![](i.png)\n"), i_png=b"I")
    csdn2md("convert", "in", "-o", "whole", cwd=tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", KILL, "convert", "in", "-o", "out", "-j", "1"],
        cwd=tmp_path, capture_output=True, env={**environment(), "POINT": point, "AT": str(at), "AFTER": after},
    )  # fmt: skip
    # A document is staged by a worker, whose end is an error of that document alone.
    assert done.returncode == (1 if point == "stage" else -signal.SIGKILL), done.stderr
    whole = tree(tmp_path / "whole")
    left = {name: data for name, data in tree(tmp_path / "out").items() if not name.startswith(".csdn2md-stage-")}
    assert all(whole[name] == data for name, data in left.items())
    again = csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    assert again.returncode == 0, again.stderr
    assert tree(tmp_path / "out") == whole
    assert csdn2md("convert", "in", "-o", "out", cwd=tmp_path).stdout.startswith("23 unchanged")


@pytest.mark.parametrize("at", [1, 9])
def test_a_kill_then_other_options(tmp_path: Path, at: int) -> None:
    """Outputs of a killed run are known as our own even where the next run would write something else."""
    post: dict[str, bytes | str] = {f"p{n}_md": f"<ul><li>{n}</li></ul>" for n in range(12)}
    make(tmp_path / "in", **post)
    subprocess.run(
        [sys.executable, "-c", KILL, "convert", "in", "-o", "out", "-j", "1"],
        cwd=tmp_path, env={**environment(), "POINT": "put", "AT": str(at), "AFTER": "1"},
    )  # fmt: skip
    again = csdn2md("convert", "in", "-o", "out", "--bullets", "*", cwd=tmp_path)
    assert (again.returncode, again.stderr) == (0, "")
    csdn2md("convert", "in", "-o", "whole", "--bullets", "*", cwd=tmp_path)
    assert tree(tmp_path / "out") == tree(tmp_path / "whole")


def test_a_full_disk_ends_the_run_and_damages_nothing(tmp_path: Path) -> None:
    if os.geteuid() or not Path("/dev/shm").is_dir():
        pytest.skip("needs root to mount a small file system")
    small = tmp_path / "small"
    small.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", small], capture_output=True).returncode:
        pytest.skip("cannot mount a small file system")
    try:
        source = make(tmp_path / "in", **{f"p{n:03}_md": "word " * 2000 for n in range(100)})
        done = csdn2md("convert", source, "-o", small / "out", "-j", "2")
        assert done.returncode == 1
        told = done.stderr.splitlines()
        assert any("No space left on device" in line or "full" in line for line in told)
        assert len(told) < 5
        csdn2md("convert", source, "-o", tmp_path / "whole")
        whole = tree(tmp_path / "whole")
        assert all(whole[name] == data for name, data in tree(small / "out").items())
    finally:
        subprocess.run(["umount", small], check=True)


def test_a_file_size_limit_is_an_error_of_its_document(tmp_path: Path) -> None:
    make(tmp_path, in__a_md="small", in__b_md=b"x" * 300_000, in__c_md="small")

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))

    done = csdn2md("convert", "in", "-o", "out", "-j", "1", cwd=tmp_path, preexec=limit)
    assert done.returncode == 1
    assert done.stderr.startswith("error: in/b.md: ")
    assert "File too large" in done.stderr
    assert list(tree(tmp_path / "out")) == ["a.md", "c.md"]


def test_targets_that_cannot_be_written(tmp_path: Path) -> None:
    make(tmp_path, in__a_md="one", file_txt=b"")
    done = csdn2md("convert", "in", "-o", "file.txt/out", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "error: file.txt/out: Not a directory\n")
    done = csdn2md("convert", "in", "-o", "/proc/none", cwd=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (1, 1)
    assert done.stderr.startswith("error: /proc/none: ")


def test_a_folder_in_the_way_costs_one_document(tmp_path: Path) -> None:
    make(tmp_path, in__a_md="one", in__b_md="two")
    (tmp_path / "out/a.md").mkdir(parents=True)
    done = csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "error: in/a.md: out/a.md is a folder\n")
    assert list(tree(tmp_path / "out")) == ["b.md"]


def test_two_runs_at_once(tmp_path: Path) -> None:
    import sqlite3

    make(tmp_path, in__a_md="one")
    csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    other = sqlite3.connect(tmp_path / "out/.csdn2md.sqlite", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    done = csdn2md("convert", "in", "-o", "out", cwd=tmp_path)
    other.close()
    assert done.returncode == 1
    assert done.stderr == "error: out/.csdn2md.sqlite: another run is writing this folder\n"

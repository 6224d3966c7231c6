"""The batch on a Dask cluster: what the local engine does, to the byte, whoever dies meanwhile."""

from __future__ import annotations

import os
import signal
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from batch_kit import MARKDOWN, Rows, make, stub, tree

from converter import Document, Options
from converter.batch import BatchError, Job, Mode, Result, run
from converter.batch.values import EngineName

distributed = pytest.importorskip("distributed", reason="needs csdn2md[cluster]")
fsspec = pytest.importorskip("fsspec", reason="needs csdn2md[cluster]")
pytestmark = pytest.mark.xdist_group("cluster")

DASK = EngineName.DASK
NAMES = [f"{folder}__post{number}_html" for folder in "abc" for number in range(20)]
WORKERS = 3


@pytest.fixture(scope="module")
def processes() -> Iterator[str]:
    """The scheduler of a cluster of several worker processes."""
    with distributed.LocalCluster(
        n_workers=WORKERS, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        yield cluster.scheduler_address


@pytest.fixture(scope="module")
def threads() -> Iterator[str]:
    """The scheduler of a cluster in this process, where ``memory://`` is one store for all."""
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None, protocol="tcp://", host="127.0.0.1"
    ) as cluster:
        yield cluster.scheduler_address


@pytest.fixture
def memory() -> Iterator[Any]:
    """An empty store in memory."""
    store = fsspec.filesystem("memory")
    store.store.clear()
    yield store
    store.store.clear()


def go(job: Job, convert: Any = stub) -> tuple[Result, Rows]:
    rows = Rows()
    result = run(job, convert=convert, listeners=(rows,))
    return result, rows


def posts(folder: Path) -> Path:
    make(folder, **dict.fromkeys(NAMES, "A post."), plain_md=MARKDOWN, bad_html="&lt;fail> <fail>")
    (folder / "a" / "picture.png").write_bytes(b"\x89PNG")
    make(folder, a__seen_html='Look: <img src="picture.png">')
    return folder


def summary(rows: Rows) -> list[tuple[str, str, str, int]]:
    return [(row.output, str(row.outcome), row.message.rpartition(": ")[2], row.bytes_out) for row in rows.rows]


def pipeline(data: bytes, *, name: str, options: Options) -> Document:
    from converter.pipeline import convert

    return stub(data, name=name, options=options) if b"<fail>" in data else convert(data, name=name, options=options)


def kill_once(flag: str, data: bytes, *, name: str, options: Options) -> Document:
    """Kill the worker, the first time that a post in the middle of the plan is seen."""
    if name.endswith("post7.html") and "b" in Path(name).parts:
        try:
            os.close(os.open(flag, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            pass
        else:
            os.kill(os.getpid(), signal.SIGKILL)
    return pipeline(data, name=name, options=options)


def kill_always(data: bytes, *, name: str, options: Options) -> Document:
    if name.endswith("a/post3.html"):
        os.kill(os.getpid(), signal.SIGKILL)
    return pipeline(data, name=name, options=options)


def hang(data: bytes, *, name: str, options: Options) -> Document:
    while name.endswith("post3.html"):
        pass
    return stub(data, name=name, options=options)


@pytest.fixture
def local(tmp_path: Path) -> tuple[dict[str, bytes], list[tuple[str, str, str, int]]]:
    """What the local engine makes of the posts."""
    _, rows = go(Job(sources=(str(posts(tmp_path / "in")),), out=tmp_path / "local"), pipeline)
    return tree(tmp_path / "local"), summary(rows)


def test_a_worker_is_killed_and_nothing_differs(tmp_path: Path, local: Any, processes: str) -> None:
    flag = tmp_path / "killed"
    job = Job(sources=(f"file://{tmp_path}/in",), out=tmp_path / "out", engine=DASK, scheduler=processes)
    _, rows = go(job, partial(kill_once, str(flag)))
    assert flag.exists()
    assert (tree(tmp_path / "out"), summary(rows)) == local
    result, _ = go(job, pipeline)
    assert (result.unchanged, result.failed) == (len(local[1]) - 1, 1)


def test_a_document_that_kills_every_worker_costs_itself_only(tmp_path: Path, local: Any) -> None:
    import dask

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1"
        ) as cluster,
    ):
        job = Job(
            sources=(str(tmp_path / "in"),), out=tmp_path / "out", engine=DASK, scheduler=cluster.scheduler_address
        )
        _, rows = go(job, kill_always)
    outputs, _ = local
    del outputs["a/post3.md"]
    assert tree(tmp_path / "out") == outputs
    failed = {row.output: row.message for row in rows.rows if row.outcome == "failed"}
    assert failed.keys() == {"a/post3.md", "bad.md"}
    assert "no worker survived it" in failed["a/post3.md"]


def test_time_limit(tmp_path: Path, processes: str) -> None:
    posts(tmp_path / "in")
    job = Job(sources=(str(tmp_path / "in" / "a"),), out=tmp_path / "out", engine=DASK, scheduler=processes, timeout=2)
    _, rows = go(job, hang)
    assert [row.output for row in rows.rows if "--timeout" in row.message] == ["post3.md"]


def test_urls(tmp_path: Path, local: Any, threads: str, memory: Any) -> None:
    memory.put(f"{tmp_path}/in/", "memory://in", recursive=True)
    job = Job(
        sources=("memory://in",), out_url="memory://out", manifest=tmp_path / "m.sqlite", engine=DASK, scheduler=threads
    )
    _, rows = go(job, pipeline)
    assert ({name[5:]: memory.cat(name) for name in memory.find("memory://out")}, summary(rows)) == local
    result, _ = go(job, pipeline)
    assert (result.converted, result.copied, result.failed) == (0, 0, 1)


def test_what_a_person_edited_in_a_store_is_kept(tmp_path: Path, threads: str, memory: Any) -> None:
    memory.pipe({"memory://in/one.html": b"one", "memory://in/two.html": b"two", "memory://in/three.html": b"three"})
    job = Job(
        sources=("memory://in",), out_url="memory://out", manifest=tmp_path / "m.sqlite", engine=DASK, scheduler=threads
    )
    go(job)
    memory.pipe({"memory://out/one.md": b"edited", "memory://in/one.html": b"uno"})
    memory.rm("memory://in/two.html")
    _, rows = go(job)
    assert rows.outcomes() == {"one.md": "kept", "three.md": "unchanged", "two.md": "vanished"}
    assert memory.cat("memory://out/one.md") == b"edited"
    _, rows = go(Job(**{**vars_of(job), "prune": True, "force": True}))
    assert rows.outcomes() == {"one.md": "converted", "three.md": "unchanged", "two.md": "pruned"}
    assert sorted(memory.find("memory://out")) == ["/out/one.md", "/out/three.md"]


def vars_of(job: Job) -> dict[str, Any]:
    return {name: getattr(job, name) for name in Job.__dataclass_fields__}

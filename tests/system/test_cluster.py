"""The batch on a Dask cluster: what the local engine does, to the byte, whoever dies meanwhile."""

from __future__ import annotations

import os
import signal
import sys
import zipfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from converter import Document, Options
from converter.batch import BatchError, Job, Mode, Result, run
from converter.batch.engines import dask, partitions
from converter.batch.engines.partitions import ConvertedPartition, WriteRequest
from converter.batch.interrupts import Interrupts
from converter.batch.storage import files, lookup, remote
from converter.batch.storage.protocol import Standing, Write
from converter.batch.values import EngineName
from tests.kit.batch import MARKDOWN, Rows, csdn2md, make, stub, tree

distributed = pytest.importorskip("distributed", reason="Dask is not installed")
fsspec = pytest.importorskip("fsspec", reason="Dask is not installed")
pytestmark = pytest.mark.xdist_group("cluster")

DASK = EngineName.DASK
NAMES = [f"{folder}__post{number}_html" for folder in "abc" for number in range(20)]
WORKERS = 3
ANY_PORT = {"dashboard_address": "127.0.0.1:0"}
"""The scheduler's web page on a free port: its usual one may be taken, which is a warning."""


@pytest.fixture(scope="module")
def processes() -> Iterator[str]:
    """The scheduler of a cluster of several worker processes."""
    with distributed.LocalCluster(
        n_workers=WORKERS, threads_per_worker=1, dashboard_address=None, host="127.0.0.1", scheduler_kwargs=ANY_PORT
    ) as made:
        yield made.scheduler_address


@pytest.fixture(scope="module")
def threads() -> Iterator[str]:
    """The scheduler of a cluster in this process, where ``memory://`` is one store for all."""
    with distributed.LocalCluster(
        n_workers=1,
        threads_per_worker=2,
        processes=False,
        dashboard_address=None,
        protocol="tcp://",
        host="127.0.0.1",
        scheduler_kwargs=ANY_PORT,
    ) as made:
        yield made.scheduler_address


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


def pipeline(data: bytes, *, name: str, output: str, options: Options) -> Document:
    from converter.pipeline import convert

    return (
        stub(data, name=name, output=output, options=options)
        if b"<fail>" in data
        else convert(data, name=name, options=options)
    )


def kill_once(flag: str, data: bytes, *, name: str, output: str, options: Options) -> Document:
    """Kill the worker, the first time that a post in the middle of the plan is seen."""
    if name.endswith("post7.html") and "b" in Path(name).parts:
        try:
            os.close(os.open(flag, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            pass
        else:
            os.kill(os.getpid(), signal.SIGKILL)
    return pipeline(data, name=name, output=output, options=options)


def kill_always(data: bytes, *, name: str, output: str, options: Options) -> Document:
    if name.endswith("a/post3.html"):
        os.kill(os.getpid(), signal.SIGKILL)
    return pipeline(data, name=name, output=output, options=options)


def hang(data: bytes, *, name: str, output: str, options: Options) -> Document:
    while name.endswith("post3.html"):
        pass
    return stub(data, name=name, output=output, options=options)


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
            n_workers=2, threads_per_worker=1, dashboard_address=None, host="127.0.0.1", scheduler_kwargs=ANY_PORT
        ) as made,
    ):
        job = Job(sources=(str(tmp_path / "in"),), out=tmp_path / "out", engine=DASK, scheduler=made.scheduler_address)
        _, rows = go(job, kill_always)
    outputs, _ = local
    del outputs["a/post3.md"]
    assert tree(tmp_path / "out") == outputs
    failed = {row.output: row.message for row in rows.rows if row.outcome == "failed"}
    assert failed.keys() == {"a/post3.md", "bad.md"}
    assert "no worker survived it" in failed["a/post3.md"]


def test_time_limit(tmp_path: Path, processes: str) -> None:
    posts(tmp_path / "in")
    job = Job(sources=(str(tmp_path / "in" / "a"),), out=tmp_path / "out", engine=DASK, scheduler=processes, timeout=5)
    _, rows = go(job, hang)
    assert [row.output for row in rows.rows if "--timeout" in row.message] == ["post3.md"]


def test_urls(tmp_path: Path, local: Any, threads: str, memory: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    memory.put(f"{tmp_path}/in/", "memory://in", recursive=True)
    job = Job(
        sources=("memory://in",), out_url="memory://out", manifest=tmp_path / "m.sqlite", engine=DASK, scheduler=threads
    )
    _, rows = go(job, pipeline)
    assert ({name[5:]: memory.cat(name) for name in memory.find("memory://out")}, summary(rows)) == local
    monkeypatch.setattr(dask, "PARTITION_TASKS", 1)
    result, _ = go(job, pipeline)
    assert (result.unchanged, result.failed) == (len(local[1]) - 1, 1)


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


def test_contents_that_waited_in_a_killed_worker_are_made_again(
    tmp_path: Path, local: Any, processes: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_in_place = dask.Cluster.put_in_place
    killed: list[int] = []

    def kill_first(self: dask.Cluster, rows: Any) -> Any:
        if rows and not killed:
            killed.extend(self.client.run(os.getpid).values())
            for number in killed:
                os.kill(number, signal.SIGKILL)
        return put_in_place(self, rows)

    monkeypatch.setattr(dask.Cluster, "put_in_place", kill_first)
    job = Job(sources=(str(tmp_path / "in"),), out=tmp_path / "out", engine=DASK, scheduler=processes)
    _, rows = go(job, pipeline)
    assert len(killed) == WORKERS
    assert (tree(tmp_path / "out"), summary(rows)) == local


def test_a_run_that_ended_amid_writing_is_taken_up(
    tmp_path: Path, threads: str, memory: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory.pipe({f"memory://in/{number}.html": b"old" for number in range(4)})
    job = Job(
        sources=("memory://in",), out_url="memory://out", manifest=tmp_path / "m.sqlite", engine=DASK, scheduler=threads
    )
    put_in_place = dask.Cluster.put_in_place

    def ends(self: dask.Cluster, rows: Any) -> Any:
        put_in_place(self, rows)
        memory.rm("memory://out/2.md")
        raise KeyboardInterrupt

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(dask.Cluster, "put_in_place", ends)
        go(job)
    memory.pipe("memory://in/3.html", b"new")
    _, rows = go(job)
    assert rows.outcomes() == {"0.md": "unchanged", "1.md": "unchanged", "2.md": "converted", "3.md": "converted"}
    assert memory.cat("memory://out/3.md").startswith(b"NEW")


@pytest.mark.parametrize("folder", ["memory://out", ""], ids=["objects", "files"])
def test_a_partition_written_twice_is_written_once(tmp_path: Path, memory: Any, folder: str) -> None:
    folder = folder or str(tmp_path)
    done = ConvertedPartition([], {1: b"one", 2: b"two"})
    wants = [
        WriteRequest(number, f"{folder}/{number}.md", "", files.digest(done.contents[number])) for number in (1, 2)
    ]
    first = partitions.write_partition(done, wants)
    assert partitions.write_partition(done, wants) == first
    assert partitions.write_partition(ConvertedPartition([], {}), wants) == first
    (other,) = partitions.write_partition(
        ConvertedPartition([], {1: b"another"}), [WriteRequest(1, wants[0].target, "", files.digest(b"another"))]
    )
    assert "was changed while csdn2md was at work" in str(other)
    assert lookup.store_of(folder).read([wants[0].target]) == [b"one"]


def test_archives_and_patterns_of_a_store(tmp_path: Path, threads: str, memory: Any) -> None:
    with memory.open("memory://in/posts.zip", "wb") as file, zipfile.ZipFile(file, "w") as archive:
        archive.writestr("packed/one.html", "one")
    memory.pipe({"memory://in/x/two.html": b"two", "memory://in/x/three.txt": b"three", "memory://in/four.html": b"4"})
    sources = ("memory://in/posts.zip", "memory://in/x/*.html", "memory://in/four.html", "memory://in/none.html")
    job = Job(sources=sources, out_url="memory://out", manifest=tmp_path / "m.sqlite", engine=DASK, scheduler=threads)
    _, rows = go(job)
    outcomes = rows.outcomes()
    assert outcomes.pop("") == "failed"
    assert outcomes == dict.fromkeys(("packed/one.md", "two.md", "four.md"), "converted")


def test_bad_requests(tmp_path: Path, threads: str, memory: Any) -> None:
    for given, message in (
        ({"out_url": "memory://out"}, "--manifest"),
        ({"out_file": tmp_path / "x.md"}, "name it with -o"),
        ({"out_url": "memory://out", "manifest": tmp_path / "m", "engine": EngineName.LOCAL}, "dask writes"),
        ({"out": tmp_path / "out", "engine": EngineName.LOCAL}, "dask reads"),
        ({"out_url": "nosuch://out", "manifest": tmp_path / "m"}, "nosuch://"),
    ):
        with pytest.raises(BatchError, match=message):
            go(Job(**{"sources": ("memory://in/a.html",), "engine": DASK, "scheduler": threads, **given}))  # type: ignore[arg-type]


def test_a_scheduler_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "CONNECT_SECONDS", 1)
    with pytest.raises(BatchError, match="no scheduler or no worker there"):
        go(Job(sources=(str(tmp_path),), out=tmp_path / "out", engine=DASK, scheduler="tcp://127.0.0.1:9"))


def test_check_and_diff(tmp_path: Path, threads: str, memory: Any) -> None:
    memory.pipe({"memory://in/one.html": b"one", "memory://out/one.md": b"ONEgfm\nold\n"})
    job = Job(
        sources=("memory://in",), out_url="memory://out", manifest=tmp_path / "m.sqlite", engine=DASK,
        scheduler=threads, mode=Mode.DIFF, force=True,
    )  # fmt: skip
    _, rows = go(job)
    assert "-old" in rows.rows[0].diff
    assert not (tmp_path / "m.sqlite").exists()


def vars_of(job: Job) -> dict[str, Any]:
    return {name: getattr(job, name) for name in Job.__dataclass_fields__}


def test_the_command_on_a_cluster(tmp_path: Path, processes: str) -> None:
    posts(tmp_path / "in")
    options = ("--engine", "dask", "--scheduler", processes, "--manifest", tmp_path / "m.sqlite")
    done = csdn2md("convert", f"file://{tmp_path}/in/b", "-o", f"file://{tmp_path}/out", *options)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("20 converted")
    assert len(tree(tmp_path / "out")) == 20
    assert (tmp_path / "m.sqlite").exists()
    assert not (tmp_path / "out" / ".csdn2md.sqlite").exists()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("-o", "out", "--scheduler", "tcp://127.0.0.1:9"), "--scheduler does nothing without --engine dask"),
        (("-o", "out", "--engine", "dask", "--link-local", "relative"), "need --engine local"),
        (("--in-place", "--manifest", "m.sqlite"), "--manifest needs -o"),
    ],
)
def test_options_that_do_not_go_together(tmp_path: Path, options: tuple[str, ...], message: str) -> None:
    done = csdn2md("convert", tmp_path, *options)
    assert done.returncode == 2
    assert message in done.stderr


def test_a_cluster_made_for_the_run(tmp_path: Path) -> None:
    make(tmp_path / "in", a_html="A post.", b_html="Another.")
    done = csdn2md("convert", tmp_path / "in", "-o", tmp_path / "out", "--engine", "dask", "--jobs", "2")
    assert done.returncode == 0
    assert sorted(tree(tmp_path / "out")) == ["a.md", "b.md"]


def test_a_stopped_run_leaves_what_is_done(tmp_path: Path, threads: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask, "PARTITION_TASKS", 1)
    posts(tmp_path / "in")
    job = Job(sources=(str(tmp_path / "in"),), out=tmp_path / "out", engine=DASK, scheduler=threads)
    interrupts = Interrupts()

    class StopsSoon(Rows):
        def received(self, count: int) -> None:
            if count == 10:
                interrupts.number = signal.SIGINT

    rows = StopsSoon()
    result = run(job, convert=stub, listeners=(rows,), interrupts=interrupts)
    interrupts.close()
    assert result.stopped == signal.SIGINT
    done = {row.output for row in rows.rows if row.outcome == "converted"}
    assert 9 <= len(done) < len(NAMES)
    assert set(tree(tmp_path / "out")) == done
    result, _ = go(job)
    assert (result.unchanged, result.failed) == (len(done), 1)


def test_a_worker_of_another_version_ends_the_run(
    tmp_path: Path, threads: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path / "in", a_html="A post.")
    monkeypatch.setattr(dask, "PartitionWork", partial(partitions.PartitionWork, version="0"))
    result, _ = go(Job(sources=(str(tmp_path / "in"),), out=tmp_path / "out", engine=DASK, scheduler=threads))
    assert "a worker has csdn2md" in result.fatal
    assert tree(tmp_path / "out") == {}


@pytest.mark.parametrize(("module", "message"), [("distributed", "needs Dask"), ("fsspec", "needs fsspec")])
def test_without_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: str, message: str) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    lookup.remote_store.cache_clear()
    with pytest.raises(BatchError, match=message) as caught:
        go(Job(sources=("memory://in",), out_url="memory://out", manifest=tmp_path / "m", engine=DASK))
    assert caught.value.exit_code == 2


def test_a_store_that_answers_many_requests_at_once(memory: Any) -> None:
    wrapper = pytest.importorskip("fsspec.implementations.asyn_wrapper").AsyncFileSystemWrapper
    store = remote.Remote("memory")
    memory.pipe("memory://x/there", b"there")
    names = ["memory://x/there", "memory://x/gone"]
    expected = store.standing(names)
    store._fs = wrapper(memory, asynchronous=False)
    assert store.standing(names) == expected
    (there, _) = expected
    assert isinstance(there, Standing)
    writes = [Write(names[0], b"new", there.stamp), Write(names[1], b"first", "other")]
    stamp, objection = store.write(writes)
    assert isinstance(stamp, str)
    assert isinstance(objection, files.FileError)
    assert memory.cat(names[0]) == b"new"
    assert not memory.exists(names[1])


def test_a_manifest_elsewhere_without_a_cluster(tmp_path: Path) -> None:
    job = Job(sources=(str(make(tmp_path / "in", a_html="A post.")),), out=tmp_path / "out", manifest=tmp_path / "m")
    assert go(job)[0].converted == 1
    assert (tmp_path / "m").exists()
    assert list(tree(tmp_path / "out")) == ["a.md"]
    assert go(job)[0].unchanged == 1


def test_a_corpus_in_parts_has_the_rows_of_a_corpus_in_one_file(processes: str, tmp_path: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")
    from converter.corpus.parts import convert_to_parts
    from converter.corpus.runner import convert_to_corpus

    make(tmp_path / "posts", **{name: f"Post {name}. " * 30 for name in NAMES})
    make(tmp_path / "posts", a__post1_html="The same. " * 90, z__same_html="The same. " * 90, plain_md=MARKDOWN)
    job = Job(sources=(str(tmp_path / "posts"),), corpus=str(tmp_path / "one.parquet"))
    convert_to_corpus(job, interrupts=Interrupts())
    old = tmp_path / "parts.parquet" / "part-0000099999.parquet"
    old.parent.mkdir()
    old.write_bytes(b"of an earlier run")
    parts = Job(sources=job.sources, corpus=str(old.parent), engine=DASK, scheduler=processes)
    _result, count = convert_to_parts(parts, interrupts=Interrupts())
    names = sorted(path.name for path in old.parent.iterdir())
    assert (names[0], old.name in names, len(names) > 3) == ("_SUCCESS", False, True)
    rows = parquet.read_table(old.parent).to_pylist()
    assert rows == parquet.read_table(job.corpus).to_pylist()
    assert count == len(rows) == 62
    assert sum(row["duplicate"] == "exact" for row in rows) == 2


def test_a_corpus_in_parts_replaces_parts_only(processes: str, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow is not installed")
    from converter.corpus.parts import convert_to_parts

    make(tmp_path / "corpus.parquet", mine_md=MARKDOWN)
    job = Job(sources=(str(tmp_path),), corpus=str(tmp_path / "corpus.parquet"), engine=DASK, scheduler=processes)
    with pytest.raises(BatchError, match="no parts of a corpus"):
        convert_to_parts(job, interrupts=Interrupts())
    assert [path.name for path in (tmp_path / "corpus.parquet").iterdir()] == ["mine.md"]

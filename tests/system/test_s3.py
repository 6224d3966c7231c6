"""The batch from and to S3, which a server on this machine plays: what the local engine does, to the byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from converter.batch import Job, run
from converter.batch.documents import convert_post
from converter.batch.values import EngineName
from tests.kit.batch import MARKDOWN, make, tree

distributed = pytest.importorskip("distributed", reason="Dask is not installed")
s3fs = pytest.importorskip("s3fs", reason="s3fs is not installed")
moto = pytest.importorskip("moto.server", reason="moto is not installed")
pytestmark = pytest.mark.xdist_group("cluster")

SETTINGS = {"AWS_ACCESS_KEY_ID": "test", "AWS_SECRET_ACCESS_KEY": "test", "AWS_DEFAULT_REGION": "us-east-1"}
POSTS = {f"{folder}__post{number}_html": f"第 {number} 篇" for folder in "ab" for number in range(8)}


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """An empty bucket of a server of its own."""
    server = moto.ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    _, port = server.get_host_and_port()
    for name, value in {**SETTINGS, "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}"}.items():
        monkeypatch.setenv(name, value)
    s3fs.S3FileSystem.clear_instance_cache()
    store = s3fs.S3FileSystem()
    store.mkdir("posts")
    yield store
    s3fs.S3FileSystem.clear_instance_cache()
    server.stop()


@pytest.fixture
def scheduler() -> Iterator[str]:
    """A cluster in this process, which therefore sees the settings of the test."""
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=2, processes=False, dashboard_address=None, protocol="tcp://",
        host="127.0.0.1", scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
    ) as made:  # fmt: skip
        yield made.scheduler_address


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_a_bucket_becomes_what_a_folder_becomes(tmp_path: Path, store: Any, scheduler: str) -> None:
    make(tmp_path / "in", **POSTS, plain_md=MARKDOWN)
    run(Job(sources=(str(tmp_path / "in"),), out=tmp_path / "out"), convert=convert_post)
    store.put(f"{tmp_path}/in/", "s3://posts/in", recursive=True)
    job = Job(
        sources=("s3://posts/in",), out_url="s3://posts/out", manifest=tmp_path / "m.sqlite",
        engine=EngineName.DASK, scheduler=scheduler,
    )  # fmt: skip
    result = run(job, convert=convert_post)
    assert (result.converted, result.copied, result.failed) == (len(POSTS), 1, 0)
    assert {name.removeprefix("posts/out/"): store.cat(name) for name in store.find("posts/out")} == tree(
        tmp_path / "out"
    )
    again = run(job, convert=convert_post)
    assert again.unchanged == len(POSTS) + 1

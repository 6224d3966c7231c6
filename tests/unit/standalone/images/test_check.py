"""Images that are asked for and not kept: what counts as there, what as gone, and what is never asked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from converter.rules.urls import ImageHost as HostRow
from converter.standalone.database import ALIVE, DEAD, FAILED, SAVED, WANTED, ArchiveDatabase, Image
from converter.standalone.images.download import Totals, check, download
from converter.standalone.images.fetch import Clock, Limits
from converter.standalone.records import Post, PostRecord, Reference
from tests.kit.image_host import ImageHost, image_host
from tests.kit.standalone import open_database

LIMITS = Limits(max_size=1 << 16, attempts=2)


@pytest.fixture(scope="module")
def host() -> Iterator[ImageHost]:
    with image_host() as server:
        yield server


@pytest.fixture
def database(tmp_path: Path) -> Iterator[ArchiveDatabase]:
    made = open_database(tmp_path)
    yield made
    made.close()


async def _no_wait(_seconds: float) -> None:
    await asyncio.sleep(0)


def asked(
    database: ArchiveDatabase, host: ImageHost, *addresses: str, again: bool = False, hosts: tuple[HostRow, ...] = ()
) -> Totals:
    """Let a post show images, and ask for them."""
    uses = tuple(Reference("image", address, served=address) for address in addresses)
    if uses:
        database.record_posts([PostRecord(Post("post.md"), uses)])
    clock = Clock(_no_wait, lambda: 0.5)
    return check(database, limits=LIMITS, transport=host.transport(), again=again, hosts=hosts, clock=clock)


def image(database: ArchiveDatabase) -> Image:
    (found,) = database.images(SAVED, WANTED, FAILED, DEAD, ALIVE)
    return found


THERE = ["good/1.png", "no-referer", "own-referer", "hop", "no-head", "lying-head", "cut-head", "lying-header", "svg"]


@pytest.mark.parametrize("path", THERE)
def test_what_is_there(database: ArchiveDatabase, host: ImageHost, tmp_path: Path, path: str) -> None:
    assert asked(database, host, host.url(path)).saved == 1
    assert image(database).status == ALIVE
    assert not (tmp_path / "assets").exists()


GONE = [
    ("status/404", DEAD, "HTTP 404"),
    ("status/403", FAILED, "HTTP 403"),
    ("status/500", FAILED, "HTTP 500"),
    ("html-page", DEAD, "no image"),
    ("empty", DEAD, "empty"),
    ("endless", DEAD, "no image"),
    ("loop", DEAD, "redirected more than"),
    ("to-private", FAILED, "10.0.0.1 is not on the public internet"),
    ("to-internal-name", FAILED, "internal.test is not on the public internet"),
    ("to-file", DEAD, "leads to file:"),
]


@pytest.mark.parametrize(("path", "status", "why"), GONE, ids=[path for path, *_ in GONE])
def test_what_is_not(database: ArchiveDatabase, host: ImageHost, path: str, status: str, why: str) -> None:
    asked(database, host, host.url(path))
    assert (image(database).status, why in image(database).why) == (status, True), image(database)
    assert database.dead_images() == ({"post.md": 1} if status == DEAD else {})


def test_a_head_request_is_enough(database: ArchiveDatabase, host: ImageHost) -> None:
    asked(database, host, host.url("good/70.png"))
    assert [method for method, path in host.methods if path == "/good/70.png"] == ["HEAD"]


def test_answers_are_remembered(database: ArchiveDatabase, host: ImageHost) -> None:
    addresses = (host.url("good/71.png"), host.url("nothing/71.png"))
    assert asked(database, host, *addresses).saved == 1
    before = len(host.requests)
    assert asked(database, host, *addresses) == Totals()
    assert len(host.requests) == before
    found = asked(database, host, again=True)
    assert (found.saved, found.missing) == (1, 1)


def test_a_download_brings_what_was_found(database: ArchiveDatabase, host: ImageHost, tmp_path: Path) -> None:
    asked(database, host, host.url("good/72.png"))
    totals = download(
        database, tmp_path / "assets", limits=LIMITS, make_durable=lambda _folder: None, transport=host.transport()
    )
    assert (totals.saved, image(database).status) == (1, SAVED)
    assert asked(database, host) == Totals()


def test_own_rows_say_how_to_ask(database: ArchiveDatabase, host: ImageHost) -> None:
    row = HostRow("images.test", ("https://wiki.example/",), "mine")
    asked(database, host, host.url("good/73.png"), hosts=(row,))
    assert [referer for path, referer, _ in host.requests if path == "/good/73.png"] == ["https://wiki.example/"]

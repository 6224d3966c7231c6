"""Images from hosts of every kind: what is kept, what is believed, what is never asked."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from converter.standalone.database import DEAD, FAILED, SAVED, WANTED, Image
from converter.standalone.images.download import Totals, download, mark_missing_files
from converter.standalone.images.fetch import Clock, Limits
from converter.standalone.records import Post, PostRecord, Reference
from tests.kit.image_host import ImageHost, image_host, png
from tests.kit.standalone import open_database

LIMITS = Limits(max_size=1 << 16, attempts=3)
IMPATIENT = Limits(timeout=0.3, attempts=2)


@pytest.fixture(scope="module")
def host() -> Iterator[ImageHost]:
    with image_host() as server:
        yield server


class Archive:
    """A folder of assets, and posts that show images."""

    def __init__(self, folder: Path, host: ImageHost) -> None:
        self.folder, self.host = folder / "assets", host
        self.database = open_database(folder)
        self.waits: list[float] = []
        self.synced = 0

    def show(self, *addresses: str, post: str = "post.md") -> None:
        uses = tuple(Reference("image", address.partition("?x-oss")[0], served=address) for address in addresses)
        self.database.record_posts([PostRecord(Post(post), uses)])

    def download(self, limits: Limits = LIMITS, *, retry_dead: bool = False) -> Totals:
        async def sleep(seconds: float) -> None:
            self.waits.append(seconds)
            await asyncio.sleep(0)

        def make_durable(_folder: Path) -> None:
            self.synced += 1

        return download(
            self.database, self.folder, limits=limits, make_durable=make_durable, retry_dead=retry_dead, transport=self.host.transport(),
            clock=Clock(sleep, lambda: 0.5),
        )  # fmt: skip

    def image(self) -> Image:
        (image,) = self.database.images(SAVED, WANTED, FAILED, DEAD)
        return image

    def content(self) -> bytes:
        return (self.folder / self.image().name).read_bytes()


@pytest.fixture
def archive(tmp_path: Path, host: ImageHost) -> Iterator[Archive]:
    made = Archive(tmp_path, host)
    yield made
    made.database.close()


GOOD = [
    ("good/1.png", png(1)),
    ("no-referer", png(1)),
    ("own-referer", png(2)),
    ("recovers", png(4)),
    ("truncated-once", png(5)),
    ("cut-at-source", png(6)[:60]),
    ("lying-header", png(7)),
    ("zipped", png(8)),
    ("hop", png(9)),
]


@pytest.mark.parametrize(("path", "content"), GOOD, ids=[path for path, _ in GOOD])
def test_what_is_there_is_kept(archive: Archive, path: str, content: bytes) -> None:
    archive.show(archive.host.url(path))
    assert archive.download().saved == 1
    assert archive.content() == content
    assert archive.image().name.endswith(".png")
    assert archive.synced == 1


BAD = [
    ("status/403", FAILED, "HTTP 403"),
    ("status/404", DEAD, "HTTP 404"),
    ("status/429", FAILED, "HTTP 429"),
    ("status/500", FAILED, "HTTP 500"),
    ("truncated", FAILED, "complete message body"),
    ("cut", FAILED, "cut off"),
    ("slow", FAILED, "too long"),
    ("page", DEAD, "no image"),
    ("empty", DEAD, "empty"),
    ("loop", DEAD, "redirected more than"),
    ("to-private", FAILED, "10.0.0.1 is not on the public internet"),
    ("to-metadata", FAILED, "169.254.169.254 is not on the public internet"),
    ("to-loopback", FAILED, "not on the public internet"),
    ("to-internal-name", FAILED, "internal.test is not on the public internet"),
    ("to-file", DEAD, "leads to file:"),
    ("huge", DEAD, "larger than"),
    ("endless", DEAD, "larger than"),
    ("bomb", DEAD, "larger than"),
    ("brotli", DEAD, "not asked for"),
    ("to-port-99999", DEAD, "has an address that is none"),
]


@pytest.mark.parametrize(("path", "state", "why"), BAD, ids=[path for path, *_ in BAD])
def test_what_is_not_there_is_listed(archive: Archive, path: str, state: str, why: str) -> None:
    archive.show(archive.host.url(path))
    totals = archive.download(IMPATIENT if path == "slow" else LIMITS)
    assert (totals.saved, totals.missing, totals.reasons.total()) == (0, 1, 1)
    assert (archive.image().status, why in archive.image().why) == (state, True), archive.image()
    assert [path for path in archive.folder.rglob("*") if path.is_file()] == []


def test_svg_is_sanitized(archive: Archive) -> None:
    archive.show(archive.host.url("svg"))
    archive.download()
    assert archive.image().name.endswith(".svg")
    assert b"path" in archive.content()
    assert b"script" not in archive.content() and b"onload" not in archive.content()


def test_original_before_the_stamped_one(archive: Archive) -> None:
    archive.show(archive.host.url("good/31.png?x-oss-process=image/watermark,x"))
    archive.download()
    assert archive.image().fetched == archive.host.url("good/31.png")
    assert archive.content() == png(31)


def test_stamped_one_where_the_original_is_refused(archive: Archive) -> None:
    address = archive.host.url("only-stamped?x-oss-process=image/watermark,x")
    archive.show(address)
    archive.download()
    assert archive.image().fetched == address
    assert archive.content() == png(3)


def test_waits_grow_and_hosts_are_heard(archive: Archive) -> None:
    archive.show(archive.host.url("recovers/again"))
    archive.download()
    assert archive.waits == [7.0, 7.0]
    archive.show(archive.host.url("status/500"))
    archive.download()
    assert archive.waits[2:] == [2.0, 4.0]


def test_host_that_keeps_failing_is_left_alone(archive: Archive) -> None:
    archive.show(*(f"http://gone.example/{number}.png" for number in range(9)))
    totals = archive.download(Limits(attempts=1, per_host=1, patience=3))
    assert totals.missing == 9
    assert totals.hosts_skipped == {"gone.example"}
    assert sum("was skipped" in image.why for image in archive.database.images(FAILED)) == 6


def test_dead_images_are_asked_for_again_only_when_wanted(archive: Archive) -> None:
    archive.show(archive.host.url("status/404"))
    archive.download()
    before = len(archive.host.requests)
    assert archive.download() == Totals()
    assert len(archive.host.requests) == before
    assert archive.download(retry_dead=True).missing == 1


def test_reasons_are_counted_without_names(archive: Archive) -> None:
    archive.show(*(archive.host.url(f"page?{number}") for number in range(2)))
    archive.show(archive.host.url("to-private"), "http://gone.example/1.png", post="other.md")
    reasons = archive.download(Limits(attempts=1)).reasons
    assert reasons.most_common(1) == [("is no image", 2)]
    assert "the host: Name or service not known" in reasons


def test_refused_images_are_asked_for_in_the_next_run(archive: Archive) -> None:
    """A host may have changed its mind, and an address that is not public may be allowed then."""
    archive.show(archive.host.url("status/403"), archive.host.url("to-private"))
    counts = [archive.host.count("/status/403")]
    for _ in range(2):
        assert archive.download().missing == 2
        counts.append(archive.host.count("/status/403"))
    assert counts[2] - counts[1] == counts[1] - counts[0] > 0


def test_each_image_once(archive: Archive) -> None:
    archive.show(archive.host.url("good/50.png"), post="one.md")
    archive.show(archive.host.url("good/50.png"), archive.host.url("good/51.png"), post="two.md")
    assert archive.download().saved == 2
    assert archive.download().saved == 0
    assert archive.host.count("/good/50.png") == 1


def test_nothing_is_called_saved_before_it_is_durable(archive: Archive) -> None:
    archive.show(*(archive.host.url(f"good/{number}.png") for number in range(70)))
    counts: list[tuple[int, int]] = []

    def make_durable(folder: Path) -> None:
        counts.append((archive.database.count_images(SAVED), len(list(folder.rglob("*.png")))))

    download(
        archive.database, archive.folder, limits=LIMITS, make_durable=make_durable, transport=archive.host.transport()
    )
    assert counts[0][0] == 0 and counts[0][1] >= 64
    assert counts[1][0] == 64 and counts[1][1] == 70


def test_lost_file_is_brought_again(archive: Archive) -> None:
    archive.show(archive.host.url("good/60.png"))
    archive.download()
    (archive.folder / archive.image().name).unlink()
    assert mark_missing_files(archive.database, archive.folder) == 1
    assert archive.download().saved == 1
    assert archive.content() == png(60)


def test_limits_hold(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """No more requests at a time than the limits say, in all and for one host."""
    from converter.standalone.images import download as module
    from converter.standalone.images.fetch import fetch

    running: dict[str, int] = {}
    most: dict[str, int] = {}

    async def counted(client: object, addresses: tuple[str, ...], *rest: object) -> object:
        name = addresses[0].split("/")[2].split(":")[0]
        for key in (name, "all"):
            running[key] = running.get(key, 0) + 1
            most[key] = max(most.get(key, 0), running[key])
        try:
            return await fetch(client, addresses, *rest)  # type: ignore[arg-type]
        finally:
            for key in (name, "all"):
                running[key] -= 1

    monkeypatch.setattr(module, "fetch", counted)
    archive.show(*(archive.host.url(f"good/{n}.png", f"h{n % 3}.test") for n in range(60)))
    assert archive.download(Limits(connections=4, per_host=2)).saved == 60
    assert max(most[f"h{n}.test"] for n in range(3)) == 2
    assert most["all"] == 4

"""A whole folder made to stand alone, through the command line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from converter.standalone.images.asset_files import asset_name
from tests.kit.batch import csdn2md
from tests.kit.image_host import ImageHost, image_host, png
from tests.system.torture_images import torture


@pytest.fixture(scope="module")
def host() -> Iterator[ImageHost]:
    with image_host() as server:
        yield server


def post(artid: int, body: str) -> str:
    return f'---\ntitle: "{artid}"\nartid: {artid}\n---\n<div class="blog-content-box">{body}</div>\n'


def link(artid: int) -> str:
    return f'<a href="https://blog.csdn.net/u/article/details/{artid}">to {artid}</a>'


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    (folder / "a.md").write_text(post(100001, f"<p>{link(100002)}</p>"))
    (folder / "sub" / "b.md").write_text(post(100002, f"<p>{link(100001)} {link(999999)}</p>"))
    return folder


def test_killed_twice(tmp_path: Path) -> None:
    torture(tmp_path, 10, 30)


def test_links_whatever_the_order(source: Path, tmp_path: Path) -> None:
    done = csdn2md("convert", source, "-o", tmp_path / "out", "--link-local", "relative")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "a.md").read_text().endswith("[to 100002](sub/b.md)\n")
    assert "[to 100001](../a.md) [to 999999](https" in (tmp_path / "out" / "sub" / "b.md").read_text()
    again = csdn2md("convert", source, "-o", tmp_path / "out", "--link-local", "relative", "--check")
    assert (again.returncode, again.stdout.startswith("2 unchanged")) == (0, True), again.stdout


def test_post_that_comes_later_is_linked_then(source: Path, tmp_path: Path) -> None:
    csdn2md("convert", source, "-o", tmp_path / "out", "--link-local", "relative")
    (source / "c.md").write_text(post(999999, "<p>late</p>"))
    done = csdn2md("convert", source, "-o", tmp_path / "out", "--link-local", "relative")
    assert "1 posts written again" in done.stdout
    assert "[to 999999](../c.md)" in (tmp_path / "out" / "sub" / "b.md").read_text()
    (source / "c.md").unlink()
    csdn2md("convert", source, "-o", tmp_path / "out", "--link-local", "relative", "--prune")
    assert "[to 999999](https://blog" in (tmp_path / "out" / "sub" / "b.md").read_text()


def test_redirects(source: Path, tmp_path: Path) -> None:
    out, target = tmp_path / "out", tmp_path / "r.json"
    done = csdn2md(
        "convert", source, "-o", out, "--redirects", target, "--redirects", "front-matter", "--flavor", "hugo"
    )
    assert done.returncode == 0, done.stderr
    assert set(json.loads(target.read_text()).values()) == {"/a/", "/sub/b/"}
    assert 'aliases: "/article/details/100001"\n' in (out / "a.md").read_text()


@pytest.mark.parametrize(
    "options",
    [
        ("--link-local", "relativ"), ("--redirects", "r.txt"), ("--permalink", "/:no/", "--redirects", "r.csv"),
        ("--assets", "upload"), ("--link-local", "relative", "--verify"),
    ],
)  # fmt: skip
def test_usage(source: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    assert csdn2md("convert", source, "-o", tmp_path / "out", *options).returncode == 2
    assert not (tmp_path / "out").exists()


def test_in_place_is_refused(source: Path) -> None:
    done = csdn2md("convert", source, "--in-place", "--link-local", "relative")
    assert done.returncode == 2 and "-o" in done.stderr


def test_assets_check_writes_and_asks_nothing(source: Path, tmp_path: Path, host: ImageHost) -> None:
    (source / "d.md").write_text(post(4, f'<img src="{host.url("good/1.png", "127.0.0.1")}">'))
    before = len(host.requests)
    done = csdn2md("convert", source, "-o", tmp_path / "out", "--assets", "check")
    assert "images: 1: 0 are saved already, 0 are known to be missing, 1 would be requested from 1 hosts" in done.stdout
    assert len(host.requests) == before
    assert not (tmp_path / "out").exists()


def test_private_hosts_are_not_asked(source: Path, tmp_path: Path, host: ImageHost) -> None:
    (source / "d.md").write_text(post(4, f'<img src="{host.url("good/2.png", "127.0.0.1")}">'))
    before = len(host.requests)
    report = tmp_path / "report.jsonl"
    done = csdn2md("convert", source, "-o", tmp_path / "out", "--assets", "download", "--report", report)
    assert "0 downloaded" in done.stdout and "1 missing" in done.stdout
    assert len(host.requests) == before
    missing = [row for row in map(json.loads, report.read_text().splitlines()) if row["outcome"] == "missing"]
    assert [row["message"] for row in missing] == ["127.0.0.1 is not on the public internet (shown in d.md)"]
    done = csdn2md("convert", source, "-o", tmp_path / "out", "--assets", "download", "--allow-private", "--force")
    assert "1 downloaded" in done.stdout, done.stdout
    assert f"](assets/{asset_name(png(2), '.png')})" in (tmp_path / "out" / "d.md").read_text()


def test_folder_that_cannot_be_written(source: Path, tmp_path: Path, host: ImageHost) -> None:
    (source / "d.md").write_text(post(4, f'<img src="{host.url("good/3.png", "127.0.0.1")}">'))
    (tmp_path / "file").touch()
    options = ("--assets", "download", "--allow-private", "--assets-dir", tmp_path / "file" / "x")
    done = csdn2md("convert", source, "-o", tmp_path / "out", *options)
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
    assert "error: " in done.stderr and (tmp_path / "out" / "d.md").exists()

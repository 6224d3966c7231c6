"""A whole folder made to stand alone, through the command line."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from converter.standalone.catalogue import entries
from converter.standalone.health import DEAD_IMAGE
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


def test_articles_of_two_sites_with_one_number(tmp_path: Path) -> None:
    page = '<html><head><link rel="canonical" href="https://www.cnblogs.com/u/p/%d.html"></head><body>%s</body></html>'
    body = '<div id="cnblogs_post_body"><p><a href="https://www.cnblogs.com/u/p/%d.html">theirs</a> %s</p></div>'
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.html").write_text(page % (100001, body % (100002, link(100002))))
    (folder / "b.html").write_text(page % (100002, body % (100001, "x")))
    (folder / "c.md").write_text(post(100002, "<p>ours</p>"))
    redirects = tmp_path / "r.csv"
    done = csdn2md(
        "convert", folder, "-o", tmp_path / "out", "--link-local", "relative", "--redirects", redirects, "--verify"
    )
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out/a.md").read_text().endswith("[theirs](b.md) [to 100002](c.md)\n")
    assert [line.split(",")[2] for line in redirects.read_text().splitlines()[1:]] == ["100002"]


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
        ("--assets", "upload"),
    ],
)  # fmt: skip
def test_usage(source: Path, tmp_path: Path, options: tuple[str, ...]) -> None:
    assert csdn2md("convert", source, "-o", tmp_path / "out", *options).returncode == 2
    assert not (tmp_path / "out").exists()


def test_in_place_is_refused(source: Path) -> None:
    done = csdn2md("convert", source, "--in-place", "--link-local", "relative")
    assert done.returncode == 2 and "-o" in done.stderr


@pytest.mark.parametrize("asked", ["download", "check"])
def test_a_dry_run_writes_and_asks_nothing(source: Path, tmp_path: Path, host: ImageHost, asked: str) -> None:
    (source / "d.md").write_text(post(4, f'<img src="{host.url("good/1.png", "127.0.0.1")}">'))
    before = len(host.requests)
    done = csdn2md("convert", source, "-o", tmp_path / "out", "--assets", asked, "--dry-run")
    assert "images: 1: 0 are saved already, 0 are known to be missing, 1 would be requested from 1 hosts" in done.stdout
    assert len(host.requests) == before
    assert not (tmp_path / "out").exists()


def test_assets_check(source: Path, tmp_path: Path, host: ImageHost) -> None:
    """The images stay where they are; those that are gone are rows of the report and make posts less healthy."""
    out, report = tmp_path / "out", tmp_path / "report.jsonl"
    there, gone = host.url("good/81.png", "127.0.0.1"), host.url("nothing/81.png", "127.0.0.1")
    (source / "d.md").write_text(post(4, f'<img src="{there}"><img src="{gone}">'))
    assert csdn2md("convert", source, "-o", out).returncode == 0
    before = (out / "d.md").read_text()
    options = ("-o", out, "--assets", "check", "--allow-private", "--report", report)
    done = csdn2md("convert", source, *options)
    assert (done.returncode, (out / "d.md").read_text()) == (1, before)
    assert "images: 1 asked for and found, 1 missing" in done.stdout
    assert not (out / "assets").exists()
    rows = map(json.loads, report.read_text().splitlines())
    assert [row["message"] for row in rows if row["outcome"] == "missing"] == ["HTTP 404 (shown in d.md)"]
    assert {entry.path: entry.health for entry in entries(out, print)}["d.md"] == 100 - DEAD_IMAGE.each
    requests = len(host.requests)
    done = csdn2md("convert", source, *options)
    assert (done.returncode, len(host.requests)) == (0, requests)
    assert "1 known to be gone from earlier runs" in done.stdout
    done = csdn2md("convert", source, "-o", out)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("3 unchanged"), done.stdout


def test_private_hosts_are_not_asked(source: Path, tmp_path: Path, host: ImageHost) -> None:
    (source / "d.md").write_text(post(4, f'<img src="{host.url("good/2.png", "127.0.0.1")}">'))
    before = len(host.requests)
    report = tmp_path / "report.jsonl"
    done = csdn2md("convert", source, "-o", tmp_path / "out", "--assets", "download", "--report", report)
    assert "0 downloaded" in done.stdout and "1 missing" in done.stdout
    assert len(host.requests) == before
    missing = [row for row in map(json.loads, report.read_text().splitlines()) if row["outcome"] == "missing"]
    assert [row["message"] for row in missing] == ["127.0.0.1 is not on the public internet (shown in d.md)"]
    done = csdn2md("convert", source, "-o", tmp_path / "out", "--assets", "download", "--allow-private")
    assert "1 downloaded" in done.stdout, done.stdout
    assert f"](assets/{asset_name(png(2), '.png')})" in (tmp_path / "out" / "d.md").read_text()


def test_folder_that_cannot_be_written(source: Path, tmp_path: Path, host: ImageHost) -> None:
    (source / "d.md").write_text(post(4, f'<img src="{host.url("good/3.png", "127.0.0.1")}">'))
    (tmp_path / "file").touch()
    options = ("--assets", "download", "--allow-private", "--assets-dir", tmp_path / "file" / "x")
    done = csdn2md("convert", source, "-o", tmp_path / "out", *options)
    assert done.returncode == 1 and "Traceback" not in done.stderr, done.stderr
    assert "error: " in done.stderr and (tmp_path / "out" / "d.md").exists()


def state_files(out: Path) -> list[str]:
    return sorted(path.name for path in out.iterdir() if path.name.startswith("."))


def test_later_run_keeps_what_an_earlier_one_brought(source: Path, tmp_path: Path, host: ImageHost) -> None:
    out = tmp_path / "out"
    (source / "d.md").write_text(post(4, f'<img src="{host.url("good/4.png", "127.0.0.1")}">'))
    options = ("--assets", "download", "--allow-private", "--link-local", "relative")
    assert csdn2md("convert", source, "-o", out, *options).returncode == 0
    before = {path.name: path.read_text() for path in out.rglob("*.md")}
    (source / "e.md").write_text(post(5, f"<p>new {link(100001)}</p>"))
    done = csdn2md("convert", source, "-o", out)
    assert done.returncode == 0 and done.stdout.startswith("1 converted, 3 unchanged in"), done.stdout
    assert done.stderr == (
        f"as in the last run into {out}: saved images (--assets none), "
        "links between posts (--link-local none; now relative)\n"
    )
    assert {name: (out / name).read_text() for name in ("a.md", "d.md")} == {
        name: before[name] for name in ("a.md", "d.md")
    }
    assert (out / "e.md").read_text().endswith("[to 100001](a.md)\n")
    assert csdn2md("convert", source, "-o", out, "--check").returncode == 0
    assert state_files(out) == [".csdn2md.sqlite"]


def test_what_an_earlier_run_brought_is_undone_where_that_is_asked_for(
    source: Path, tmp_path: Path, host: ImageHost
) -> None:
    out, address = tmp_path / "out", host.url("good/5.png", "127.0.0.1")
    (source / "d.md").write_text(post(4, f'<img src="{address}">'))
    options = ("--assets", "download", "--allow-private", "--link-local", "relative", "--redirects", "front-matter")
    assert csdn2md("convert", source, "-o", out, *options).returncode == 0
    assert "redirect_from" in (out / "a.md").read_text()
    undo = ("--assets", "none", "--link-local", "none", "--redirects", "none")
    assert csdn2md("convert", source, "-o", out, *undo).returncode == 0
    assert csdn2md("convert", source, "-o", tmp_path / "plain").returncode == 0
    for path in sorted((tmp_path / "plain").rglob("*.md")):
        assert (out / path.relative_to(tmp_path / "plain")).read_text() == path.read_text()
    done = csdn2md("convert", source, "-o", out)
    assert (done.returncode, done.stderr) == (0, "")


def test_missing_images_are_explained_and_asked_for_again(source: Path, tmp_path: Path, host: ImageHost) -> None:
    private, gone = host.url("good/6.png", "127.0.0.1"), host.url("status/404", "127.0.0.1")
    shown = "".join(f'<img src="{private}?{number}">' for number in range(2)) + f'<img src="{gone}">'
    (source / "d.md").write_text(post(4, shown))
    done = csdn2md("convert", source, "-o", tmp_path / "out", "--assets", "download")
    assert done.returncode == 1
    assert "images: 0 downloaded (0.0 MB), 3 missing\n" in done.stdout
    assert "images missing: 3 the host is not on the public internet (--allow-private requests them)\n" in done.stdout
    done = csdn2md("convert", source, "-o", tmp_path / "out", "--assets", "download", "--allow-private")
    assert done.returncode == 1
    assert "images: 2 downloaded" in done.stdout and "images missing: 1 HTTP 404\n" in done.stdout
    done = csdn2md("convert", source, "-o", tmp_path / "out", "--assets", "download", "--allow-private")
    assert done.returncode == 0
    assert "images missing: 1 known to be gone from earlier runs (--force requests them again)\n" in done.stdout


def test_state_of_an_older_version_is_taken_over(source: Path, tmp_path: Path, host: ImageHost) -> None:
    """The images were recorded in a file of their own, and the manifest was of version 1."""
    out = tmp_path / "out"
    (source / "d.md").write_text(post(4, f'<img src="{host.url("good/7.png", "127.0.0.1")}">'))
    options = ("--assets", "download", "--allow-private")
    assert csdn2md("convert", source, "-o", out, *options).returncode == 0
    state, old = out / ".csdn2md.sqlite", out / ".csdn2md-standalone.sqlite"
    shutil.copy(state, old)
    with sqlite3.connect(state) as database:
        for table in ("posts", "uses", "images", "notes", "local_addresses"):
            database.execute(f"DROP TABLE {table}")
        database.execute("UPDATE entries SET options = 'those of the older version'")
        database.execute("PRAGMA user_version = 1")
    count = host.count("/good/7.png")
    done = csdn2md("convert", source, "-o", out, *options)
    assert (done.returncode, host.count("/good/7.png")) == (0, count), done.stderr
    assert state_files(out) == [".csdn2md.sqlite"]
    assert csdn2md("verify", out).returncode == 0


def test_state_of_a_newer_version_is_refused(source: Path, tmp_path: Path) -> None:
    assert csdn2md("convert", source, "-o", tmp_path / "out").returncode == 0
    with sqlite3.connect(tmp_path / "out/.csdn2md.sqlite") as database:
        database.execute("PRAGMA user_version = 99")
    for arguments in (("convert", source, "-o", tmp_path / "out"), ("verify", tmp_path / "out")):
        done = csdn2md(*arguments)
        assert done.returncode == 1
        assert done.stderr.endswith("was written by a newer csdn2md (its format is 99): update this one\n")

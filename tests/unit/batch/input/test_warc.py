"""WARC files that warcio wrote: one post a page, its address, and files that are cut."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from converter import convert_folder
from converter.batch.input.warc import name_of
from tests.kit.batch import csdn2md, tree

URL = "https://blog.csdn.net/u/article/details/"
PAGE = '<html><head><title>t{}</title></head><body><div id="content_views"><p>正文 {}</p></div></body></html>'


def write(path: Path, count: int, *, kind: str = "text/html", status: str = "200 OK") -> None:
    """Write a WARC with pages and an image."""
    headers_of = pytest.importorskip("warcio.statusandheaders").StatusAndHeaders
    writer_of = pytest.importorskip("warcio.warcwriter").WARCWriter
    with path.open("wb") as file:
        writer = writer_of(file, gzip=path.suffix == ".gz")
        for number in range(count):
            for address, media, body in (
                (f"{URL}{number}", kind, PAGE.format(number, number).encode()),
                (f"https://a.test/{number}.png", "image/png", b"image"),
            ):
                headers = headers_of(status, [("Content-Type", media)], protocol="HTTP/1.1")
                record = writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=headers)
                writer.write_record(record)
                record.raw_stream.close()


@pytest.mark.parametrize("name", ["d.warc", "d.warc.gz"])
def test_one_post_a_page(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, 3)
    result = convert_folder(tmp_path / name, tmp_path / "out")
    assert (result.converted, result.failed) == (3, 0)
    files = tree(tmp_path / "out")
    assert sorted(files) == [f"blog.csdn.net/u/article/details/{number}.md" for number in range(3)]
    text = files["blog.csdn.net/u/article/details/1.md"].decode()
    assert text == f"---\ntitle: t1\noriginal_url: {URL}1\n---\n\n正文 1\n"
    assert csdn2md("convert", tmp_path / name, "-o", tmp_path / "other", "--verify").returncode == 0


@pytest.mark.parametrize("name", ["d.warc", "d.warc.gz"])
def test_a_cut_file_is_an_error_and_nothing_is_pruned(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, 4)
    convert_folder(tmp_path / name, tmp_path / "out")
    whole = tree(tmp_path / "out")
    data = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(data[: len(data) * 2 // 3])
    result = convert_folder(tmp_path / name, tmp_path / "out", prune=True)
    assert (result.failed > 0, result.pruned, tree(tmp_path / "out")) == (True, 0, whole)


@pytest.mark.parametrize(("kind", "status"), [("application/json", "200 OK"), ("text/html", "404 Not Found")])
def test_other_responses_are_no_posts(tmp_path: Path, kind: str, status: str) -> None:
    write(tmp_path / "d.warc", 1, kind=kind, status=status)
    assert convert_folder(tmp_path / "d.warc", tmp_path / "out").converted == 0


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://a.test/", "a.test/index.html"),
        ("https://a.test:80/b/../c.htm", "a.test_80/b/c.htm"),
        ("https://a.test/b?x=1", "a.test/b-"),
        ("http://[", "page/index.html"),
    ],
)
def test_names(address: str, name: str) -> None:
    assert name_of(address).startswith(name)

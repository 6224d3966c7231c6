"""WARC files that warcio wrote: one post a page, its address and status, its images; files that are cut or hostile."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import pytest

from converter import convert_folder
from converter.batch import Outcome
from converter.batch.input import archives, warc
from converter.batch.input.unpacking import ArchiveError, unpacked
from converter.batch.values import Job
from tests.kit.batch import csdn2md, run_stub, tree
from tests.kit.image_host import png

URL = "https://blog.csdn.net/u/article/details/"
IMAGE = "https://img-blog.csdnimg.cn/{}.png"
PAGE = '<html><head><title>t{0}</title></head><body><div id="content_views"><p>正文 {0}</p></div></body></html>'


class Answer(NamedTuple):
    """One record of a WARC."""

    address: str
    body: bytes
    media: str = "text/html"
    status: str = "200 OK"
    headers: tuple[tuple[str, str], ...] = ()
    kind: str = "response"


def write(path: Path, answers: Iterable[Answer]) -> None:
    """Write a WARC, gzipped if its name says so."""
    headers_of = pytest.importorskip("warcio.statusandheaders").StatusAndHeaders
    writer_of = pytest.importorskip("warcio.warcwriter").WARCWriter
    with path.open("wb") as file:
        writer = writer_of(file, gzip=path.suffix == ".gz")
        for answer in answers:
            headers = headers_of(answer.status, [("Content-Type", answer.media), *answer.headers], protocol="HTTP/1.1")
            if answer.kind == "revisit":
                record = writer.create_revisit_record(
                    answer.address, answer.body.decode(), URL, "2026-01-01T00:00:00Z", http_headers=headers
                )
            else:
                record = writer.create_warc_record(
                    answer.address, answer.kind, payload=io.BytesIO(answer.body), http_headers=headers
                )
            writer.write_record(record)
            record.raw_stream.close()


def page(number: int) -> Answer:
    return Answer(f"{URL}{number}", PAGE.format(number).encode())


def read(path: Path, **options: int) -> list[tuple[str, bytes | str]]:
    """Return name and content, or error, of each document of a file."""
    found: list[tuple[str, bytes | str]] = []
    for member in archives.members(str(path), archives.WARC, Job(**options)):  # type: ignore[arg-type]
        try:
            found.append((member.name, member.error or member.read()))
        except ArchiveError as error:
            found.append((member.name, str(error)))
    return found


@pytest.mark.parametrize("name", ["d.warc", "d.warc.gz"])
def test_one_post_a_page(tmp_path: Path, name: str) -> None:
    write(
        tmp_path / name, [answer for n in range(3) for answer in (page(n), Answer(IMAGE.format(n), b"x", "image/png"))]
    )
    result = convert_folder(tmp_path / name, tmp_path / "out")
    assert (result.converted, result.failed) == (3, 0)
    files = tree(tmp_path / "out")
    assert sorted(files) == [f"blog.csdn.net/u/article/details/{number}.md" for number in range(3)]
    text = files["blog.csdn.net/u/article/details/1.md"].decode()
    assert text == f"---\ntitle: t1\noriginal_url: {URL}1\n---\n\n正文 1\n"
    assert csdn2md("convert", tmp_path / name, "-o", tmp_path / "other", "--verify").returncode == 0
    assert csdn2md("verify", tmp_path / "out").returncode == 0


@pytest.mark.parametrize("name", ["d.warc", "d.warc.gz"])
def test_a_file_that_is_cut_anywhere_is_an_error_and_nothing_is_pruned(tmp_path: Path, name: str) -> None:
    write(tmp_path / name, map(page, range(4)))
    convert_folder(tmp_path / name, tmp_path / "out")
    whole = tree(tmp_path / "out")
    data = (tmp_path / name).read_bytes()
    for length in range(4, len(data) - 4, 29):
        (tmp_path / name).write_bytes(data[:length])
        is_between = name == "d.warc" and not data[:length].rpartition(b"</html>")[2].strip()
        if is_between:
            assert len(read(tmp_path / name)) == data[:length].count(b"</html>")
        else:
            with pytest.raises(ArchiveError):
                read(tmp_path / name)
    (tmp_path / name).write_bytes(data[: len(data) * 2 // 3])
    result = convert_folder(tmp_path / name, tmp_path / "out", prune=True)
    assert (result.failed > 0, result.pruned, tree(tmp_path / "out")) == (True, 0, whole)


def chunked(data: bytes) -> bytes:
    return b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in (data[:50], data[50:])) + b"0\r\n\r\n"


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def brotli(data: bytes) -> bytes:
    packed: bytes = pytest.importorskip("brotli").compress(data)
    return packed


def zstandard(data: bytes) -> bytes:
    packed: bytes = pytest.importorskip("zstandard").compress(data)
    return packed


ENCODINGS: dict[str, tuple[Callable[[bytes], bytes], tuple[tuple[str, str], ...]]] = {
    "gzip": (gzip.compress, (("Content-Encoding", "gzip"),)),
    "deflate": (zlib.compress, (("Content-Encoding", "deflate"),)),
    "brotli": (brotli, (("Content-Encoding", "br"),)),
    "zstd": (zstandard, (("Content-Encoding", "zstd"),)),
    "chunked": (chunked, (("Transfer-Encoding", "chunked"),)),
    "chunked gzip": (
        lambda data: chunked(gzip.compress(data)),
        (("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")),
    ),
    "two": (lambda data: gzip.compress(zlib.compress(data)), (("Content-Encoding", "deflate, gzip"),)),
    "stored as it was read": (bytes, (("Content-Encoding", "br"), ("Transfer-Encoding", "chunked"))),
}


@pytest.mark.parametrize("name", ENCODINGS)
def test_encodings(tmp_path: Path, name: str) -> None:
    encode, headers = ENCODINGS[name]
    write(tmp_path / "d.warc", [page(1)._replace(body=encode(page(1).body), headers=headers), page(2)])
    assert [content for _, content in read(tmp_path / "d.warc")] == [
        page(number).body.replace(b"<head>", f'<head><link rel="canonical" href="{URL}{number}">'.encode())
        for number in (1, 2)
    ]


@pytest.mark.parametrize("name", ["gzip", "deflate", "brotli", "zstd"])
def test_content_that_is_cut_or_too_large_is_an_error_of_its_page(tmp_path: Path, name: str) -> None:
    encode, headers = ENCODINGS[name]
    cut = page(1)._replace(body=encode(page(1).body)[:-9], headers=headers)
    bomb = page(2)._replace(body=encode(bytes(5 << 20)), headers=headers)
    write(tmp_path / "d.warc", [cut, bomb, page(3), page(4)._replace(headers=(("Content-Encoding", "sdch"),))])
    found = [content for _, content in read(tmp_path / "d.warc", max_size=1 << 20)]
    assert [type(content) for content in found] == [str, str, bytes, str]
    assert any(words in str(found[1]) for words in ("--max-size", "500 times"))
    assert found[3] == "is packed in a way that is not known: sdch"


def test_errors_of_servers_are_named_as_such(tmp_path: Path) -> None:
    challenge = Answer(URL + "1", b"<script>document.cookie='x'</script>", status="521 ")
    gone = Answer(
        URL + "2", f"<html><head></head><body>{'找不到了，' * 400}</body></html>".encode(), status="404 Not Found"
    )
    write(tmp_path / "d.warc", [challenge, gone, Answer(URL + "3", b"", status="301 Moved"), page(4)])
    done = csdn2md("convert", "d.warc", "-o", "out", "--report", "r.jsonl", "--fail-on", "incomplete", cwd=tmp_path)
    assert done.returncode == 1
    assert "2 documents hold no whole article" in done.stdout
    assert '"page/error"' in (tmp_path / "r.jsonl").read_text("utf-8")
    assert sorted(name[-4:] for name in tree(tmp_path / "out")) == ["1.md", "2.md", "4.md"]


def test_a_record_that_repeats_another_is_no_post(tmp_path: Path) -> None:
    digest = "sha1:3I42H3S6NNFQ2MSVX7XZKYAYSCX5QBYJ"
    first = page(1)
    again = Answer(first.address, digest.encode(), kind="revisit")
    picture = Answer(IMAGE.format(1), digest.encode(), "image/png", kind="revisit")
    write(tmp_path / "d.warc", [first, again, picture])
    assert len(read(tmp_path / "d.warc")) == 1
    write(tmp_path / "d.warc", [page(1), Answer(URL + "2", digest.encode(), kind="revisit")])
    assert read(tmp_path / "d.warc")[1:] == [("blog.csdn.net/u/article/details/2.html", warc.ELSEWHERE)]
    (tmp_path / "out").mkdir()
    assert [row.message for row in run_stub(tmp_path, "d.warc")[1].rows if row.outcome is Outcome.FAILED]


@pytest.mark.parametrize(("kind", "status"), [("application/json", "200 OK"), ("text/html", "302 Found")])
def test_other_responses_are_no_posts(tmp_path: Path, kind: str, status: str) -> None:
    write(tmp_path / "d.warc", [page(1)._replace(media=kind, status=status)])
    assert read(tmp_path / "d.warc") == []


def test_images_of_the_file_need_no_network(tmp_path: Path) -> None:
    shown = PAGE.format(1).replace("</p>", f'<img src="{IMAGE.format(1)}?x-oss-process=image/watermark"></p>').encode()
    pictures = [Answer(IMAGE.format(number), png(number), "image/png") for number in (1, 2)]
    write(tmp_path / "d.warc.gz", [Answer(URL + "1", shown), *pictures])
    done = csdn2md("convert", "d.warc.gz", "-o", "out", "--assets", "download", "--verify", "--strict", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    files = tree(tmp_path / "out")
    (image,) = (name for name in files if name.endswith(".png"))
    assert files[image] == png(1)  # the other one is in no post
    assert f"![](../../../../{image})" in files["blog.csdn.net/u/article/details/1.md"].decode()
    assert csdn2md("verify", "out", cwd=tmp_path).returncode == 0


HOSTILE = {
    "a line without end": b"WARC/1.0\r\nWARC-Type: " + b"x" * 3_000_000,
    "lines without end": b"WARC/1.0\r\nWARC-Type: response\r\n" + b"a: b\r\n" * 200_000,
    "lines that go on": b"WARC/1.0\r\nWARC-Type: response\r\n" + b" b\r\n" * 200_000,
    "a record larger than the file": b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 99999999999999\r\n\r\nx",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_record_has_bounds(name: str) -> None:
    pytest.importorskip("warcio")
    with unpacked(io.BytesIO(HOSTILE[name])) as file, pytest.raises(ArchiveError):
        list(warc.pages(file))


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
    assert warc.name_of(address).startswith(name)

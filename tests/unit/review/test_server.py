"""The review server answers this machine and known hosts only, and serves nothing outside its folders."""

from __future__ import annotations

import http.client
import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from converter.batch.manifest import Manifest
from converter.batch.pairs import named
from converter.batch.values import MANIFEST_NAME
from converter.options import Options
from converter.review.export import export
from converter.review.index import PAGE, Archive, Filters, Index
from converter.review.marks import Marks
from converter.review.sanitize import Sanitizer
from converter.review.server import HOST, Server
from converter.standalone import catalogue, catalogue_files
from converter.standalone.database import DEAD, ArchiveDatabase, Image
from converter.standalone.records import Post, PostRecord, Reference
from tests.kit import review_pages

MANY = 150


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("archive")
    source, out = review_pages.write(folder, MANY)
    (folder / "secret.png").write_bytes(b"secret")
    (out / "picture.png").write_bytes(b"picture")
    (out / "secret.txt").write_bytes(b"secret")
    (out / "leads-out.png").symlink_to(folder / "secret.png")
    index = Index(Archive(out=out, pairs=named(source, out, Options())))
    index.fill()
    assert not index.problem
    with Server(index, 0) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def get(server: Server, path: str, host: str = "") -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection(HOST, server.server_port, timeout=30)
    connection.request("GET", path, headers={"Host": host or f"{HOST}:{server.server_port}"})
    response = connection.getresponse()
    data = response.read()
    connection.close()
    return response, data


def get_json(server: Server, path: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(get(server, path)[1])
    return value


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("http://[", 400),
        ("http://[x]/posts", 400),
        ("//[", 404),
        ("/posts?page=" + "9" * 5000, 200),
        ("/posts?page=99999999", 200),
        ("/posts?page=%D9%A1", 200),
        ("/posts?query=%ff%00%zz%", 200),
        ("/posts?query=" + "%22(*" * 5000, 200),
        ("/post/" + "9" * 5000, 404),
        ("/post/%D9%A1", 404),
        ("/file/%00.png", 404),
        ("/file/" + "a" * 9000 + ".png", 404),
    ],
)
def test_any_request_gets_an_answer(server: Server, path: str, status: int) -> None:
    assert get(server, path)[0].status == status


def test_it_listens_on_the_loopback_address_only(server: Server) -> None:
    assert server.server_address[0] == "127.0.0.1"


@pytest.mark.parametrize("path", ["/", "/posts", "/post/0", "/original/0", "/file/picture.png"])
@pytest.mark.parametrize(
    "host", ["evil.invalid", "127.0.0.1", "127.0.0.1:1", "localhost.evil.invalid:{port}", "{port}"]
)
def test_other_hosts_are_refused(server: Server, host: str, path: str) -> None:
    response, data = get(server, path, host.format(port=server.server_port))
    assert (response.status, data) == (403, b"Forbidden")


def test_localhost_is_known(server: Server) -> None:
    assert get(server, "/", f"localhost:{server.server_port}")[0].status == 200


@pytest.mark.parametrize(
    "path",
    [
        "/file/../secret.png", "/file/%2e%2e/secret.png", "/file/..%2fsecret.png", "/file//etc/passwd",
        "/file/leads-out.png", "/file/secret.txt", "/file/good.md", "/file/", "/file/%00.png", "/static/app.js",
        "/server.py", "/../server.py", "/%2e%2e/server.py", "/post/", "/post/-1", "/post/999999", "/post/1e3",
        "/post/%D9%A3", "/original/x", "/nothing",
    ],
)  # fmt: skip
def test_nothing_else_is_served(server: Server, path: str) -> None:
    response, data = get(server, path)
    assert response.status == 404
    assert b"secret" not in data


def test_pictures_of_the_archive_are_served(server: Server) -> None:
    response, data = get(server, "/file/picture.png")
    assert (response.getheader("Content-Type"), data) == ("image/png", b"picture")


def test_policies_forbid_network_and_scripts(server: Server) -> None:
    page = get(server, "/")[0].getheader("Content-Security-Policy", "")
    assert "default-src 'none'" in page
    assert "script-src 'self'" in page
    assert "unsafe" not in page
    original = get(server, "/original/0")[0].getheader("Content-Security-Policy", "")
    assert original.startswith("sandbox; default-src 'none'")
    assert "script-src" not in original
    assert "http" not in page + original


def test_the_list_is_worst_first_and_paged(server: Server) -> None:
    first, second = get_json(server, "/posts"), get_json(server, "/posts?page=1")
    assert (first["total"], first["perfect"], first["differing"], first["done"]) == (MANY + 3, MANY + 1, 2, True)
    assert (len(first["rows"]), len(second["rows"]), first["pages"]) == (PAGE, MANY + 3 - PAGE, 2)
    names = [row[1] for row in first["rows"]]
    assert set(names[:2]) == {"hostile.md", "faulty.md"}
    assert not set(names) & {row[1] for row in second["rows"]}
    scores = [row[2] for row in first["rows"]]
    assert scores == sorted(scores)


def test_search_takes_all_words(server: Server) -> None:
    found = get_json(server, "/posts?query=POST%20007")
    assert [row[1] for row in found["rows"]] == ["many/post-0007.md", *(f"many/post-007{n}.md" for n in range(10))]
    assert get_json(server, "/posts?query=absent")["rows"] == []


def post(server: Server, path: str, body: str, **headers: str) -> int:
    connection = http.client.HTTPConnection(HOST, server.server_port)
    connection.request("POST", path, body, headers)
    status = connection.getresponse().status
    connection.close()
    return status


def test_marks_are_kept(server: Server) -> None:
    origin = server.address.rstrip("/")
    number = number_of(server, "good.md")
    assert post(server, f"/mark/{number}", "bad", Origin=origin) == 200
    assert get_json(server, "/marks") == {"good.md": "bad"} == dict(Marks(server.index.marks.path).all())
    assert [row[1] for row in get_json(server, "/posts?mark=bad")["rows"]] == ["good.md"]
    assert get_json(server, "/posts?mark=none")["found"] == MANY + 2
    assert post(server, f"/mark/{number}", "", Origin=origin) == 200
    assert get_json(server, "/marks") == {}


@pytest.mark.parametrize(
    ("path", "body", "origin", "status"),
    [
        ("/mark/0", "good", "http://evil.invalid", 403), ("/mark/0", "good", "null", 403), ("/mark/0", "good", "", 403),
        ("/mark/0", "fine", None, 400), ("/mark/0", "good" * 999, None, 400), ("/mark/999999", "good", None, 400),
        ("/mark/x", "good", None, 400), ("/other", "good", None, 400),
    ],
)  # fmt: skip
def test_only_the_page_gives_marks(server: Server, path: str, body: str, origin: str | None, status: int) -> None:
    origin = server.address.rstrip("/") if origin is None else origin
    assert post(server, path, body, **({"Origin": origin} if origin else {})) == status
    assert get_json(server, "/marks") == {}


@pytest.mark.parametrize("text", ["", "[]", "{", '{"a": "good", "b": "?", "c": 1}'])
def test_a_file_of_marks_that_is_none(tmp_path: Path, text: str) -> None:
    (tmp_path / "marks").write_text(text)
    assert set(Marks(tmp_path / "marks").all()) <= {"a"}


def test_titles_texts_and_results_are_searched(server: Server) -> None:
    rows = {row[1]: row for row in get_json(server, "/posts")["rows"]}
    assert rows["faulty.md"][6:9] == ["从零开始搭建 Redis 集群", "", ""]
    assert {row[1] for row in get_json(server, "/posts?query=hostile%20words")["rows"]} == {"hostile.md"}
    assert get_json(server, "/posts?state=differs")["found"] == 2
    assert get_json(server, "/posts?state=perfect&complete=yes")["found"] == MANY + 1
    assert get_json(server, "/posts?complete=no")["found"] == 0
    for query in ("%22", "*", "%00", "a%2Bb", "NEAR(", "%F0%9F%98%80", "%ED%A0%80", "title:x"):
        assert get_json(server, f"/posts?query={query}")["found"] >= 0


def test_incomplete_posts_are_told(tmp_path: Path) -> None:
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    out.mkdir()
    (source / "whole.html").write_text("<div id='content_views'><p>text</p></div><p>x", encoding="utf-8")
    (source / "cut.html").write_text('<div id="content_views"><p>text</p><a hr', encoding="utf-8")
    for name in ("whole", "cut"):
        (out / f"{name}.md").write_text("text\n\nx\n", encoding="utf-8")
    index = Index(Archive(out=out, pairs=named(source, out, Options())))
    index.fill()
    (row,) = index.page(Filters(complete="no"), 0)["rows"]
    assert (row[1], row[7]) == ("cut.md", "article/truncated")


def test_the_list_is_ordered_by_health(tmp_path: Path) -> None:
    """Verification, text, images that are gone and what is missing count; a post that is gone has none left."""
    source, out = review_pages.write_unwell(tmp_path)
    (source / "cut.html").write_text('<div id="content_views"><h2>b</h2><p>c</p><a hr', encoding="utf-8")
    (source / "gone.html").write_text('<div id="content_views"><p>a</p></div>', encoding="utf-8")
    (out / "cut.md").write_text("## b\n\nc\n", encoding="utf-8")
    with closing(Manifest(sqlite3.connect(out / MANIFEST_NAME))) as manifest:
        database = ArchiveDatabase(manifest.database)
        database.record_posts([PostRecord(Post("well.md"), (Reference("image", "https://a.example/1.png"),))])
        database.record_images([Image("https://a.example/1.png", "https://a.example/1.png", DEAD)])
    index = Index(Archive(out=out, pairs=named(source, out, Options())))
    assert [row[9] for row in index.page(Filters(order="health"), 0)["rows"]] == [None] * 5
    index.fill()
    assert not index.problem
    by_result = [row[1] for row in index.page(Filters(), 0)["rows"]]
    by_health = [(row[1], row[9]) for row in index.page(Filters(order="health"), 0)["rows"]]
    assert by_result == ["gone.md", "different.md", "cut.md", "garbled.md", "well.md"]
    assert by_health == [("gone.md", 0), ("cut.md", 50), ("garbled.md", 65), ("different.md", 70), ("well.md", 95)]


def test_a_copy_is_less_healthy_than_the_fuller_one(tmp_path: Path) -> None:
    """As in the catalogue; the list names the fuller one."""
    source, out = tmp_path / "source", tmp_path / "out"
    source.mkdir()
    out.mkdir()
    for name, end in (("full", "，还有最后一句。"), ("short", "。"), ("other", "")):
        words = (
            "这是别的文章。" if name == "other" else "".join(f"第{n}段说的是第{n * 7}件事，" for n in range(80)) + end
        )
        (source / f"{name}.html").write_text(f'<div id="content_views"><p>{words}</p></div>', encoding="utf-8")
        (out / f"{name}.md").write_text(f"{words}\n", encoding="utf-8")
    index = Index(Archive(out=out, pairs=named(source, out, Options())))
    index.fill()
    assert not index.problem
    found = {row[1]: (row[9], row[10]) for row in index.page(Filters(order="health"), 0)["rows"]}
    assert found == {"full.md": (100, ""), "short.md": (90, "full.md"), "other.md": (100, "")}
    with closing(catalogue_files.create_database("", catalogue.entries(out, print))) as database:
        listed = dict(database.execute("SELECT path, health FROM posts"))
    assert listed == {name: health for name, (health, _) in found.items()}


def number_of(server: Server, name: str) -> int:
    return next(number for number, pair in enumerate(server.index.pairs.found) if pair.name == name)


def test_a_post_tells_its_differences_and_findings(server: Server) -> None:
    post = get_json(server, f"/post/{number_of(server, 'faulty.md')}")
    texts = [difference["text"] for difference in post["differences"]]
    assert ["heading level 2 became 3: 二、参数对照", "标题级别从 2 变成了 3：二、参数对照"] in texts
    assert any("maxmemory" in english for english, _ in texts)
    assert "476  characters in the file's body" in post["sum"][0]
    assert "476  个字符，在文件正文里" in post["sum"][1]
    assert {"math/tex", "image/watermark"} <= {finding["rule"] for finding in post["findings"]}
    assert post["map"] == sorted(post["map"])
    original = get(server, f"/original/{number_of(server, 'faulty.md')}")[1].decode()
    for difference in post["differences"]:
        assert f'id="n{difference["number"]}"' in original
    assert "x-different" in original


def test_a_hostile_post_is_disarmed(server: Server) -> None:
    number = number_of(server, "hostile.md")
    for html in (get(server, f"/original/{number}")[1].decode(), get_json(server, f"/post/{number}")["rendered"]):
        body = html.rpartition("</style>")[2]
        assert "hostile words" in body
        for danger in ("<script", "<iframe", "<object", "<embed", "<svg", "<img", "<form", "<style", "onerror=",
                       "onload=", "onclick=", 'href="javascript', "srcset", "style="):  # fmt: skip
            assert danger not in body


def test_text_behind_an_embedded_player_is_shown() -> None:
    tree = etree.HTML('<p>a<embed src="c.swf">b</p>')
    assert Sanitizer().html(tree) == '<p>a<span class="x-player">▶ c.swf</span>b</p>'


def test_pictures_come_only_when_asked_for(server: Server) -> None:
    number = number_of(server, "good.md")
    assert "<img" not in get_json(server, f"/post/{number}")["rendered"]
    assert "<img" in get_json(server, f"/post/{number}?images")["rendered"]
    assert "https:" in get(server, f"/original/{number}?images")[0].getheader("Content-Security-Policy", "")


def test_an_export_holds_the_same(server: Server, tmp_path: Path) -> None:
    count = export(server.index, tmp_path)
    assert count == MANY + 3
    number = number_of(server, "faulty.md")
    facts = review_pages.unpacked(tmp_path / "post" / f"{number}.js")
    served = get_json(server, f"/post/{number}")
    assert facts.pop("original").encode() == get(server, f"/original/{number}")[1]
    assert {**facts, "rendered": ""} == {**served, "rendered": ""}
    assert facts["title"] == "从零开始搭建 Redis 集群"
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "default-src 'none'" in page
    assert '"/' not in page


def test_a_post_that_is_gone_is_told(tmp_path: Path) -> None:
    source, out = review_pages.write(tmp_path)
    (out / "good.md").unlink()
    index = Index(Archive(out=out, pairs=named(source, out, Options())))
    index.fill()
    worst = index.page(Filters(), 0)
    assert (worst["failed"], worst["rows"][0][1]) == (1, "good.md")
    assert "No such file" in worst["rows"][0][5][0]

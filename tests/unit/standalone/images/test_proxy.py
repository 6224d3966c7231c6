"""Images through a proxy that the environment names."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from converter.model import Csdn2mdError
from converter.standalone.database import FAILED, SAVED
from converter.standalone.images.download import download
from converter.standalone.images.fetch import Limits
from converter.standalone.images.guard import GuardedTransport, Permits, is_public, permit_all, proxies_in_environment
from converter.standalone.records import Post, PostRecord, Reference
from tests.kit.image_host import ImageHost, image_host
from tests.kit.standalone import open_database

PUBLIC = "93.184.216.34"


class _Forwarder(BaseHTTPRequestHandler):
    """Answers a request for an absolute address with what the image host answers for its path."""

    server: Proxy

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        connection = HTTPConnection("127.0.0.1", self.server.behind.server_port)
        connection.request("GET", urlsplit(self.path).path, headers={"Host": "images.test"})
        answer = connection.getresponse()
        data = answer.read()
        connection.close()
        self.send_response(answer.status)
        self.send_header("Content-Length", str(len(data)))
        if location := answer.headers.get("Location"):
            self.send_header("Location", location)
        self.end_headers()
        self.wfile.write(data)

    def do_CONNECT(self) -> None:
        self.server.asked.append(self.path)
        self.send_error(403)

    def log_message(self, *_given: object) -> None:
        """Print nothing."""


class Proxy(ThreadingHTTPServer):
    """A proxy; ``asked`` holds the addresses that it was asked for."""

    daemon_threads = True

    def __init__(self, behind: ImageHost) -> None:
        super().__init__(("127.0.0.1", 0), _Forwarder)
        self.behind, self.asked = behind, list[str]()


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    with image_host() as host, Proxy(host) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


async def _resolve(host: str, _port: int) -> list[str]:
    if host == "mixed.test":
        return [PUBLIC, "10.0.0.1"]
    if host == "unknown.example":
        raise OSError(-2, "Name or service not known")
    return [PUBLIC if host.endswith(".test") else host]


def fetched(folder: Path, *addresses: str, permits: Permits = is_public) -> dict[str, str]:
    """Download images with the proxies of the environment; return the reason why each is missing ("": it is saved)."""
    database = open_database(folder)
    database.record_posts(
        [PostRecord(Post("post.md"), tuple(Reference("image", url, served=url) for url in addresses))]
    )
    transport = GuardedTransport(permits=permits, resolve=_resolve, proxies=proxies_in_environment())
    download(database, folder / "assets", limits=Limits(attempts=1), make_durable=lambda _: None, transport=transport)
    found = {image.address: image.why for image in database.images(SAVED, FAILED)}
    database.close()
    return found


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch, proxy: Proxy) -> None:
    for name in ("ALL_PROXY", "NO_PROXY", "REQUEST_METHOD", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{proxy.server_port}")


def test_image_through_a_proxy(tmp_path: Path, proxy: Proxy) -> None:
    """The proxy resolves a name that is not known here."""
    urls = ("http://images.test/good/1.png", "http://unknown.example/good/2.png")
    assert fetched(tmp_path, *urls) == dict.fromkeys(urls, "")
    assert sorted(proxy.asked) == sorted(urls)


@pytest.mark.parametrize(
    "host", ["10.0.0.1", "[::1]", "169.254.169.254", "mixed.test", "localhost", "printer", "a.internal"]
)
def test_proxy_is_not_asked_for_private_hosts(tmp_path: Path, proxy: Proxy, host: str) -> None:
    (why,) = fetched(tmp_path, f"http://{host}/good/1.png").values()
    assert why == f"{host.strip('[]')} is not on the public internet"
    assert proxy.asked == []


def test_redirect_to_a_private_host_is_not_followed(tmp_path: Path, proxy: Proxy) -> None:
    url = "http://images.test/to-metadata"
    assert fetched(tmp_path, url) == {url: "169.254.169.254 is not on the public internet"}
    assert proxy.asked == [url]


def test_no_proxy(tmp_path: Path, proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "10.0.0.1,other.test")
    (why,) = fetched(tmp_path, "http://10.0.0.1/good/1.png").values()
    assert "not on the public internet" in why and proxy.asked == []


def test_https_is_a_tunnel(tmp_path: Path, proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", f"127.0.0.1:{proxy.server_port}")
    (why,) = fetched(tmp_path, "https://images.test/good/1.png").values()
    assert why.startswith("the proxy refuses: 403")
    assert proxy.asked == ["images.test:443"]


def test_other_kinds_of_proxies_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:1080")
    with pytest.raises(Csdn2mdError, match=r"^ALL_PROXY: socks5://127\.0\.0\.1:1080: only"):
        proxies_in_environment()


def test_private_hosts_with_allow_private(tmp_path: Path, proxy: Proxy) -> None:
    url = "http://10.0.0.1/good/3.png"
    assert fetched(tmp_path, url, permits=permit_all) == {url: ""}
    assert proxy.asked == [url]

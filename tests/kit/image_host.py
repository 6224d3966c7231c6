"""An image host for tests: a server on 127.0.0.1 whose answers depend on the path (``/slow``, ``/loop``, ...)."""

from __future__ import annotations

import gzip
import struct
import sys
import threading
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from converter.standalone.images.guard import GuardedTransport, is_public

SVG = b"""<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" onload="x()"><script>x()</script><path d="M0 0"/></svg>"""


def png(number: int) -> bytes:
    """Return a valid PNG of one pixel; each number gives another file."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    pixel = chunk(b"IDAT", zlib.compress(b"\0\0\0\0"))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"tEXt", b"n\0%d" % number) + pixel + chunk(b"IEND", b"")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: ImageHost

    def do_GET(self) -> None:
        self.server.methods.append((self.command, self.path))
        self.server.seen(self.path, self.headers.get("Referer", ""), self.headers.get("Host", ""))
        name = self.path.partition("?")[0].strip("/").partition("/")[0]
        try:
            ROUTES.get(name, _Handler.missing)(self)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, *_given: object) -> None:
        """Print nothing."""

    def answer(self, status: int, body: bytes = b"", kind: str = "image/png", **headers: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        for header, value in {"Content_Length": str(len(body)), **headers}.items():
            self.send_header(header.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def good(self) -> None:
        self.answer(200, png(int(self.path.rpartition("/")[2].partition(".")[0])))

    def missing(self) -> None:
        self.answer(404, b"<html>none</html>", "text/html")

    def status(self) -> None:
        self.answer(int(self.path.rpartition("/")[2]))

    def no_referer(self) -> None:
        self.answer(403) if self.headers.get("Referer") else self.answer(200, png(1))

    def own_referer(self) -> None:
        own = f"http://{self.headers['Host'].partition(':')[0]}/"
        self.answer(200, png(2)) if self.headers.get("Referer") == own else self.answer(403)

    def only_stamped(self) -> None:
        self.answer(200, png(3)) if "x-oss-process" in self.path else self.answer(403)

    def recovers(self) -> None:
        self.answer(503, Retry_After="7") if self.server.count(self.path) < 3 else self.answer(200, png(4))

    def truncated(self) -> None:
        self.answer(200, png(5)[:40], Content_Length=str(len(png(5))))
        self.close_connection = True

    def truncated_once(self) -> None:
        self.truncated() if self.server.count(self.path) == 1 else self.answer(200, png(5))

    def cut(self) -> None:
        self.answer(200, png(6)[: 40 + self.server.count(self.path)])

    def cut_at_source(self) -> None:
        self.answer(200, png(6)[:60])

    def slow(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "100")
        self.end_headers()
        self.wfile.flush()
        self.server.closing.wait()

    def page(self) -> None:
        self.answer(200, b"<!DOCTYPE html><html>sign in</html>")

    def lying_header(self) -> None:
        self.answer(200, png(7), "text/html")

    def huge(self) -> None:
        self.answer(200, b"", Content_Length=str(1 << 40))
        self.close_connection = True

    def endless(self) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        while not self.server.closing.is_set():
            self.wfile.write(b"10000\r\n" + bytes(0x10000) + b"\r\n")

    def bomb(self) -> None:
        self.answer(200, gzip.compress(bytes(1 << 22)), Content_Encoding="gzip")

    def zipped(self) -> None:
        self.answer(200, gzip.compress(png(8)), Content_Encoding="gzip")

    def brotli(self) -> None:
        self.answer(200, b"xxxx", Content_Encoding="br")

    def svg(self) -> None:
        self.answer(200, SVG, "image/svg+xml")

    def empty(self) -> None:
        self.answer(200)

    def html_page(self) -> None:
        self.answer(200, b"<!DOCTYPE html><html>gone</html>", "text/html")

    def no_head(self) -> None:
        self.answer(405) if self.command == "HEAD" else self.answer(200, png(1))

    def lying_head(self) -> None:
        self.answer(404) if self.command == "HEAD" else self.answer(200, png(1))

    def cut_head(self) -> None:
        if self.command == "HEAD":
            self.close_connection = True
        else:
            self.answer(200, png(1))


def _redirect(location: str) -> Callable[[_Handler], None]:
    return lambda handler: handler.answer(302, Location=location)


ROUTES: dict[str, Callable[[Any], None]] = {
    name.replace("_", "-"): getattr(_Handler, name)
    for name in """good status no_referer own_referer only_stamped recovers truncated truncated_once cut cut_at_source
    slow page lying_header huge endless bomb zipped brotli svg empty html_page no_head lying_head
    cut_head""".split()
} | {
    "loop": _redirect("/loop"),
    "hop": _redirect("/good/9.png"),
    "to-private": _redirect("http://10.0.0.1/x.png"),
    "to-metadata": _redirect("http://169.254.169.254/latest/meta-data/"),
    "to-loopback": _redirect("http://[::ffff:127.0.0.1]/x.png"),
    "to-internal-name": _redirect("http://internal.test/x.png"),
    "to-port-99999": _redirect("http://images.test:99999/x.png"),
    "to-file": _redirect("file:///etc/hostname"),
}


class ImageHost(ThreadingHTTPServer):
    """The server; ``requests`` holds (path, referer, host) of each request so far, ``methods`` (method, path)."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.closing = threading.Event()
        self.requests: list[tuple[str, str, str]] = []
        self.methods: list[tuple[str, str]] = []
        self._counts: Counter[str] = Counter()
        self._change = threading.Condition()
        self._limit = sys.maxsize

    def seen(self, path: str, referer: str, host: str) -> None:
        with self._change:
            self.requests.append((path, referer, host))
            self._counts[path] += 1
            self._change.notify_all()
            self._change.wait_for(lambda: len(self.requests) <= self._limit or self.closing.is_set())

    @contextmanager
    def holding(self, requests: int) -> Iterator[None]:
        """Answer so many more requests, then none until the ``with`` block ends; the block starts when they are answered."""
        with self._change:
            self._limit = len(self.requests) + requests
            assert self._change.wait_for(lambda: len(self.requests) > self._limit, timeout=120), "too few requests"
        try:
            yield
        finally:
            with self._change:
                self._limit = sys.maxsize
                self._change.notify_all()

    def count(self, path: str) -> int:
        return self._counts[path]

    def url(self, path: str, host: str = "images.test") -> str:
        """Return a URL on this server; every host name under ``.test`` leads to it."""
        return f"http://{host}:{self.server_port}/{path}"

    def transport(self) -> GuardedTransport:
        """Return a transport that resolves names as the tests need and takes only 127.0.0.1 for a public address."""
        return GuardedTransport(permits=lambda address: address == "127.0.0.1" or is_public(address), resolve=_resolve)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore clients that closed the connection."""


async def _resolve(host: str, _port: int) -> list[str]:
    if host == "internal.test":
        return ["127.0.0.2", "10.1.2.3"]
    if host.endswith(".test"):
        return ["10.9.9.9", "127.0.0.1"]
    if host == "gone.example":
        raise OSError(-2, "Name or service not known")
    return [host]


@contextmanager
def image_host() -> Iterator[ImageHost]:
    """Run a server during the ``with`` block."""
    with ImageHost() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            server.shutdown()
            thread.join()

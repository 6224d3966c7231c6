"""Serve the review page: to this machine only, nothing but marks is written, nothing outside the archive's folders."""

from __future__ import annotations

import json
import mimetypes
from collections.abc import Callable
from functools import lru_cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from converter.review.content import Post, images_policy, post_of
from converter.review.index import Filters, Index
from converter.review.marks import MARKS

HOST = "127.0.0.1"
STATIC = Path(__file__).parent / "static"
FILES = {
    "": "index.html", "app.js": "app.js", "strings.js": "strings.js", "style.css": "style.css",
    "katex.min.js": "katex.min.js", "KATEX-LICENSE": "KATEX-LICENSE",
}  # fmt: skip
TYPES = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", "": "text/plain"}
IMAGE_SUFFIXES = frozenset((".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".avif"))
"""Suffixes of the only files of the archive that are served."""
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; frame-src 'self'; "
    "img-src 'self' {images}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
ORIGINAL_POLICY = (
    "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src {images}; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'"
)
KEPT_POSTS = 16
"""How many posts are kept in memory, ready to be shown."""


class Server(ThreadingHTTPServer):
    """A server for one archive, on the loopback address."""

    daemon_threads = True

    def __init__(self, index: Index, port: int) -> None:
        """Bind to a port (0: any free one).  OSError where the port is taken."""
        super().__init__((HOST, port), Handler)
        self.index = index
        self.hosts = frozenset(f"{name}:{self.server_port}" for name in (HOST, "localhost"))
        self.post: Callable[[int, bool], Post] = lru_cache(KEPT_POSTS)(self._post)

    @property
    def address(self) -> str:
        """The URL of the page."""
        return f"http://{HOST}:{self.server_port}/"

    def _post(self, number: int, images: bool) -> Post:
        archive = self.index.archive
        pairs = self.index.pairs
        pair = pairs.found[number]
        folder = pair.name.rpartition("/")[0]
        local = f"/file/{folder}/" if folder else "/file/"
        title = self.index.title(pair.name)
        return post_of(pair, pairs, renderer=archive.renderer, images=images, local=local, title=title)


def _number(text: str) -> int | None:
    """Return the number that a text is; None for any other text, and for a number of more digits than any needs."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else None


class Handler(BaseHTTPRequestHandler):
    """Answers GET requests, by the paths in FILES and ROUTES."""

    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "csdn2md"
    sys_version = ""

    def do_GET(self) -> None:
        """Answer a request, if its Host header names this server."""
        if self.headers.get("Host", "") not in self.server.hosts:
            return self._refuse(HTTPStatus.FORBIDDEN)
        try:
            parts = urlsplit(self.path)
        except ValueError:  # brackets that hold no IPv6 address
            return self._refuse(HTTPStatus.BAD_REQUEST)
        first, _, rest = parts.path.lstrip("/").partition("/")
        query = {name: values[-1] for name, values in parse_qs(parts.query, keep_blank_values=True).items()}
        if not rest and first in FILES:
            return self._static(FILES[first], images="images" in query)
        route = ROUTES.get(first)
        return route(self, unquote(rest), query) if route else self._refuse(HTTPStatus.NOT_FOUND)

    def _static(self, name: str, *, images: bool) -> None:
        path = STATIC / name
        self._send(path.read_bytes(), TYPES[path.suffix], PAGE_POLICY.format(images=images_policy(images)))

    def _posts(self, _rest: str, query: dict[str, str]) -> None:
        page = _number(query.get("page", ""))
        filters = Filters(*(query.get(name, "") for name in Filters._fields))
        self._json(self.server.index.page(filters, page or 0))

    def do_POST(self) -> None:
        """Keep the mark of a post: /mark/NUMBER, the mark as the body; from the page itself only."""
        hosts = self.server.hosts
        origin = self.headers.get("Origin", "").removeprefix("http://")
        if self.headers.get("Host", "") not in hosts or origin not in hosts:
            self.close_connection = True
            return self._refuse(HTTPStatus.FORBIDDEN)
        length = _number(self.headers.get("Content-Length", ""))
        mark = self.rfile.read(length).decode("ascii", "replace") if length is not None and length < 9 else "?"
        number = _number(self.path.removeprefix("/mark/"))
        pairs = self.server.index.pairs.found
        if number is None or number >= len(pairs) or mark not in ("", *MARKS):
            self.close_connection = True
            return self._refuse(HTTPStatus.BAD_REQUEST)
        try:
            self.server.index.marks.put(pairs[number].name, mark)
        except OSError:
            return self._refuse(HTTPStatus.INTERNAL_SERVER_ERROR)
        return self._json(mark)

    def _marks(self, _rest: str, _query: dict[str, str]) -> None:
        self._json(dict(self.server.index.marks.all()))

    def _post(self, rest: str, query: dict[str, str]) -> None:
        if (post := self._wanted(rest, query)) is not None:
            self._json(post.data)

    def _original(self, rest: str, query: dict[str, str]) -> None:
        if (post := self._wanted(rest, query)) is not None:
            policy = ORIGINAL_POLICY.format(images=images_policy("images" in query))
            self._send(post.original.encode("utf-8", "replace"), "text/html", policy)

    def _wanted(self, rest: str, query: dict[str, str]) -> Post | None:
        number = _number(rest)
        if number is not None and number < len(self.server.index.pairs.found):
            return self.server.post(number, "images" in query)
        self._refuse(HTTPStatus.NOT_FOUND)
        return None

    def _file(self, rest: str, _query: dict[str, str]) -> None:
        """Send an image of the archive."""
        folder = self.server.index.archive.out.resolve()
        try:
            path = (folder / rest).resolve()
            inside = path.is_relative_to(folder) and path.suffix.lower() in IMAGE_SUFFIXES and path.is_file()
            data = path.read_bytes() if inside else None
        except (OSError, ValueError):
            data = None
        if data is None:
            return self._refuse(HTTPStatus.NOT_FOUND)
        return self._send(data, mimetypes.guess_type(path.name)[0] or "image/png", "default-src 'none'; sandbox")

    def _json(self, value: object) -> None:
        self._send(
            json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"), "application/json", "default-src 'none'"
        )

    def _send(self, data: bytes, kind: str, policy: str, status: HTTPStatus = HTTPStatus.OK) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind if kind.startswith("image/") else f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Content-Security-Policy", policy)
        for name, value in HEADERS:
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(data)

    def _refuse(self, status: HTTPStatus) -> None:
        self._send(status.phrase.encode(), "text/plain", "default-src 'none'", status)

    def log_message(self, format: str, *args: object) -> None:
        """Write no log."""


HEADERS = (
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Cache-Control", "no-store"),
)
ROUTES: dict[str, Callable[[Handler, str, dict[str, str]], None]] = {
    "posts": Handler._posts,
    "marks": Handler._marks,
    "post": Handler._post,
    "original": Handler._original,
    "file": Handler._file,
}
"""Methods that answer, by the first part of the path."""

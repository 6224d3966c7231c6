"""Fetch one image, or ask whether it is there: which URLs are requested, how often, which responses are accepted."""

from __future__ import annotations

import asyncio
import re
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from functools import partial
from random import random
from time import time
from typing import TypeVar

import httpx

from converter.extract.drawings import sanitize
from converter.model import Csdn2mdError
from converter.rules.urls import ImageHost
from converter.standalone.addresses import referers
from converter.standalone.images import sniff
from converter.standalone.images.guard import ForbiddenError
from converter.version import __version__

Result = TypeVar("Result")

_ENOUGH = 4096
"""Bytes at the start of an answer that show whether it is an image."""
_ERRNO = re.compile(r"^\[Errno -?\d+\] ")
RETRY = frozenset((408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524))
REFUSED = frozenset((401, 403))
REDIRECT = frozenset((301, 302, 303, 307, 308))
HEADERS = {
    "User-Agent": f"Mozilla/5.0 (compatible; csdn2md/{__version__})",
    "Accept": "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5",
    "Accept-Encoding": "identity",
}
DECODERS: dict[str, int] = {"gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}
"""Content encodings that are decoded although none is requested, with the `wbits` of zlib for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Limits of a download.

    connections, per_host: requests at the same time, in all and for one host.  max_size: bytes of one image.
    timeout: seconds without any data; deadline: seconds for one whole response.
    attempts: requests for one URL; redirects: how many are followed.
    patience: failures of a host in a row after which it is skipped for this run.
    """

    connections: int = 16
    per_host: int = 4
    max_size: int = 32 << 20
    timeout: float = 30.0
    deadline: float = 180.0
    attempts: int = 4
    redirects: int = 5
    patience: int = 20


@dataclass(frozen=True, slots=True)
class Clock:
    """Waiting and chance, which tests replace.  chance: a random number from 0 to 1 that spreads retries."""

    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random


@dataclass(frozen=True, slots=True)
class FetchedImage:
    """An image of a known type.  suffix: `.png` and so on; fetched: the URL that it came from."""

    data: bytes = field(repr=False)
    suffix: str
    fetched: str


class MissingError(Csdn2mdError):
    """An image that cannot be fetched.

    final: another request in this run will not help; refused: the host denied it; forbidden: it was not sent, because
    its address is not public; after: seconds that the host asks to wait.
    """

    def __init__(
        self, why: str, *, final: bool, refused: bool = False, forbidden: bool = False, after: float = 0.0
    ) -> None:
        super().__init__(why)
        self.why, self.final, self.refused, self.forbidden, self.after = why, final, refused, forbidden, after

    @property
    def gone(self) -> bool:
        """True when a later run would not get the image either."""
        return self.final and not (self.refused or self.forbidden)


async def fetch(
    client: httpx.AsyncClient, addresses: Iterable[str], limits: Limits, clock: Clock, hosts: tuple[ImageHost, ...] = ()
) -> FetchedImage:
    """Fetch an image from the first of its URLs that has it, with the Referer headers that its host accepts.

    hosts: a user's own rows of such headers.

    Raises MissingError where none has it.
    """
    seen: dict[str, bytes] = {}

    async def image(url: str, referer: str) -> FetchedImage:
        data = await _answer(client, "GET", url, referer, limits, _content)
        kind = _type(data)
        if not sniff.is_complete(data, kind) and data != seen.get(url):
            seen[url] = data  # incomplete twice in the same way: the host has no more
            raise MissingError("was cut off", final=False)
        return FetchedImage(sanitize(data) if kind == ".svg" else data, kind, url)

    return await _from_any(addresses, hosts, limits, clock, image)


async def probe(
    client: httpx.AsyncClient, addresses: Iterable[str], limits: Limits, clock: Clock, hosts: tuple[ImageHost, ...] = ()
) -> None:
    """Ask whether an image is there, as ``fetch`` would fetch it, without its content.

    A HEAD request is enough where it promises an image; otherwise the start of the answer to a GET request decides.

    Raises MissingError where none of the URLs has it.
    """

    async def ask(url: str, referer: str) -> None:
        try:
            if await _answer(client, "HEAD", url, referer, limits, _promises_image):
                return
        except MissingError as error:
            if error.forbidden:
                raise
        await _answer(client, "GET", url, referer, limits, _begins_as_image)

    await _from_any(addresses, hosts, limits, clock, ask)


async def _from_any(
    addresses: Iterable[str],
    hosts: tuple[ImageHost, ...],
    limits: Limits,
    clock: Clock,
    request: Callable[[str, str], Awaitable[Result]],
) -> Result:
    """Return what a request (of a URL, with a referer) for the first of some URLs gives that has the image."""
    missing: list[MissingError] = []
    for url in addresses:
        for referer in referers(url, hosts):
            try:
                return await _with_retries(partial(request, url, referer), limits, clock)
            except MissingError as error:
                missing.append(error)
                if not error.refused:
                    break
    final = all(error.final for error in missing)
    why = missing[-1].why if final else next(error.why for error in missing if not error.final)
    refused = any(error.refused for error in missing)
    forbidden = any(error.forbidden for error in missing)
    raise MissingError(why, final=final, refused=refused, forbidden=forbidden)


async def _with_retries(request: Callable[[], Awaitable[Result]], limits: Limits, clock: Clock) -> Result:
    """Repeat a request until it is answered; wait longer each time."""
    for attempt in range(1, limits.attempts + 1):
        try:
            async with asyncio.timeout(limits.deadline):
                return await request()
        except TimeoutError:
            problem = MissingError(f"took longer than {limits.deadline:g} s", final=False)
        except MissingError as error:
            if error.final:
                raise
            problem = error
        if attempt < limits.attempts:
            await clock.sleep(max(min(2.0**attempt, 60.0) * (0.5 + clock.chance()), problem.after))
    raise problem


def _type(data: bytes) -> str:
    kind = sniff.image_suffix(data)
    if not kind or (kind == ".svg" and not sanitize(data)):
        raise _no_image(data)
    return kind


def _no_image(data: bytes) -> MissingError:
    start = data[:16].decode("ascii", "replace")
    return MissingError("is empty" if not data else f"is no image (it starts with {start!r})", final=True)


async def _answer(
    client: httpx.AsyncClient,
    method: str,
    url: str,
    referer: str,
    limits: Limits,
    read: Callable[[httpx.Response, Limits], Awaitable[Result]],
) -> Result:
    """Return what is read from the answer to a request for a URL, following redirects one by one."""
    headers = {"Referer": referer} if referer else {}
    try:
        target = httpx.URL(url)
        for _ in range(limits.redirects + 1):
            if target.scheme not in ("http", "https") or not target.host:
                raise MissingError(f"leads to {str(target)[:100]}", final=True)
            if target.port is not None and not 0 < target.port < 1 << 16:
                raise MissingError(f"has an address that is none (port {str(target.port)[:10]})", final=True)
            async with client.stream(method, target, headers=headers) as response:
                if response.status_code not in REDIRECT or "location" not in response.headers:
                    return await read(response, limits)
                target = target.join(response.headers["location"])
    except ForbiddenError as error:
        raise MissingError(str(error), final=True, forbidden=True) from error
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise MissingError(f"has an address that is none ({error})", final=True) from error
    except httpx.TransportError as error:
        raise MissingError(_ERRNO.sub("", str(error)) or type(error).__name__, final=False) from error
    raise MissingError(f"is redirected more than {limits.redirects} times", final=True)


def _require_found(response: httpx.Response) -> None:
    """Raise MissingError for an answer without the image."""
    status = response.status_code
    if status != 200:
        refused = status in REFUSED
        after = _retry_after(response.headers.get("retry-after", ""))
        raise MissingError(f"HTTP {status}", final=status not in RETRY, refused=refused, after=after)


async def _promises_image(response: httpx.Response, _limits: Limits) -> bool:
    """Return whether the head of an answer says that an image would follow."""
    is_image = response.headers.get("content-type", "").startswith("image/")
    return response.status_code == 200 and is_image and response.headers.get("content-length") != "0"


async def _begins_as_image(response: httpx.Response, limits: Limits) -> None:
    """Raise MissingError where an answer has no image; its first bytes are read."""
    _require_found(response)
    data = b""
    async for chunk in _decoded(response, limits):
        data += chunk
        if len(data) >= _ENOUGH:
            break
    if not sniff.image_suffix(data):
        raise _no_image(data)


async def _content(response: httpx.Response, limits: Limits) -> bytes:
    _require_found(response)
    if int(response.headers.get("content-length", "0")) > limits.max_size:
        raise _too_large(limits)
    data = bytearray()
    async for chunk in _decoded(response, limits):
        data += chunk
        if len(data) > limits.max_size:
            raise _too_large(limits)
    return bytes(data)


async def _decoded(response: httpx.Response, limits: Limits) -> AsyncIterator[bytes]:
    """Yield the decoded content in pieces, none larger than the limit, so that a compressed bomb cannot fill memory."""
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    if encoding in ("", "identity"):
        async for chunk in response.aiter_raw():
            yield chunk
        return
    if encoding not in DECODERS:
        raise MissingError(f"is sent as {encoding[:20]!r}, which was not asked for", final=True)
    decoder = zlib.decompressobj(DECODERS[encoding])
    try:
        async for chunk in response.aiter_raw():
            yield decoder.decompress(chunk, limits.max_size + 1)
            if decoder.unconsumed_tail:
                raise _too_large(limits)
    except zlib.error as error:
        raise MissingError(f"is no {encoding} ({error})", final=True) from error
    if not decoder.eof:
        raise MissingError("was cut off", final=False)


def _too_large(limits: Limits) -> MissingError:
    return MissingError(f"is larger than {limits.max_size:,} bytes", final=True)


def _retry_after(value: str) -> float:
    """Return the seconds of a Retry-After header (RFC 9110, 10.2.3), at most 120; 0 for an invalid value."""
    try:
        seconds = float(value) if value.strip().isdigit() else parsedate_to_datetime(value).timestamp() - time()
    except (TypeError, ValueError, IndexError):
        return 0.0
    return min(max(seconds, 0.0), 120.0)

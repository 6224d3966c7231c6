"""Fetch one image: which URLs are requested, how often, and which responses are accepted."""

from __future__ import annotations

import asyncio
import re
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from random import random
from time import time

import httpx

from converter.extract.drawings import sanitize
from converter.model import Csdn2mdError
from converter.standalone.addresses import referers
from converter.standalone.images import sniff
from converter.standalone.images.guard import ForbiddenError
from converter.version import __version__

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


async def fetch(client: httpx.AsyncClient, addresses: Iterable[str], limits: Limits, clock: Clock) -> FetchedImage:
    """Fetch an image from the first of its URLs that has it, with the Referer headers that its host accepts.

    Raises MissingError where none has it.
    """
    missing: list[MissingError] = []
    for url in addresses:
        for referer in referers(url):
            try:
                return await _fetch_with_retries(client, url, referer, limits, clock)
            except MissingError as error:
                missing.append(error)
                if not error.refused:
                    break
    final = all(error.final for error in missing)
    why = missing[-1].why if final else next(error.why for error in missing if not error.final)
    refused = any(error.refused for error in missing)
    forbidden = any(error.forbidden for error in missing)
    raise MissingError(why, final=final, refused=refused, forbidden=forbidden)


async def _fetch_with_retries(
    client: httpx.AsyncClient, url: str, referer: str, limits: Limits, clock: Clock
) -> FetchedImage:
    """Request one URL until a response is accepted; wait longer each time."""
    cut = b""
    for attempt in range(1, limits.attempts + 1):
        try:
            async with asyncio.timeout(limits.deadline):
                data = await _response_body(client, url, referer, limits)
            kind = _type(data)
            if sniff.is_complete(data, kind) or data == cut:  # incomplete twice in the same way: the host has no more
                return FetchedImage(sanitize(data) if kind == ".svg" else data, kind, url)
            cut = data
            problem = MissingError("was cut off", final=False)
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
        start = data[:16].decode("ascii", "replace")
        raise MissingError("is empty" if not data else f"is no image (it starts with {start!r})", final=True)
    return kind


async def _response_body(client: httpx.AsyncClient, url: str, referer: str, limits: Limits) -> bytes:
    """Return the content of a URL, following redirects one by one."""
    headers = {"Referer": referer} if referer else {}
    try:
        target = httpx.URL(url)
        for _ in range(limits.redirects + 1):
            if target.scheme not in ("http", "https") or not target.host:
                raise MissingError(f"leads to {str(target)[:100]}", final=True)
            if target.port is not None and not 0 < target.port < 1 << 16:
                raise MissingError(f"has an address that is none (port {str(target.port)[:10]})", final=True)
            async with client.stream("GET", target, headers=headers) as response:
                if response.status_code not in REDIRECT or "location" not in response.headers:
                    return await _content(response, limits)
                target = target.join(response.headers["location"])
    except ForbiddenError as error:
        raise MissingError(str(error), final=True, forbidden=True) from error
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise MissingError(f"has an address that is none ({error})", final=True) from error
    except httpx.TransportError as error:
        raise MissingError(_ERRNO.sub("", str(error)) or type(error).__name__, final=False) from error
    raise MissingError(f"is redirected more than {limits.redirects} times", final=True)


async def _content(response: httpx.Response, limits: Limits) -> bytes:
    status = response.status_code
    if status != 200:
        refused = status in REFUSED
        after = _retry_after(response.headers.get("retry-after", ""))
        raise MissingError(f"HTTP {status}", final=status not in RETRY, refused=refused, after=after)
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

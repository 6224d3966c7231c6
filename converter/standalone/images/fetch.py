"""One image: which addresses are asked, how often, and what of an answer is believed."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from random import random
from time import time

import httpx

from converter.extract.drawings import sanitized
from converter.standalone.addresses import referers
from converter.standalone.images import sniff
from converter.standalone.images.guard import ForbiddenError
from converter.version import __version__

RETRY = frozenset((408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524))
REFUSED = frozenset((401, 403))
REDIRECT = frozenset((301, 302, 303, 307, 308))
HEADERS = {
    "User-Agent": f"Mozilla/5.0 (compatible; csdn2md/{__version__})",
    "Accept": "image/avif,image/webp,image/png,image/svg+xml,image/*;q=0.8,*/*;q=0.5",
    "Accept-Encoding": "identity",
}
DECODERS: dict[str, int] = {"gzip": zlib.MAX_WBITS | 16, "x-gzip": zlib.MAX_WBITS | 16, "deflate": zlib.MAX_WBITS}
"""Encodings that are read although none is asked for, with zlib's word for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a download may take.

    connections, per_host: requests at a time, in all and for one host.  max_size: bytes of one image.
    timeout: seconds without an answer; deadline: seconds for one whole answer.
    attempts: how often one address is asked; redirects: how many are followed.
    patience: failures of a host, one after the other, after which it is left alone for this run.
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
    """Time, as tests may have it otherwise: waiting, and the chance that spreads retries."""

    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    chance: Callable[[], float] = random


@dataclass(frozen=True, slots=True)
class Got:
    """An image, whole and of a known type; ``fetched`` is the address that gave it."""

    data: bytes = field(repr=False)
    suffix: str
    fetched: str


class MissingError(Exception):
    """An image that cannot be had.  ``final``: asking again will not help."""

    def __init__(self, why: str, *, final: bool, refused: bool = False, after: float = 0.0) -> None:
        super().__init__(why)
        self.why, self.final, self.refused, self.after = why, final, refused, after


async def fetch(client: httpx.AsyncClient, addresses: Iterable[str], limits: Limits, clock: Clock) -> Got:
    """Bring an image from the first of its addresses that gives it, each asked as its host wants to be.

    MissingError where none can be had.
    """
    missing: list[MissingError] = []
    for url in addresses:
        for referer in referers(url):
            try:
                return await _patiently(client, url, referer, limits, clock)
            except MissingError as error:
                missing.append(error)
                if not error.refused:
                    break
    final = all(error.final for error in missing)
    why = missing[-1].why if final else next(error.why for error in missing if not error.final)
    raise MissingError(why, final=final)


async def _patiently(client: httpx.AsyncClient, url: str, referer: str, limits: Limits, clock: Clock) -> Got:
    """Ask one address until there is an answer to be believed; wait longer each time."""
    cut = b""
    for attempt in range(1, limits.attempts + 1):
        try:
            async with asyncio.timeout(limits.deadline):
                data = await _body(client, url, referer, limits)
            kind = _type(data)
            if sniff.whole(data, kind) or data == cut:  # cut off twice at the same byte: the host has no more
                return Got(sanitized(data) if kind == ".svg" else data, kind, url)
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
    kind = sniff.suffix(data)
    if not kind or (kind == ".svg" and not sanitized(data)):
        start = data[:16].decode("ascii", "replace")
        raise MissingError("is empty" if not data else f"is no image (it starts with {start!r})", final=True)
    return kind


async def _body(client: httpx.AsyncClient, url: str, referer: str, limits: Limits) -> bytes:
    """The bytes behind an address, redirects followed one by one."""
    headers = {"Referer": referer} if referer else {}
    try:
        target = httpx.URL(url)
        for _ in range(limits.redirects + 1):
            if target.scheme not in ("http", "https") or not target.host:
                raise MissingError(f"leads to {str(target)[:100]}", final=True)
            async with client.stream("GET", target, headers=headers) as response:
                if response.status_code not in REDIRECT or "location" not in response.headers:
                    return await _content(response, limits)
                target = target.join(response.headers["location"])
    except ForbiddenError as error:
        raise MissingError(str(error), final=True) from error
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise MissingError(f"has an address that is none ({error})", final=True) from error
    except httpx.TransportError as error:
        raise MissingError(str(error) or type(error).__name__, final=False) from error
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
    """The content in pieces, none of them larger than the limit: compressed zeros swell a thousandfold."""
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
    """Seconds that a host asks to wait (RFC 9110, 10.2.3), two minutes at most; 0 for nothing sensible."""
    try:
        seconds = float(value) if value.strip().isdigit() else parsedate_to_datetime(value).timestamp() - time()
    except (TypeError, ValueError, IndexError):
        return 0.0
    return min(max(seconds, 0.0), 120.0)

"""Send requests to public addresses only, whatever a host name or a redirect says (against SSRF).

The host name is resolved here, the addresses are checked, and the connection is made to a checked address.  So a
host name that resolves to another address a moment later (DNS rebinding) changes nothing.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import TypeAlias

import httpcore
import httpx

from converter.model import Csdn2mdError
from converter.standalone.images.special_addresses import IPV4, IPV6, IPV6_UNICAST, NAT64

Resolve: TypeAlias = Callable[[str, int], Awaitable[list[str]]]
"""Takes a host and a port, returns the IP addresses; OSError where there are none."""
Permits: TypeAlias = Callable[[str], bool]
"""Takes an IP address, returns whether a connection to it is allowed."""


class ForbiddenError(Csdn2mdError):
    """A request to an address that is not allowed."""


def is_public(text: str) -> bool:
    """Return whether an address is one of the public internet: in none of the blocks of `special_addresses`."""
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    if isinstance(address, IPv6Address) and (address.ipv4_mapped or address in NAT64):
        address = IPv4Address(int(address) & 0xFFFFFFFF)
    if isinstance(address, IPv4Address):
        return not any(address in block for block in IPV4)
    return address in IPV6_UNICAST and not any(address in block for block in IPV6)


def permit_all(_text: str) -> bool:
    """Allow every address (`--allow-private`)."""
    return True


async def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses that the system resolves a host to."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


class _Backend(httpcore.AsyncNetworkBackend):
    """A network backend that connects to checked addresses only."""

    def __init__(self, permits: Permits, resolve: Resolve) -> None:
        self._permits, self._resolve = permits, resolve
        self._inner = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first allowed address; ForbiddenError where there is none."""
        try:
            async with asyncio.timeout(timeout):
                addresses = await self._resolve(host, port)
        except (OSError, UnicodeError, OverflowError) as error:
            raise httpcore.ConnectError(f"{host}: {error.strerror if isinstance(error, OSError) else error}") from error
        permitted = next(filter(self._permits, addresses), None)
        if permitted is None:
            raise ForbiddenError(f"{host} is not on the public internet")
        return await self._inner.connect_tcp(permitted, port, timeout, local_address, socket_options)

    async def sleep(self, seconds: float) -> None:
        """Wait, as the interface requires."""
        await self._inner.sleep(seconds)


class _Body(httpx.AsyncByteStream):
    """The body of a response that is read as a stream."""

    def __init__(self, response: httpcore.Response) -> None:
        self._response = response

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _errors():
            async for chunk in self._response.aiter_stream():
                yield chunk

    async def aclose(self) -> None:
        """Release the connection."""
        await self._response.aclose()


@contextmanager
def _errors() -> Iterator[None]:
    """Raise httpcore's errors as httpx's."""
    try:
        yield
    except httpcore.TimeoutException as error:
        raise httpx.TimeoutException(str(error) or "took too long") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise httpx.TransportError(str(error) or type(error).__name__) from error


class GuardedTransport(httpx.AsyncBaseTransport):
    """A transport for httpx with the checked backend.  It has no proxy, which would resolve names itself."""

    def __init__(self, *, permits: Permits = is_public, resolve: Resolve = resolve, connections: int = 16) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=connections,
            max_keepalive_connections=connections,
            keepalive_expiry=15.0,
            network_backend=_Backend(permits, resolve),
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request."""
        url = request.url
        with _errors():
            response = await self._pool.handle_async_request(
                httpcore.Request(
                    method=request.method,
                    url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        return httpx.Response(
            status_code=response.status,
            headers=response.headers,
            stream=_Body(response),
            extensions=response.extensions,
        )

    async def aclose(self) -> None:
        """Close all connections."""
        await self._pool.aclose()

"""Send requests to public addresses only, whatever a host name or a redirect says (against SSRF).

The host name is resolved here, the addresses are checked, and the connection is made to a checked address.  So a
host name that resolves to another address a moment later (DNS rebinding) changes nothing.

Where the environment names a proxy (`HTTP_PROXY`, `HTTPS_PROXY`, `ALL_PROXY`, but not for hosts in `NO_PROXY`), the
proxy makes the connection.  The host name is resolved and checked here all the same; a name that only the proxy can
resolve is left to it, unless it is one of a local network.
"""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Any, TypeAlias
from urllib.request import (  # type: ignore[attr-defined]  # the stubs lack the second
    getproxies_environment,
    proxy_bypass_environment,
)

import httpcore
import httpx

from converter.model import Csdn2mdError
from converter.standalone.images.special_addresses import IPV4, IPV6, IPV6_UNICAST, NAT64

Resolve: TypeAlias = Callable[[str, int], Awaitable[list[str]]]
"""Takes a host and a port, returns the IP addresses; OSError where there are none."""
Permits: TypeAlias = Callable[[str], bool]
"""Takes an IP address, returns whether a connection to it is allowed."""


IDLE_SECONDS = 15.0
"""Seconds for which a connection without requests is kept."""
LOCAL_DOMAINS = (".local", ".localhost", ".internal", ".home.arpa", ".lan")
"""Ends of host names that never stand for a host of the public internet (RFC 6761, 6762, 8375)."""


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
    except httpcore.ProxyError as error:
        raise httpx.TransportError(f"the proxy refuses: {error}") from error
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.UnsupportedProtocol) as error:
        raise httpx.TransportError(str(error) or type(error).__name__) from error


def proxies_in_environment() -> dict[str, str]:
    """Return the proxies of the environment by scheme (`all`, `no` too); Csdn2mdError for one of an unknown kind."""
    proxies = {name: url if "://" in url or name == "no" else f"http://{url}" for name, url in _environment().items()}
    for name in ("http", "https", "all"):
        if (url := proxies.get(name, "")) and not url.startswith(("http://", "https://")):
            raise Csdn2mdError(f"{name.upper()}_PROXY: {url}: only proxies of http:// and https:// are supported")
    return proxies


def _environment() -> dict[str, str]:
    return {name: url for name, url in getproxies_environment().items() if url}


def _is_local_name(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        name = host.rstrip(".").lower()
        return "." not in name or name.endswith(LOCAL_DOMAINS)
    return False


class GuardedTransport(httpx.AsyncBaseTransport):
    """A transport for httpx that connects to checked addresses, directly or through a proxy."""

    def __init__(
        self,
        *,
        permits: Permits = is_public,
        resolve: Resolve = resolve,
        connections: int = 16,
        proxies: Mapping[str, str] | None = None,
    ) -> None:
        """proxies: by scheme, as ``proxies_in_environment`` returns them (None: no proxy)."""
        self._permits, self._resolve, self._connections = permits, resolve, connections
        self._proxies = proxies or {}
        self._context = httpx.create_ssl_context()
        self._pools: dict[str, httpcore.AsyncConnectionPool] = {}

    def _proxy_for(self, url: httpx.URL) -> str:
        if not self._proxies or proxy_bypass_environment(url.host, dict(self._proxies)):
            return ""
        return self._proxies.get(url.scheme) or self._proxies.get("all", "")

    def _pool(self, proxy: str) -> httpcore.AsyncConnectionPool:
        """Return the connections through a proxy ("": direct ones); they are made on first use."""
        if proxy in self._pools:
            return self._pools[proxy]
        shared: dict[str, Any] = {
            "ssl_context": self._context, "max_connections": self._connections,
            "max_keepalive_connections": self._connections, "keepalive_expiry": IDLE_SECONDS,
        }  # fmt: skip
        if proxy:
            named = httpx.Proxy(proxy)
            at = httpcore.URL(scheme=named.url.raw_scheme, host=named.url.raw_host, port=named.url.port, target=b"/")
            self._pools[proxy] = httpcore.AsyncHTTPProxy(at, proxy_auth=named.raw_auth, **shared)
        else:
            backend = _Backend(self._permits, self._resolve)
            self._pools[proxy] = httpcore.AsyncConnectionPool(network_backend=backend, **shared)
        return self._pools[proxy]

    async def _check(self, url: httpx.URL) -> None:
        """Raise ForbiddenError for a host that the proxy must not be asked for."""
        if self._permits is permit_all:
            return
        try:
            addresses = await self._resolve(url.host, url.port or 0)
        except (OSError, UnicodeError, OverflowError):
            addresses = []
        if _is_local_name(url.host) or not all(map(self._permits, addresses)):
            raise ForbiddenError(f"{url.host} is not on the public internet")

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request."""
        url = request.url
        proxy = self._proxy_for(url)
        if proxy:
            await self._check(url)
        with _errors():
            response = await self._pool(proxy).handle_async_request(
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
        for pool in self._pools.values():
            await pool.aclose()

"""Connections that only reach public addresses: a host is resolved once, checked, and that address is connected to.

Checking the name and connecting by name later would resolve it twice, and a hostile name server may answer the
second time with an address inside our own network (DNS rebinding).
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import httpcore
import httpx

from backchannel.errors import SourceError

Resolve = Callable[[str, int], list[str]]
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_INSIDE_IPV6 = (ipaddress.ip_network("64:ff9b::/96"), ipaddress.ip_network("64:ff9b:1::/48"))


def resolve(host: str, port: int) -> list[str]:
    """Give every address of a host, as the system's resolver lists them.

    Raises:
        SourceError: the name is unknown.
    """
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as fault:
        raise SourceError(host, f"the host cannot be found ({fault}); check the address and the connection") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Tell whether an address is one of the open internet; IPv6 that carries an IPv4 address is judged by both.

    >>> is_public("9.9.9.9"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("169.254.169.254")
    (True, False, False, False)
    """
    ip = ipaddress.ip_address(address.split("%")[0])
    return all(one.is_global and not one.is_multicast and not one.is_reserved for one in _carried(ip))


def _carried(ip: Address) -> Iterator[Address]:
    """Yield the address that is meant: the IPv4 address inside a mapped or translated one, else itself."""
    if isinstance(ip, ipaddress.IPv4Address):
        yield ip
    elif ip.ipv4_mapped is not None:
        yield ip.ipv4_mapped
    elif any(ip in network for network in _INSIDE_IPV6):
        yield ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    elif ip.sixtofour is not None:
        yield ip.sixtofour
    else:
        yield ip


class Deadline:
    """The moment at which a whole transfer must be over; set anew before each."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._ends = float("inf")

    def begin(self, seconds: float) -> None:
        """Let the transfer that starts now end in ``seconds``."""
        self._ends = self._clock() + seconds

    def left(self, timeout: float | None) -> float:
        """Give the seconds that one step may take: ``timeout``, but not beyond the end.

        Raises:
            httpcore.ReadTimeout: there are none left.
        """
        left = self._ends - self._clock()
        if left <= 0:
            raise httpcore.ReadTimeout("the whole transfer took too long")
        return left if timeout is None else min(left, timeout)


class _Stream(httpcore.NetworkStream):
    """A connection on which every step keeps the deadline (httpcore's own point of extension)."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, self._deadline.left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, self._deadline.left(timeout))

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._inner.start_tls(ssl_context, server_hostname, self._deadline.left(timeout))
        return _Stream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    """Opens connections to checked addresses only (httpcore's own point of extension)."""

    def __init__(self, resolve: Resolve, deadline: Deadline, *, allow_private: bool) -> None:
        self._inner = httpcore.SyncBackend()
        self._resolve = resolve
        self._deadline = deadline
        self._allow_private = allow_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        addresses = self._resolve(host, port)
        inside = [address for address in addresses if not is_public(address)]
        if inside and not self._allow_private:
            raise SourceError(
                host, f"refused: it leads to {inside[0]}, inside a private network; allow private addresses to read it"
            )
        fault: httpcore.ConnectError | httpcore.ConnectTimeout = httpcore.ConnectError(f"{host} has no address")
        for address in addresses:
            try:
                stream = self._inner.connect_tcp(
                    address, port, self._deadline.left(timeout), local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as failed:
                fault = failed
                continue
            return _Stream(stream, self._deadline)
        raise fault


class _Body(httpx.SyncByteStream):
    """A response's bytes as they come (httpx's own point of extension)."""

    def __init__(self, parts: Any) -> None:
        self._parts = parts

    def __iter__(self) -> Iterator[bytes]:
        yield from self._parts

    def close(self) -> None:
        self._parts.close()


class Transport(httpx.BaseTransport):
    """What httpx sends its requests through; raises httpcore's faults and :class:`SourceError`."""

    def __init__(self, deadline: Deadline, *, allow_private: bool, resolve: Resolve = resolve) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(trust_env=False),
            network_backend=_Backend(resolve, deadline, allow_private=allow_private),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request and give the response, its body still to be read."""
        address = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        response = self._pool.handle_request(
            httpcore.Request(
                request.method,
                address,
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            response.status, headers=response.headers, stream=_Body(response.stream), extensions=response.extensions
        )

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()

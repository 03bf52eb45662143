"""A polite and careful visitor: robots.txt, a pause between requests, limits on time, size, hops and addresses."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpcore
import httpx

from backchannel import __version__
from backchannel.errors import SourceError
from backchannel.sources import connect
from backchannel.sources.kinds import Options

AGENT = f"backchannel/{__version__} (+research)"
_HOPS = 5
_ROBOTS_BYTES = 500_000
_LONGEST_PAUSE = 60.0
_REDIRECTS = frozenset((301, 302, 303, 307, 308))
_UNREACHED = (httpx.HTTPError, httpx.StreamError, httpcore.NetworkError, httpcore.ProtocolError, OSError)
_LATE = (httpx.TimeoutException, httpcore.TimeoutException)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server sent: ``url`` after redirects, ``body`` unpacked; ``None`` when nothing is new (304)."""

    url: str
    status: int
    body: bytes | None
    content_type: str | None = None
    charset: str | None = None
    etag: str | None = None
    last_modified: str | None = None


class Web:
    """One visit to the web; used in a ``with`` block, so that connections are closed.

    >>> AGENT.startswith("backchannel/")
    True
    """

    def __init__(
        self,
        options: Options,
        *,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
        resolve: connect.Resolve = connect.resolve,
    ) -> None:
        self._options = options
        self._clock = clock
        self._sleep = sleep
        self._deadline = connect.Deadline()
        transport = connect.Transport(self._deadline, allow_private=options.allow_private, resolve=resolve)
        self._client = httpx.Client(
            transport=transport,
            headers={"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate"},
            timeout=options.timeout,
            trust_env=False,
        )
        self._robots: dict[str, RobotFileParser | SourceError] = {}
        self._visited: dict[str, float] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()

    def fetch(self, url: str, *, known: tuple[str | None, str | None] | None = None) -> Answer:
        """Give what is at an address, after at most five redirects.

        Args:
            url: an http or https address.
            known: ``ETag`` and ``Last-Modified`` of the version read before; the same version is not sent again.

        Raises:
            SourceError: the address is refused, cannot be reached, forbids robots, or sends too much or too slowly.
        """
        conditions = dict(zip(("If-None-Match", "If-Modified-Since"), known or (), strict=False))
        headers = {name: value for name, value in conditions.items() if value}
        at = url
        for _ in range(_HOPS + 1):
            checked(at)
            self._check_robots(at)
            response = self._visit(at, headers, self._options.max_bytes)
            if isinstance(response, Answer):
                return response
            at = urljoin(at, response)
        raise SourceError(url, f"more than {_HOPS} redirects; give the address it ends at")

    def _visit(self, url: str, headers: dict[str, str], most: int) -> Answer | str:
        """Give the answer to one request, or the address it redirects to."""
        self._pause(url)
        self._deadline.begin(self._options.timeout)
        try:
            with self._client.stream("GET", url, headers=headers) as response:
                if response.status_code in _REDIRECTS and response.headers.get("location"):
                    return response.headers["location"]
                if response.status_code == 304:
                    return Answer(url=url, status=304, body=None)
                body = _body(url, response, most) if response.status_code == 200 else b""
                return _answer(url, response, body)
        except _LATE:
            late = f"took longer than {self._options.timeout:g} seconds; try again later or raise the timeout"
            raise SourceError(url, late) from None
        except httpx.InvalidURL as fault:
            raise SourceError(url, f"no valid address ({fault}); check it") from None
        except _UNREACHED as fault:
            reason = str(fault) or type(fault).__name__
            raise SourceError(url, f"cannot be reached ({reason}); check the address and the connection") from None

    def _pause(self, url: str) -> None:
        """Wait until the host may be asked again, and note that it is."""
        host = urlsplit(url).netloc
        robots = self._robots.get(_origin(url))
        asked = robots.crawl_delay(AGENT) if isinstance(robots, RobotFileParser) else None
        pause = max(self._options.delay, min(float(asked or 0), _LONGEST_PAUSE))
        before = self._visited.get(host)
        if before is not None and (rest := before + pause - self._clock()) > 0:
            self._sleep(rest)
        self._visited[host] = self._clock()

    def _check_robots(self, url: str) -> None:
        """Raise when the host's robots.txt forbids the address; a host that failed is not asked twice."""
        origin = _origin(url)
        if origin not in self._robots:
            try:
                self._robots[origin] = self._rules(origin)
            except SourceError as fault:
                self._robots[origin] = fault
        rules = self._robots[origin]
        if isinstance(rules, SourceError):
            raise rules
        if not rules.can_fetch(AGENT, url):
            raise SourceError(url, "robots.txt forbids it; ask the owner, or save the page and read the file")

    def _rules(self, origin: str) -> RobotFileParser:
        """Give a host's rules: all is allowed without a robots.txt, nothing when the host denies or cannot give it.

        Source:
            RFC 9309, but 401 and 403 count as a refusal, as in Python's own robotparser.
        """
        rules = RobotFileParser(f"{origin}/robots.txt")
        at = f"{origin}/robots.txt"
        for _ in range(_HOPS + 1):
            checked(at)
            response = self._visit(at, {}, _ROBOTS_BYTES)
            if isinstance(response, str):
                at = urljoin(at, response)
                continue
            if response.status >= 500:
                raise SourceError(origin, f"its robots.txt failed with status {response.status}; try again later")
            denied = b"User-agent: *\nDisallow: /" if response.status in (401, 403) else None
            rules.parse((denied or response.body or b"").decode("utf-8-sig", "replace").splitlines())
            return rules
        raise SourceError(origin, "its robots.txt redirects in circles; ask the owner")


def checked(url: str) -> str:
    """Give an address that may be visited.

    Raises:
        SourceError: it is not http or https, or names no host.
    """
    try:
        parts = urlsplit(url)
        host, named, _ = parts.hostname, parts.username, parts.port  # asking for the port checks it
    except ValueError as fault:
        raise SourceError(url, f"no valid address ({fault}); check it") from None
    if parts.scheme not in ("http", "https") or not host:
        raise SourceError(url, "refused: only http and https addresses with a host are read")
    if named is not None:
        raise SourceError(host, "refused: the address holds a name and password; leave them out")
    return url


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _body(url: str, response: httpx.Response, most: int) -> bytes:
    """Give the unpacked body of a response, as far as ``most`` bytes allow."""
    too_large = f"larger than {most:,} bytes; raise max_bytes to read it"
    if "," in response.headers.get("content-encoding", ""):
        raise SourceError(url, "refused: packed more than once")
    length = response.headers.get("content-length", "")
    if length.isdigit() and int(length) > most:
        raise SourceError(url, too_large)
    pieces: list[bytes] = []
    size = 0
    for piece in response.iter_bytes():
        size += len(piece)
        if size > most:
            raise SourceError(url, too_large)
        pieces.append(piece)
    return b"".join(pieces)


def _answer(url: str, response: httpx.Response, body: bytes) -> Answer:
    """Give a response as a record."""
    head = response.headers
    return Answer(
        url=url,
        status=response.status_code,
        body=body,
        content_type=head.get("content-type", "").split(";")[0].strip().lower() or None,
        charset=response.charset_encoding,
        etag=head.get("etag"),
        last_modified=head.get("last-modified"),
    )

"""A store whose contacts come by hand, and servers on this machine that take what watches tell."""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from backchannel.records import Claim, When
from backchannel.store import Store
from backchannel.watches import Outside, Watch, destination
from backchannel.watches.credentials import Credentials
from store_samples import READER, TEXT, claim, document

NOW = datetime(2023, 7, 1, 9, 0, tzinfo=UTC)
SECRET = "whsec_c29tZSBzZWNyZXQgb2Ygb3VycyBmb3IgdGVzdHM="


class Clock:
    """A clock that stands still until somebody pauses."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at
        self.pauses: list[float] = []

    def now(self) -> datetime:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.at += timedelta(seconds=seconds)


def outside(clock: Clock | None = None, **more: Any) -> Outside:
    """Give a world with a known clock and secret."""
    clock = clock or Clock()
    values: dict[str, Any] = {"credentials": Credentials(secret=SECRET), "timeout": 5.0}
    return Outside(**{**values, "now": clock.now, "sleep": clock.sleep, **more})


def tell(
    store: Store, number: int, *, on: date = date(2023, 6, 20), outlet: str = "wire", rest: str = "", **more: Any
) -> Claim:
    """Put a document of one contact into a store, as reading does; ``rest`` goes on after the words that all share."""
    when = When(start=on.isoformat(), end=on.isoformat(), precision="day")
    made = claim(number, **{"when": when, **more})
    told = replace(document(number, text=f"{TEXT} {rest}", published=on), source=outlet)
    store.put_document(told, [made], reader=READER)
    return made


def watch(name: str, *to: object, private: bool = False, **more: Any) -> Watch:
    """Give a watch to be saved."""
    places = tuple(destination(str(one), allow_private=private) for one in to)
    return Watch(**{"name": name, "to": places, "made": NOW.isoformat(), **more})


@dataclass
class Receiver:
    """A receiver of webhooks: what it answers in turn (the last again and again), and what it got."""

    url: str = ""
    answers: list[tuple[int, dict[str, str]]] = field(default_factory=lambda: [(200, {})])
    got: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    slow: float = 0.0


@contextmanager
def receiver(*answers: int | tuple[int, dict[str, str]], slow: float = 0.0) -> Iterator[Receiver]:
    """Give a receiver on this machine, gone after the block."""
    told = Receiver(slow=slow)
    if answers:
        told.answers = [(one, {}) if isinstance(one, int) else one for one in answers]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            told.got.append((self.path, {name.lower(): value for name, value in self.headers.items()}, body))
            status, headers = told.answers.pop(0) if len(told.answers) > 1 else told.answers[0]
            time.sleep(told.slow)
            try:
                self.send_response(status)
                for name, value in {"Content-Length": "0", **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
            except OSError:
                return  # the sender did not wait

        def log_message(self, format: str, *values: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    told.url = f"http://127.0.0.1:{server.server_port}/hook"
    try:
        yield told
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Mailbox:
    """A mail server on this machine: where it is, and what it took, each with whether the connection was encrypted."""

    port: int = 0
    got: list[tuple[Message, bool, str]] = field(default_factory=list)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        user = session.auth_data.login.decode() if session.auth_data is not None else ""
        self.got.append(
            (
                message_from_bytes(envelope.content, policy=default),
                session.ssl is not None or server.transport.get_extra_info("ssl_object") is not None,
                user,
            )
        )
        return "250 taken"


@contextmanager
def mailbox(server: ssl.SSLContext | None, *, tls: bool = False) -> Iterator[Mailbox]:
    """Give a mail server that wants a user, with STARTTLS, or with TLS from the first byte, gone after the block."""
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import AuthResult, LoginPassword

    def authenticate(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: LoginPassword) -> AuthResult:
        return AuthResult(success=data.password == b"open-sesame", handled=False, auth_data=data)

    box = Mailbox()
    controller = Controller(
        box,
        hostname="127.0.0.1",
        port=_free_port(),
        ssl_context=server if tls else None,
        tls_context=None if tls else server,
        require_starttls=server is not None and not tls,
        authenticator=authenticate,
        auth_require_tls=server is not None and not tls,
    )
    controller.start()
    box.port = controller.port
    try:
        yield box
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port

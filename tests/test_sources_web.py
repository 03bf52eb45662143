"""Addresses: politeness, limits and refusals, against a server on this machine."""

from __future__ import annotations

import contextlib
import datetime
import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from backchannel import sources
from backchannel.documents import identify
from backchannel.errors import SourceError
from backchannel.sources import Fetched, Options, connect
from backchannel.sources.web import AGENT, Web

TODAY = datetime.date(2024, 5, 1)
NOW = datetime.datetime(2024, 5, 1, 9, 0, tzinfo=datetime.UTC)
OPTIONS = Options(today=TODAY, now=NOW, allow_private=True, delay=0.0, timeout=5.0)
TALKS = "Two envoys met in a quiet hotel near Oslo on Sunday, a person who was in the room said."


def page(text: str = TALKS, *, title: str = "Envoys met near Oslo") -> bytes:
    return (
        f"<html><head><title>{title}</title></head><body><article><h1>{title}</h1><p>{text}</p>"
        "<p>Neither side spoke about it in public before the evening.</p></article></body></html>"
    ).encode()


def rss(*links: str, own: str = "", day: str = "Sun, 18 Jun 2023 23:30:00 -0500") -> bytes:
    entries = "".join(
        f"<item><title>Entry {number}</title><link>{link}</link><pubDate>{day}</pubDate>"
        f"<description>&lt;p&gt;Summary {number}: they met.&lt;/p&gt;</description></item>"
        for number, link in enumerate(links)
    )
    self_link = f'<atom:link rel="self" href="{own}"/>' if own else ""
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel>'
        f"<title>The Northern Post</title>{self_link}{entries}</channel></rss>"
    ).encode()


@dataclass
class Site:
    """A server on this machine: what it gives by path, and what it was asked for."""

    root: str = ""
    answers: dict[str, tuple[int, dict[str, str], bytes]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    slow: dict[str, float] = field(default_factory=dict)

    def put(self, path: str, body: bytes = b"", *, status: int = 200, **headers: str) -> str:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.answers[path] = (status, {"Content-Type": "text/html; charset=utf-8", **named}, body)
        return self.root + path

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


def handler(site: Site) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            site.asked.append((self.path, dict(self.headers)))
            status, headers, body = site.answers.get(self.path, (404, {}, b""))
            etag = headers.get("ETag")
            if etag is not None and self.headers.get("If-None-Match") == etag:
                status, body = 304, b""
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            pause = site.slow.get(self.path, 0.0)
            pieces = [body[at : at + 1] for at in range(len(body))] if pause else [body]
            with contextlib.suppress(OSError):  # the reader may have hung up, that being what is tested
                for piece in pieces:
                    self.wfile.write(piece)
                    time.sleep(pause)

        def log_message(self, format: str, *args: object) -> None:
            return

    return Handler


@pytest.fixture
def site() -> Iterator[Site]:
    given = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler(given))
    server.daemon_threads = True
    given.root = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield given
    server.shutdown()
    thread.join()
    server.server_close()


class Memory:
    """What a watch remembers of the addresses it has read."""

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str | None, str | None]] = {}

    def get(self, url: str) -> tuple[str | None, str | None] | None:
        return self.kept.get(url)

    def set(self, url: str, etag: str | None, last_modified: str | None) -> None:
        self.kept[url] = (etag, last_modified)


def every(url: str, options: Options = OPTIONS, memory: Memory | None = None) -> list[Fetched]:
    return list(sources.read(url, options, memory=memory))


def refusal(url: str, options: Options = OPTIONS) -> str:
    (fetched,) = every(url, options)
    assert fetched.problem is not None, fetched
    assert fetched.problem.document == url
    return fetched.problem.message


def test_article_is_read_with_agent_and_time_of_visit(site):
    url = site.put("/a", page())
    (fetched,) = every(url)
    assert fetched.document is not None
    assert TALKS in fetched.document.text
    assert (fetched.document.title, fetched.document.source) == ("Envoys met near Oslo", "127.0.0.1")
    assert (fetched.document.url, fetched.document.retrieved) == (url, NOW)
    assert fetched.document.id == identify(source="127.0.0.1", url=url, payload=page())
    assert site.paths() == ["/robots.txt", "/a"]
    assert {headers["User-Agent"] for _, headers in site.asked} == {AGENT}


def test_robots_refusal_is_kept_and_asked_for_once(site):
    site.put("/robots.txt", b"User-agent: *\nDisallow: /private", Content_Type="text/plain")
    url = site.put("/private/a", page())
    with Web(OPTIONS) as web:
        for _ in range(2):
            with pytest.raises(SourceError, match=r"robots.txt forbids"):
                web.fetch(url)
    assert site.paths() == ["/robots.txt"]


@pytest.mark.parametrize(("status", "words"), [(403, "robots.txt forbids"), (503, "status 503")])
def test_robots_denied_or_failing_means_no(site, status, words):
    site.put("/robots.txt", status=status)
    assert words in refusal(site.put("/a", page()))
    assert site.paths() == ["/robots.txt"]


def test_robots_holds_behind_a_redirect(site):
    site.put("/robots.txt", b"User-agent: backchannel\nDisallow: /no", Content_Type="text/plain")
    site.put("/no", page())
    assert "robots.txt forbids" in refusal(site.put("/a", status=302, Location="/no"))
    assert "/no" not in site.paths()


def test_private_address_is_refused_without_a_connection(site):
    url = site.put("/a", page())
    assert "inside a private network" in refusal(url, replace(OPTIONS, allow_private=False))
    assert site.asked == []


INSIDE = """127.0.0.1 10.1.2.3 192.168.0.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 255.255.255.255 ff02::1
::1 :: fe80::1 fe80::1%eth0 fc00::1 ::ffff:127.0.0.1 64:ff9b::7f00:1 2002:7f00:1::"""


@pytest.mark.parametrize("address", INSIDE.split())
def test_addresses_inside_are_not_public(address):
    assert not connect.is_public(address)


def names(**known: list[str]) -> Callable[[str, int], list[str]]:
    """A resolver that knows some names only."""

    def resolve(host: str, port: int) -> list[str]:
        return known[host.partition(".")[0]]

    return resolve


def test_one_private_address_among_public_ones_is_enough_to_refuse():
    web = Web(replace(OPTIONS, allow_private=False), resolve=names(mixed=["9.9.9.9", "10.0.0.1"]))
    with web, pytest.raises(SourceError, match=r"10\.0\.0\.1"):
        web.fetch("http://mixed.example/")


def test_redirect_to_a_private_address_is_refused(site, monkeypatch):
    port = site.root.rpartition(":")[2]
    site.put("/a", status=301, Location=f"http://inside.example:{port}/secret")
    site.put("/secret", page())
    resolve = names(outside=["127.0.0.1"], inside=["127.0.0.2"])
    monkeypatch.setattr(connect, "is_public", lambda address: address == "127.0.0.1")
    web = Web(replace(OPTIONS, allow_private=False), resolve=resolve)
    with web, pytest.raises(SourceError, match=r"127\.0\.0\.2, inside a private network"):
        web.fetch(f"http://outside.example:{port}/a")
    assert "/secret" not in site.paths()


def test_checked_address_is_the_one_connected_to(site, monkeypatch):
    """A name that resolves to another address the second time (DNS rebinding) is resolved only once."""
    port = site.root.rpartition(":")[2]
    site.put("/a", page(), Connection="close")
    answers = [["127.0.0.1"], ["10.0.0.1"]]
    asked: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        asked.append(host)
        return answers[min(len(asked) - 1, 1)]

    monkeypatch.setattr(connect, "is_public", lambda address: address == "127.0.0.1")
    monkeypatch.setattr(socket, "getaddrinfo", numeric_only(socket.getaddrinfo))
    web = Web(replace(OPTIONS, allow_private=False), resolve=resolve)
    with web, pytest.raises(SourceError, match=r"10\.0\.0\.1"):
        web.fetch(f"http://rebinding.example:{port}/a")
    assert site.paths() == ["/robots.txt"]
    assert asked == ["rebinding.example", "rebinding.example"]


def numeric_only(inner: Callable[..., list[tuple[object, ...]]]) -> Callable[..., list[tuple[object, ...]]]:
    """The system's resolver, failing for names: below the check nothing may look one up again."""

    def getaddrinfo(host: str, *rest: object, **named: object) -> list[tuple[object, ...]]:
        assert host.replace(".", "").isdigit(), f"{host} was looked up behind the check"
        return inner(host, *rest, **named)

    return getaddrinfo


@pytest.mark.parametrize(
    "url", ["ftp://news.example/a", "file:///etc/hostname", "http://", "http://u:p@news.example/", "http://a:b/"]
)
def test_other_addresses_are_refused_at_once(url):
    with pytest.raises(SourceError):
        sources.read(url, OPTIONS)


def test_redirect_to_another_scheme_is_refused(site):
    assert "only http and https" in refusal(site.put("/a", status=302, Location="file:///etc/hostname"))


def test_five_redirects_are_followed_and_six_refused(site):
    for number in range(6):
        site.put(f"/{number}", status=302, Location=f"/{number + 1}")
    site.put("/6", page())
    (fetched,) = every(site.root + "/1")
    assert fetched.document is not None
    assert fetched.document.url == site.root + "/6"
    assert "more than 5 redirects" in refusal(site.root + "/0")


def test_size_limit_holds_while_streaming_and_when_announced(site):
    small = replace(OPTIONS, max_bytes=1000)
    assert "larger than 1,000 bytes" in refusal(site.put("/a", b"a" * 5000), small)
    assert "larger than 1,000 bytes" in refusal(site.put("/b", b"a" * 5000, Content_Length="5000"), small)


def test_size_limit_holds_for_what_is_unpacked(site):
    packed = gzip.compress(b"a" * 10_000_000)
    url = site.put("/a", packed, Content_Encoding="gzip")
    assert "larger than 1,000,000 bytes" in refusal(url, replace(OPTIONS, max_bytes=1_000_000))
    twice = site.put("/b", gzip.compress(packed), Content_Encoding="gzip, gzip")
    assert "packed more than once" in refusal(twice)


def test_time_limit_spans_the_whole_transfer(site):
    url = site.put("/a", page())
    site.slow["/a"] = 0.05
    began = time.monotonic()
    assert "took longer than 0.4 seconds" in refusal(url, replace(OPTIONS, timeout=0.4))
    assert time.monotonic() - began < 2


def test_pause_between_requests_to_one_host(site):
    now = [100.0]
    slept: list[float] = []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    url = site.put("/a", page())
    with Web(replace(OPTIONS, delay=2.0), clock=lambda: now[0], sleep=sleep) as web:
        web.fetch(url)
        now[0] += 0.5
        web.fetch(url)
        now[0] += 5
        web.fetch(url)
    assert slept == [2.0, 1.5]


def test_pause_that_robots_asks_for_is_kept(site):
    site.put("/robots.txt", b"User-agent: *\nCrawl-delay: 7", Content_Type="text/plain")
    slept: list[float] = []
    url = site.put("/a", page())
    with Web(OPTIONS, clock=lambda: 100.0, sleep=slept.append) as web:
        web.fetch(url)
    assert slept == [7.0]


@pytest.mark.parametrize(
    ("status", "words"), [(404, "check the address"), (403, "not open to all"), (500, "try again")]
)
def test_status_of_failure_says_what_to_do(site, status, words):
    message = refusal(site.put("/a", b"no", status=status))
    assert f"status {status}" in message
    assert words in message


def test_other_content_types_are_refused(site):
    assert "content type image/png is not read" in refusal(site.put("/a", b"\x89PNG", Content_Type="image/png"))


def test_nobody_listening_is_a_problem():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert "cannot be reached" in refusal(f"http://127.0.0.1:{port}/a")


def test_garbage_instead_of_http_is_a_problem(site):
    url = site.put("/a", b"not packed", Content_Encoding="gzip")
    assert "cannot be reached" in refusal(url)


def test_unchanged_page_yields_nothing(site, caplog):
    url = site.put("/a", page(), ETag='"1"')
    memory = Memory()
    assert len(every(url, memory=memory)) == 1
    assert memory.kept == {url: ('"1"', None)}
    with caplog.at_level("INFO"):
        assert every(url, memory=memory) == []
    assert "nothing new" in caplog.text


def test_page_is_remembered_only_after_it_was_taken(site):
    url = site.put("/a", page(), ETag='"1"')
    memory = Memory()
    reading = sources.read(url, OPTIONS, memory=memory)
    next(reading)
    assert memory.kept == {}
    assert list(reading) == []
    assert url in memory.kept


def test_feed_gives_full_articles_with_feed_name_and_day(site):
    for name in "ab":
        site.put(f"/{name}", page(f"{TALKS} This is {name}.", title=f"Article {name}"))
    url = site.put("/feed", rss("/a", site.root + "/b"), Content_Type="application/rss+xml")
    first, second = every(url)
    assert first.document is not None and second.document is not None
    assert "This is a." in first.document.text and "This is b." in second.document.text
    assert (first.document.source, first.document.title) == ("The Northern Post", "Article a")
    assert first.document.published == datetime.date(2023, 6, 19)
    assert first.document.url == site.root + "/a"


def test_feed_with_loops_and_duplicates_ends(site):
    own = site.root + "/feed"
    site.put("/a", page())
    site.put("/other", rss("/feed"), Content_Type="text/xml")
    site.put("/feed", rss(own, "/a", "/a?utm_source=feed", "/a#top", "/other", own=own), Content_Type="text/xml")
    found = every(own)
    assert found[0].document is not None and found[0].document.text.startswith("Summary 0")
    assert [fetched.document.url for fetched in found if fetched.document] == [None, site.root + "/a"]
    (refused,) = [fetched.problem for fetched in found if fetched.problem]
    assert "links to a feed" in refused.message
    assert site.paths().count("/feed") == 1


def test_feed_goes_on_behind_a_failing_article_and_is_read_again(site):
    site.put("/b", page())
    url = site.put("/feed", rss("/gone", "/b"), Content_Type="text/xml", ETag='"1"')
    memory = Memory()
    gone, read = every(url, memory=memory)
    assert gone.problem is not None and gone.problem.document == site.root + "/gone"
    assert read.document is not None
    assert url not in memory.kept


def test_feed_changed_sends_only_new_articles(site):
    memory = Memory()
    site.put("/a", page(), ETag='"a"')
    site.put("/b", page())
    url = site.put("/feed", rss("/a", "/b"), Content_Type="text/xml", ETag='"1"')
    assert len(every(url, memory=memory)) == 2
    assert every(url, memory=memory) == []
    site.put("/c", page())
    site.put("/feed", rss("/a", "/b", "/c"), Content_Type="text/xml", ETag='"2"')
    (fetched,) = every(url, memory=memory)
    assert fetched.document is not None and fetched.document.url == site.root + "/c"


@pytest.mark.parametrize("year", ["1246", "3000"])
def test_feed_with_an_impossible_date_keeps_the_article_without_one(site, year):
    site.put("/a", page())
    url = site.put("/feed", rss("/a", day=f"{year}-06-18T00:00:00Z"), Content_Type="text/xml")
    (fetched,) = every(url)
    assert fetched.document is not None
    assert fetched.document.published is None


def test_feed_of_many_entries_is_cut_with_a_note(site):
    url = site.put("/feed", rss(*[""] * 250), Content_Type="text/xml")
    found = every(url)
    assert len(found) == 200
    assert any("250 entries" in note for note in found[0].notes)


def test_feed_file_is_read_without_a_connection(site, tmp_path):
    site.put("/a", page())
    (tmp_path / "feed.xml").write_bytes(rss(site.root + "/a"))
    (fetched,) = every(str(tmp_path / "feed.xml"))
    assert fetched.document is not None
    assert fetched.document.text == "Summary 0: they met."
    assert fetched.document.url == site.root + "/a"
    assert site.asked == []
    (full,) = every(str(tmp_path / "feed.xml"), replace(OPTIONS, fetch=True))
    assert full.document is not None
    assert TALKS in full.document.text


def test_atom_content_goes_before_its_summary(tmp_path):
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>Mission</title><entry><title>Readout</title>'
        "<updated>2023-06-18T00:00:00Z</updated><summary>Short.</summary>"
        f'<content type="html">&lt;p&gt;{TALKS}&lt;/p&gt;</content></entry></feed>'
    )
    (tmp_path / "feed.atom").write_text(atom)
    (fetched,) = every(str(tmp_path / "feed.atom"))
    assert fetched.document is not None
    assert (fetched.document.text, fetched.document.published) == (TALKS, datetime.date(2023, 6, 18))


@pytest.mark.parametrize("content", ["<TEI><text/></TEI>", "<rss><channel></channel></rss>", "They met."])
def test_xml_that_is_no_feed_is_a_problem(tmp_path, content):
    (tmp_path / "a.xml").write_text(content)
    (fetched,) = every(str(tmp_path / "a.xml"))
    assert fetched.problem is not None


def test_entity_bomb_in_a_feed_does_not_grow(tmp_path):
    entities = '<!ENTITY a "ha">' + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    entry = "<item><title>&i;</title><description>They met. &i;</description></item>"
    feed = f"<!DOCTYPE rss [{entities}]><rss version='2.0'><channel>{entry}</channel></rss>"
    (tmp_path / "a.rss").write_text(feed)
    for fetched in every(str(tmp_path / "a.rss")):
        assert fetched.document is None or len(fetched.document.text) < 10_000


def test_beginning_made_of_declarations_is_judged_quickly(tmp_path):
    (tmp_path / "a").write_text("<??>" * 10_000)
    began = time.monotonic()
    every(str(tmp_path / "a"))
    assert time.monotonic() - began < 1

"""How things are delivered: webhooks signed, retried and guarded, mail over checked TLS, and secrets kept in."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import ssl
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import trustme

from backchannel import watches
from backchannel.errors import DeliveryError, InputError, QueryError
from backchannel.store import Store, open_store
from backchannel.watches import Orders, Report, destination, shown
from backchannel.watches.credentials import Credentials, Hook, Mail, load
from watch_samples import NOW, SECRET, Clock, mailbox, outside, receiver, tell, watch

ALL = Orders()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path / "store.db") as opened:
        yield opened


def told_to(store: Store, url: str, clock: Clock, *, private: bool = True, **more: object) -> Report:
    """Give the report of a run in which one conversation is new for one watch."""
    if not watches.listed(store):
        watches.add(watch("asia", url, private=private), store)
        tell(store, 1)
    return watches.run(store, ALL, outside(clock, **more))


def test_a_webhook_gets_json_that_its_signature_proves(store: Store) -> None:
    with receiver() as hook:
        report = told_to(store, hook.url, Clock())
    ((path, headers, body),) = hook.got
    item = json.loads(body)
    key = base64.b64decode(SECRET.removeprefix("whsec_"))
    said = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    proof = base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{proof}"
    assert (path, headers["content-type"], headers["webhook-id"]) == ("/hook", "application/json", item["id"])
    assert int(headers["webhook-timestamp"]) == int(NOW.timestamp())
    assert [(one.sent, one.waiting) for one in report.deliveries] == [(1, 0)]


def test_a_receiver_that_stumbles_is_asked_again_with_the_same_id(store: Store) -> None:
    clock = Clock()
    with receiver(500, 503, 200) as hook:
        report = told_to(store, hook.url, clock)
    assert [one.sent for one in report.deliveries] == [1]
    assert clock.pauses == [1.0, 4.0]
    assert len({headers["webhook-id"] for _, headers, _ in hook.got}) == 1
    assert len({headers["webhook-timestamp"] for _, headers, _ in hook.got}) == 3


def test_a_receiver_that_asks_to_wait_is_given_its_time(store: Store) -> None:
    clock = Clock()
    with receiver((429, {"Retry-After": "7"}), 200) as hook:
        told_to(store, hook.url, clock)
    assert clock.pauses == [7.0]


def test_what_is_to_wait_long_waits_for_a_run_after_it(store: Store) -> None:
    clock = Clock()
    with receiver((429, {"Retry-After": "3600"}), 200) as hook:
        (first,) = told_to(store, hook.url, clock).deliveries
        clock.at += timedelta(minutes=15)
        (second,) = told_to(store, hook.url, clock).deliveries
        assert len(hook.got) == 1
        clock.at += timedelta(hours=1)
        (third,) = told_to(store, hook.url, clock).deliveries
    assert (first.waiting, second.waiting, third.waiting, third.sent) == (1, 1, 0, 1)
    assert first.error == second.error == "answered with status 429"
    assert clock.pauses == []


def test_a_refusal_is_not_repeated_within_a_run(store: Store) -> None:
    clock = Clock()
    with receiver(404) as hook:
        (delivery,) = told_to(store, hook.url, clock).deliveries
    assert (len(hook.got), delivery.waiting, clock.pauses) == (1, 1, [])
    assert "answered with status 404" in str(delivery.error)


def test_a_receiver_that_hangs_is_left_after_the_time_allowed(store: Store) -> None:
    clock = Clock()
    with receiver(slow=0.15) as hook:
        (delivery,) = told_to(store, hook.url, clock, timeout=0.05).deliveries
    assert len(hook.got) == 4
    assert (delivery.waiting, delivery.error, clock.pauses) == (1, "took longer than 0.05 seconds", [1.0, 4.0, 16.0])


def test_a_redirect_is_not_followed(store: Store) -> None:
    with receiver((302, {"Location": "http://127.0.0.1:9/metadata"})) as hook:
        (delivery,) = told_to(store, hook.url, Clock()).deliveries
    assert len(hook.got) == 1
    assert "redirects are not followed" in str(delivery.error)


@pytest.mark.parametrize("inside", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "::1", "fd00::1"])
def test_a_host_that_leads_inside_is_refused_whatever_its_name(store: Store, inside: str) -> None:
    clock = Clock()
    report = told_to(store, "https://hooks.example.org/x", clock, private=False, resolve=lambda *_: ["9.9.9.9", inside])
    (delivery,) = report.deliveries
    assert "inside a private network" in str(delivery.error)
    assert (delivery.waiting, clock.pauses) == (1, [])


def test_private_addresses_must_be_allowed_by_every_watch_of_a_receiver(store: Store) -> None:
    with receiver() as hook:
        watches.add(watch("careful", hook.url), store)
        report = told_to(store, hook.url, Clock())
        assert hook.got == []
        watches.add(watch("bold", hook.url, private=True), store)
        tell(store, 1)
        report = watches.run(store, ALL, outside())
        assert hook.got == []
    assert "inside a private network" in str(report.deliveries[0].error)


def test_a_named_webhook_keeps_its_address_out_of_store_and_output(store: Store) -> None:
    with receiver(400) as hook:
        secret_url = f"{hook.url}/T0PSECRET"
        known = Credentials(hooks={"desk": Hook(url=secret_url, secret=SECRET)})
        (delivery,) = told_to(store, "webhook:desk", Clock(), credentials=known).deliveries
    assert (hook.got[0][0], delivery.destination) == ("/hook/T0PSECRET", "webhook:desk")
    assert known.masked(f"{secret_url} and {SECRET}") == "… and …"
    assert "T0PSECRET" not in repr(known) + repr(store.watching.parcels("webhook:desk")) + repr(watches.listed(store))


def test_without_a_secret_nothing_is_posted(store: Store) -> None:
    with receiver() as hook:
        (delivery,) = told_to(store, hook.url, Clock(), credentials=Credentials()).deliveries
    assert hook.got == []
    assert "no secret to sign with; set BACKCHANNEL_WEBHOOK_SECRET" in str(delivery.error)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def server_context(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    return context


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path) -> str:
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    return str(tmp_path / "ca.pem")


def posted(port: int, ca: str | None, **more: object) -> Credentials:
    values: dict[str, object] = {
        "host": "127.0.0.1",
        "port": port,
        "security": "starttls",
        "sender": "Backchannel <watch@paper.example>",
        "user": "desk",
        "password": "open-sesame",
        "ca": ca,
    }
    return Credentials(mail=Mail(**{**values, **more}))  # type: ignore[arg-type]  # built by name


@pytest.mark.parametrize("tls", [False, True], ids=["starttls", "tls"])
def test_mail_goes_over_tls_to_a_server_that_proves_its_name(
    store: Store, server_context: ssl.SSLContext, trusted: str, tls: bool
) -> None:
    with mailbox(server_context, tls=tls) as box:
        known = posted(box.port, trusted, security="tls" if tls else "starttls")
        (delivery,) = told_to(store, "mailto:desk@paper.example", Clock(), credentials=known).deliveries
    assert (delivery.sent, delivery.error) == (1, None)
    ((mail, is_encrypted, user),) = box.got
    assert (is_encrypted, user) == (True, "desk")
    assert mail["To"] == "desk@paper.example"
    assert str(mail["Subject"]).startswith("Backchannel: New conversation: CHN – USA: meeting")
    body = mail.get_payload(decode=True)
    assert isinstance(body, bytes)
    assert "“Sullivan met Wang in Vienna”" in body.decode()


def test_a_mail_sent_again_has_the_same_id(
    store: Store, server_context: ssl.SSLContext, trusted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from backchannel.store.watching import Watching

    with mailbox(server_context) as box:
        known = posted(box.port, trusted)
        with monkeypatch.context() as patch:
            patch.setattr(Watching, "mark", _killed)
            with pytest.raises(KeyboardInterrupt):
                told_to(store, "mailto:desk@paper.example", Clock(), credentials=known)
        for _ in range(2):
            told_to(store, "mailto:desk@paper.example", Clock(), credentials=known)
    ids = [str(mail["Message-ID"]) for mail, _, _ in box.got]
    assert (len(ids), len(set(ids))) == (2, 1)
    assert ids[0].endswith("@paper.example>")


def _killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_mail_is_not_sent_without_encryption_or_to_a_stranger(
    store: Store, server_context: ssl.SSLContext, trusted: str
) -> None:
    with mailbox(None) as box:
        (plain,) = told_to(
            store, "mailto:desk@paper.example", Clock(), credentials=posted(box.port, trusted)
        ).deliveries
        assert box.got == []
    with mailbox(server_context) as box:
        (strange,) = told_to(store, "mailto:desk@paper.example", Clock(), credentials=posted(box.port, None)).deliveries
        wrong = posted(box.port, trusted, password="guess-the-word")
        (refused,) = told_to(store, "mailto:desk@paper.example", Clock(), credentials=wrong).deliveries
        assert box.got == []
    assert "it must offer STARTTLS" in str(plain.error)
    assert "CERTIFICATE_VERIFY_FAILED" in str(strange.error)
    assert refused.error == "127.0.0.1: user or password refused (535)"


def test_credentials_come_from_the_environment_before_the_file(tmp_path: Path) -> None:
    file = tmp_path / "credentials.toml"
    file.write_text(
        '[mail]\nhost = "mail.paper.example"\nfrom = "watch@paper.example"\npassword = "old"\n'
        f'[webhook.desk]\nurl = "https://hooks.example.org/x"\nsecret = "{SECRET}"\n',
        encoding="utf-8",
    )
    file.chmod(0o600)
    known = load({"BACKCHANNEL_SMTP_PASSWORD": "new", "BACKCHANNEL_CREDENTIALS": str(file)})
    assert known.mail == Mail(
        host="mail.paper.example", port=587, security="starttls", sender="watch@paper.example", password="new"
    )
    assert known.hook("desk").url == "https://hooks.example.org/x"
    with pytest.raises(DeliveryError, match="no webhook named 'other'"):
        known.hook("other")
    file.chmod(0o640)
    with pytest.raises(InputError, match="others may read the secrets in it; run chmod 600"):
        load({}, file)


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("mail", "cannot be read as TOML"),
        ('[post]\nhost = "x"', r"expected tables \[mail\]"),
        ('[mail]\nhost = "x"', "give from in"),
        ('[mail]\nhost = "x"\nfrom = "y"\nsecurity = "none"', "'none' is none of starttls, tls"),
        ('[mail]\nhost = "x"\nfrom = "y"\nport = "many"', "'many' is no number"),
        ('[webhook.desk]\nurl = "https://hooks.example.org"', "needs url and secret"),
    ],
)
def test_a_file_of_credentials_that_says_something_else_is_refused(tmp_path: Path, content: str, fault: str) -> None:
    file = tmp_path / "credentials.toml"
    file.write_text(content, encoding="utf-8")
    file.chmod(0o600)
    with pytest.raises(InputError, match=fault):
        load({}, file)


@pytest.mark.parametrize(
    ("typed", "key", "seen"),
    [
        ("https://hooks.example.org/T0/key", "webhook:https://hooks.example.org/T0/key", "https://hooks.example.org/…"),
        ("webhook:desk", "webhook:desk", "webhook:desk"),
        ("mailto:desk@paper.example", "mail:desk@paper.example", "mailto:desk@paper.example"),
        ("/srv/plans.ics", "calendar:/srv/plans.ics", "/srv/plans.ics"),
        ("/srv/new.xml", "atom:/srv/new.xml", "/srv/new.xml"),
    ],
)
def test_a_destination_is_known_by_what_was_typed(typed: str, key: str, seen: str) -> None:
    one = destination(typed)
    assert (one.key, shown(one), shown(one.key)) == (key, seen, seen)


@pytest.mark.parametrize(
    ("typed", "fault"),
    [
        ("news.doc", "is not understood; give a file ending in .jsonl"),
        ("mailto:desk", "no single mail address"),
        ("mailto:a@b.example,c@d.example", "no single mail address"),
        ("https://me:word@hooks.example.org/", "holds a name and password"),
        ("https://hooks.example.org/x?token=word", "holds a query, which may be a key"),
        ("ftp://hooks.example.org/x", "is not understood"),
    ],
)
def test_a_destination_that_cannot_be_told_to_is_refused(typed: str, fault: str) -> None:
    with pytest.raises(QueryError, match=fault) as caught:
        destination(typed)
    assert "word" not in str(caught.value).replace("password", "")

"""Small acts, contacts and their documents, by hand, for the tests of the ledger and its chart."""

from datetime import date

from backchannel.analysis.citations import cite
from backchannel.analysis.ledger import Material, Scope, ledger
from backchannel.analysis.ledger_acts import Told
from backchannel.analysis.ledger_records import Ledger
from backchannel.records import Claim, Document, Evidence, Party, PrivacyStep, Span, When
from store_samples import conversation

PAIR = ("NOR", "SWE")


def paper(id: str, day: str | None = "2023-05-10", **more) -> Document:
    """Give a document of a day."""
    published = None if day is None else date.fromisoformat(day)
    return Document(id=id, source=more.pop("source", "Fjord Gazette"), title=id, published=published, **more)


def act(
    id: str, document: str, event: str = "SANCTION", *, by: str = "impose.verb", day: str | None = None, **more
) -> Claim:
    """Give a claim that Norway does something to Sweden."""
    words = more.pop("words", f"Norway did something to Sweden, as {id} tells.")
    source, target = more.pop("sides", PAIR)
    values = {
        "kind": "act",
        "event": event,
        "status": "occurred",
        "parties": (Party(actor=source, role="source"), Party(actor=target, role="target")),
        "sentence": Span(start=0, end=len(words), text=words),
        "trigger": Span(start=0, end=6, text=words[:6]),
        "evidence": {"event": (Evidence(start=0, end=6, text=words[:6], by=f"acts.{by}"),)},
        "when": None if day is None else When(start=day, end=day, precision="day" if len(day) > 4 else "year"),
    }
    return Claim(id=id, document=document, **{**values, **more})


def talk(number: int, day: str | None = "2023-05-10", *, told: str | None = None, **more):
    """Give a conversation of the two, its claim and the document that tells it, a day after it unless said."""
    when = None if day is None else When(start=day, end=day, precision="day")
    found = conversation(number, when=when, claims=(f"c_{number}",), **more)
    words = f"Envoys of Norway and Sweden met for quiet talks, says report {number}."
    claim = Claim(
        id=f"c_{number}", document=f"d_{number}", sentence=Span(start=0, end=len(words), text=words), when=when
    )
    return found, claim, paper(f"d_{number}", told or day)


def made(acts=(), talks=(), papers=(), *, families=None, days=(), **scope) -> Ledger:
    """Give the ledger of Norway and Sweden from acts, ``talk`` results and further documents."""
    documents = {one.id: one for one in (*papers, *(one[2] for one in talks))}
    claims = {one.id: one for one in (*acts, *(one[1] for one in talks))}
    told = Told(claims=list(acts), documents=documents, families=families or {})
    kept = frozenset(date.fromisoformat(day) for day in days)
    material = Material(conversations=[one[0] for one in talks], told=told, claims=claims, days=kept, cite=cite)
    return ledger(material, Scope(parties=PAIR, names=("Norway", "Sweden"), **scope))


def busy() -> Ledger:
    """Give a ledger of 2023 by month: ten acts, eight of them hostile, and nine talks, one of them refused."""
    papers = [paper(f"p_{n}", f"2023-{n + 1:02}-05") for n in range(10)]
    acts = [act(f"a_{n}", f"p_{n}", "SANCTION" if n < 8 else "AID", by="impose.verb") for n in range(10)]
    talks = [talk(n, f"2023-{n + 1:02}-20", status="refused" if n == 0 else "occurred") for n in range(8)]
    talks.append(talk(8, "2023-09-20", told="2024-03-01", privacy="secret"))
    return made(acts, talks, papers, days=[f"2023-01-{d:02}" for d in range(1, 32)], by="month")


def step(privacy: str, on: str) -> PrivacyStep:
    """Give a step of a conversation's privacy."""
    return PrivacyStep(privacy=privacy, on=on, claim="c_1")  # type: ignore[arg-type]  # a test's short hand

"""Made-up documents with claims that are near each other in every way that merging looks at, for tests of its laws."""

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from backchannel import pipeline
from backchannel.documents import claim_id
from backchannel.records import Claim, Document, Evidence, Judgement, Party, Span, Voice, When, Where
from backchannel.store import Store

BODY = (
    "The envoys of the two states came together in the town by the river and spoke of fish, bread and borders until late.",
    "Nobody would say what the ministers had told each other when the cars left the old palace behind the harbour again.",
    "A long letter was handed over at the gate, and the guards who saw it were asked to forget that they had seen it.",
)
PEOPLE = {"NOR": "Ada Reed", "SWE": "Bo Lind", "FIN": "Eva Holm"}
PAIRS = ("NOR SWE", "NOR FIN", "NOR SWE FIN", "NOR/ SWE/", "NOR UNKNOWN", "NOR")
WHENS = (
    None,
    None,
    When(start="2021-03-04", end="2021-03-04", precision="day"),
    When(start="2021-03-05", end="2021-03-06", precision="day"),
    When(start="2021-03-20", end="2021-03-20", precision="day"),
    When(start="2021-03", end="2021-03", precision="month"),
    When(start="2021", end="2021", precision="year"),
)
PUBLISHED = (None, *(date(2021, 3, day) for day in (3, 4, 5, 6, 9, 14, 25)), date(2021, 4, 25))


@st.composite
def claims(draw: st.DrawFn, document: str, number: int) -> Claim:
    """A claim in one of three sentences of a document; some go on about what stands before them."""
    start = 300 * draw(st.integers(0, 2))
    sentence = Span(start=start, end=start + 90, text="x" * 90)
    back = draw(st.sampled_from((False, False, True)))
    parties = tuple(
        Party(
            actor=actor.rstrip("/"),
            person=PEOPLE[actor.rstrip("/")] if actor.endswith("/") else None,
            start=None if back else start + 9 * place,
            end=None if back else start + 9 * place + 3,
            text=None if back else actor.rstrip("/"),
        )
        for place, actor in enumerate(draw(st.sampled_from(PAIRS)).split())
    )
    form = draw(st.sampled_from(("meeting", "meeting", "call", "contact", "negotiation")))
    return Claim(
        id=claim_id(document, "contact", start + 40 + number, 0),
        document=document,
        sentence=sentence,
        trigger=Span(start=start + 40 + number, end=start + 41 + number, text="x"),
        form=form,
        parties=parties,
        issues=draw(st.sampled_from(((), ("trade",), ("energy",)))),
        privacy=draw(st.sampled_from(("closed", "secret", "public"))),
        channel=draw(st.sampled_from(("front", "backchannel"))),
        status=draw(st.sampled_from(("occurred", "occurred", "planned", "denied", "ongoing"))),
        voice=Voice(source_class=draw(st.sampled_from(("unattributed", "unnamed_official")))),
        when=draw(st.sampled_from(WHENS)),
        where=draw(st.sampled_from((None, Where(text="Oslo", country="NOR"), Where(text="Turku", country="FIN")))),
        evidence={"form": (Evidence(start=start + 40, end=start + 41, text="x", by="contacts.meet.verb"),)},
    )


@st.composite
def documents(draw: st.DrawFn) -> tuple[Document, tuple[Claim, ...]]:
    """One of seven documents, in one of its editions; some carry one text, some are digests of two items."""
    name = f"d_{draw(st.integers(0, 6))}"
    text = (draw(st.sampled_from(BODY)) + " ").ljust(450) + draw(st.sampled_from(BODY)).ljust(450)
    found = tuple(draw(claims(name, number)) for number in range(draw(st.integers(0, 4))))
    items = [{"start": 0, "end": 450, "source": "Elm Gazette"}, {"start": 450, "end": 900, "source": "Oak Post"}]
    meta = {"passages": items} if draw(st.integers(0, 4)) == 0 else {}
    published = draw(st.sampled_from(PUBLISHED))
    source = draw(st.sampled_from((None, "Elm Gazette", "Harbour Post")))
    return Document(id=name, source=source, text=text, published=published, meta=meta), found


def put(store: Store, document: Document, found: tuple[Claim, ...]) -> None:
    """Keep a document as a reading would."""
    store.put_documents([(document, found, None)], reader=pipeline.READER)


def judgement(number: int, kind: str, target: str, other: str | None, supersedes: str | None = None) -> Judgement:
    """Give a judgement made so many minutes after noon."""
    at = datetime(2024, 1, 1, 12, number % 60, tzinfo=UTC)
    other = other if kind in ("same", "different", "unsure") else None
    return Judgement(id=f"j_{number:03}", kind=kind, target=target, other=other, at=at, supersedes=supersedes)

"""A claim as merging sees it: the slim columns that decide what it is a report of, and on whose word."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Literal

from backchannel.actors import SpeaksFor
from backchannel.conversations.origins import Teller, teller
from backchannel.families import Family, is_outlet, outlet_key, passage_at, passage_start
from backchannel.records import UNKNOWN, Channel, Claim, Document, Form, Party, Privacy, Status, When, Where
from backchannel.sources import record
from backchannel.vocabulary import load

State = Literal["current", "updated", "retracted"]
Lane = Literal["row", "talk"]
_APPOSED = re.compile(r",?\s+([A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){1,2})\b")
_FOLLOWING = re.compile(r"\s+([A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+){1,2})\b")
_DEFINITE = re.compile(r"\b(?:the|this|that|these|those)\s+$", re.IGNORECASE)
RECORDED = "markup"
"""``by`` of a claim that the head of a record makes."""
UNRECORDED = "not_found"
"""What ``extensions.record`` says where a note tells that no record was found."""
_OPENING = 200
"""Characters from the beginning of a text within which a sentence opens it, a dateline or greeting before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One claim with its document's date and its teller; ``sentence`` is the start of its sentence.

    ``leads`` is true when the sentence opens its text, which then is about this contact. ``defaulted`` names values
    that no word attests; ``family`` and ``outlet`` are those of the document or passage. ``tells_day`` is false when
    ``when`` is only the day that the document bears. ``points_back`` is true when it names no party anew
    ("they discussed", "the talks lasted"): it goes on about a contact told before it; ``is_definite`` when the text
    speaks of that contact as known ("the meeting"). ``is_remote`` is true when words tell of a screen, or of a telephone
    beside a meeting: one calls it a meeting, another a call. ``state`` is that of its document; ``is_corrected`` is true
    when its text says of itself that it was corrected. ``is_record`` is true for claims of a record, whose
    ``published`` is its own day; ``released`` is when it came out.
    ``lane`` is ``row`` for a row of a table, which tells of a visit or journey, ``talk`` for what the head of a record says
    of the one talk that it records; neither is the other, and what they share is a link.
    ``is_mention`` is true where a record tells it as held, apart from its own talk (``mentions``).
    ``is_unrecorded`` is true where a note says that no record was found; ``withheld`` names those from whom the contact was kept.
    ``wording`` is what copies of its sentence share, ``repeats`` the outlet on whose report its text rests, whoever speaks
    there, ``copies`` the report that it copies (``copies.pointed``).
    """

    id: str
    document: str
    published: date | None = None
    sentence: int | None = None
    leads: bool = False
    outlet: str | None = None
    family: str | None = None
    hours: tuple[str, str | None] | None = None
    is_record: bool = False
    released: date | None = None
    parties: tuple[Party, ...] = ()
    form: Form | None = None
    issues: tuple[str, ...] = ()
    privacy: Privacy | None = None
    channel: Channel | None = None
    status: Status | None = None
    when: When | None = None
    where: Where | None = None
    tells_day: bool = True
    points_back: bool = False
    is_definite: bool = False
    is_remote: bool = False
    score: float = 1.0
    state: State = "current"
    is_corrected: bool = False
    defaulted: tuple[str, ...] = ()
    lane: Lane | None = None
    is_mention: bool = False
    is_unrecorded: bool = False
    withheld: tuple[str, ...] = ()
    wording: str | None = None
    repeats: str | None = None
    copies: Report | None = None
    teller: Teller

    @property
    def known_on(self) -> date | None:
        """The day on which the public could know what it tells; of a record the day it came out, if that is known."""
        return self.released if self.is_record else self.published

    def known(self) -> frozenset[str]:
        """The actors that are identified."""
        return frozenset(p.actor for p in self.parties if p.actor != UNKNOWN)


def report(
    claim: Claim,
    document: Document,
    *,
    family: Family | None = None,
    speaks_for: SpeaksFor | None = None,
    is_mention: bool = False,
) -> Report:
    """Give the report that a claim of a document makes.

    Args:
        claim: a claim of kind ``contact``.
        document: the document it was read in.
        family: of the document, or of the digest's passage that holds the claim (``family_of``).
        speaks_for: such as ``actors.speaks_for`` gives; without it a speaker speaks for a party only when the claim
            itself shows it.
        is_mention: as ``mentions`` says of the claims of its document.
    """
    start = claim.sentence.start if claim.sentence is not None else None
    opening, outlet = passage_start(document, start), passage_at(document, start)[1]
    return Report(
        id=claim.id,
        document=document.id,
        published=document.published if claim.row is None else _last_day(claim),
        sentence=start,
        leads=start is not None and start - opening <= _OPENING,
        outlet=outlet_key(outlet) if outlet is not None else None,
        family=family.id if family is not None else document.id,
        hours=_hours(claim),
        is_record=record.KEY in document.meta,
        released=record.released(document) if record.KEY in document.meta else None,
        parties=(*(_named(party, document.text) for party in claim.parties), *_others(claim)),
        form=claim.form,
        issues=claim.issues,
        privacy=claim.privacy,
        channel=claim.channel,
        status=claim.status,
        when=claim.when,
        where=claim.where,
        tells_day=not _is_of_document(claim),
        points_back=_points_back(claim),
        is_definite=_is_definite(claim),
        is_remote=_is_remote(claim, document),
        score=claim.score,
        state=document.state,
        is_corrected=(document.meta.get("notice") or {}).get("kind") == "corrected",
        defaulted=(*claim.defaulted, "form") if _tells_content(claim) else claim.defaulted,
        lane="row" if claim.row is not None else "talk" if claim.by == RECORDED else None,
        is_mention=is_mention,
        is_unrecorded=claim.extensions.get("record") == UNRECORDED,
        withheld=tuple(str(one["id"]) for one in claim.extensions.get("withheld", ())),
        wording=_wording(claim),
        repeats=_repeats(claim, family),
        teller=teller(claim, document, family=family, speaks_for=speaks_for),
    )


def _hours(claim: Claim) -> tuple[str, str | None] | None:
    """The hours of a talk, as ISO times, where the claim is a record's that prints them."""
    told = claim.extensions.get("hours")
    return (str(told[0]), told[1]) if isinstance(told, list) and len(told) == 2 else None


def _last_day(claim: Claim) -> date | None:
    """The day by which a row of a public table was known: the last of the contact itself."""
    return span(claim.when)[1] if claim.when is not None else None


def _others(claim: Claim) -> Iterator[Party]:
    """Yield a party for each further person that a record lists as acting for one of the claim's parties."""
    known = {party.actor: party for party in claim.parties}
    for row in claim.extensions.get("participants", ()):
        party = known.get(row.get("actor"))
        if party is not None and row.get("person") not in (None, party.person):
            yield replace(party, person=row["person"], start=row.get("start"), end=row.get("end"), text=row.get("text"))


def family_of(claim: Claim, document: Document, families: Mapping[str, Family]) -> Family | None:
    """Give the family of the passage that holds a claim, else that of the document, of ``families`` by leaf.

    A digest's words outside all its passages have none.
    """
    leaf, _ = passage_at(document, claim.sentence.start if claim.sentence is not None else None)
    return families.get(leaf) or families.get(document.id)


def _named(party: Party, text: str) -> Party:
    """The party with the person whose name follows the office: "the northern ambassador, Ada Reed".

    After an office with its country no comma parts them: "President of Norland Ada Reed".
    """
    if party.person is not None or party.end is None or party.text is None:
        return party
    words = party.text.casefold().split()
    if not words or not _offices() & {words[-1], words[0]}:
        return party
    found = (_APPOSED if words[-1] in _offices() else _FOLLOWING).match(text, party.end)
    return party if found is None else replace(party, person=found[1])


@cache
def _offices() -> frozenset[str]:
    return frozenset(load("merge.yml")["offices"])


def _is_of_document(claim: Claim) -> bool:
    """True when the time rests on the document's date alone."""
    read = claim.evidence.get("when", ())
    return bool(read) and all(one.by.startswith("date:") for one in read)


def _points_back(claim: Claim) -> bool:
    """True when every party is unnamed, unknown, or stands behind a word for one told before ("they", "the two").

    One such party is enough where it tells what was said ("he told the minister that") or speaks of a contact as known.
    """
    anaphors = {(one.start, one.end) for one in claim.evidence.get("parties", ()) if one.by.startswith("roster:")}
    if claim.sentence is None:  # a row of a table tells nothing before it
        return False
    back = [
        party.text is None or party.actor == UNKNOWN or (party.start, party.end) in anaphors for party in claim.parties
    ]
    return any(back) if _tells_content(claim) or _is_definite(claim) else bool(back) and all(back)


def _is_definite(claim: Claim) -> bool:
    """True when an article or pointing word stands right before the word for the contact."""
    if claim.sentence is None or claim.trigger is None:
        return False
    before = claim.sentence.text[: claim.trigger.start - claim.sentence.start]
    return _DEFINITE.search(before) is not None


def _is_remote(claim: Claim, document: Document) -> bool:
    """True for what is read as a meeting or call beside words of a screen, or as a meeting beside those of a telephone."""
    if claim.sentence is None or claim.form not in ("meeting", "call"):
        return False
    words = set(re.findall(r"\w+", f"{claim.sentence.text} {document.title or ''}".casefold()))
    return bool(words & _remote("screen")) or (claim.form == "meeting" and bool(words & _remote("telephone")))


@cache
def _remote(means: str) -> frozenset[str]:
    return frozenset(load("merge.yml")["remote"][means])


def _tells_content(claim: Claim) -> bool:
    """True when the word for the contact tells what was said in one, and so nothing of its form."""
    read = claim.evidence.get("form", ())
    return bool(read) and all(one.by in _content() for one in read)


@cache
def _content() -> frozenset[str]:
    return frozenset(load("merge.yml")["content"])


def _repeats(claim: Claim, family: Family | None) -> str | None:
    """The outlet that the sentence names for its words, else the one that its text retells."""
    if claim.voice.chain and is_outlet(claim.voice.chain[-1]):
        return outlet_key(claim.voice.chain[-1])
    return family.repeats if family is not None else None


def _wording(claim: Claim) -> str | None:
    """What copies of the sentence share: the word for the contact, and words around it; a dateline is left out."""
    if claim.sentence is None or claim.trigger is None:
        return None
    start, end = claim.trigger.start - claim.sentence.start, claim.trigger.end - claim.sentence.start
    text = claim.sentence.text
    parts = (_words(text[start:end]), _words(text[:start])[-3:], _words(text[end:])[:12])
    return "|".join(" ".join(words) for words in parts)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


@lru_cache(maxsize=65536)
def span(when: When) -> tuple[date, date]:
    """Give the first and last day of an interval of any precision.

    >>> span(When(start="2021-02", end="2021-02", precision="month"))
    (datetime.date(2021, 2, 1), datetime.date(2021, 2, 28))
    """
    return _edge(when.start, last=False), _edge(when.end, last=True)


@lru_cache(maxsize=1 << 16)
def fold(name: str) -> str:
    """Give a name without accents, case and punctuation at its ends, to compare it.

    >>> fold(" Sauli Niinistö ")
    'sauli niinisto'
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return " ".join(plain.casefold().split()).strip(".,;:'\"’")


def _edge(text: str, *, last: bool) -> date:
    parts = [int(p) for p in text[:10].split("-")]
    if len(parts) == 3:
        return date(parts[0], parts[1], parts[2])
    if not last:
        return date(parts[0], parts[1] if len(parts) == 2 else 1, 1)
    if len(parts) == 1 or parts[1] == 12:
        return date(parts[0], 12, 31)
    return date(parts[0], parts[1] + 1, 1) - timedelta(days=1)

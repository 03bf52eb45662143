"""Say what one lane has of one conversation: on whose side it stands, how marked, when it came out, in which words."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from backchannel.analysis import gap_sides, phrases
from backchannel.analysis.gap_records import Account, Disclosure, Lane, Quotation, Standing
from backchannel.analysis.gap_sides import Told
from backchannel.analysis.publications import PublicText, public_texts
from backchannel.analysis.timeline import KINDS
from backchannel.conversations.reports import span
from backchannel.records import PRIVATE, Claim, Conversation, Document, When

Cite = Callable[[Document, Claim | None], str]
_OPENNESS: Final = ("public", "closed", "undisclosed", "secret")
_ATTESTED: Final[Mapping[str | None, Standing]] = {"record": "recorded", "no_record": "no_record"}
_REMARKS: Final = ("description", "remarks")
_SHORT: Final = 40
"""Characters under which a sentence tells too little to be quoted where there is another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A conversation with its claims (``own``) and those of the conversations that links put beside it (``near``)."""

    conversation: Conversation
    own: Sequence[Told]
    near: Sequence[Told] = ()


def accounts(case: Case, cite: Cite) -> list[Account]:
    """Give an account for each lane that has something of a conversation, the public one first.

    A public text that came out of the talk by its record's footnotes makes a public account where no claim does.
    """
    sides = {one.side for one in case.own}
    texts = _texts(case)
    is_public = "public" in sides or any(text.relation == "outcome" for text in texts)
    lanes: list[Lane] = ["public"] if is_public else []
    if "record" in sides or (sides and not is_public):
        lanes.append("closed")
    return [_account(case, lane, texts, cite) for lane in lanes]


def _account(case: Case, lane: Lane, texts: tuple[PublicText, ...], cite: Cite) -> Account:
    conversation, when = case.conversation, case.conversation.when
    side = [one for one in case.own if (one.side == "public") == (lane == "public")]
    heads = list(gap_sides.records_of(side))
    first, last = span(when) if when is not None else (None, None)
    return Account(
        id=conversation.id,
        lane=lane,
        standing=_public_standing(side) if lane == "public" else _closed_standing(conversation, side),
        kind=KINDS.get(conversation.status, "possible"),
        first=None if first is None else first.isoformat(),
        last=None if last is None else last.isoformat(),
        exact=when is not None and when.precision == "day",
        told=phrases.interval(when),
        what=phrases.what(conversation),
        parties=phrases.parties(conversation),
        privacy=_privacy(side),
        disputed=conversation.disputed,
        issues=gap_sides.issues(side),
        subjects=tuple(dict.fromkeys(words.text for _, head in heads for words in head.subjects)),
        classification=next((head.classification for _, head in heads if head.classification is not None), None),
        handling=tuple(dict.fromkeys(word for _, head in heads for word in head.handling)),
        disclosure=_disclosure(case, texts),
        quotation=_quotation(side, cite) if side else _of_footnote(case, texts, cite),
        public_texts=texts if lane == "closed" or not side else (),
    )


def _public_standing(side: Sequence[Told]) -> Standing:
    if side and all(one.claim.status == "denied" for one in side):
        return "denied"
    return "leaked" if _privacy(side) in PRIVATE else "announced"


def _closed_standing(conversation: Conversation, side: Sequence[Told]) -> Standing:
    """Give how the record stands to a talk; what records mention, and others tell too, is mentioned."""
    if not any(one.side == "record" for one in side):
        return "later"
    return _ATTESTED.get(conversation.attestation, "mentioned")


def _privacy(side: Sequence[Told]) -> str | None:
    """Give how private a side says it was: as its words say, the most open first, else as is usual."""
    told = [one.claim for one in side if one.claim.privacy is not None and one.claim.status != "denied"]
    said = [claim for claim in told if "privacy" not in claim.defaulted] or told
    return min((str(claim.privacy) for claim in said), key=_OPENNESS.index, default=None)


def _texts(case: Case) -> tuple[PublicText, ...]:
    """Give the public texts of the days that the footnotes of the records of a talk name."""
    if case.conversation.when is None or case.conversation.when.precision != "day":
        return ()
    first, last = span(case.conversation.when)
    heads = [head for _, head in gap_sides.records_of(case.own)]
    return tuple(dict.fromkeys(text for head in heads for text in public_texts(head, first, last)))


# --- when it came out


def _disclosure(case: Case, texts: Iterable[PublicText]) -> Disclosure | None:
    """Give when the public could first know of a conversation, by all that is told of it or of what is beside it."""
    when = case.conversation.when
    days = [(*one.known, one.side) for one in (*case.own, *case.near) if one.known is not None]
    if when is not None and any(text.relation == "outcome" for text in texts):
        days.append((span(when)[1], span(when)[1], "public"))
    days = [one for one in days if one[2] == "public"] or days
    if not days:
        return None
    earliest, latest, by = min(days, key=_sooner)
    return Disclosure(
        by=by,
        earliest=earliest.isoformat(),
        latest=latest.isoformat(),
        shortest=None if when is None else _lag(when, earliest, soonest=True),
        longest=None if when is None else _lag(when, latest, soonest=False),
    )


def _lag(when: When, known: date, *, soonest: bool) -> int:
    """Give the days from a contact to the day on which it was known; of one not dated to the day the fewest or the most.

    >>> _lag(When(start="1971-07-09", end="1971-07-11", precision="day"), date(1971, 7, 15), soonest=True)
    4
    """
    first, last = span(when)
    if when.precision != "day":
        return (known - (last if soonest else first)).days
    return (known - last).days if known > last else min((known - first).days, 0)


def _sooner(days: tuple[date, date, str]) -> tuple[date, date, str]:
    return days[1], days[0], days[2]


# --- in which words


def _quotation(side: Sequence[Told], cite: Cite) -> Quotation | None:
    """Give the sentence that tells most of the contact: of its own record before others, of a body before a heading."""
    own = {one.document.id for one, _ in gap_sides.records_of(side)}
    best = min([one for one in side if one.document.id in own] or side, key=_telling, default=None)
    words = None if best is None else _words(best)
    if best is None or words is None:
        return None
    return Quotation(
        text=words,
        claim=best.claim.id,
        citation=cite(best.document, best.claim),
        is_heading=best.claim.by == "markup",
    )


def _telling(one: Told) -> tuple[bool, bool, bool, float, str]:
    claim, words = one.claim, _words(one)
    known = date.max if one.known is None else one.known[1]
    is_short = words is None or len(words) < _SHORT
    return is_short, claim.by == "markup", not claim.issues, -claim.score, f"{known}{claim.id}"


def _words(one: Told) -> str | None:
    """Give a claim's sentence, of a row its remarks, on one line."""
    if one.claim.sentence is not None:
        return " ".join(one.claim.sentence.text.split())
    found = next(
        (item.text for items in one.claim.evidence.values() for item in items if item.by == one.claim.by), None
    )
    try:
        row = json.loads(found or "null")
    except ValueError:
        return found
    told = next((row[name] for name in _REMARKS if row.get(name)), None) if isinstance(row, dict) else None
    return str(told) if told is not None else one.claim.row


def _of_footnote(case: Case, texts: Iterable[PublicText], cite: Cite) -> Quotation | None:
    """Give the footnote by which a record names the public text that came out of its talk."""
    text = next((one for one in texts if one.relation == "outcome"), None)
    one = next((one for one, _ in gap_sides.records_of(case.own)), None)
    if text is None or one is None:
        return None
    citation = f"{cite(one.document, one.claim)} Footnote {text.footnote}."
    return Quotation(text=text.text, claim=one.claim.id, citation=citation)

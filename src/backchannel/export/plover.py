"""Write conversations as PLOVER events, one JSON line each, with what PLOVER has no place for as an extension.

Source:
    PLOVER manual (September 2021). The mapping is ``data/plover.yml``; ``docs/how-it-works.md`` says what was chosen and why.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from typing import Any

import msgspec

from backchannel.corrections import quotation_key
from backchannel.export.folder import Folder
from backchannel.export.registry import About, Exported, Told, exporter
from backchannel.records import UNKNOWN, Conversation, ConversationParty, When
from backchannel.store.rows import first_day, last_day
from backchannel.vocabulary import load

Entity = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """The type and modes of a conversation; ``is_scored`` is false for what did not take place as its type says."""

    event: str
    mode: str | None
    auxiliary: tuple[str, ...]
    is_scored: bool


@exporter("plover")
class Events:
    """One file of events; a conversation without a day of its own counts under that of its first report, which it tells."""

    files: tuple[str, ...] = ("plover.jsonl",)

    def begin(self, about: About, folder: Folder) -> None:
        """Open the file."""
        self._about = about
        self._file = folder.open(self.files[0])
        self._lines = 0

    def feed(self, one: Exported) -> None:
        """Write the event of a conversation, or with ``dyads`` one for each pair of its sides."""
        event = event_of(one, self._about)
        for each in () if event is None else dyads(event) if self._about.expand == "dyads" else (event,):
            self._file.write(msgspec.json.encode(each).decode() + "\n")
            self._lines += 1

    def finish(self) -> Mapping[str, int]:
        """Give the number of events."""
        return {self.files[0]: self._lines}


def event_of(one: Exported, about: About) -> dict[str, Any] | None:
    """Give a conversation as a PLOVER event; ``None`` where no day, status or party is known."""
    told = one.conversation
    days = told.when or (_reported(told.first_reported) if told.first_reported is not None else None)
    parties = [party for party in told.parties if party.actor != UNKNOWN]
    coding = coding_of(told, one, about)
    if days is None or coding is None or not parties:
        return None
    actors, recipients = sides(told, parties, coding)
    reports = list(one.reports())
    first = min(reports, key=_published, default=None)
    modes = [mode for mode in (coding.mode, *coding.auxiliary) if mode is not None]
    end = last_day(days.end)
    event: dict[str, Any] = {
        "id": told.id,
        "date": first_day(days.start),
        "enddate": end if end != first_day(days.start) else None,
        "actor": [entity(party, one, about) for party in actors],
        "recipient": [entity(party, one, about) for party in recipients] or None,
        "event": [coding.event],
        "mode": modes or None,
        "context": list(contexts(told)) or None,
        "quad_code": _table()["quads"][coding.event],
        "event_scale": _scale(coding),
        "event_loc": _location(told),
        "link": [report.document.url for report in reports if report.document is not None and report.document.url]
        or None,
        "coder": f"backchannel {about.version}",
        **(_cited(first, about) if first is not None else {}),
        "conversation": extension(one, about),
    }
    return {name: value for name, value in event.items() if value is not None}


def coding_of(told: Conversation, one: Exported, about: About) -> Coding | None:
    """Give type and modes by status: what was denied or only imagined always has an auxiliary mode, never a bare type."""
    if told.status is None:
        return None
    row = _statuses()[_kind(told, one)]
    mode = contact_mode(told, about) if row["mode"] == "form" else row["mode"]
    return Coding(event=row["event"], mode=mode, auxiliary=tuple(row["auxiliary"]), is_scored=row["scored"])


def _kind(told: Conversation, one: Exported) -> str:
    """The row of the table: the status, narrowed by what was called off or denied."""
    before = [step.status for step in told.status_history if step.status != told.status]
    if told.status == "cancelled":
        known = {party.actor for party in told.parties} - {UNKNOWN}
        if len(known) > 1 and told.form in _table()["talks"] and "ongoing" in before:
            return "cancelled/talks"
        return "cancelled/refused" if any(claim.status == "refused" for claim in one.claims.values()) else "cancelled"
    if told.status == "denied" and before and before[-1] in ("planned", "proposed", "postponed"):
        return "denied/proposed" if before[-1] == "proposed" else "denied/planned"
    return str(told.status)


def contact_mode(told: Conversation, about: About) -> str | None:
    """Give the mode of a contact by its form, then by whose country it took place in."""
    mode: str | None = _table()["modes"].get(told.form)
    if mode is not None:
        return mode
    talking = [party.actor for party in told.parties if party.role != "mediator"]
    if len(talking) > 2:
        return "multilateral"
    if told.form not in _table()["placed"] or told.where is None or told.where.country is None:
        return "visit" if told.form == "visit" else None
    return "visit" if told.where.country in talking else "third-party"


def sides(
    told: Conversation, parties: Sequence[ConversationParty], coding: Coding
) -> tuple[list[ConversationParty], list[ConversationParty]]:
    """Give actors and recipients: visitors and host, who asks and is asked, who refuses whom; all are actors otherwise.

    A SANCTION must have a recipient: where talks ended and nobody says who left, all are both.
    """
    host = told.where.country if told.where is not None else None
    if coding.event == "CONSULT" and coding.mode == "visit" and any(party.actor == host for party in parties):
        return [p for p in parties if p.actor != host], [p for p in parties if p.actor == host]
    if coding.event == "SANCTION":
        return list(parties), list(parties)
    begin = [party for party in parties if party.role == "initiator"]
    asked = [party for party in parties if party.role == "recipient"]
    if len(begin) + len(asked) != len(parties) or not begin or not asked:
        return list(parties), []
    if coding.event == "REQUEST":
        return begin, asked
    if coding.event == "REJECT" and told.status == "refused":
        return asked, begin
    return list(parties), []


def entity(party: ConversationParty, one: Exported, about: About) -> Entity:
    """Give a party as PLOVER's entity: a country's code or the general one of its kind; our id names it."""
    actor = about.actors.actors.get(party.actor)
    named: str | None = _table()["named"].get(party.actor)
    kind = actor.kind if actor is not None else None
    home = actor.country if actor is not None else None
    code = named or (party.actor if kind == "state" else _general(kind, home))
    sectors = [p.sector for claim in one.claims.values() for p in claim.parties if p.actor == party.actor and p.sector]
    sector = next(
        (s for s in (*sectors, actor.sector if actor is not None else None) if s in _table()["sectors"]), None
    )
    found = {
        "code": code,
        "sector": sector,
        "entity_text": "; ".join(party.persons) or party.name or party.actor,
        "identifier_id": party.actor,
        "identifier_text": party.name or (actor.name if actor is not None else None),
    }
    return {name: value for name, value in found.items() if value is not None}


def _general(kind: str | None, home: str | None) -> str:
    """The code of what is no state: its country's where it acts at home, else that of its kind."""
    general = str(_table()["entities"].get(kind, "UNK"))
    return home if general in ("ISM", "IMG") and home is not None and len(home) == 3 else general


def contexts(told: Conversation) -> tuple[str, ...]:
    """Give PLOVER's contexts of the issues; talks and mediation are ``diplomatic`` besides."""
    found = [context for issue in told.issues for context in _table()["contexts"].get(issue, ())]
    return tuple(dict.fromkeys([*found, *(["diplomatic"] if told.form in _table()["talks"] else [])]))


def extension(one: Exported, about: About) -> dict[str, Any]:
    """Give what PLOVER has no place for: how private, what status, through whom, on whose word, and the claims."""
    told = one.conversation
    return {
        "extension": _table()["version"],
        "conversation_id": told.id,
        "form": told.form,
        "status": told.status,
        "status_history": [{"status": step.status, "on": step.on, "claim": step.claim} for step in told.status_history],
        "privacy": told.privacy,
        "channel": told.channel,
        "roles": {party.actor: party.role for party in told.parties},
        "issues": list(told.issues),
        "date_from": "contact" if told.when is not None else "first report",
        "date_precision": told.when.precision if told.when is not None else "day",
        "first_reported": told.first_reported,
        "revealed_by": told.revealed_by,
        "lag_days": told.lag_days,
        "independent": told.independent,
        "origins": [{"origin": origin.origin, "kind": origin.kind} for origin in told.origins],
        "disputed": told.disputed,
        "denials": list(told.denials),
        "score": told.score,
        "claims": [_claim(report, about) for report in one.reports()],
    }


def _claim(report: Told, about: About) -> dict[str, Any]:
    """A claim by its place and hash, with as much of its sentence as may stand."""
    claim, sentence = report.claim, report.claim.sentence
    return {
        "id": claim.id,
        "document": claim.document,
        "url": report.document.url if report.document is not None else None,
        "source_class": claim.voice.source_class,
        "origin": report.origin.origin if report.origin is not None else None,
        "rests_on": report.rests_on,
        "start": sentence.start if sentence is not None else None,
        "end": sentence.end if sentence is not None else None,
        "hash": quotation_key(sentence.text) if sentence is not None else None,
        "quotation": about.rights.cut(sentence.text) if sentence is not None else None,
    }


def _cited(first: Told, about: About) -> dict[str, Any]:
    """The text, its place and its source, of the first report."""
    sentence, document, trigger = first.claim.sentence, first.document, first.claim.trigger
    cite = {
        "url": document.url if document is not None else None,
        "title": document.title if document is not None else None,
        "publication": document.source if document is not None else None,
        "license": document.licence if document is not None else None,
        "language": document.language if document is not None else None,
        "codebook": _table()["version"],
        "version": about.version,
    }
    return {
        "event_text": about.rights.cut(trigger.text) if trigger is not None else None,
        "text": about.rights.cut(sentence.text) if sentence is not None else None,
        "text_info": {"start": sentence.start, "end": sentence.end} if sentence is not None else None,
        "cite_info": {name: value for name, value in cite.items() if value is not None},
    }


def dyads(event: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield an event for each pair of sides: every actor with every recipient, or without one each two actors once.

    Where all are both, or nobody is recipient, ``reciprocal`` is true: which of two stands first means nothing. One actor
    alone stays as it is.
    """
    actors, recipients = event["actor"], event.get("recipient")
    is_reciprocal = not recipients or recipients == actors
    pairs = list(combinations(actors, 2) if is_reciprocal else product(actors, recipients or ()))
    if not pairs:
        yield dict(event)
    for one, other in pairs:
        told = {**event["conversation"], "reciprocal": is_reciprocal}
        name = f"{event['id']}:{one['identifier_id']}:{other['identifier_id']}"
        yield {**event, "id": name, "actor": [one], "recipient": [other], "conversation": told}


def _scale(coding: Coding) -> float | None:
    """The scale of an event; none for what is denied, called off or imagined, so that no sum counts it."""
    scales: Mapping[str, float] = _table()["scales"]
    return scales.get(f"{coding.event}/{coding.mode}", scales.get(coding.event)) if coding.is_scored else None


def _location(told: Conversation) -> dict[str, Any] | None:
    if told.where is None:
        return None
    return {"text": told.where.text} | ({"code": told.where.country} if told.where.country is not None else {})


def _reported(day: str) -> When:
    return When(start=day, end=day, precision="day")


def _published(report: Told) -> tuple[str, str]:
    """Reports in order of publication, those without a day last."""
    day = report.document.published if report.document is not None else None
    return (day.isoformat() if day is not None else "9999", report.claim.id)


@cache
def _table() -> Any:
    return load("plover.yml")


@cache
def _statuses() -> Mapping[str, Any]:
    return {row["id"]: row for row in _table()["statuses"]}

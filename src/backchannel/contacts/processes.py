"""Give who sits at a standing table: the parties of "the intercommunal talks", "the six-party talks", an armed group's "peace talks"."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from functools import cache

from backchannel import vocabulary
from backchannel.actors.roster import Known, Roster
from backchannel.actors.table import ActorTable
from backchannel.contacts.contact import Contact
from backchannel.records import Evidence

FILE = "processes.yml"
_KEYS = ("id", "label", "means", "source", "cues", "near", "parties", "others", "since", "until", "yes", "no")
_BEFORE, _BEHIND = 28, 24
"""How many characters before and behind the trigger a cue may stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Process:
    """Talks with a name or a standing pair."""

    id: str
    cues: re.Pattern[str]
    near: frozenset[str]
    parties: tuple[str, ...]
    others: frozenset[str]
    since: int
    until: int | None

    def fits(self, year: int | None, named: Collection[str]) -> bool:
        """Whether the talks were held in ``year`` and one of their own is named nearby."""
        held = year is None or (self.since <= year and (self.until is None or year <= self.until))
        return held and (not self.near or bool(self.near & set(named)))


def at_the_table(contact: Contact, roster: Roster, named: Collection[str], known: Collection[str]) -> tuple[Known, ...]:
    """Give the parties of the standing talks that the trigger names, without those ``known``; none where another sits there.

    Args:
        contact: with its trigger.
        roster: for the year of the document and the dictionary.
        named: the actors named in the sentence, the title and just before.
        known: the parties that the sentence gives.
    """
    found = _standing(contact, roster, named, known) or _opponent(contact, roster, known)
    return tuple(one for one in found if one.actor not in known)


def _standing(contact: Contact, roster: Roster, named: Collection[str], known: Collection[str]) -> tuple[Known, ...]:
    if contact.entry.kind != "noun" and contact.entry.form != "negotiation":
        return ()
    shift = contact.sentence.start
    start = max(0, contact.trigger.start - shift - _BEFORE)
    end = contact.trigger.start - shift + len(contact.trigger.text or "") + _BEHIND
    year = roster.on.year if roster.on is not None else None
    for process in _processes():
        cue = process.cues.search(contact.sentence.plain, start, end)
        if cue is None or not process.fits(year, named) or set(known) - set(process.parties) - process.others:
            continue
        evidence = Evidence(
            start=shift + cue.start(), end=shift + cue.end(), text=cue.group(), by=f"processes:{process.id}"
        )
        return tuple(
            Known(actor=actor, person=None, evidence=evidence, sector=_sector(roster.table, actor))
            for actor in process.parties
        )
    return ()


def _opponent(contact: Contact, roster: Roster, known: Collection[str]) -> tuple[Known, ...]:
    """The state that an armed group makes peace with, where the group alone is named."""
    if roster.table is None or len(known) != 1 or contact.placed_unknown():
        return ()
    group = roster.table.actors.get(next(iter(known)))
    rows = vocabulary.load(FILE)
    start = contact.trigger.start - contact.sentence.start
    about = contact.sentence.plain[max(0, start - 12) : start + len(contact.trigger.text or "")]
    peaceful = re.search(r"\b(?:" + "|".join(rows["peaceful"]) + r")\b", about)
    if group is None or group.kind != "armed_group" or contact.entry.kind != "noun" or peaceful is None:
        return ()
    state = rows["opponents"].get(group.id, group.country)
    evidence = Evidence(
        start=contact.trigger.start, end=contact.trigger.end, text=contact.trigger.text, by="processes:opponent"
    )
    return (Known(actor=state, person=None, evidence=evidence, sector="GOV"),) if state is not None else ()


def _sector(table: ActorTable | None, actor: str) -> str | None:
    return table.sector(actor) if table is not None else None


@cache
def _processes() -> tuple[Process, ...]:
    rows = vocabulary.load(FILE)["processes"]
    vocabulary.check(FILE, rows, required=_KEYS, optional=())
    return tuple(
        Process(
            id=row["id"],
            cues=re.compile(r"\b(?:" + "|".join(re.escape(str(cue)) for cue in row["cues"]) + r")\b", re.I),
            near=frozenset(row["near"]),
            parties=tuple(row["parties"]),
            others=frozenset(row["others"]),
            since=row["since"],
            until=row["until"],
        )
        for row in rows
    )

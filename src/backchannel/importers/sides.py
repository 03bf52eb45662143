"""For whom a participant of a record acted: by the side's label, the words about the person, the volume, the dictionary."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from typing import Any

from backchannel import vocabulary
from backchannel.actors import ActorTable
from backchannel.actors.gazetteer import Place, places, whole
from backchannel.actors.table import fold
from backchannel.importers import who
from backchannel.sources.heads.layout import lines
from backchannel.sources.heads.lexicon import lexicon
from backchannel.sources.record import Participant, Record, Words

FILE = "volumes.yml"
_GATHERED = {"UNO": "UN", "EUR": "EU"}
_OF_STATES = frozenset({"UNO", "EUR", "IGO"})
_TOWNS = frozenset({"city", "capital", "region"})
_PARTS = re.compile(r"[,;()—]")
_WORD = re.compile(r"[\w'’-]+")
_NOBODY = "N."
"""What stands for a name in a line about somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acting:
    """For which ``actor`` somebody acted, as which known ``person``; ``words`` and ``by`` tell what said so."""

    actor: str | None = None
    person: str | None = None
    words: Words | None = None
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """What is known around the people of one record.

    ``home`` is the state whose volume it is. ``people`` gives the volume's own people by their ids, with name and
    description.
    """

    table: ActorTable
    on: date | None = None
    home: str | None = None
    people: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def year(self) -> float | None:
        """The day as a number of years, as the gazetteer takes it."""
        return None if self.on is None else self.on.year + (self.on.month - 1) / 12 + (self.on.day - 1) / 366


def home_of(told: Record, text: str) -> str | None:
    """Give the state whose own a record is by itself: by its form's print, its source note, or who drafted or sent it."""
    heading = told.heading.text if told.heading is not None else ""
    opening = [line.text for line in lines(text[: told.heading.end if told.heading is not None else 0])]
    for row in _data()["ours"]:
        is_noted = re.search(row["notes"], told.source_note or "") or re.search(row["authors"], heading)
        if is_noted or any(line.strip(" .,").casefold() in row["letterheads"] for line in opening):
            return str(row["home"])
    return None


def all_acting(people: Sequence[Participant], room: Room) -> tuple[Acting, ...]:
    """Give for whom each of the people of a record acted; those of a side act with the others of it.

    A label such as "Foreign" names no state; it is that of its people where they have one only.
    """
    found = [acting(person, room) for person in people]
    for at, person in enumerate(people):
        if found[at].actor is None and person.side is not None:
            others = {one.actor for one, other in zip(found, people, strict=True) if other.side == person.side} - {None}
            if len(others) == 1:
                found[at] = replace(found[at], actor=others.pop(), by="markup:side")
    return _among_their_own(people, found)


def _among_their_own(people: Sequence[Participant], found: Sequence[Acting]) -> tuple[Acting, ...]:
    """Give those of whom nothing tells a state that of the people around them.

    Those are the people before and behind them, at the end of a list the last two. Only in a list without sides in
    which the people of each state stand together, and of more states than one.
    """
    known = [one.actor for one in found if one.actor is not None]
    runs = [actor for place, actor in enumerate(known) if place == 0 or known[place - 1] != actor]
    is_sided = any(person.side is not None or person.role != "participant" for person in people)
    if is_sided or len(runs) < 2 or len(set(runs)) < len(runs):
        return tuple(found)
    done = list(found)
    for at, one in enumerate(found):
        if one.actor is None:
            before = next((other.actor for other in reversed(found[:at]) if other.actor is not None), None)
            behind = next((other.actor for other in found[at:] if other.actor is not None), None)
            is_last = behind is None and known[-2:] == [before, before]
            if before is not None and (before == behind or is_last):
                done[at] = replace(one, actor=before, words=people[at].line, by="markup:between")
    return tuple(done)


def acting(person: Participant, room: Room) -> Acting:
    """Give for whom somebody of a record acted and who it was; both ``None`` where nothing tells.

    The side under which the record lists a person counts first, then the words of the line, what the volume's list
    says of the person, offices that a state's own volume names without the state, and last the dictionary of people.
    """
    for rule in (_by_state, _by_side, _by_symbol, _by_line, _by_volume, _by_office):
        actor, by = rule(person, room)
        if actor is not None:
            found = _known(person, room, actor)
            return Acting(actor=actor, person=_name(found, person, room), words=person.line, by=by)
    found = _known(person, room, None)
    if found is not None and found.actor is not None:
        return Acting(actor=found.actor, person=found.person, words=person.line, by="dictionary:person")
    actor, by = _by_silence(person, room)
    return Acting(
        actor=actor, person=_name(found, person, room), words=person.line, by=by if actor is not None else None
    )


def _known(person: Participant, room: Room, actor: str | None) -> who.Known | None:
    return who.known(person, room.table, people=room.people, year=room.year, actor=actor)


def _name(found: who.Known | None, person: Participant, room: Room) -> str | None:
    return found.person if found is not None else who.listed(person, room.people)


_Told = tuple[str | None, str]


def _by_state(person: Participant, room: Room) -> _Told:
    return person.state, "markup:state"


def _by_side(person: Participant, room: Room) -> _Told:
    """What the label of the side names: a state, its people, a body, or a department of the volume's own state."""
    if person.side is None:
        return None, ""
    told = person.side
    for ending in _data()["sides"]["endings"]:
        told = told.removesuffix(ending)
    ours = _ours(room)
    if ours is not None and (told in ours["sides"] or re.search(ours["posts"], told)):
        return room.home, "markup:side"
    named = whole(told, room.year)
    actor = _actor(named.actor, named.country, room.table) if named is not None else None
    return actor or owner(told, room) or _named(told, room), "markup:side"


def _by_symbol(person: Participant, room: Room) -> _Told:
    """An office symbol that opens the line in the volume of its state ("SPA—Mr. Holt")."""
    ours = _ours(room)
    opening, mark, _ = person.line.text.partition("—")
    is_ours = ours is not None and mark != "" and re.match(ours["symbols"], opening.strip()) is not None
    return (room.home if is_ours else None), "markup:symbol"


def _by_line(person: Participant, room: Room) -> _Told:
    return owner(_about(person), room), "markup:line"


def _about(person: Participant) -> str:
    """Give the line without the name in it: nobody is of the country that a surname sounds like.

    An office that the name holds stays: "President N. of the Philippines".
    """
    if person.name is None:
        return person.line.text
    before, _, behind = person.line.text.partition(person.name.text)
    titles = [found.end() for found in _WORD.finditer(person.name.text) if found.group().lower() in lexicon().holders]
    title, rest = person.name.text[: max(titles, default=0)], person.name.text[max(titles, default=0) :]
    name, of, whose = rest.partition(" of ") if titles else (rest, "", "")
    return f"{before}{title}{f' {_NOBODY}' if name.strip() else ''}{of}{whose}{behind}"


def _by_volume(person: Participant, room: Room) -> _Told:
    told = room.people.get(person.reference or "", {}).get("description")
    return owner(told, room) if told is not None else None, f"volume:{person.reference}"


def _by_office(person: Participant, room: Room) -> _Told:
    """Offices and office symbols of the state whose volume it is ("the Secretary", "Director, EUR/RPM")."""
    ours = _ours(room)
    if ours is None or person.side in _data()["sides"]["theirs"] or _is_sent_to(room, person.line.text):
        return None, ""
    told = [person.line.text, room.people.get(person.reference or "", {}).get("description") or ""]
    if any(re.search(ours["offices"], one) for one in told):
        return room.home, "markup:office"
    parts = [part.strip(" .") for part in _PARTS.split(person.office.text if person.office is not None else "")]
    if any(re.match(ours["symbols"], part) for part in parts):
        return room.home, "markup:symbol"
    return None, ""


def _is_sent_to(room: Room, text: str) -> bool:
    """Whether a line names somebody as sent to the state whose record it is ("Ambassador to the United States")."""
    sent = _data()["owners"]["sent"]
    found = [place.named for place in places(text, room.year) if re.search(sent, text[: place.start])]
    return any(_actor(one.actor, one.country, room.table) == room.home for one in found)


def _by_silence(person: Participant, room: Room) -> _Told:
    """A volume's list of people names the states of all but its own."""
    told = room.people.get(person.reference or "", {}).get("description") or ""
    is_ours = _ours(room) is not None and re.search(_data()["officials"], told) is not None
    return (room.home if is_ours else None), f"volume:{person.reference}"


def owner(text: str, room: Room) -> str | None:
    """Give the first state or body of states for which somebody acts by the words about them.

    "British Embassy" and "Minister of France" tell; "Ambassador to France" and "Officer in Charge, Italian Affairs" do not.
    """
    rules = _data()["owners"]
    passed: int | None = None
    for place in places(text, room.year):
        before, after = text[: place.start], text[place.end :]
        goes_on = passed is not None and re.match(rules["goes_on"], text[passed : place.start])
        if goes_on or _is_dealt_with(before, after, rules):
            passed = place.end
            continue
        actor = _owning(place, text, room)
        if actor is not None:
            return actor
    return None


def _is_dealt_with(before: str, after: str, rules: Mapping[str, str]) -> bool:
    is_own_body = re.match(rules["own_body"], after) is not None
    if re.search(rules["symbol"], before):
        return True
    if re.search(rules["aide"], before) and re.match(rules["chief"], after):
        return False
    if re.search(rules["dealt_with"], before) and not (is_own_body and re.search(rules["within"], before)):
        return True
    if re.match(rules["matter"], after):
        return True
    return re.search(rules["desk"], before) is not None and not is_own_body


def _owning(place: Place, text: str, room: Room) -> str | None:
    named = place.named
    if named.kind in _TOWNS or named.kind == "nothing" or (named.country in _OF_STATES and named.kind != "body"):
        return None
    return _actor(named.actor, named.country, room.table) or _named(text[place.start : place.end], room)


def _actor(actor: str | None, country: str | None, table: ActorTable) -> str | None:
    """Give the dictionary's id of what the gazetteer found."""
    if actor is not None and actor in table.actors:
        return actor
    country = _GATHERED.get(country or "", country)
    return country if country in table.actors else None


def _named(text: str, room: Room) -> str | None:
    """Give the one actor that a name means, or that stands in it, in the dictionary, people left out."""
    senses = room.table.senses.get(fold(text)) or [s for match in room.table.matches(text) for s in match.senses]
    found = {sense.actor for sense in senses if sense.kind in ("name", "demonym", "seat") and sense.actor}
    return found.pop() if len(found) == 1 else None


def _ours(room: Room) -> Any:
    return next((row for row in _data()["ours"] if row["home"] == room.home), None)


@cache
def _data() -> Any:
    return vocabulary.load(FILE)

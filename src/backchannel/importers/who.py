"""Who somebody of a record is, for the claim it makes: by the full name, by name and office, else as the volume lists it.

Stricter than ``persons``, which gives one id to one person over many records: a claim names nobody on doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from backchannel import vocabulary
from backchannel.actors import ActorTable
from backchannel.actors.offices import holder
from backchannel.actors.register import words as words_of
from backchannel.actors.spelling import key
from backchannel.actors.table import Sense, fold
from backchannel.sources.heads.lexicon import plain
from backchannel.sources.record import Participant

FILE = "volumes.yml"
People = Mapping[str, Mapping[str, str]]
_NEAR = 25.0
"""Years from an office of a person within which a full name is still that person's."""
_COURTESY = re.compile(r"^(?:(?:Mr|Mrs|Miss|Ms|Dr|Sir|H\.E|His Excellency|Her Excellency|Lord|M|Herr)\b[.,]?\s+)+")
_INITIALS = re.compile(r"\s(?:[A-Z]\.\s?)+(?=[A-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A person of the dictionary and the actor of the office held on the day, or of all offices; ``None`` on doubt."""

    person: str
    actor: str | None


def known(
    person: Participant, table: ActorTable, *, people: People, year: float | None, actor: str | None = None
) -> Known | None:
    """Give the one person of the dictionary that a participant is, ``None`` where none or several could be.

    A full name tells, or a surname right behind the office that its bearer held on the day. A surname alone does not.

    Args:
        person: as the record has it.
        table: the dictionary.
        people: the volume's list by its ids.
        year: the day as a number of years.
        actor: for whom the person acted, where that is known; nobody else's officials are meant then.
    """
    for name in _names(person, people, table):
        found = _of_full_name(name, table, year, actor)
        if found is not None:
            return found
    return _of_office(person, table, year, actor) or _of_office_alone(person, table, year, actor)


def listed(person: Participant, people: People) -> str | None:
    """Give a person's name as the volume lists it, first names first and without ranks.

    ``None`` where the line names somebody else: markup that points to the wrong person of the list is not followed.
    """
    told = people.get(person.reference or "", {}).get("name")
    if told is None or (person.name is not None and not _is_alike(person.name.text, told)):
        return None
    surname, mark, rest = told.partition(",")
    first, _, suffix = re.sub(_data()["ranks"], "", rest.lstrip(" ,") + " ").strip().partition(", ")
    return " ".join(part for part in (first, surname.strip(), suffix) if part) if mark else told


def _is_alike(name: str, other: str) -> bool:
    """Whether a name as printed shares a word, or the beginning of one, with the surname of a name as listed.

    >>> _is_alike("Mr. Walske", "Schurmann, Carl W.A."), _is_alike("Winiewicz", "Winiewiz, Jozef")
    (False, True)
    """
    ones, others = ({word[:4] for word in words_of(one) if len(word) > 2} for one in (name, other.partition(",")[0]))
    return not ones or not others or not ones.isdisjoint(others)


def _names(person: Participant, people: People, table: ActorTable) -> Iterator[str]:
    """Yield the full names under which the dictionary may have a participant, titles before them left out."""
    own = [person.name.text] if person.name is not None else []
    whole = listed(person, people)
    for name in [*([whole] if whole is not None else []), *own]:
        plain = re.sub(_data()["ranks"], "", _COURTESY.sub("", name) + " ").strip()
        words = plain.split()
        if len(words) > 1 or "-" in plain:
            yield plain
            yield _INITIALS.sub(" ", plain)
            yield f"{words[0]} {words[-1]}"
    for name in own:
        yield from (match.text for match in table.matches(name) if " " in match.text and match.end == len(name))


def _of_full_name(name: str, table: ActorTable, year: float | None, actor: str | None) -> Known | None:
    spelt = [sense for one in table.spelt(key(name)) for sense in table.senses[one]]
    for senses in (table.senses.get(fold(name), ()), spelt):
        near = [sense for sense in senses if sense.kind == "person" and _is_near(sense, year)]
        near = [sense for sense in near if actor in (None, sense.actor)]
        if len({sense.person for sense in near}) == 1:
            return _chosen(near, year)
    return None


def _of_office(person: Participant, table: ActorTable, year: float | None, actor: str | None) -> Known | None:
    """The holder of an office on the day whose surname stands right behind the office, or in brackets.

    Offices that several hold at once, such as that of an ambassador, count only where it is known for whom.
    """
    if person.name is None or year is None:
        return None
    before, _, surname = person.name.text.strip().rpartition(" ")
    before = f"{person.line.text.partition(person.name.text)[0]}{before}".rstrip(" (,").lower()
    senses = [
        sense
        for sense in table.senses.get(fold(surname), ())
        if sense.kind == "surname" and sense.office is not None and _holds(sense, year)
        if (sense.rank > 1 if actor is None else sense.actor == actor)
        if before.endswith(_called(sense))
    ]
    return _chosen(senses, year) if len({sense.person for sense in senses}) == 1 else None


def _of_office_alone(person: Participant, table: ActorTable, year: float | None, actor: str | None) -> Known | None:
    """The holder on the day of a state's office that stands for a name ("The President"), where there was one."""
    if person.name is not None or year is None or actor is None:
        return None
    title = re.sub(r"^(?:the|his|her|mr\.?)\s+", "", person.line.text.strip(" .,").lower())
    found = holder(actor, office_alone(person) or title, year, table)
    return Known(person=found.person, actor=actor) if found is not None and found.person is not None else None


def office_alone(person: Participant) -> str | None:
    """Give the office of the tables that a line gives instead of a name ("The Secretary"), ``None`` for any other line."""
    return _offices().get(plain(person.line.text).strip(" ,.").partition(",")[0])


@cache
def _offices() -> dict[str, str]:
    return {word: row["id"] for row in vocabulary.load("record.yml")["offices"] for word in row["words"]}


def _called(sense: Sense) -> tuple[str, ...]:
    """Give what stands before the name of one who holds an office: all of its title, or "Secretary" of that of State."""
    title = (sense.office or "").partition(":")[0]
    return (title, "secretary") if title == "secretary of state" else (title,)


def _chosen(senses: list[Sense], year: float | None) -> Known | None:
    """Give the person of these senses with the actor of the office held on the day, else the one actor of them all."""
    held = [sense for sense in senses if year is not None and _holds(sense, year)]
    one = max(held or senses, key=_begins)
    is_clear = bool(held) or len({sense.actor for sense in senses}) == 1
    return Known(person=one.person, actor=one.actor if is_clear else None) if one.person is not None else None


def _begins(sense: Sense) -> tuple[float, int]:
    return (sense.start or 0.0, sense.rank)


def _holds(sense: Sense, year: float) -> bool:
    return (sense.start or 0.0) <= year + 0.05 and (sense.end is None or year - 0.05 < sense.end)


def _is_near(sense: Sense, year: float | None) -> bool:
    if year is None:
        return True
    return (sense.start or 0.0) - _NEAR <= year <= (sense.end or 9999.0) + _NEAR


@cache
def _data() -> Any:
    return vocabulary.load(FILE)

"""What an alert is, what was asked for, and what came of it."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Literal, get_args

from backchannel import vocabulary

Kind = Literal["confirmation", "denial", "new_channel", "silence", "spike", "status", "upgrade"]
KINDS: tuple[Kind, ...] = get_args(Kind)
FILE = "alerts.yml"


@dataclass(frozen=True, slots=True, kw_only=True)
class Backing:
    """One sentence that an alert rests on, and where it stands; ``quotation`` is ``None`` for the row of a table."""

    claim: str
    document: str
    quotation: str | None
    citation: str
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Something that changed on a ``day`` (ISO), as far as was known then.

    ``surprise`` is -log2 of the probability that the past gave it, in bits; ``priority`` that surprise weighed by kind,
    parties and corroboration. ``independent`` counts the tellers known by that day; ``thin`` says where too little
    was covered to be sure. ``id`` is the same whenever the same thing is found again.
    """

    id: str
    kind: Kind
    day: str
    parties: tuple[str, ...]
    names: tuple[str, ...]
    headline: str
    conversation: str | None
    independent: int
    surprise: float
    priority: float
    reasons: tuple[str, ...]
    backing: tuple[Backing, ...] = ()
    thin: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What alerts are wanted: days both included, ids of actors; ``budget`` is how many a week are told at most.

    ``with_courses`` asks for the weeks of the pairs that silences and spikes are told of too.
    """

    since: date
    until: date
    kinds: tuple[Kind, ...] = KINDS
    actors: tuple[str, ...] = ()
    issue: str | None = None
    minimum_independent: int | None = None
    budget: int | None = None
    with_courses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Week:
    """Seven days from ``first`` (ISO) on: the reports ``told``, what was ``due``, and the band that four weeks in five keep to.

    ``due``, ``low`` and ``high`` are ``None`` where the past was too short or too little could be heard.
    """

    first: str
    told: int
    due: float | None = None
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """The weeks of a pair, the earliest first, each judged by what was known at its end."""

    parties: tuple[str, str]
    names: tuple[str, ...]
    weeks: tuple[Week, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The alerts, by day and then the weightiest first; ``unjudged`` says in words what could not be judged, and why.

    ``courses`` are of the pairs that silences and spikes are told of, where they were asked for; ``since`` and ``until``
    (ISO) the days looked at, ``None`` where no document has a day.
    """

    alerts: tuple[Alert, ...]
    unjudged: tuple[str, ...] = ()
    courses: tuple[Course, ...] = ()
    since: str | None = None
    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A kind in words."""

    label: str
    weight: float
    means: str


@cache
def words() -> dict[str, Word]:
    """Give the label, weight and meaning of each kind."""
    rows = vocabulary.load(FILE)["kinds"]
    vocabulary.check(FILE, rows, required=("id", "label", "weight", "means"), optional=())
    return {row["id"]: Word(label=row["label"], weight=float(row["weight"]), means=row["means"]) for row in rows}


@cache
def history() -> tuple[re.Pattern[str], ...]:
    """Give the patterns of words that tell of long ago."""
    rows = vocabulary.load(FILE)["history"]
    vocabulary.check(FILE, rows, required=("id", "pattern", "means", "yes", "no"), optional=())
    return tuple(re.compile(row["pattern"]) for row in rows)


def alert_id(kind: Kind, *parts: str) -> str:
    """Give the id of an alert, from its kind and what it hangs on.

    >>> alert_id("status", "c_1") == alert_id("status", "c_1") != alert_id("status", "c_2")
    True
    """
    return "a_" + hashlib.sha256("|".join((kind, *parts)).encode()).hexdigest()[:16]

"""Say whether a value may stand in a field of a claim, and give it in the one shape that is kept."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, Final, get_args

from backchannel.actors.table import ActorTable, shipped
from backchannel.errors import JudgementError
from backchannel.records import UNKNOWN, Channel, Form, Kind, Privacy, Role, SourceClass, Status
from backchannel.vocabulary import load

FIELDS: Final = (
    "parties",
    "form",
    "event",
    "status",
    "privacy",
    "channel",
    "source_class",
    "source_text",
    "when",
    "where",
    "issues",
)
"""The fields that can be corrected, by the codebook's names."""
_PATHS: Final = {
    "voice.source_class": "source_class",
    "voice.speaker": "source_text",
    "voice.speaker.text": "source_text",
}
CLOSED: Final[Mapping[str, tuple[str, ...]]] = {
    "form": get_args(Form),
    "status": get_args(Status),
    "privacy": get_args(Privacy),
    "channel": get_args(Channel),
    "source_class": get_args(SourceClass),
}
"""The values of the fields that have a closed set."""
_OF_CONTACTS: Final = frozenset({"form", "privacy", "channel"})
_OF_ACTS: Final = frozenset({"event"})
_SIDES: Final = frozenset({"source", "target"})
_COINED: Final = re.compile(r"PERSON_[A-Z0-9_]+")
_PRECISIONS: Final = {4: "year", 7: "month", 10: "day"}
_MOST_ISSUES: Final = 3


def named(field: str, kind: Kind | None = None) -> str:
    """Give the codebook's name of a field, also for its path in the JSON (``voice.source_class``).

    Args:
        field: as typed.
        kind: of the claim; by default a contact's and an act's fields will both do.

    Raises:
        JudgementError: claims have no such field.
    """
    name = _PATHS.get(field, field)
    barred = {"contact": _OF_ACTS, "act": _OF_CONTACTS}.get(kind or "", frozenset())
    known = [one for one in FIELDS if one not in barred]
    if name not in known:
        whose = f"a claim of kind {kind!r}" if kind is not None else "a claim"
        raise JudgementError(f"{field!r} is no field of {whose} that can be corrected; known: {', '.join(known)}")
    return name


def check(field: str, value: Any, *, actors: ActorTable | None = None) -> Any:
    """Give a value in the shape in which a judgement keeps it, plain JSON; one so shaped comes back as it is.

    Args:
        field: by the codebook's name or its path in the JSON.
        value: one of the closed set; of ``parties`` a list of ``{actor, role?, person?}``; of ``issues`` a list of
            ids; of ``when`` an ISO date of any precision, ``start/end`` or ``{start, end}``; of ``where`` the place or
            ``{text, country?}``; of ``source_text`` the words or ``{text, start, end}``. ``when``, ``where`` and
            ``source_text`` may be ``None``: not told.
        actors: the dictionary that parties must be in; by default the one that ships.

    Raises:
        JudgementError: the field or value is unknown; names what is allowed.
    """
    name = named(field)
    shaped = shape(name, value)
    if name == "parties":
        return _known(shaped, actors if actors is not None else shipped())
    if name == "issues":
        _refuse_strays(name, shaped, issue_roots())
    if name == "event":
        _refuse_strays(name, [shaped], [row["id"] for row in load("acts.yml")["events"]])
    return shaped


def shape(field: str, value: Any) -> Any:
    """Give a value of a field, by the codebook's name, as plain JSON; ids of actors and issues may still be unknown.

    Raises:
        JudgementError: it has not the shape that the field needs, or is of no closed set.
    """
    if field in CLOSED:
        if value not in CLOSED[field]:
            raise JudgementError(f"{field} {value!r} is none of {', '.join(CLOSED[field])}")
        return value
    return _SHAPES[field](value)


def fit(field: str, value: Any, kind: Kind) -> Any:
    """Give a value of ``shape`` back when a claim of this kind can have it.

    Raises:
        JudgementError: the parties have roles that are not those of a contact, or not those of an act.
    """
    if field == "parties":
        roles = {one["role"] for one in value}
        if kind == "act" and roles != _SIDES:
            raise JudgementError("parties: those of an act have the role source or target, at least one of each")
        if kind == "contact" and roles & _SIDES:
            allowed = ", ".join(one for one in get_args(Role) if one not in _SIDES)
            raise JudgementError(f"parties: of a contact none is source or target; the roles are {allowed}")
    return value


def issue_roots() -> dict[str, str]:
    """Give the root of every issue, by its id."""
    return {str(row["id"]): str(row.get("under") or row["id"]) for row in load("issues.yml")["issues"]}


def _event(value: Any) -> str:
    if not isinstance(value, str):
        raise JudgementError(f"event {value!r} is no text; give a PLOVER type such as ACCUSE")
    return value


def _issues(value: Any) -> list[str]:
    ids = [value] if isinstance(value, str) else list(value or ())
    if not all(isinstance(one, str) for one in ids):
        raise JudgementError(f"issues {value!r}: give a list of ids, such as ['taiwan', 'trade']")
    if len(set(ids)) > _MOST_ISSUES:
        raise JudgementError(f"issues {', '.join(ids)}: {_MOST_ISSUES} at most")
    return list(dict.fromkeys(ids))


def _when(value: Any) -> dict[str, str] | None:
    """The interval, both ends of one precision; the first not after the last."""
    if value is None:
        return None
    ends = [str(value.get(end)) for end in ("start", "end")] if isinstance(value, Mapping) else str(value).split("/")
    start, end = ends[0].strip(), ends[-1].strip()
    lengths = {len(start), len(end)}
    if len(ends) > 2 or len(lengths) > 1 or not lengths & _PRECISIONS.keys() or not (_is_date(start) and _is_date(end)):
        raise JudgementError(
            f"when {value!r} is no date; give YYYY-MM-DD, YYYY-MM, YYYY, or two of a kind as start/end"
        )
    if start > end:
        raise JudgementError(f"when {value!r} ends before it starts; change them over")
    return {"start": start, "end": end, "precision": _PRECISIONS[len(start)]}


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat((text + "-01-01")[:10] if len(text) < 10 else text)
    except ValueError:
        return False
    return True


def _where(value: Any) -> dict[str, Any] | None:
    if value is None:
        return None
    given = value if isinstance(value, Mapping) else {"text": value}
    text, country = given.get("text"), given.get("country")
    if not isinstance(text, str) or not text.strip():
        raise JudgementError(f"where {value!r} names no place; give its name, or {{text, country}}")
    if country is not None and not re.fullmatch(r"[A-Z]{3}", str(country)):
        raise JudgementError(f"where: country {country!r} is no state's id; give three capitals such as AUT")
    return {"text": text.strip(), "country": country}


def _source_text(value: Any) -> dict[str, Any] | None:
    if value is None:
        return None
    given = value if isinstance(value, Mapping) else {"text": value}
    text, start = given.get("text"), given.get("start")
    if not isinstance(text, str) or not text.strip():
        raise JudgementError(f"source_text {value!r}: give the words of the document that name the source")
    if not isinstance(start, int):
        return {"text": text}
    return {"text": text, "start": start, "end": start + len(text)}


def _parties(value: Any) -> list[dict[str, Any]]:
    if not isinstance(value, (list, tuple)) or not all(isinstance(one, Mapping) and "actor" in one for one in value):
        raise JudgementError(f"parties {value!r}: give a list of {{actor, role, person}}, the actor by its id")
    found = [_party(one) for one in value]
    known = [one["actor"] for one in found if one["actor"] != UNKNOWN]
    twice = sorted({one for one in known if known.count(one) > 1})
    if not known or len(found) < 2 or twice:
        told = f"{', '.join(twice)} stands twice" if twice else "name two at least, of which one may be UNKNOWN"
        raise JudgementError(f"parties: {told}")
    return found


def _party(given: Mapping[str, Any]) -> dict[str, Any]:
    strays = sorted(set(given) - {"actor", "name", "sector", "person", "role"})
    if strays:
        raise JudgementError(f"parties: unknown key {', '.join(strays)}; known: actor, role, person")
    role = given.get("role") or "participant"
    if role not in get_args(Role):
        raise JudgementError(f"parties: role {role!r} is none of {', '.join(get_args(Role))}")
    named = {key: given.get(key) or None for key in ("name", "sector", "person")}
    return {"actor": str(given["actor"]), **named, "role": role}


def _known(parties: list[dict[str, Any]], table: ActorTable) -> list[dict[str, Any]]:
    """The parties with the names and sectors of the dictionary."""
    strays = [
        one["actor"]
        for one in parties
        if one["actor"] not in table.actors and one["actor"] != UNKNOWN and not _COINED.fullmatch(one["actor"])
    ]
    if strays:
        raise JudgementError(
            f"parties: no actor with the id {', '.join(strays)}; known are the ids of the dictionary (USA, UN), UNKNOWN "
            "and PERSON_SURNAME; add another with `backchannel actors add`"
        )
    return [
        {**one, "name": table.name(one["actor"]), "sector": one["sector"] or table.sector(one["actor"])}
        for one in parties
    ]


def _refuse_strays(field: str, ids: Iterable[str], known: Iterable[str]) -> None:
    allowed = sorted(known)
    strays = [one for one in ids if one not in allowed]
    if strays:
        raise JudgementError(f"{field} {', '.join(strays)}: none of {', '.join(allowed)}")


_SHAPES: Final[Mapping[str, Callable[[Any], Any]]] = {
    "event": _event,
    "issues": _issues,
    "when": _when,
    "where": _where,
    "source_text": _source_text,
    "parties": _parties,
}

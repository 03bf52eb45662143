"""The fields of a claim as a person judges them: their value, what may be typed instead, and when two are the same."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final, get_args

from backchannel.actors import ActorTable, shipped
from backchannel.corrections import check
from backchannel.corrections.values import CLOSED, issue_roots
from backchannel.errors import JudgementError, QueryError
from backchannel.records import Claim, Role

FIELDS: Final = (
    "parties",
    "form",
    "status",
    "privacy",
    "channel",
    "when",
    "where",
    "issues",
    "source_class",
    "source_text",
)
"""The fields of a contact that are judged, in the order in which they are shown."""
CLAIM: Final = "claim"
"""Stands beside the fields for the question whether the sentence tells of such a contact at all."""
PAIR: Final = "same"
"""Stands beside the fields for the question whether two claims are one contact."""
NOT_TOLD: Final = "none"
_HINTS: Final[Mapping[str, str]] = {
    "parties": f"ids or names with commas, a role after a colon, a person after =: USA=Ada Reed, OMN:mediator. Roles: "
    f"{', '.join(one for one in get_args(Role) if one not in ('source', 'target'))}",
    "when": "2023-05-10, 2023-05, 2023, two of a kind with a slash, or none",
    "where": "a place with its state: Vienna, AUT; or none",
    "source_text": "the words of the sentence that name the source, or none",
}
_PARTY: Final = re.compile(r"(?P<actor>[^:=]+)(?::(?P<role>\w+))?(?:=(?P<person>.+))?")
_PLACED: Final = re.compile(r"(?P<text>.+?),\s*(?P<country>[A-Z]{3})")


def value(claim: Claim, field: str) -> Any:
    """Give the value of a field as a judgement keeps it, plain JSON; ``None`` or an empty list where there is none.

    Raises:
        QueryError: it is no field that is judged.
    """
    if field == "parties":
        keys = ("actor", "name", "sector", "person", "role")
        return [{key: getattr(party, key) for key in keys} for party in claim.parties]
    if field == "issues":
        return _issues(claim)
    if field == "when":
        when = claim.when
        return None if when is None else {"start": when.start, "end": when.end, "precision": when.precision}
    if field == "where":
        return None if claim.where is None else {"text": claim.where.text, "country": claim.where.country}
    if field == "source_class":
        return claim.voice.source_class
    if field == "source_text":
        speaker = claim.voice.speaker
        return None if speaker is None else {"text": speaker.text, "start": speaker.start, "end": speaker.end}
    if field not in CLOSED:
        raise QueryError(f"{field!r} is no field that is judged; known: {', '.join(FIELDS)}")
    return getattr(claim, field)


def label(field: str, value: Any) -> str:
    """Give a value as one text that is the same for equal values, and that a person can read.

    >>> label("issues", ["trade", "ai"]), label("when", {"start": "2023-05", "end": "2023-05"}), label("where", None)
    ('ai, trade', '2023-05', 'none')
    """
    if value is None or value == []:
        return NOT_TOLD
    if field == "parties":
        return ", ".join(sorted(_party(one) for one in value))
    if field == "issues":
        return ", ".join(sorted(value))
    if field == "when":
        return str(value["start"]) if value["start"] == value["end"] else f"{value['start']}/{value['end']}"
    if field == "where":
        return ", ".join(str(one) for one in (value["text"], value.get("country")) if one is not None)
    return str(value["text"]) if isinstance(value, Mapping) else str(value)


def hint(field: str) -> str:
    """Give what may be typed for a field."""
    if field in CLOSED:
        return ", ".join(CLOSED[field])
    if field == "issues":
        return f"at most three with commas, or none: {', '.join(sorted(issue_roots()))}"
    return _HINTS[field]


def parsed(field: str, typed: str, *, actors: ActorTable | None = None) -> Any:
    """Give what was typed for a field as a judgement keeps it.

    Args:
        field: one of ``FIELDS``.
        typed: as ``hint`` says; a closed value may be cut short while it is plain.
        actors: the dictionary that parties must be in; by default the one that ships.

    Raises:
        QueryError: it is no field that is judged.
        JudgementError: the field cannot have such a value; names what is allowed.
    """
    if field not in FIELDS:
        raise QueryError(f"{field!r} is no field that is judged; known: {', '.join(FIELDS)}")
    text = typed.strip()
    if field in CLOSED:
        begun = [one for one in CLOSED[field] if one.startswith(text) and text]
        return check(field, begun[0] if len(begun) == 1 and text not in CLOSED[field] else text)
    if field in ("when", "where", "source_text", "issues") and text in ("", NOT_TOLD, "-"):
        return [] if field == "issues" else None
    if field == "parties":
        return check(field, _typed_parties(text, actors if actors is not None else shipped()), actors=actors)
    return check(field, _SHAPED[field](text) if field in _SHAPED else text, actors=actors)


def _issues(claim: Claim) -> list[str]:
    """The issues, each finer one in place of its root."""
    roots = issue_roots()
    finer = [str(one) for one in claim.extensions.get("issues", ())]
    return [*(one for one in claim.issues if one not in {roots.get(fine) for fine in finer}), *finer]


def _party(one: Mapping[str, Any]) -> str:
    role = one.get("role") or "participant"
    person = one.get("person")
    return str(one["actor"]) + (f":{role}" if role != "participant" else "") + (f"={person}" if person else "")


def _typed_parties(text: str, table: ActorTable) -> list[dict[str, str]]:
    """The parties as typed, each by its id or by its name in the dictionary."""
    names = {known.name.casefold(): id for id, known in table.actors.items()}
    parties = []
    for part in (one.strip() for one in text.split(",") if one.strip()):
        found = _PARTY.fullmatch(part)
        if found is None:
            raise JudgementError(f"parties: {part!r} cannot be read; give {_HINTS['parties']}")
        told = {key: one.strip() for key, one in found.groupdict().items() if one is not None}
        parties.append({**told, "actor": names.get(told["actor"].casefold(), told["actor"])})
    return parties


def _typed_issues(text: str) -> list[str]:
    return [one.strip().replace(" ", "_") for one in text.split(",") if one.strip()]


def _typed_place(text: str) -> dict[str, str | None]:
    placed = _PLACED.fullmatch(text)
    return {"text": text, "country": None} if placed is None else dict(placed.groupdict())


_SHAPED: Final = {"issues": _typed_issues, "where": _typed_place}

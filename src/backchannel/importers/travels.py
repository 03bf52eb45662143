"""Journeys abroad of presidents and secretaries of state, as the Office of the Historian lists them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from backchannel.actors import ActorTable
from backchannel.importers.journeys import form_of, score_of
from backchannel.importers.tables import TABLES, Told, people, person, state
from backchannel.records import UNKNOWN

_HOME = "USA"
_OFFICES = {"president": "President", "secretary": "Secretary"}
_BRACKET = re.compile(r"\s*\([^)]*\)")


@TABLES.add("travels")
def read(row: Mapping[str, Any], actors: ActorTable) -> Told:
    """Give what a row ``{id, name, role, start, end, country: [{name}], locale, remarks}`` tells."""
    start, end = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
    name = _BRACKET.sub("", str(row["name"]))
    words = name.split()
    forms = (name, f"{words[0]} {words[-1]}")
    titled = f"{_OFFICES.get(str(row['role']), '')} {words[-1]}".strip()
    host = state(row["country"][0]["name"], start, actors)
    remarks = str(row.get("remarks") or "")
    place = str(row.get("locale") or "").strip() or None
    form = form_of(remarks)
    return Told(
        guest=(_HOME, (person(titled, _HOME, start, actors, names=forms) or name,)),
        host=(host if host != _HOME else UNKNOWN, people(remarks, host, start, actors) if form == "meeting" else ()),
        start=start,
        end=end,
        remarks=remarks,
        form=form,
        score=score_of(remarks),
        place=place,
        place_in=host if host not in (UNKNOWN, _HOME) else None,
    )

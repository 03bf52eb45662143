"""Visits of foreign leaders to the United States, as the Office of the Historian lists them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from backchannel import vocabulary
from backchannel.actors import ActorTable
from backchannel.importers.journeys import form_of, score_of
from backchannel.importers.tables import FILE, TABLES, Told, people, person, state
from backchannel.records import UNKNOWN

_HOST = "USA"


@TABLES.add("visits")
def read(row: Mapping[str, Any], actors: ActorTable) -> Told:
    """Give what a row ``{id, start, end, visitor, from: [{name}], description}`` tells."""
    start, end = date.fromisoformat(row["start"]), date.fromisoformat(row["end"])
    guest = state(row["from"][0]["name"], start, actors)
    visitor = str(row["visitor"])
    bare = re.sub(vocabulary.load(FILE)["titles"], "", visitor)
    remarks = str(row.get("description") or "")
    known = person(visitor, guest, start, actors, names=(visitor, bare))
    form = form_of(remarks)
    return Told(
        guest=(guest if guest != _HOST else UNKNOWN, (known or bare,) if known or bare else ()),
        host=(_HOST, people(remarks, _HOST, start, actors) if form == "meeting" else ()),
        start=start,
        end=end,
        remarks=remarks,
        form=form,
        score=score_of(remarks),
    )

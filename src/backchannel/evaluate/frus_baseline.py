"""The header baseline of the records: what a few fixed rules on the usual layout give, for comparison only."""

from __future__ import annotations

import calendar
import re
from datetime import datetime

from backchannel.evaluate.frus_gold import Case, Someone, Told, last_word

_DAY = re.compile(rf"({'|'.join(calendar.month_name[1:])}),? (\d{{1,2}}),? (\d{{4}})")
_PRESENT = re.compile(r"^(?:PARTICIPANTS?|Participants?|PRESENT|OTHERS PRESENT):?$", re.M)
_END = re.compile(r"^[A-Z ]+:?$")
_LONGEST = 120


def baseline(case: Case) -> Told:
    """Give what stands where the usual layout has it: the first day, the words before it, the lines after a label."""
    day = _DAY.search(case.text)
    line = "" if day is None else case.text[case.text.rfind("\n", 0, day.start()) + 1 : day.start()]
    place = line.rstrip(" ,").rpartition(",")[0].strip() or line.strip(" ,")
    second = case.text.split("\n", 2)[1:2]
    if second and (told := _DAY.search(second[0])) is not None:
        place = second[0][: told.start()].strip(" ,")
    return Told(
        id=case.id,
        date=None if day is None else datetime.strptime(" ".join(day.groups()), "%B %d %Y").date().isoformat(),
        places=(place,) if place else (),
        participants=tuple(_people(case.text)),
        classification=None,
        handling=(),
    )


def _people(text: str) -> list[Someone]:
    label = _PRESENT.search(text)
    found: list[Someone] = []
    for line in text[label.end() + 1 :].split("\n") if label is not None else ():
        if len(line) > _LONGEST or _END.match(line):
            break
        name = line.partition(",")[0]
        found.append(Someone(text=line, name=name, side=None, person=last_word(name)))
    return found

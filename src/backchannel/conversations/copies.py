"""Point each report that is only printed again to the report that it copies, so that copies merge as one."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from backchannel.conversations.reports import Report

_NEAR_WORDS = 5
_RETOLD_DAYS = 7


def pointed(reports: Iterable[Report]) -> list[Report]:
    """Give the reports, each that copies another with ``copies`` set to it, and on the day that the other tells.

    A report copies the earliest of its family with the same wording, or else with the same word, parties and values;
    the second of a text copies the second. "Yesterday" in a reprint of the day after is the day that its original means.
    """
    every = sorted(reports, key=_age)
    first = _first(every)
    plainest: dict[str, Report] = {}
    for one in every:
        root = _root(one, first)
        plainest[root.id] = min(plainest.get(root.id, root), one, key=_voice)
    return [_copy(one, _root(one, first), plainest) for one in every]


def _first(every: Sequence[Report]) -> dict[str, Report]:
    """The report that each copy copies, by id; a sentence taken over word for word from a named outlet is one, too."""
    first: dict[str, Report] = {}
    for keyed in (_by_wording, _by_values):
        groups: defaultdict[tuple[object, ...], list[Report]] = defaultdict(list)
        seen: Counter[tuple[object, ...]] = Counter()
        for one in every:
            if one.family is None or one.wording is None or one.id in first:
                continue
            key = keyed(one)
            groups[*key, seen[*key, one.document]].append(one)
            seen[*key, one.document] += 1
        for group in groups.values():
            first.update({one.id: group[0] for one in group[1:] if one.document != group[0].document})
    for one, found in _retellings(every, first):
        if _root(found, first) is not one:
            first[one.id] = found
    return first


def _retellings(every: Sequence[Report], first: Mapping[str, Report]) -> Iterator[tuple[Report, Report]]:
    """Yield what is taken over word for word from a named outlet, with the latest report of it before.

    That is the outlet's own, else another that rests on the same outlet.
    """
    own: defaultdict[str, list[Report]] = defaultdict(list)
    others: defaultdict[str, list[Report]] = defaultdict(list)
    for one in every:
        if one.wording is not None:
            own[_told(one.outlet, _core(one.wording))].append(one)
    for one in every:
        keys = _retold(one)
        told = (other for of in (own, others) for key in keys for other in reversed(of.get(key, ())))
        found = next((other for other in told if _is_soon_after(one, other)), None)
        if found is not None and one.id not in first:
            yield one, found
        for key in keys[: len(_retold_from(one))]:
            others[key].append(one)


def _retold_from(one: Report) -> list[str]:
    """The other outlets on whose word a report rests: its teller's, and the one that its text retells."""
    kind, _, name = one.teller.origin.partition(":")
    names = {one.repeats, name if kind in ("outlet", "unnamed") else None}
    return sorted(name for name in names if name is not None and name != one.outlet)


def _retold(one: Report) -> list[str]:
    """The keys of what a report may retell, those of all its words first: "according to" may follow the last of them."""
    if one.wording is None:
        return []
    word, before, after = one.wording.split("|")
    words = after.split()[:_NEAR_WORDS]
    ends = ("|".join((word, before, " ".join(words[:count]))) for count in range(len(words), -1, -1))
    return [_told(name, core) for core in ends for name in _retold_from(one)]


def _told(outlet: str | None, core: str) -> str:
    return f"told\x1f{outlet}\x1f{core}"


def _root(one: Report, first: Mapping[str, Report]) -> Report:
    while one.id in first:
        one = first[one.id]
    return one


def _copy(one: Report, of: Report, plainest: Mapping[str, Report]) -> Report:
    """The report on the word of the plainest voice of its copies: who prints a readout prints a party's word."""
    teller = plainest[of.id].teller
    if one is of:
        return one if one.teller == teller else replace(one, teller=teller)
    return replace(one, copies=of, when=of.when, tells_day=of.tells_day, teller=teller)


def retold(reports: Iterable[Report]) -> dict[str, str]:
    """Give, for the origins that only retell an outlet's report, the origin of that report where it is there too.

    The outlet's unnamed source comes first, then whatever its own text rests on, the earliest first.
    """
    every = sorted(reports, key=_age)
    keys = {one.teller.origin for one in every}
    own = {one.teller.origin for one in every if one.teller.kind != "media"}
    found: dict[str, str] = {}
    for key in sorted(keys - own):
        name = key.removeprefix("outlet:")
        told = [one.teller.origin for one in every if one.outlet == name and one.teller.kind != "media"]
        if f"unnamed:{name}" in keys:
            found[key] = f"unnamed:{name}"
        elif told and key.startswith("outlet:"):
            found[key] = told[0]
    return found


def _core(wording: str) -> str:
    """The word for the contact, those before it and the few behind it, before "according to" can come."""
    word, before, after = wording.split("|")
    return "|".join((word, before, " ".join(after.split()[:_NEAR_WORDS])))


def _is_soon_after(one: Report, other: Report) -> bool:
    if one.published is None or other.published is None or one.document == other.document:
        return False
    return 0 <= (one.published - other.published).days <= _RETOLD_DAYS


def _by_wording(one: Report) -> tuple[object, ...]:
    return (one.family, one.wording)


def _by_values(one: Report) -> tuple[object, ...]:
    word = (one.wording or "").split("|", 1)[0]
    return (one.family, word, tuple(sorted(p.actor for p in one.parties)), one.form, one.status, one.when)


def _voice(one: Report) -> tuple[bool, date, str, int, str]:
    return (one.teller.kind != "official", *_age(one))


def _age(one: Report) -> tuple[date, str, int, str]:
    return (one.published or date.max, one.document, one.sentence or 0, one.id)


def ties(one: Report) -> set[str]:
    """Give the keys of which reports share one where one of them may copy the other, or a third in between."""
    if one.wording is None or one.family is None:
        return set()
    return {f"family\x1f{one.family}", _told(one.outlet, _core(one.wording)), *_retold(one)}

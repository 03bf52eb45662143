"""Measure who actors are: the country and the sector of a mention on a day, on calls of a peer's resolver."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from backchannel import vocabulary
from backchannel.actors import resolve
from backchannel.errors import InputError
from backchannel.evaluate.gold import lines
from backchannel.evaluate.sets import MEASURES, Measured, Options, file_of, write_lines
from backchannel.evaluate.shares import Share

ERRATA = "actors/errata.yml"
_DAYS = ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y")


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One call: a mention in its context on a day, and what the peer gives; an absent answer is not asked for."""

    test: str
    mention: str
    context: str
    on: date | None
    wanted: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What we give for a case; ``None`` where we give nothing."""

    test: str
    country: str | None
    sector: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorScores:
    """Cases that give a country, those that give a sector, and those that give both with both right."""

    country: Share
    sector: Share
    country_sector: Share


@MEASURES.add("actors")
def _actors(data: Path, options: Options) -> Measured:
    chosen = cases(file_of("actors", data))
    given = [answer(case) for case in chosen]
    write_lines((json.dumps(asdict(one)) for one in given), options.output)
    errata = peculiar()
    every = score(chosen, given)
    kept = [(case, one) for case, one in zip(chosen, given, strict=True) if case_key(case) not in errata]
    without = score([case for case, _ in kept], [one for _, one in kept])
    figures = {
        "country": every.country.value,
        "country_sector": every.country_sector.value,
        "sector": every.sector.value,
        "without_errata.country": without.country.value,
        "without_errata.country_sector": without.country_sector.value,
    }
    found = {"cases": asdict(every), "without_errata": asdict(without), "left_out": len(chosen) - len(kept)}
    if options.as_json:
        return Measured(text=json.dumps(found), data=found, figures=figures)
    wrong = [*show_wrong(chosen, given, options.errors)] if options.errors else []
    text = "\n".join([*wrong, *show(every, without, len(chosen) - len(kept))])
    return Measured(text=text, data=found, figures=figures)


def cases(path: Path) -> tuple[Case, ...]:
    """Give the cases of a file of calls.

    Raises:
        InputError: a line lacks the call or the answer.
    """
    found = []
    for number, line in enumerate(lines(path), 1):
        try:
            found.append(_case(line))
        except (KeyError, IndexError, TypeError) as error:
            raise InputError(f"{path}: line {number} is no call with args and expect ({error!r})") from None
    return tuple(found)


def _case(line: Mapping[str, Any]) -> Case:
    arguments, expected = line["args"], line["expect"]
    told = line.get("kwargs", {}).get("query_date") or (arguments[2] if len(arguments) > 2 else None)
    return Case(
        test=line["test"],
        mention=arguments[0],
        context=arguments[1] if len(arguments) > 1 else "",
        on=_day(told),
        wanted=dict(_wanted(expected)),
    )


def _wanted(expected: Mapping[str, Any]) -> Iterator[tuple[str, frozenset[str]]]:
    if "country" in expected:
        yield "country", frozenset({expected["country"] or ""})
    if "code_1" in expected:
        yield "sector", frozenset({expected["code_1"] or ""})
    elif "code_1__In" in expected:
        yield "sector", frozenset(part.strip(" '\"") for part in str(expected["code_1__In"]).strip("[]").split(","))


def _day(told: object) -> date | None:
    """The day of a call; words such as "today" leave it open."""
    for form in _DAYS:
        try:
            return datetime.strptime(str(told), form).date()
        except ValueError:
            continue
    return None


def answer(case: Case) -> Given:
    """Give the country and sector that the product resolves a case to."""
    found = resolve(case.mention, context=case.context or None, on=case.on)
    return Given(test=case.test, country=found.country, sector=found.sector)


def score(chosen: Sequence[Case], given: Sequence[Given]) -> ActorScores:
    """Give the shares right; an empty answer is right where none is wanted."""
    pairs = list(zip(chosen, given, strict=True))
    return ActorScores(
        country=_share(pairs, lambda case: {"country"} <= case.wanted.keys(), ("country",)),
        sector=_share(pairs, lambda case: {"sector"} <= case.wanted.keys(), ("sector",)),
        country_sector=_share(pairs, lambda case: {"country", "sector"} <= case.wanted.keys(), ("country", "sector")),
    )


def _share(pairs: Iterable[tuple[Case, Given]], counts: Callable[[Case], bool], names: tuple[str, ...]) -> Share:
    results = [all(is_right(case, one, name) for name in names) for case, one in pairs if counts(case)]
    return Share(right=sum(results), of=len(results))


def is_right(case: Case, one: Given, name: str) -> bool:
    """Whether an answer is one of those wanted, or nothing is wanted of that name."""
    wanted = case.wanted.get(name)
    return wanted is None or (getattr(one, name) or "") in wanted


def case_key(case: Case) -> tuple[str, str]:
    """A case's id: the peer's test may call the resolver more than once."""
    return case.test, case.mention


def peculiar() -> dict[tuple[str, str], str]:
    """Give the reason by case for those where the peer's own way of working, and not the text, makes the answer."""
    return {(row["test"], row["mention"]): row["because"] for row in vocabulary.load(ERRATA)["cases"]}


def show(every: ActorScores, without: ActorScores, left_out: int) -> Iterator[str]:
    """Yield the figures as lines."""
    for name, one in (("all cases", every), (f"without {left_out} errata of the peer", without)):
        yield (
            f"{name}: country {one.country.value:.1%} of {one.country.of}; "
            f"sector {one.sector.value:.1%} of {one.sector.of}; "
            f"country and sector {one.country_sector.value:.1%} of {one.country_sector.of}"
        )


def show_wrong(chosen: Sequence[Case], given: Sequence[Given], most: int) -> Iterator[str]:
    """Yield up to ``most`` cases that are wrong: the mention, what is wanted, what we give."""
    wrong = [
        (case, one)
        for case, one in zip(chosen, given, strict=True)
        if not all(is_right(case, one, name) for name in ("country", "sector"))
    ]
    for case, one in wrong[:most]:
        wanted = {name: "|".join(sorted(some)) for name, some in case.wanted.items()}
        yield f"{case.test}  {case.mention!r} ({case.context or '-'}, {case.on or 'no day'}): wanted {wanted}, given {one.country} {one.sector}"

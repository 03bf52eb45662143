"""Write forecasts, the register, its standing record and backtests for people, at any width."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from backchannel.analysis import phrases
from backchannel.cli.output import console, lines, note, say
from backchannel.forecast.answers import BASE, PERSISTENCE, Answer
from backchannel.forecast.standing import Figure, Group, Standing, label

if TYPE_CHECKING:
    from backchannel.forecast.backtest import Backtest
    from backchannel.forecast.register import Entry

_STATES = {
    "open": "open",
    "due": "can be resolved",
    "overdue": "overdue: documents do not reach it",
    "yes": "came true",
    "no": "did not",
    "void": "void: nobody can say",
}


def print_answers(found: Sequence[Answer], names: Mapping[str, str]) -> None:
    """Write answers, those of one question under one head."""
    for parties, group in groupby(found, key=_parties):
        told = list(group)
        head = " and ".join(names.get(one, one) for one in parties)
        say(f"{head}, as known at the beginning of {_day(told[0].origin)}")
        for one in told:
            say()
            _print_answer(one, names)
        say()
    first = found[0]
    note(
        f"model {first.model} {first.version}, inputs {first.inputs[:12]}; base rate: how often it came true for all alike; "
        "persistence: how often as things last stood; docs/forecasts.md"
    )


def print_entries(found: Sequence[Entry], names: Mapping[str, str]) -> None:
    """Write the register as a list."""
    rows = []
    for one in found:
        told = one.forecast
        who = " – ".join(names.get(actor, actor) for actor in told.parties)
        late = ", late" if told.is_late else ""
        rows.append(
            (
                told.origin,
                f"{who}: {_question(told.kind, told.horizon, told.answer, names)}",
                _percent(told.probability),
                f"{one.state}{late}",
                told.id,
            )
        )
    lines(("as of", "what", "chance", "state", "id"), rows, right=(2,), wide=1)


def print_standing(found: Standing) -> None:
    """Write the standing record."""
    say(f"{phrases.count(found.registered, 'forecast')} registered")
    for state, number in found.states.items():
        if number:
            say(f"  {number:>6,}  {_STATES[state]}")
    if found.late:
        say(f"  {found.late:>6,}  made after their due day, scored apart")
    print_groups(found.groups)


def print_backtest(found: Backtest) -> None:
    """Write the scores of past days."""
    say(f"{phrases.count(len(found.origins), 'day')} tried: {', '.join(map(_day, found.origins)) or 'none'}")
    for on, why in found.skipped.items():
        _wrapped(f"left out {_day(on)}: {why}", "")
    print_groups(found.groups)


def print_groups(found: Sequence[Group]) -> None:
    """Write scores by group, and the reliability table of all."""
    if not found:
        say("nothing is resolved yet, so nothing is scored")
        return
    say()
    rows = [
        (
            one.name,
            f"{one.number:,}",
            _percent(one.mean),
            _percent(one.share),
            f"{one.brier.value:.4f}",
            f"{one.log_score.value:.3f}",
            _skill(one.skill.get(BASE)),
            _skill(one.skill.get(PERSISTENCE)),
        )
        for one in found
    ]
    heads = ("forecasts", "n", "told", "came", "Brier", "log", "v. base", "v. pers.")
    lines(heads, rows, right=(1, 2, 3, 4, 5, 6, 7), wide=0)
    whole = found[0]
    for base in (BASE, PERSISTENCE):
        if base in whole.skill and whole.skill[base].low is not None:
            say(
                f"skill over {base}, {whole.name}: {_skill(whole.skill[base])} ({_between(whole.skill[base])}, by week)"
            )
    say()
    table = [
        (
            f"{_percent(one.low)} to {_percent(one.high)}",
            f"{one.number:,}",
            _percent(one.mean),
            _percent(one.share),
            f"{_percent(one.share_low)} to {_percent(one.share_high)}",
        )
        for one in whole.reliability
    ]
    lines(("foretold", "n", "mean", "came true", "95% interval"), table, right=(1, 2, 3, 4))
    note("Brier and log score: 0 is perfect. Skill: 1 is perfect, 0 no better than the baseline. docs/forecasts.md")


def _print_answer(told: Answer, names: Mapping[str, str]) -> None:
    what = _question(told.kind, told.horizon, None, names)
    if told.kind == "next":
        what = f"who comes next for '{told.relation}'"
    if told.kind == "planned":
        what = f"planned meeting {told.conversation}"
    if told.probability is None:
        _wrapped(f"{what}: no forecast; {told.abstained}", "")
        if BASE in told.baselines:
            say(f"  base rate {_percent(told.baselines[BASE])}")
        for one in told.candidates:
            _wrapped(f"so far: {'; '.join(one.reasons)} ({_percent(one.probability)})", "  ")
        return
    onset = ", an onset: none for 60 days" if told.is_onset else ""
    best = names.get(told.candidates[0].actor, told.candidates[0].actor) + " " if told.candidates else ""
    held = "held by its date, " if told.kind == "planned" else ""
    say(f"{what}: {held}{best}{_percent(told.probability)}{onset}")
    base = ", ".join(f"{name} {_percent(value)}" for name, value in told.baselines.items())
    _wrapped(f"until {_day(told.due)}; {base}", "  ")
    if told.candidates:
        _print_candidates(told, names)
    for reason in told.reasons:
        _wrapped(_renamed(reason, names), "  ")
    if told.calibration is not None:
        _wrapped(told.calibration, "  ")
    if told.registered is not None:
        say(f"  registered as {told.registered}")
    elif told.unregistered is not None:
        _wrapped(f"not registered: {told.unregistered}", "  ")


def _print_candidates(told: Answer, names: Mapping[str, str]) -> None:
    rows = [
        (f"  {names.get(one.actor, one.actor)}", _percent(one.probability), _percent(one.baseline))
        for one in told.candidates
    ]
    rows.append(("  someone else", _percent(told.someone_else or 0.0), ""))
    lines(("  who", "chance", "recurrency"), rows, right=(1, 2))


def _question(kind: str, horizon: int | None, answer: str | None, names: Mapping[str, str]) -> str:
    if kind == "next":
        return f"next comes {names.get(answer, answer)}" if answer is not None else "who comes next"
    return "the planned meeting is held by its date" if kind == "planned" else label(kind, horizon)


def _renamed(reason: str, names: Mapping[str, str]) -> str:
    """Give a reason with names for ids."""
    return re.sub(r"\b[A-Z][A-Z_]+\b", lambda found: names.get(found[0], found[0]), reason)


def _wrapped(text: str, indent: str) -> None:
    say(textwrap.fill(text, max(40, console().width), initial_indent=indent, subsequent_indent=indent + "  "))


def _percent(share: float) -> str:
    """Give a share in per cent, with a decimal below ten; what is foretold is never quite sure.

    >>> _percent(0.042), _percent(0.42), _percent(0.9996), _percent(0.0002), _percent(1.0)
    ('4.2%', '42%', '>99%', '<0.1%', '100%')
    """
    if 0.995 <= share < 1:
        return ">99%"
    if 0 < share < 0.0005:
        return "<0.1%"
    return f"{share:.1%}" if 0 < share < 0.1 else f"{share:.0%}"


def _skill(figure: Figure | None) -> str:
    return "–" if figure is None else f"{figure.value:+.3f}"


def _between(figure: Figure) -> str:
    low, high = (0.0 if bound is None else bound for bound in (figure.low, figure.high))
    return f"95% {low:+.3f} to {high:+.3f}"


def _day(text: str) -> str:
    """Give a day in words; where a stream has no calendar, its number."""
    return f"day {text}" if text.isdigit() else phrases.day(text)


def _parties(one: Answer) -> tuple[str, ...]:
    return one.parties

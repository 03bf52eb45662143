"""Measure forecasts on a folder of events: which actor comes next, and what else registers a table here."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from backchannel.errors import InputError, QueryError
from backchannel.evaluate.forecast_ranks import CLASSES, FROZEN, Told, classes, tell
from backchannel.evaluate.sets import MEASURES, Measured, Options, file_of, write_lines
from backchannel.forecast import Split, read_folder
from backchannel.forecast.extra import has_boosting
from backchannel.forecast.history import history
from backchannel.forecast.ranker import MODELS, Model
from backchannel.registry import Registry

Further = Callable[[Split, int], Measured]
"""What a table measures, from the events and the number of threads."""
FURTHER: Registry[Further] = Registry("table of forecasts")
"""Tables printed behind that of the rankers, by the name of their object in the JSON."""
_TOP = 10
_PINNED = ("mrr", "hits1", "hits3", "hits10", "ece")
"""What floors hold of each model, beside the mean reciprocal rank on pairs never seen."""


@MEASURES.add("forecast")
def _forecast(data: Path, options: Options) -> Measured:
    folder = file_of("forecast", data)
    if not folder.is_dir():
        raise InputError(f"{folder}: expected a folder with train.txt, valid.txt and test.txt")
    models = _models(options.models)
    split = read_folder(folder)
    told = tell(split, models, threads=options.workers)
    by_class = _by_class(split, told)
    write_lines(_lines(split, _best(told)), options.output)
    figures = {one.name: _figures(one, by_class[one.name]) for one in told}
    more = {name: part(split, options.workers) for name, part in FURTHER.items()} if not options.models else {}
    found = {name: part.data for name, part in more.items()} | {"models": figures}
    text = "\n\n".join(["\n".join(_shown(told, by_class)), *(part.text for part in more.values())])
    flat = {f"{name}.{key}": one[key] for name, one in figures.items() for key in _PINNED}
    flat |= {f"{name}.never.mrr": one["classes"]["never"]["mrr"] for name, one in figures.items()}
    flat |= {f"{name}.{key}": value for name, part in more.items() for key, value in part.figures.items()}
    return Measured(text=json.dumps(found) if options.as_json else text, data=found, figures=flat)


def _models(asked: Sequence[str]) -> tuple[Model, ...]:
    """Give the models to measure: those asked for, else all that the machine has the libraries of."""
    unknown = sorted(set(asked) - set(MODELS))
    if unknown:
        raise QueryError(f"no model named {', '.join(unknown)}; known: {', '.join(MODELS)}")
    return tuple(one for one in MODELS if one in asked or (not asked and (one != "boosted" or has_boosting())))


def _best(told: Sequence[Told]) -> Told:
    """Give the best of the single-step models: the last."""
    return [one for one in told if not one.name.endswith(FROZEN)][-1]


def _by_class(split: Split, told: Sequence[Told]) -> dict[str, dict[str, tuple[float, float]]]:
    """Give the share of queries and the mean reciprocal rank by model and recurrence class."""
    past = history(split.stream, learn_before=split.valid_from)
    found = {}
    for one in told:
        frozen = split.test_from if one.name.endswith(FROZEN) else None
        of = classes(past, one.scored.queries, frozen)
        found[one.name] = {
            name: (float((of == name).mean()), float((1 / one.rank[of == name]).mean()) if (of == name).any() else 0.0)
            for name in CLASSES
        }
    return found


def _figures(one: Told, by_class: dict[str, tuple[float, float]]) -> dict[str, Any]:
    values = {"mrr": one.mrr, "hits1": one.hits(1), "hits3": one.hits(3), "hits10": one.hits(10), "ece": one.ece}
    rounded: dict[str, Any] = {name: round(value, 4) for name, value in values.items()}
    rounded |= {"seconds": round(one.seconds, 1), "mrr_interval": [round(end, 4) for end in one.interval()]}
    return rounded | {
        "classes": {name: {"share": round(share, 4), "mrr": round(mrr, 4)} for name, (share, mrr) in by_class.items()}
    }


def _shown(told: Sequence[Told], by_class: dict[str, dict[str, tuple[float, float]]]) -> Iterator[str]:
    """Yield the tables of the rankers."""
    first = told[0].scored.queries
    days = len(np.unique(first.time))
    yield f"Which actor comes next: {len(first):,} queries on {days} days, both directions,"
    yield "time-aware filter, ties at their mean rank; intervals by drawing days anew"
    yield ""
    yield f"{'model':<22}{'MRR':>6}  {'95 %':<11} {'Hits@1':>7}{'@3':>6}{'@10':>6}{'ECE':>7}{'seconds':>9}"
    for one in told:
        low, high = one.interval()
        hits = "".join(f"{100 * one.hits(most):>{width}.1f}" for most, width in ((1, 7), (3, 6), (10, 6)))
        head = f"{one.name:<22}{100 * one.mrr:>6.1f}  {f'{100 * low:.1f}-{100 * high:.1f}':<11} {hits}"
        yield f"{head}{one.ece:>7.3f}{one.seconds:>9.0f}"
    single = [one.name for one in told if not one.name.endswith(FROZEN)]
    yield ""
    yield f"{'MRR by what was seen':<24}{'share':>7}{''.join(f'{name:>12}' for name in single)}"
    for name, label in CLASSES.items():
        share = by_class[single[0]][name][0]
        yield f"{label:<24}{100 * share:>5.1f} %{''.join(f'{100 * by_class[one][name][1]:>12.1f}' for one in single)}"


def _lines(split: Split, one: Told) -> Iterator[str]:
    """Yield a line for each query: its number, what it asks, the answer's rank and the ten likeliest actors.

    Line ``n`` of test.txt, from 0 and in order of time, is query ``2 n`` when it asks for the object, ``2 n + 1`` for the
    subject. Names are those of entity2id.txt. The filter has struck out the other true answers.
    """
    asked, names = one.scored.queries, split.written
    half = len(split.stream.relations)
    turned = asked.relation >= half
    number = np.where(turned, 2 * np.cumsum(turned) - 1, 2 * np.cumsum(~turned) - 2)
    order = np.argsort(-one.chance, axis=1, kind="stable")[:, :_TOP]
    for row in np.argsort(number):
        likeliest = [(int(one.scored.actor[row, place]), float(one.chance[row, place])) for place in order[row]]
        told = {
            "query": int(number[row]),
            "rank": float(one.rank[row]),
            "top": [[names[actor], round(chance, 4)] for actor, chance in likeliest],
            "actor": names[asked.subject[row]],
            "relation": split.stream.relations[asked.relation[row] % half],
            "asks": "subject" if turned[row] else "object",
            "time": int(asked.time[row]) * split.stream.resolution,
            "answer": names[asked.object[row]],
        }
        yield json.dumps(told, ensure_ascii=False)

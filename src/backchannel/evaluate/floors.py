"""Hold the measured figures against floors that rise with the work, each pinned to the digest of its set."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from math import ceil, floor
from pathlib import Path
from typing import Literal

import msgspec

from backchannel.errors import InputError
from backchannel.evaluate.gold import digest
from backchannel.evaluate.sets import FILES, MEASURES, Options

CEILINGS = ("ece", "false_alarm_share", "must_not_merged", "pass_rate")
"""Figures that must not rise; all others must not fall."""
MARGIN = 0.005
"""What an update leaves between a share and its floor; counts leave nothing."""
_STEPS = 1000
_COUNTS = ("found", "with_parties", "on_word", "must_not_merged")


@dataclass(frozen=True, slots=True, kw_only=True)
class FloorSet:
    """The floors of one set: its files under the gold folder, their SHA-256 in order, and a bound for each figure."""

    files: tuple[str, ...]
    digest: str
    floors: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Regression:
    """A floor that was lowered, or a ceiling that was raised, and why."""

    set: str
    figure: str
    before: float
    after: float
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Floors:
    """The content of ``gold/floors.json``."""

    sets: dict[str, FloorSet] = field(default_factory=dict)
    regressions: tuple[Regression, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One figure against its bound, which is a ceiling for ``CEILINGS``; a bound of ``None`` is not pinned yet."""

    set: str
    figure: str
    value: float
    bound: float | None

    @property
    def is_met(self) -> bool:
        """Whether the figure keeps its bound."""
        if self.bound is None:
            return True
        return self.value <= self.bound if is_ceiling(self.figure) else self.value >= self.bound


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with a set besides its figures: it is absent, another than was pinned, or lacks a pinned figure."""

    set: str
    kind: Literal["absent", "changed", "unmeasured"]
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GateReport:
    """What the gate found: a row for each figure, the digests as they are, and faults that have no figure."""

    rows: tuple[Row, ...] = ()
    digests: dict[str, str] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    skipped: str | None = None

    @property
    def is_passed(self) -> bool:
        """Whether nothing is below its floor, above its ceiling or another set than was pinned."""
        return not self.faults and all(row.is_met for row in self.rows)

    @property
    def exit_code(self) -> int:
        """What the command exits with: 0 passed or skipped, 1 failed."""
        return 0 if self.is_passed else 1

    def show(self) -> str:
        """Give the table of values and floors, then the faults and a verdict."""
        if self.skipped is not None:
            return self.skipped
        names = [f"{row.set} {row.figure}" for row in self.rows]
        width = max((len(name) for name in names), default=0)
        table = [f"{'':{width}}   value    floor"]
        for name, row in zip(names, self.rows, strict=True):
            bound = "        -" if row.bound is None else f"{'<=' if is_ceiling(row.figure) else '>='} {row.bound:6.3f}"
            table.append(f"{name:{width}}  {row.value:6.3f} {bound}  {'ok' if row.is_met else 'FAILED'}")
        failed = sum(1 for row in self.rows if not row.is_met)
        verdict = f"gates: {len(self.rows) - failed} of {len(self.rows)} figures hold"
        return "\n".join((*table, *(f"FAILED {fault.message}" for fault in self.faults), verdict))


def is_ceiling(figure: str) -> bool:
    """Tell whether a figure must not rise, by the last part of its name.

    >>> is_ceiling("rare.false_alarm_share"), is_ceiling("rare.detection_f1")
    (True, False)
    """
    return figure.rpartition(".")[2] in CEILINGS


def load(path: Path) -> Floors:
    """Give the floors of a file; none where there is no file yet.

    Raises:
        InputError: the file is not in its format; the message names the place.
    """
    if not path.is_file():
        return Floors()
    try:
        return msgspec.json.decode(path.read_bytes(), type=Floors)
    except msgspec.DecodeError as error:
        raise InputError(f"{path}: {error}; mend it, or take it back from the last commit") from None


def save(floors: Floors, path: Path) -> None:
    """Write the floors, sorted, so that a change shows as one line."""
    found = msgspec.to_builtins(floors)
    for one in found["sets"].values():
        one["floors"] = dict(sorted(one["floors"].items()))
    path.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def gate(gold_dir: Path, floors: Floors, *, workers: int = 1) -> GateReport:
    """Measure every pinned set and hold it against its floors.

    Args:
        gold_dir: the folder of the gold sets; where it is absent everything is skipped, by name.
        floors: what was pinned, from ``load``.
        workers: processes that read.
    """
    if not gold_dir.is_dir():
        return GateReport(skipped=f"gates: skipped, no gold sets at {gold_dir}")
    rows: list[Row] = []
    digests: dict[str, str] = {}
    faults: list[Fault] = []
    for name, pinned in floors.sets.items():
        paths = [gold_dir / file for file in pinned.files]
        absent = ", ".join(str(path) for path in paths if not path.exists())
        if absent:
            faults.append(Fault(set=name, kind="absent", message=f"{name}: pinned, but {absent} is not there"))
            continue
        digests[name] = digest(*paths)
        if digests[name] != pinned.digest:
            both = f"digest {digests[name][:12]}, pinned {pinned.digest[:12]}"
            faults.append(Fault(set=name, kind="changed", message=f"{name}: another set than was pinned ({both})"))
        data = paths[0] if len(paths) == 1 else gold_dir
        figures = MEASURES.get(name)(data, Options(workers=workers)).figures
        faults += [
            Fault(set=name, kind="unmeasured", message=f"{name} {figure}: pinned, but no longer measured")
            for figure in sorted(pinned.floors.keys() - figures.keys())
        ]
        rows += [Row(set=name, figure=key, value=figures[key], bound=pinned.floors.get(key)) for key in figures]
    return GateReport(rows=tuple(rows), digests=digests, faults=tuple(faults))


def update(report: GateReport, floors: Floors, *, allow_regression: str | None = None) -> Floors:
    """Give the floors raised to the measured values less ``MARGIN``; none goes down without a reason.

    Args:
        report: what ``gate`` found with these floors.
        floors: the floors before.
        allow_regression: why broken floors may go down, a set may change and a figure may go; a floor that went down
            is kept in the file with it.
    """
    sets: dict[str, FloorSet] = {}
    lowered: list[Regression] = []
    for name, pinned in floors.sets.items():
        rows = [row for row in report.rows if row.set == name]
        found = report.digests.get(name, pinned.digest)
        if found != pinned.digest and allow_regression is None:
            sets[name] = pinned
            continue
        measured = {row.figure for row in rows}
        bounds = {key: bound for key, bound in pinned.floors.items() if allow_regression is None or key in measured}
        for row in rows:
            moved = bound_for(row.figure, row.value)
            if row.bound is None or _is_tighter(row.figure, moved, row.bound):
                bounds[row.figure] = moved
            elif allow_regression is not None and not row.is_met:
                bounds[row.figure] = moved
                lowered.append(
                    Regression(set=name, figure=row.figure, before=row.bound, after=moved, reason=allow_regression)
                )
        sets[name] = replace(pinned, digest=found, floors=bounds)
    return Floors(sets=sets, regressions=(*floors.regressions, *lowered))


def _is_tighter(figure: str, bound: float, than: float) -> bool:
    return bound < than if is_ceiling(figure) else bound > than


def bound_for(figure: str, value: float) -> float:
    """Give the bound that an update pins for a value: to three decimals, on the safe side; a count stays as it is.

    >>> bound_for("detection_f1", 0.7514), bound_for("false_alarm_share", 0.1716), bound_for("must_not_merged", 3.0)
    (0.746, 0.177, 3.0)
    """
    if figure.rpartition(".")[2] in _COUNTS:
        return value
    if is_ceiling(figure):
        return min(ceil((value + MARGIN) * _STEPS) / _STEPS, 1.0)
    return max(floor((value - MARGIN) * _STEPS) / _STEPS, 0.0)


def pin(gold_dir: Path, floors: Floors) -> Floors:
    """Give the floors with every set that is there and not pinned yet, still without a bound; ``update`` sets them."""
    sets = dict(floors.sets)
    for name, files in FILES.items():
        paths = [gold_dir / file for file in files]
        if name not in sets and all(path.exists() for path in paths):
            sets[name] = FloorSet(files=files, digest=digest(*paths))
    return replace(floors, sets=sets)


def rebound(report: GateReport, floors: Floors) -> GateReport:
    """Give the report as it is with other floors, without measuring anew."""
    rows = tuple(replace(row, bound=floors.sets[row.set].floors.get(row.figure)) for row in report.rows)
    return replace(report, rows=rows, faults=tuple(fault for fault in report.faults if _stands(fault, report, floors)))


def _stands(fault: Fault, report: GateReport, floors: Floors) -> bool:
    pinned = floors.sets[fault.set]
    if fault.kind == "changed":
        return pinned.digest != report.digests[fault.set]
    measured = {row.figure for row in report.rows if row.set == fault.set}
    return fault.kind == "absent" or not pinned.floors.keys() <= measured


def run(
    gold_dir: Path, path: Path, *, should_update: bool = False, allow_regression: str | None = None, workers: int = 1
) -> tuple[str, int]:
    """Give what ``evaluate --gate`` prints and its exit code; with an update the floors file is written.

    Args:
        gold_dir: the folder of the gold sets.
        path: ``gold/floors.json``.
        should_update: whether floors are raised to what was reached, and sets pinned that are not yet.
        allow_regression: why floors may go down.
        workers: processes that read.

    Raises:
        InputError: a reason without an update, no floors, or floors that cannot be read.
    """
    if allow_regression is not None and not should_update:
        raise InputError("--allow-regression lowers floors while they are written; give --update with it")
    before = load(path)
    if should_update and gold_dir.is_dir():
        before = pin(gold_dir, before)
    if not before.sets and gold_dir.is_dir():
        raise InputError(f"no floors at {path}; give the file, or pin the sets with --update")
    report = gate(gold_dir, before, workers=workers)
    if not should_update or report.skipped is not None:
        return report.show(), report.exit_code
    after = update(report, before, allow_regression=allow_regression)
    save(after, path)
    held = rebound(report, after)
    return f"{held.show()}\nfloors: {_moved(before, after)} moved in {path}", held.exit_code


def _moved(before: Floors, after: Floors) -> int:
    old = {(name, key): bound for name, one in before.sets.items() for key, bound in one.floors.items()}
    new = {(name, key): bound for name, one in after.sets.items() for key, bound in one.floors.items()}
    return sum(1 for key in old.keys() | new.keys() if old.get(key) != new.get(key))

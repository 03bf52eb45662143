"""Read a benchmark folder: train.txt, valid.txt and test.txt in numbers, with the names beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from backchannel.errors import InputError
from backchannel.forecast import families
from backchannel.forecast.events import EventStream, stream
from backchannel.forecast.families import Family

PARTS = ("train", "valid", "test")
HOURS = 24
_SHOWN = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """A stream with the days on which validation and test begin, and the actors' names as the file writes them."""

    stream: EventStream
    valid_from: int
    test_from: int
    written: tuple[str, ...]


def read_folder(folder: Path, *, given: Mapping[str, Family] | None = None) -> Split:
    """Give the events of a folder in the layout of ICEWS14 and ICEWS18.

    Lines hold subject, relation, object and time as numbers, separated by white space; a fifth column is ignored.
    Times that are all multiples of 24 are hours and become days; others are taken as days.

    Args:
        folder: with train.txt, valid.txt, test.txt, entity2id.txt and relation2id.txt.
        given: families of relations; without them ``relation_families.json`` in the folder or beside it.

    Raises:
        InputError: a file is missing or a line is not of this layout, or the parts do not follow one another in time.
    """
    actors, relations = (_names(folder / f"{kind}2id.txt") for kind in ("entity", "relation"))
    parts = [_numbers(folder / f"{name}.txt", len(actors), len(relations)) for name in PARTS]
    _check_order(folder, parts)
    rows = np.concatenate(parts)
    unit = HOURS if not (rows[:, 3] % HOURS).any() else 1
    rows[:, 3] //= unit
    told = stream(
        rows,
        actors=_spaced(actors),
        relations=_spaced(relations),
        given=given or _families(folder),
        start=None,
        resolution=unit,
    )
    begins = [int(part[:, 3].min()) // unit for part in parts]
    return Split(stream=told, valid_from=begins[1], test_from=begins[2], written=tuple(actors))


def _spaced(names: list[str]) -> list[str]:
    return [name.replace("_", " ") for name in names]


def _families(folder: Path) -> dict[str, Family] | None:
    for place in (folder, folder.resolve().parent):
        if (place / families.GIVEN).is_file():
            return families.read(place / families.GIVEN)
    return None


def _numbers(path: Path, actors: int, relations: int) -> NDArray[np.int64]:
    """Give the rows of a part ``(events, 4)``."""
    faults, rows = [], []
    for number, line in _lines(path):
        fields = line.split()
        if len(fields) < 4 or not all(field.isdigit() for field in fields[:4]):
            faults.append(f"line {number}: expected four numbers, subject relation object time, not '{line[:60]}'")
            continue
        row = [int(field) for field in fields[:4]]
        if max(row[0], row[2]) >= actors or row[1] >= relations:
            faults.append(f"line {number}: a number beyond the {actors} actors or {relations} relations named")
        rows.append(row)
    _refuse(path, faults)
    if not rows:
        raise InputError(f"{path}: no events in it")
    return np.array(rows, dtype=np.int64)


def _names(path: Path) -> list[str]:
    """Give the names of a file of ``name TAB number`` lines by number, as they are written."""
    faults, found = [], {}
    for number, line in _lines(path):
        name, _, place = line.rpartition("\t")
        if not name or not place.strip().isdigit():
            faults.append(f"line {number}: expected a name, a tab and a number, not '{line[:60]}'")
            continue
        found[int(place)] = name
    _refuse(path, faults)
    if sorted(found) != list(range(len(found))):
        raise InputError(f"{path}: the numbers are not 0 to {len(found) - 1}, each once")
    return [found[place] for place in range(len(found))]


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; a folder needs train.txt, valid.txt, test.txt and names") from None
    except UnicodeDecodeError:
        raise InputError(f"{path}: not UTF-8 text") from None
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield number, line.strip()


def _refuse(path: Path, faults: list[str]) -> None:
    if faults:
        more = [f"… and {len(faults) - _SHOWN} more"] if len(faults) > _SHOWN else []
        raise InputError("\n  ".join([f"{path}: {len(faults)} fault(s)", *faults[:_SHOWN], *more]))


def _check_order(folder: Path, parts: list[NDArray[np.int64]]) -> None:
    for (one, before), (two, after) in zip(
        zip(PARTS, parts, strict=True), list(zip(PARTS, parts, strict=True))[1:], strict=False
    ):
        if before[:, 3].max() >= after[:, 3].min():
            raise InputError(f"{folder}: {one}.txt reaches into the days of {two}.txt; split by time")

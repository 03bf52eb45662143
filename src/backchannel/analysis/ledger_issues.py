"""Say on which issues two parties dealt in private and not in public, and the reverse, and how much that tells."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final, Literal

from backchannel.analysis.ledger_acts import COUNTED
from backchannel.analysis.ledger_records import Act, Contact, IssueRow

_TELLING: Final = 0.05
_FEW: Final = 3
"""Up to so many events of an issue their number itself is said, whatever the test gives."""


def issues(acts: Iterable[Act], contacts: Iterable[Contact]) -> tuple[tuple[IssueRow, ...], int, int]:
    """Give a row an issue, the most uneven first, and how many private and public events there are in all.

    Private events are private contacts, public ones acts that are told as done or meant, and contacts open to all; of
    both only those that name an issue count.
    """
    known = list(contacts)
    private = [one.issues for one in known if one.is_private and one.issues]
    public = [one.issues for one in known if not one.is_private and one.issues]
    public += [one.issues for one in acts if one.issues and one.status in COUNTED]
    told, heard = _counted(private), _counted(public)
    every = sorted({*told, *heard})
    sizes = len(private), len(public)
    rows = [_row(issue, (told[issue], heard[issue]), sizes, len(every)) for issue in every]
    return tuple(sorted(rows, key=_uneven)), *sizes


def _counted(events: Sequence[tuple[str, ...]]) -> Counter[str]:
    return Counter(issue for one in events for issue in set(one))


def _row(issue: str, here: tuple[int, int], sizes: tuple[int, int], looked_at: int) -> IssueRow:
    private, public = here
    standing: Literal["private", "public", "both"] = (
        "both" if private and public else "private" if private else "public"
    )
    chance = min(1.0, fisher((private, sizes[0]), (public, sizes[1])) * looked_at)
    return IssueRow(
        issue=issue,
        private=private,
        public=public,
        standing=standing,
        chance=float(f"{chance:.2g}"),
        words=_words(private + public, chance, bool(sizes[0] and sizes[1])),
    )


def _words(number: int, chance: float, is_comparable: bool) -> str:
    if number <= _FEW:
        return f"only {number}"
    if not is_comparable:
        return "nothing to compare with"
    return "more than chance" if chance < _TELLING else "may be chance"


def fisher(one: tuple[int, int], other: tuple[int, int]) -> float:
    """Give the two-sided probability of Fisher's exact test that two shares, each a part and its whole, are alike.

    >>> round(fisher((3, 3), (0, 3)), 3), fisher((2, 4), (3, 6))
    (0.1, 1.0)
    """
    (part, whole), (second, rest) = one, other
    both, size = part + second, whole + rest
    ways = math.comb(size, both)
    seen = math.comb(whole, part) * math.comb(rest, second)
    tables = (math.comb(whole, k) * math.comb(rest, both - k) for k in range(max(0, both - rest), min(both, whole) + 1))
    return sum(table for table in tables if table <= seen) / ways


def _uneven(row: IssueRow) -> tuple[float, int, str]:
    return row.chance, -(row.private + row.public), row.issue

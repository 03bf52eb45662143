"""Tell a bloc's own members from others: that a state deals with its alliance is no news."""

from __future__ import annotations

from functools import cache

from backchannel import vocabulary
from backchannel.alerts.past import Pair

FILE = "blocs.yml"


def is_own(pair: Pair) -> bool:
    """Whether one of the two is a bloc and the other its member.

    >>> is_own(("FIN", "NATO")), is_own(("NATO", "UKR")), is_own(("FIN", "SWE"))
    (True, False, False)
    """
    one, other = pair
    return one in _members().get(other, ()) or other in _members().get(one, ())


@cache
def _members() -> dict[str, frozenset[str]]:
    rows = vocabulary.load(FILE)["blocs"]
    vocabulary.check(FILE, rows, required=("id", "members"), optional=())
    return {row["id"]: frozenset(row["members"]) for row in rows}

"""Group documents that carry the same text, say whom each retells, and which were replaced or taken back."""

from __future__ import annotations

from backchannel.families.copies import Family, families, group
from backchannel.families.credits import credit
from backchannel.families.editions import Page, State, address, editions, page, states
from backchannel.families.leaves import Leaf, leaves, passage_at, passage_id, passage_start
from backchannel.families.notices import Notice, notice
from backchannel.families.outlets import is_agency, is_outlet, outlet_key
from backchannel.families.retellings import repeated
from backchannel.families.signatures import resemblance, signature

__all__ = [
    "Family",
    "Leaf",
    "Notice",
    "Page",
    "State",
    "address",
    "credit",
    "editions",
    "families",
    "group",
    "is_agency",
    "is_outlet",
    "leaves",
    "notice",
    "outlet_key",
    "page",
    "passage_at",
    "passage_id",
    "passage_start",
    "repeated",
    "resemblance",
    "signature",
    "states",
]

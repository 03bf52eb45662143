"""What people decided about a claim, put upon it: corrected values, each resting on the judgement that gave it."""

from backchannel.corrections.apply import PREFIX, corrected
from backchannel.corrections.standing import attach, decides_field, in_force, mint, quotation_key, undone, unlinked
from backchannel.corrections.values import FIELDS, check, named

__all__ = [
    "FIELDS",
    "PREFIX",
    "attach",
    "check",
    "corrected",
    "decides_field",
    "in_force",
    "mint",
    "named",
    "quotation_key",
    "undone",
    "unlinked",
]

"""What a person decides: a queue by uncertainty and weight, judgements written and undone, exchange, coding, samples."""

from backchannel.review.agreement import Agreement, Difference, agreement, differences
from backchannel.review.context import surroundings
from backchannel.review.decisions import Decision, Writer, accepted, decided, subject
from backchannel.review.fields import FIELDS, hint, label, parsed, value
from backchannel.review.precision import Precision, labelled, precision, wilson
from backchannel.review.queue import Item, Stakes, paged, queue, stakes, uncertainty, weight
from backchannel.review.reports import reports
from backchannel.review.sample import Sample, allot, draw, kept, open_claims
from backchannel.review.session import Session

__all__ = [
    "FIELDS",
    "Agreement",
    "Decision",
    "Difference",
    "Item",
    "Precision",
    "Sample",
    "Session",
    "Stakes",
    "Writer",
    "accepted",
    "agreement",
    "allot",
    "decided",
    "differences",
    "draw",
    "hint",
    "kept",
    "label",
    "labelled",
    "open_claims",
    "paged",
    "parsed",
    "precision",
    "queue",
    "reports",
    "stakes",
    "subject",
    "surroundings",
    "uncertainty",
    "value",
    "weight",
    "wilson",
]

"""Evaluate: the reading measured on the gold sets, and the gate that keeps what was reached."""

from backchannel.evaluate import attribution as _attribution  # noqa: F401 (it registers)
from backchannel.evaluate import forecast as _forecast  # noqa: F401 (it registers)
from backchannel.evaluate import forecast_alerts as _forecast_alerts  # noqa: F401 (it registers)
from backchannel.evaluate import forecast_pairs as _forecast_pairs  # noqa: F401 (it registers)
from backchannel.evaluate import frus as _frus  # noqa: F401 (it registers)
from backchannel.evaluate import links as _links  # noqa: F401 (it registers)
from backchannel.evaluate import petrarch as _petrarch  # noqa: F401 (it registers)
from backchannel.evaluate import plv as _plv  # noqa: F401 (it registers)
from backchannel.evaluate import readouts as _readouts  # noqa: F401 (it registers)
from backchannel.evaluate import rest as _rest  # noqa: F401 (it registers)
from backchannel.evaluate.actors import ActorScores
from backchannel.evaluate.contacts import documents, read_all
from backchannel.evaluate.coreference import agreement, b_cubed
from backchannel.evaluate.floors import Floors, GateReport, gate, load, run, save, update
from backchannel.evaluate.gold import Item, items
from backchannel.evaluate.measures import evaluate_set
from backchannel.evaluate.merge import merge_gold, merge_reports
from backchannel.evaluate.merge_scores import MergeScores
from backchannel.evaluate.scores import Scores, score, show, unpaired
from backchannel.evaluate.sets import FILES, MEASURES

__all__ = [
    "FILES",
    "MEASURES",
    "ActorScores",
    "Floors",
    "GateReport",
    "Item",
    "MergeScores",
    "Scores",
    "agreement",
    "b_cubed",
    "documents",
    "evaluate_set",
    "gate",
    "items",
    "load",
    "merge_gold",
    "merge_reports",
    "read_all",
    "run",
    "save",
    "score",
    "show",
    "unpaired",
    "update",
]

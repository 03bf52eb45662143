"""Compare two reports: the signs that they tell one contact or two, by name, and their sum in points."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from backchannel.conversations.persons import compare_persons, hold_namesakes
from backchannel.conversations.profile import Profile, goes_on
from backchannel.conversations.times import TO_COME, at_other_hours, both_told, time_sign
from backchannel.conversations.weights import Weights
from backchannel.records import Reason

_TALK: Final = {"meeting", "visit", "summit", "negotiation", "mediation"}
_DISTANT: Final = {"call", "message"}
_REMOTE_OK: Final = {"negotiation", "mediation"}
_NOT_MET: Final = {"cancelled", "refused", "postponed"}
_VAGUE: Final = {"proposed", "hypothetical"}
_HIDDEN: Final = {"undisclosed", "secret"}
_UNOFFICIAL: Final = {"track_1_5", "track_2", "nonstate"}


def points(one: Profile, other: Profile, weights: Weights) -> int:
    """Give the sum of the signs in hundredths of log-odds; 0 means even odds."""
    total = weights.start
    for feature in signs(one, other):
        total += weights.points[feature]
    return total


def is_barred(one: Profile, other: Profile) -> bool:
    """True when the two cannot be one contact: they share no pair, hours or a note part them, or one sentence has both.

    Nor are a row of a table and a record's talk: a visit of days holds many talks.
    """
    if {one.lane, other.lane} == {"row", "talk"} or _is_record_beside_unrecorded(one, other):
        return True
    if hold_namesakes(one.persons, other.persons) or at_other_hours(one, other):
        return True
    if one.parties == other.parties:
        return False
    return len(one.parties & other.parties) < min(2, len(one.parties), len(other.parties)) or bool(
        one.sentences & other.sentences
    )


def _is_record_beside_unrecorded(one: Profile, other: Profile) -> bool:
    """True for the talk that a record records and one of which its notes say that no record was found."""
    parted = (one.lane == "talk" and other.is_unrecorded) or (other.lane == "talk" and one.is_unrecorded)
    return parted and bool(one.documents & other.documents)


def explain(one: Profile, other: Profile, weights: Weights) -> Iterator[Reason]:
    """Yield the signs as reasons to read, in the order compared."""
    for feature in signs(one, other):
        detail = weights.means[feature] + _shown(feature, one, other)
        yield Reason(feature=feature, weight=weights.points[feature] / 100, detail=detail)


def signs(one: Profile, other: Profile) -> list[str]:
    """Give the names of the features that hold of a pair, at most one of a kind (the part before the dot)."""
    found = (
        _parties(one, other),
        time_sign(one, other),
        _form(one, other),
        compare_persons(one.persons, other.persons) if one.persons and other.persons else None,
        _where(one, other),
        _issues(one, other),
        _status(one, other),
        _privacy(one, other),
        _channel(one, other),
        _text(one, other),
    )
    return [sign for sign in found if sign is not None]


def _parties(one: Profile, other: Profile) -> str:
    common = one.parties & other.parties
    if one.parties == other.parties and common:
        return "parties.equal" if len(common) > 1 else "parties.single"
    if goes_on(one, other) and (one.parties <= other.parties or other.parties <= one.parties):
        return "parties.part"
    if len(common) < 2:
        return "parties.conflict"
    extra = one.parties ^ other.parties
    if extra <= one.mediators | other.mediators:
        return "parties.mediator"
    if len(common) >= 3 and 5 * len(common) >= 3 * len(one.parties | other.parties):
        return "parties.most"
    return "parties.subset" if common in (one.parties, other.parties) else "parties.overlap"


def _form(one: Profile, other: Profile) -> str | None:
    if one.form is None or other.form is None:
        return None
    if one.form == other.form:
        return "form.same" if one.form != "contact" else "form.compatible"
    pair = {one.form, other.form}
    if "contact" in pair or pair <= _TALK or (pair & _REMOTE_OK and pair & _DISTANT):
        return "form.compatible"
    return "form.conflict"


def _where(one: Profile, other: Profile) -> str | None:
    if one.place is None or other.place is None or {one.form, other.form} & _DISTANT:
        return None
    if one.place == other.place:
        return "where.same"
    if one.country is None or other.country is None:
        return None
    return "where.country" if one.country == other.country else "where.differ"


def _issues(one: Profile, other: Profile) -> str | None:
    if not one.issues or not other.issues:
        return None
    return "issues.overlap" if one.issues & other.issues else "issues.differ"


def _status(one: Profile, other: Profile) -> str | None:
    to_come = (one.status in TO_COME, other.status in TO_COME)
    if goes_on(one, other):
        return None
    if to_come[0] != to_come[1] and one.documents & other.documents and not _one_told_day(one, other):
        return "status.again"
    if "occurred" in (one.status, other.status) and (one.status in _NOT_MET or other.status in _NOT_MET):
        return "status.not_met"
    if (_is_running(one) and _is_told_done(other)) or (_is_running(other) and _is_told_done(one)):
        return "status.running"
    if one.status != other.status and (_is_vague(one) or _is_vague(other)):
        return "status.vague"
    return None


def _is_running(one: Profile) -> bool:
    return one.status == "ongoing" and one.told is None


def _is_told_done(one: Profile) -> bool:
    return one.status == "occurred" and one.told is not None


def _is_vague(one: Profile) -> bool:
    """True for what may never be: proposed, supposed, or a plan to stay in contact, without a day."""
    if one.told is not None:
        return False
    return one.status in _VAGUE or (one.status == "planned" and one.form in (None, "contact"))


def _one_told_day(one: Profile, other: Profile) -> bool:
    return (
        one.told is not None
        and other.told is not None
        and both_told(one.told, other.told) in ("time.same_day", "time.same_days")
    )


def _privacy(one: Profile, other: Profile) -> str | None:
    if one.privacy in _HIDDEN and other.privacy in _HIDDEN:
        return "privacy.same"
    if "public" not in (one.privacy, other.privacy):
        return None
    return "privacy.conflict" if one.privacy in _HIDDEN or other.privacy in _HIDDEN else None


def _channel(one: Profile, other: Profile) -> str | None:
    if one.channel is None or other.channel is None:
        return None
    if one.channel == other.channel:
        return "channel.same" if one.channel != "front" else None
    return "channel.conflict" if (one.channel in _UNOFFICIAL) != (other.channel in _UNOFFICIAL) else None


def _text(one: Profile, other: Profile) -> str | None:
    if goes_on(one, other):
        return "text.goes_on"
    if one.documents & other.documents:
        return "sentence.apart" if one.sentences & other.sentences else "document.same"
    if one.leads and other.leads and one.outlet == other.outlet and one.published != other.published:
        return "leads.apart" if one.status == other.status == "occurred" else None
    return "family.same" if one.families & other.families else None


def _shown(feature: str, one: Profile, other: Profile) -> str:
    """The values that the sign compares, after its meaning; empty where they add nothing."""
    kind = feature.split(".")[0]
    if kind == "parties":
        return ": " + ", ".join(sorted(one.parties & other.parties))
    if kind == "form" and one.form is not None and other.form is not None:
        return ": " + ", ".join(sorted({one.form, other.form}))
    if kind == "issues":
        return ": " + ", ".join(sorted(one.issues & other.issues or one.issues | other.issues))
    if kind == "where" and one.place is not None and other.place is not None:
        return ": " + ", ".join(sorted({one.place, other.place}))
    if kind == "persons":
        theirs = dict(other.persons)
        return ": " + ", ".join(
            sorted(n for actor, names in one.persons if actor in theirs for n in names | theirs[actor])
        )
    return ""

"""Make the conversation of a cluster: its values, its origins, how and when it came to be known."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from backchannel.conversations import attested, confidence, values
from backchannel.conversations.clusters import Cluster
from backchannel.conversations.origins import Teller
from backchannel.conversations.repeats import LOUDEST, independent, origins, rests_on, sourced
from backchannel.conversations.reports import Report, span
from backchannel.records import Conversation, When

_DECLASSIFIED_DAYS: Final = 1826


def assemble(name: str, cluster: Cluster) -> Conversation:
    """Give the conversation ``name`` that the reports of a cluster tell.

    Retracted documents and editions that a newer one replaced give no values while others stand; their claims, and a
    flag, stay to be seen. An old edition still tells when the contact was first reported.
    ``lag_days`` is negative when the contact was announced before its day. ``score`` is the probability
    that the parties named had the contact told and that all reports tell that one; ``confidence`` holds its reasons.
    """
    reports = sorted(sourced(cluster.reports), key=_id)
    kept = [r for r in reports if r.state != "retracted"] or reports
    standing = [r for r in kept if r.state == "current"] or kept
    told = [r for r in standing if r.teller.kind != "import"] or standing
    when, where = values.when(told), values.where(told)
    if when.value is None:  # the day of a row of a table, where no sentence tells one
        when = values.when(standing)
    privacy = values.privacy(told, when.value)
    rivals = values.excluded(told)
    history = values.status_history(told, when.value)
    first = _first_report([r for r in kept if r.teller.kind != "import"] or kept)
    alternatives = {"when": when.rivals, "where": where.rivals, "privacy": privacy.rivals, "status": rivals}
    disputed = any(alternatives.values())
    status = history[-1].status if history else None
    why = confidence.reasons(reports)
    return Conversation(
        id=name,
        parties=values.parties(told),
        form=values.form(told),
        issues=values.issues(told),
        when=when.value,
        where=where.value,
        privacy=privacy.value,
        privacy_history=values.privacy_history(told),
        channel=values.channel(told),
        status=status,
        status_history=history,
        claims=tuple(r.id for r in reports),
        documents=len({r.document for r in standing}),
        origins=origins(reports),
        independent=independent(reports),
        disputed=disputed,
        denials=tuple(r.id for r in standing if r.status == "denied"),
        first_reported=first.known_on.isoformat() if first.known_on is not None else None,
        revealed_by=revealed_by(first, told, when.value),
        lag_days=_lag(first.known_on, when.value),
        score=confidence.score(why),
        reasons=cluster.reasons,
        alternatives={field: rival for field, rival in alternatives.items() if rival},
        rests_on=rests_on(reports),
        confidence=why,
        admiralty=confidence.admiralty(reports, disputed=disputed),
        flags=flags(reports),
        attestation=attested.attestation(kept, status),
        unknown_to=attested.unknown_to(told),
    )


def flags(reports: Sequence[Report]) -> tuple[str, ...]:
    """Give what a reader must know of the documents, as ``retracted:``, ``updated:`` or ``corrected:DOCUMENT``."""
    states = {f"{r.state}:{r.document}" for r in reports if r.state != "current"}
    return tuple(sorted(states | {f"corrected:{r.document}" for r in reports if r.is_corrected}))


def revealed_by(first: Report, reports: Sequence[Report], when: When | None) -> str | None:
    """Give how the contact came to be known, by the voice of its first report; ``None`` where nothing tells.

    A record reveals on the day it came out, whoever has the word in it; a row of a table tells nothing of it. An official of a state that took no part speaks on record: it is not its own contact that it announces.
    """
    teller = first.teller
    if teller.kind == "import" or (first.is_record and first.known_on is None):
        return None
    if first.is_record:
        return "leak" if _is_fresh(first, when) else "declassified"
    parties = {actor for r in reports for actor in r.known()}
    if teller.kind == "official" and teller.source_class != "named_person" and teller.actor in parties:
        return "counterpart" if _other_side_denies(teller, reports) else "own_announcement"
    if teller.kind in ("official", "person"):
        return "on_record"
    if teller.kind == "unnamed":
        return "unnamed"
    if teller.kind == "document":
        return "declassified" if _is_old(first.published, when) else "leak"
    return "media"


def _is_old(published: date | None, when: When | None) -> bool:
    if published is None or when is None:
        return False
    return (published - span(when)[1]).days > _DECLASSIFIED_DAYS


def _is_fresh(record: Report, when: When | None) -> bool:
    """True for a record that came out soon after the contact, or after its own day where the contact bears none."""
    own = span(when)[1] if when is not None else record.published
    return own is not None and record.known_on is not None and (record.known_on - own).days <= _DECLASSIFIED_DAYS


def _other_side_denies(teller: Teller, reports: Sequence[Report]) -> bool:
    return any(r.status == "denied" and r.teller.actor not in (None, teller.actor) for r in reports)


def _first_report(reports: Sequence[Report]) -> Report:
    """The earliest report; of one day the plainest voice; a denial or a question reveals nothing if others report."""
    telling = [r for r in reports if r.status not in ("denied", "hypothetical")] or reports
    return min(telling, key=_earliest)


def _earliest(report: Report) -> tuple[date, int, str]:
    return (report.known_on or date.max, LOUDEST.index(report.teller.kind), report.id)


def _lag(published: date | None, when: When | None) -> int | None:
    if published is None or when is None or when.precision != "day":
        return None
    return (published - span(when)[1]).days if published > span(when)[1] else min((published - span(when)[0]).days, 0)


def _id(report: Report) -> str:
    return report.id

"""Make the conversation of a cluster: its values, its origins, how and when it came to be known."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Final

from backchannel.conversations import values
from backchannel.conversations.clusters import Cluster
from backchannel.conversations.origins import Teller
from backchannel.conversations.reports import Report, span
from backchannel.records import Conversation, Origin, When

_DECLASSIFIED_DAYS: Final = 1826
_LOUDEST: Final = ("official", "person", "document", "unnamed", "media", "outlet", "import")


def assemble(name: str, cluster: Cluster) -> Conversation:
    """Give the conversation ``name`` that the reports of a cluster tell.

    ``lag_days`` is negative when the contact was announced before its day. ``score`` is the lower of two
    probabilities: that the best report is right, and that the reports belong together.
    """
    reports = sorted(cluster.reports, key=_id)
    told = [r for r in reports if r.teller.kind != "import"] or reports
    when, where = values.when(told), values.where(told)
    privacy = values.privacy(told, when.value)
    rivals = values.excluded(told)
    history = values.status_history(told, when.value)
    tellers = origins(reports)
    first = _first_report(told)
    alternatives = {"when": when.rivals, "where": where.rivals, "privacy": privacy.rivals, "status": rivals}
    best = max(r.score for r in reports)
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
        status=history[-1].status if history else None,
        status_history=history,
        claims=tuple(r.id for r in reports),
        documents=len({r.document for r in reports}),
        origins=tellers,
        independent=sum(o.kind != "import" for o in tellers),
        disputed=any(alternatives.values()),
        denials=tuple(r.id for r in reports if r.status == "denied"),
        first_reported=first.published.isoformat() if first.published is not None else None,
        revealed_by=revealed_by(first, told, when.value),
        lag_days=_lag(first.published, when.value),
        score=round(best if cluster.score is None else min(best, cluster.score), 2),
        reasons=cluster.reasons,
        alternatives={field: rival for field, rival in alternatives.items() if rival},
    )


def origins(reports: Sequence[Report]) -> tuple[Origin, ...]:
    """Give the independent tellers, those of most claims first.

    A report of an outlet's story is no teller beside the outlet's unnamed source: it repeats it.
    """
    keys = {r.teller.origin for r in reports}
    told: defaultdict[str, list[tuple[Teller, str]]] = defaultdict(list)
    for report in reports:
        key = report.teller.origin
        source = key.replace("outlet:", "unnamed:", 1)
        told[source if report.teller.kind == "media" and source in keys else key].append((report.teller, report.id))
    found = [
        Origin(
            origin=key,
            kind=min((t.kind for t, _ in group), key=_LOUDEST.index),
            claims=tuple(sorted(claim for _, claim in group)),
        )
        for key, group in told.items()
    ]
    return tuple(sorted(found, key=_most_claims))


def revealed_by(first: Report, reports: Sequence[Report], when: When | None) -> str:
    """Give how the contact came to be known, by the voice of its first report."""
    teller = first.teller
    if teller.kind == "official" and teller.source_class != "named_person":
        return "counterpart" if _other_side_denies(teller, reports) else "own_announcement"
    if teller.kind in ("official", "person"):
        return "on_record"
    if teller.kind == "unnamed":
        return "unnamed"
    if teller.kind == "document":
        late = _lag(first.published, when)
        return "declassified" if late is not None and late > _DECLASSIFIED_DAYS else "leak"
    return "media"


def _other_side_denies(teller: Teller, reports: Sequence[Report]) -> bool:
    return any(r.status == "denied" and r.teller.actor not in (None, teller.actor) for r in reports)


def _first_report(reports: Sequence[Report]) -> Report:
    """The earliest report; of one day the plainest voice; a denial or a question reveals nothing if others report."""
    telling = [r for r in reports if r.status not in ("denied", "hypothetical")] or reports
    return min(telling, key=_earliest)


def _earliest(report: Report) -> tuple[date, int, str]:
    return (report.published or date.max, _LOUDEST.index(report.teller.kind), report.id)


def _lag(published: date | None, when: When | None) -> int | None:
    if published is None or when is None or when.precision != "day":
        return None
    return (published - span(when)[1]).days if published > span(when)[1] else min((published - span(when)[0]).days, 0)


def _most_claims(origin: Origin) -> tuple[int, str]:
    return (-len(origin.claims), origin.origin)


def _id(report: Report) -> str:
    return report.id

"""Say what a claim tells of, and who tells it, in few words."""

from __future__ import annotations

from collections.abc import Sequence

from backchannel.alerts.chronicle import Told
from backchannel.analysis import phrases
from backchannel.records import Claim


def what(claim: Claim) -> str:
    """Give the form, place and day of a contact as one claim tells them: ``meeting, Vienna, 10 May 2023``."""
    form = "contact" if claim.form is None else phrases.FORMS[claim.form]
    place = None if claim.where is None else claim.where.text
    on = None if claim.when is None else phrases.interval(claim.when)
    return ", ".join(part for part in (form, place, on) if part is not None)


def tellers(told: Sequence[Told]) -> str:
    """Give on whose word claims rest: ``an unnamed official (Fjord Gazette)``; the first two."""
    named = [
        f"{phrases.SOURCES[one.claim.voice.source_class]}{f' ({one.source})' if one.source is not None else ''}"
        for one in told
    ]
    shown = list(dict.fromkeys(named))
    return ", ".join(shown[:2]) + (" and others" if len(shown) > 2 else "")

"""Say what moves a gap index: sorts of acts and contacts how much each sort adds or takes, with words to read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, Literal

from backchannel.acts.lexicon import FILE
from backchannel.analysis import phrases
from backchannel.analysis.gap_records import Quotation
from backchannel.analysis.ledger_records import Act, Cite, Contact, Example, Reason
from backchannel.records import Claim, Conversation, Document, When
from backchannel.vocabulary import load

_MOST: Final = 8
_EXAMPLES: Final = 2
_SHORT: Final = 40
"""Characters under which a sentence tells too little to be quoted where there is another."""


class Reports:
    """The words behind acts and contacts: what is quoted of each, with its citation."""

    def __init__(
        self,
        conversations: Iterable[Conversation],
        claims: Mapping[str, Claim],
        documents: Mapping[str, Document],
        cite: Cite,
    ) -> None:
        self._conversations = {one.id: one for one in conversations}
        self._claims, self._documents, self._cite = claims, documents, cite

    def act(self, one: Act) -> Example:
        """Give an act with the sentence that tells it first."""
        how = "" if one.is_dated else "told "
        what = f"by {phrases.count(one.origins, 'independent origin')}"
        return Example(id=one.id, told=f"{how}{_days(one)}", what=what, quotation=self._quoted(one.claims))

    def contact(self, one: Contact) -> Example:
        """Give a contact with the longest of its sentences that a public document or record tells."""
        conversation = self._conversations[one.id]
        ranked = sorted(conversation.claims, key=self._worth)
        told = phrases.interval(conversation.when)
        return Example(id=one.id, told=told, what=one.what, quotation=self._quoted(ranked))

    def _worth(self, claim: str) -> tuple[bool, float, str]:
        found = self._claims.get(claim)
        words = found.sentence.text if found is not None and found.sentence is not None else ""
        return len(words) < _SHORT, -(found.score if found is not None else 0.0), claim

    def _quoted(self, claims: Sequence[str]) -> Quotation | None:
        for id in claims:
            claim = self._claims.get(id)
            document = self._documents.get(claim.document) if claim is not None else None
            if claim is None or document is None or document.state == "retracted" or claim.sentence is None:
                continue
            words = " ".join(claim.sentence.text.split())
            return Quotation(text=words, claim=id, citation=self._cite(document, claim))
        return None


def reasons(
    acts: Sequence[Act], contacts: Sequence[Contact], names: Mapping[str, str], words: Reports
) -> tuple[Reason, ...]:
    """Give the sorts of acts and contacts that move the index most, at most eight, the strongest first.

    An act's sort is its direction and type, a contact's its privacy and what came of it. The index is a sum: of ``n``
    acts each hostile one adds ``1 / (2 (n + 1))`` and each friendly one takes as much, of ``m`` contacts each that was
    held adds ``1 / (2 (m + 1))`` and each that failed takes as much. The effect of a sort is the sum of its own.
    """
    said = [one for one in acts if one.tone is not None]
    led = [one for one in contacts if one.is_private and one.outcome != "open"]
    found = []
    for (source, target, event), kept in _by_sort(said).items():
        what = f"{names[source]} upon {names[target]}: {event} ({_means()[event]})"
        signed = sum(1 if one.tone == "hostile" else -1 for one in kept)
        examples = [words.act(one) for one in sorted(kept, key=_best)[:_EXAMPLES]]
        found.append(_reason("public", what, kept, signed / (2 * (len(said) + 1)), examples))
    for what, some in _by_outcome(led).items():
        signed = sum(1 if one.outcome == "held" else -1 for one in some)
        examples = [words.contact(one) for one in sorted(some, key=_latest)[:_EXAMPLES]]
        found.append(_reason("private", what, some, signed / (2 * (len(led) + 1)), examples))
    return tuple(sorted(found, key=lambda one: (-abs(one.effect), one.lane, one.what))[:_MOST])


def _reason(
    lane: Literal["public", "private"],
    what: str,
    events: Sequence[Act | Contact],
    effect: float,
    examples: Sequence[Example],
) -> Reason:
    return Reason(lane=lane, what=what, number=len(events), effect=round(effect, 3), examples=tuple(examples))


def _by_sort(acts: Iterable[Act]) -> dict[tuple[str, str, str], list[Act]]:
    found: defaultdict[tuple[str, str, str], list[Act]] = defaultdict(list)
    for one in acts:
        found[one.source, one.target, one.event].append(one)
    return found


def _by_outcome(contacts: Iterable[Contact]) -> dict[str, list[Contact]]:
    found: defaultdict[str, list[Contact]] = defaultdict(list)
    for one in contacts:
        privacy = f"{one.privacy}, {phrases.PRIVACIES[one.privacy]}" if one.privacy is not None else "privacy unknown"
        outcome = phrases.STATUSES[one.status] if one.status is not None and one.outcome == "failed" else "held"
        found[f"contacts {outcome} ({privacy})"].append(one)
    return found


def _means() -> dict[str, str]:
    return {row["id"]: row["means"] for row in load(FILE)["events"]}


def _days(one: Act) -> str:
    if one.first is None or one.last is None:
        return phrases.day(None)
    return phrases.interval(When(start=one.first, end=one.last, precision="day"))


def _best(one: Act) -> tuple[int, bool, int, str]:
    """The most witnessed first, then what tells its own day, then the latest."""
    return -one.origins, not one.is_dated, -int((one.first or "0").replace("-", "")), one.id


def _latest(one: Contact) -> tuple[int, str]:
    return -int((one.first or "0").replace("-", "")), one.id

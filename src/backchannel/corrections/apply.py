"""Give a claim as people corrected it: their values, each with the judgement that it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from backchannel.corrections.standing import decides_field, in_force, quotation_key
from backchannel.corrections.values import fit, issue_roots, named, shape
from backchannel.errors import JudgementError
from backchannel.records import UNKNOWN, Claim, Evidence, Judgement, Party, Span, When, Where

PREFIX: Final = "judgement:"
"""What ``by`` of a corrected value's evidence begins with; the judgement's id follows."""
_DEFAULTS: Final = {"form": "contact", "privacy": "closed", "channel": "front", "source_class": "unattributed"}
_ORDER: Final = ("privacy", "channel", "form", "source_class", "role")
_MODES: Final = {"visit": "visit", "call": "phone", "message": "phone", "summit": "multilateral"}


def corrected(claim: Claim, judgements: Iterable[Judgement]) -> Claim:
    """Give the claim with every value that a judgement in force corrects or rejects; of two the newer holds.

    A corrected value rests on the trigger, read by ``judgement:ID``; one that only confirms what words told keeps them. A rejected value becomes the field's default, and
    is named as one, or else nothing, which then rests on the judgement. Judgements on other claims or on a sentence
    that reads otherwise now, and values that the field cannot hold, change nothing.
    """
    done: set[str] = set()
    for judgement in in_force(judgements):
        if judgement.target != claim.id or not decides_field(judgement) or not _is_of(claim, judgement):
            continue
        try:
            field = named(judgement.field or "", claim.kind)
            value = fit(field, shape(field, judgement.value), claim.kind) if judgement.kind == "correct" else None
        except JudgementError:
            continue  # made for an earlier codebook
        if field not in done and (value is not None or field != "event"):
            done.add(field)
            claim = _put(claim, judgement, field, value)
    return claim


def _is_of(claim: Claim, judgement: Judgement) -> bool:
    if judgement.quotation is None:
        return True
    return claim.sentence is not None and quotation_key(claim.sentence.text) == judgement.quotation


def _put(claim: Claim, judgement: Judgement, field: str, value: Any) -> Claim:
    """The claim with one field as judged, its evidence and its place among the defaults."""
    if judgement.kind == "reject":
        changed = _RESETS[field](claim) if field in _RESETS else _set(claim, field, _DEFAULTS.get(field))
        is_default = field in _DEFAULTS
    else:
        changed, is_default = _SETTERS[field](claim, value) if field in _SETTERS else _set(claim, field, value), False
    if judgement.kind == "correct" and changed == claim and field in claim.evidence and field not in claim.defaulted:
        return claim
    touched = {field, "roles"} if field == "parties" else {field}
    evidence = {name: items for name, items in changed.evidence.items() if name not in touched}
    words = () if is_default else _words(claim, judgement)
    if words:
        evidence[field] = words
    if words and field == "parties" and any(party.role != "participant" for party in changed.parties):
        evidence["roles"] = words
    return replace(changed, evidence=evidence, defaulted=_defaulted(changed, field, is_default=is_default))


def _words(claim: Claim, judgement: Judgement) -> tuple[Evidence, ...]:
    """The trigger, else the sentence, as read by the judgement; nothing for a claim of a table."""
    span = claim.trigger or claim.sentence
    if span is None:
        return ()
    return (Evidence(start=span.start, end=span.end, text=span.text, by=PREFIX + judgement.id),)


def _defaulted(claim: Claim, field: str, *, is_default: bool) -> tuple[str, ...]:
    kept = set(claim.defaulted) - {"role" if field == "parties" else field}
    if is_default:
        kept.add(field)
    if field == "parties" and any(party.role == "participant" for party in claim.parties):
        kept.add("role")
    return tuple(sorted(kept, key=_ORDER.index))


def _set(claim: Claim, field: str, value: Any) -> Claim:
    """The claim with a value of a closed set; the mode follows the form and fits the event."""
    if field == "source_class":
        return replace(claim, voice=replace(claim.voice, source_class=value))
    changed = replace(claim, **{field: value})
    if field == "event" and value != claim.event:
        return replace(changed, mode=None)
    return _with_mode(changed) if field == "form" else changed


def _with_mode(claim: Claim) -> Claim:
    """The contact with the mode of CONSULT that its form and parties allow."""
    if claim.kind == "act":
        return claim
    many = len({party.actor for party in claim.parties} - {UNKNOWN}) > 2
    return replace(claim, mode=_MODES.get(claim.form or "", "multilateral" if many else None))


def _set_when(claim: Claim, value: Mapping[str, Any] | None) -> Claim:
    return replace(claim, when=None if value is None else When(**value))


def _set_where(claim: Claim, value: Mapping[str, Any] | None) -> Claim:
    if value is None:
        return replace(claim, where=None)
    if claim.where is not None and (claim.where.text, claim.where.country) == (value["text"], value["country"]):
        return claim
    span = _find(claim, value["text"])
    start, end = (None, None) if span is None else (span.start, span.end)
    return replace(claim, where=Where(text=value["text"], country=value["country"], start=start, end=end))


def _set_speaker(claim: Claim, value: Mapping[str, Any] | None) -> Claim:
    """The claim with other words for its source; words that stand nowhere in reach leave it as it was."""
    if value is None:
        return replace(claim, voice=replace(claim.voice, speaker=None))
    span = Span(**value) if "start" in value else _find(claim, value["text"])
    return claim if span is None else replace(claim, voice=replace(claim.voice, speaker=span))


def _set_issues(claim: Claim, value: list[str]) -> Claim:
    roots = issue_roots()
    finer = sorted(one for one in value if roots.get(one, one) != one)
    extensions = {name: kept for name, kept in claim.extensions.items() if name != "issues"}
    if finer:
        extensions["issues"] = finer
    return replace(claim, issues=tuple(dict.fromkeys(roots.get(one, one) for one in value)), extensions=extensions)


def _set_parties(claim: Claim, value: list[dict[str, Any]]) -> Claim:
    """The claim with other parties; one that was there keeps the words it was read from."""
    read = {party.actor: party for party in claim.parties if party.actor != UNKNOWN}
    unnamed = [party for party in claim.parties if party.actor == UNKNOWN]
    parties = []
    for given in value:
        old = read.get(given["actor"]) or (unnamed.pop(0) if given["actor"] == UNKNOWN and unnamed else None)
        told = {key: one for key, one in given.items() if one is not None}
        parties.append(Party(**given) if old is None else replace(old, **told))
    return _with_mode(replace(claim, parties=tuple(parties)))


def _forget_parties(claim: Claim) -> Claim:
    """The claim with nobody identified: of an act the sides stay, of a contact two are left."""
    if claim.kind == "act":
        return replace(claim, parties=tuple(Party(actor=UNKNOWN, role=party.role) for party in claim.parties))
    return _with_mode(replace(claim, parties=(Party(actor=UNKNOWN), Party(actor=UNKNOWN))))


def _forget_issues(claim: Claim) -> Claim:
    return _set_issues(claim, [])


def _forget_voice(claim: Claim) -> Claim:
    return replace(claim, voice=replace(claim.voice, speaker=None))


def _find(claim: Claim, words: str) -> Span | None:
    """Where the words stand in the claim's sentence."""
    if claim.sentence is None:
        return None
    at = claim.sentence.text.find(words)
    start = claim.sentence.start + at
    return None if at < 0 else Span(start=start, end=start + len(words), text=words)


_SETTERS: Final[Mapping[str, Callable[[Claim, Any], Claim]]] = {
    "when": _set_when,
    "where": _set_where,
    "source_text": _set_speaker,
    "issues": _set_issues,
    "parties": _set_parties,
}
_RESETS: Final[Mapping[str, Callable[[Claim], Claim]]] = {
    "parties": _forget_parties,
    "issues": _forget_issues,
    "source_text": _forget_voice,
}

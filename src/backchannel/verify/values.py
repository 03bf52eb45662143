"""Check that a claim's values belong to the codebook, rest on evidence or a default that is allowed, and fit together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import get_args

from backchannel import acts, vocabulary
from backchannel.actors.table import fold
from backchannel.aspects import issues
from backchannel.claims import MAY_DEFAULT
from backchannel.documents import claim_id
from backchannel.importers.markup import BY as MARKUP
from backchannel.records import (
    UNKNOWN,
    Channel,
    Claim,
    Evidence,
    Form,
    Kind,
    Party,
    Precision,
    Privacy,
    Role,
    SourceClass,
    Span,
    Status,
)
from backchannel.store.rows import first_day, last_day
from backchannel.verify.judged import is_judged
from backchannel.verify.page import Fault, Page, is_in_text

_SETS = {"kind": Kind, "form": Form, "privacy": Privacy, "channel": Channel, "status": Status}
_MODES = frozenset({None, "visit", "third-party", "multilateral", "phone"})
_NOT_OF_ACTS = ("form", "privacy", "channel")
_LENGTHS = {"day": 10, "month": 7, "year": 4}
_ORDINALS = 24
Editions = Callable[[str], Sequence[Claim]]


def faults(page: Page, claim: Claim, editions: Editions | None = None) -> Iterator[Fault]:
    """Yield what is wrong with the values of a claim; ``editions`` gives all editions of one by its id."""
    if claim.document != page.document.id:
        yield page.fault(claim, "document", "id", f"is a claim of {claim.document}")
    if claim.by in ("reader", MARKUP) and not _is_minted(claim, editions):
        yield page.fault(claim, "id", "id", "does not come from the document, the kind and the trigger")
    yield from _closed(page, claim)
    yield from _when(page, claim)
    if claim.by in ("reader", MARKUP):
        yield from _founded(page, claim)
        yield from _defaults(page, claim)
    if claim.by == "reader":
        for party in claim.parties:
            yield from _party(page, claim, party)
    yield from _parties(page, claim)


def _is_minted(claim: Claim, editions: Editions | None) -> bool:
    """Tell whether the id can be made from the trigger, or from that of an earlier edition."""
    told = [claim, *(editions(claim.id) if editions is not None and not _makes(claim, claim.trigger) else ())]
    return any(_makes(claim, edition.trigger) for edition in told)


def _makes(claim: Claim, trigger: Span | None) -> bool:
    if trigger is None:
        return False
    heads = [trigger.start + match.start() for match in re.finditer(r"\b\w|\S", trigger.text)]
    return any(
        claim.id == claim_id(claim.document, claim.kind, head, ordinal)
        for ordinal in range(_ORDINALS)
        for head in heads
    )


def _closed(page: Page, claim: Claim) -> Iterator[Fault]:
    """Values are of the closed sets, and those that every contact has are there."""
    for name, kind in _SETS.items():
        value = getattr(claim, name)
        may_lack = claim.by != "reader" or (claim.kind == "act" and name in _NOT_OF_ACTS) or is_judged(claim, name)
        if value not in get_args(kind) and not (value is None and may_lack):
            yield page.fault(claim, name, "closed set", f"{value!r} is none of {', '.join(get_args(kind))}")
    if claim.voice.source_class not in get_args(SourceClass):
        yield page.fault(claim, "source_class", "closed set", f"{claim.voice.source_class!r} is no class of source")
    yield from _event(page, claim)
    roots = {issue.id for issue in issues.tree() if issue.under is None}
    strays = sorted(set(claim.issues) - roots)
    if strays or len(set(claim.issues)) < len(claim.issues) or len(claim.issues) > 3:
        yield page.fault(claim, "issues", "closed set", f"{', '.join(claim.issues)}: three roots of the tree at most")
    if not 0 <= claim.score <= 1 or round(claim.score, 2) != claim.score:
        yield page.fault(claim, "score", "closed set", f"{claim.score} is no probability of two decimals")


def _event(page: Page, claim: Claim) -> Iterator[Fault]:
    """A contact is CONSULT and an act is not; the mode is one that the event may have."""
    event = acts.events().get(claim.event or "") if claim.kind == "act" else None
    if claim.kind == "contact" and claim.event != "CONSULT":
        yield page.fault(claim, "event", "closed set", f"{claim.event!r}; the event of a contact is CONSULT")
    if claim.kind == "act" and event is None:
        yield page.fault(claim, "event", "closed set", f"{claim.event!r} is none of {', '.join(acts.events())}")
    modes = _MODES if claim.kind == "contact" else {None, *(event.modes if event is not None else ())}
    if claim.mode not in modes:
        yield page.fault(claim, "mode", "closed set", f"{claim.mode!r} is no mode of {claim.event}")
    given = [name for name in _NOT_OF_ACTS if getattr(claim, name) is not None]
    if claim.kind == "act" and given:
        yield page.fault(claim, given[0], "closed set", f"an act has no {' and no '.join(given)}")


def _when(page: Page, claim: Claim) -> Iterator[Fault]:
    when = claim.when
    if when is None:
        return
    if when.precision not in get_args(Precision):
        yield page.fault(claim, "when", "closed set", f"{when.precision!r} is no precision")
        return
    length = _LENGTHS[when.precision]
    try:
        is_whole = len(when.start) == len(when.end) == length and first_day(when.start) <= last_day(when.end)
    except ValueError:
        is_whole = False
    if not is_whole:
        yield page.fault(claim, "when", "date", f"{when.start} to {when.end} is no span of {when.precision}s")


def _founded(page: Page, claim: Claim) -> Iterator[Fault]:
    """Every value has evidence or is a default, not both; no evidence stands for a value that is not there."""
    there = {
        name: getattr(claim, name) is not None for name in ("form", "privacy", "channel", "status", "when", "where")
    }
    there["issues"] = bool(claim.issues)
    there["parties"] = any(party.actor != UNKNOWN or party.start is not None for party in claim.parties)
    there["source_class"] = True
    if claim.kind == "act":
        there["event"] = True
    there["roles"] = any(party.role != "participant" for party in claim.parties)
    for name, is_there in there.items():
        has, is_default = bool(claim.evidence.get(name)), name in claim.defaulted
        if is_there and not has and not is_default:
            yield page.fault(claim, name, "evidence", "the value has no evidence and is not named as a default")
        if is_default and has:
            yield page.fault(claim, name, "default", "is named as a default and has evidence")
        if has and not is_there and name not in ("roles", "parties") and not is_judged(claim, name):
            yield page.fault(claim, name, "evidence", "there is evidence but no value")
    strays = set(claim.evidence) - set(there) - set(claim.extensions)
    for name in sorted(name for name in strays if name != "source_text" or not is_judged(claim, name)):
        yield page.fault(claim, name, "evidence", "evidence for a field that no claim has")


def _defaults(page: Page, claim: Claim) -> Iterator[Fault]:
    roles = {party.role for party in claim.parties}
    for name in claim.defaulted:
        if name not in MAY_DEFAULT:
            yield page.fault(claim, name, "default", f"may not be a default; only {', '.join(MAY_DEFAULT)} may")
            continue
        value = claim.voice.source_class if name == "source_class" else getattr(claim, name, None)
        if name == "role" and MAY_DEFAULT[name] not in roles:
            yield page.fault(claim, name, "default", "no party is a participant")
        if name != "role" and value != MAY_DEFAULT[name]:
            yield page.fault(claim, name, "default", f"the default is {MAY_DEFAULT[name]!r}, the value {value!r}")
    if "participant" in roles and "role" not in claim.defaulted:
        yield page.fault(claim, "role", "default", "a participant has no evidence; the role must be named as a default")
    if len(set(claim.defaulted)) < len(claim.defaulted):
        yield page.fault(claim, "defaulted", "default", "names a field twice")


def _parties(page: Page, claim: Claim) -> Iterator[Fault]:
    known = [party.actor for party in claim.parties if party.actor != UNKNOWN]
    if claim.kind == "act":
        if {party.role for party in claim.parties} != {"source", "target"}:
            yield page.fault(claim, "roles", "roles", "an act has a source and a target, and no other party")
    elif len(claim.parties) < 2 and not (known and _may_be_alone(page, claim, known[0])):
        yield page.fault(
            claim,
            "parties",
            "parties",
            "a contact has two parties, of which one may be UNKNOWN, or is one body's sitting or one state's own record",
        )
    if len(set(known)) < len(known):
        yield page.fault(claim, "parties", "parties", f"an actor is a party twice: {', '.join(sorted(known))}")
    for party in claim.parties:
        if party.role not in get_args(Role):
            yield page.fault(claim, "roles", "closed set", f"{party.role!r} is no role")
        if party.actor == UNKNOWN and (party.name is not None or party.sector is not None):
            yield page.fault(claim, "parties", "parties", "a party that is not identified has no name and no sector")


def _may_be_alone(page: Page, claim: Claim, actor: str) -> bool:
    """Tell whether a contact may have this party only: a body that sits, or a record of one state's own people."""
    return page.actors.sector(actor) == "IGO" or claim.by == MARKUP


def _party(page: Page, claim: Claim, party: Party) -> Iterator[Fault]:
    """The party's words, or what they point back to, are an alias of its actor, unless a person said who it is."""
    if party.actor == UNKNOWN or is_judged(claim, "parties"):
        return
    if party.name != page.actors.name(party.actor):
        yield page.fault(
            claim, "parties", "alias", f"{party.actor} is called {party.name!r} in the claim, not in the dictionary"
        )
    items = claim.evidence.get("parties", ())
    own = [item for item in items if _overlaps(item, party)]
    is_anaphor = party.start is None or any(item.by == "roster:anaphor" for item in own)
    leads = [
        item
        for item in (items if is_anaphor else own)
        if _names(page, item, party) or _implies(page, item, party.actor, claim)
    ]
    if not leads:
        shown = party.text or ", ".join(item.text for item in items)
        yield page.fault(claim, "parties", "alias", f"nothing leads from {shown!r} to {party.actor} ({party.person})")


def _overlaps(item: Evidence, party: Party) -> bool:
    if party.start is None or party.end is None or not is_in_text(item):
        return False
    return item.start < party.end and party.start < item.end


def _implies(page: Page, item: Evidence, actor: str, claim: Claim) -> bool:
    """Tell whether the words name talks at which the actor sits, or half of its name, or the opposition that it is."""
    room, _, what = item.by.partition(":")
    if item.by == "roles:half":
        return bool(vocabulary.load("roles.yml")["halves"].get(item.text) == actor)
    if item.by == "roles:opposition":
        return page.actors.actors[actor].kind == "opposition"
    if room != "processes":
        return False
    rows = vocabulary.load("processes.yml")
    if what == "opponent":
        groups = [page.actors.actors.get(party.actor) for party in claim.parties]
        return any(group is not None and rows["opponents"].get(group.id, group.country) == actor for group in groups)
    row = next((row for row in rows["processes"] if row["id"] == what), None)
    return (
        row is not None and actor in row["parties"] and item.text.lower() in {str(cue).lower() for cue in row["cues"]}
    )


def _names(page: Page, item: Evidence, party: Party) -> bool:
    """Tell whether the words of an evidence are a name of the party's actor, and of its person if it has one."""
    if item.by.startswith("source:"):
        return page.profile.home == party.actor and party.person is None
    if item.by == "roles:title":
        return party.person is None and item.text in vocabulary.load("roles.yml")["titles"].get(party.actor, ())
    texts = [item.text]
    if item.by.startswith("speaker:"):
        texts.append(item.text.title())
    for text in texts:
        for match in page.actors.matches(text):
            for sense in match.senses:
                if party.actor in (sense.actor, _alone(sense.person)) and party.person in (None, sense.person):
                    return True
    return False


def _alone(person: str | None) -> str | None:
    """Give the id of a person who acts for nobody."""
    return None if person is None else "PERSON_" + re.sub(r"[^A-Z0-9]+", "_", fold(person.split()[-1]).upper())

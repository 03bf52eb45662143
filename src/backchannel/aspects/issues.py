"""Read what a contact was about, from an expert word list organised in a small tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from backchannel.aspects.base import Aspect, Context, aspect, words_as_evidence
from backchannel.aspects.issue_tree import Dealing, Issue, finer, pattern, tree
from backchannel.language.grammar import Sentence
from backchannel.records import UNKNOWN, Evidence

__all__ = ["finer", "read", "tree"]

_MOST = 3
_ABOUT = re.compile(
    r"\b(?:about|on(?! the (?:sidelines|margins|occasion|eve))|over|regarding|concerning|around|discuss\w*|address\w*|to (?:end|stop|resolve|negotiate|press|push|seek)"
    r"|including|aimed at|focus\w*|developments|situation|settlement|review\w*)\b",
    re.I,
)
_TOPIC = re.compile(
    r"\b(?:about|regarding|concerning|discuss(?:ed|ing|es)? (?!with)|focus(?:ed|ing)? on|to (?:end|stop|resolve|negotiate|press|push|seek|brief|review|address|plan|settle)|aimed at"
    r"|(?:talks?|negotiations?|discussions?|conversations?|consultations?|views?) (?:on|over|for)(?! (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day))\b",
    re.I,
)
_GENERAL = frozenset({"bilateral_relations", "regional_conflict", "economy", "alliance"})
_TIES = "bilateral_relations"
_GENERAL_FORMS = frozenset({"negotiation", "meeting", "visit", "call", "contact"})
_ABOUT_ONE = frozenset({"digest", "background_call", "readout", "announcement", "official"})
_BESIDE = frozenset({"aid", "bilateral_relations", "ceasefire", "peace_process", "ukraine"})
_POINTERS = frozenset({"the", "this", "these", "those", "that", "their", "our"})
_GOES_ON = re.compile(
    r"(?:They|Both|The (?:two |three )?(?:leaders|presidents|heads|sides|parties|ministers|Presidents|discussion|conversation|talks|meeting)|During the|In the course of)\b"
)
_REASON = re.compile(
    r"\b(?:after|amid|amidst|because of|despite|due to|following|in (?:protest|response|retaliation)|on charges of|over accusations)\b[^;]*$"
)
_SETTLED = frozenset({"aid", "ceasefire", "energy", "hostages", "maritime", "sanctions", "trade"})
_OFFICE = re.compile(
    r"(?i:\b(?:minister|ministry|secretary|department|committee|commissioner|council|chamber) (?:of|for) (?:the )?(?:\w+ (?:and )?)?$)"
)
_OFFICE_AFTER = re.compile(
    r"^(?:\s+and \w+)?\s+(?:Minister|Ministry|Ministers|Secretary|Department|Committee|Commissioner|Council|Agency|Chancellor)\b"
)


@dataclass(frozen=True, slots=True)
class _Found:
    weight: float
    issue: str
    evidence: Evidence


@aspect("issues")
def read(context: Context) -> Aspect:
    """Give up to three root issues, those after "about" or "on" first; finer ids stand in their evidence."""
    found = _in(context.sentence, context)
    if context.roster.profile.kind == "digest" and not {one.issue for one in found} - _GENERAL:
        found += [one for one in (*_of_label(context), *_of_title(context)) if one.issue not in _GENERAL][:1]
    found += _of_parties(context, {one.issue for one in found})
    if not found:
        found = list(_of_label(context))[:1] or list(_of_title(context))[:1]
    if not found:
        found = list(_of_neighbours(context))
    if not found:
        found = list(_general(context))
    chosen: dict[str, Evidence] = {}
    for one in sorted(found, key=_rank):
        chosen.setdefault(one.issue, one.evidence)
        if len(chosen) == _MOST:
            break
    return Aspect(value=tuple(sorted(chosen)), evidence=tuple(chosen.values()))


def _rank(found: _Found) -> float:
    return found.weight


def _in(sentence: Sentence, context: Context) -> list[_Found]:
    parties = [
        (p.side.start, p.side.end)
        for p in context.contact.placed
        if p.side.start is not None and p.side.end is not None
    ]
    about = _ABOUT.search(sentence.plain, max(0, context.contact.trigger.start - sentence.start))
    from_here = about.start() if about else len(sentence.text)
    trigger = context.contact.trigger.end - sentence.start
    own = tuple(Issue(value, None, pattern([cue])) for cue, value in context.roster.cues.issues)
    found: list[_Found] = []
    for issue in (*tree(), *own):
        for match in _matches(issue, sentence.plain, from_here):
            start, end = sentence.start + match.start(), sentence.start + match.end()
            if any(a <= start and end <= b for a, b in parties) or _is_title(sentence.plain, match):
                continue
            if match.re is issue.topic and _names_a_party(context, start, end):
                continue
            if _is_in_a_name(context, sentence, start, end):
                continue
            weight = (
                (match.start() < from_here)
                + 0.5 * (issue.id in _GENERAL)
                + match.start() / 10_000
                - 0.01 * (issue.under is not None)
            )
            weight += 0.3 * (match.re is issue.topic) + 2.0 * _is_background(sentence.plain, match.start(), trigger)
            text = sentence.text[match.start() : match.end()]
            evidence = Evidence(start=start, end=end, text=text, by=f"issues.cues:{issue.id}")
            found.append(_Found(weight, issue.root, evidence))
            break
    return _specific([one for one in found if one.issue != "regional_conflict" or not _is_inside(one, found)])


def _is_background(text: str, at: int, trigger: int) -> bool:
    """ "Suspends the talks after war crimes": what moved a party to the contact or away from it is not its subject."""
    return trigger <= at and _REASON.search(text[trigger:at]) is not None


def _is_inside(one: _Found, others: list[_Found]) -> bool:
    """ "The Middle East peace process" is about peace: the longer cue wins."""
    a = one.evidence
    return any(
        b.evidence.start <= a.start and a.end <= b.evidence.end and len(b.evidence.text) > len(a.text) for b in others
    )


def _of_neighbours(context: Context) -> Iterator[_Found]:
    """What the sentence before tells of a contact that points back to it, and the one after of a contact just named."""
    previous, following, told = context.previous, context.following, list[_Found]()
    if previous is not None and _points_back(context):
        told = [one for one in _in(previous, context) if one.issue not in _GENERAL]
    elif following is not None and context.read["form"].value == "call" and _GOES_ON.match(following.plain):
        told = _in(following, context)
    yield from sorted(told, key=_rank)[:1]


def _points_back(context: Context) -> bool:
    below = {w.text.lower() for w in context.sentence.below(context.contact.word.index)}
    return context.contact.word.kind == "noun" and bool(below & _POINTERS)


def _matches(issue: Issue, text: str, from_here: int) -> Iterator[re.Match[str]]:
    """The cues of an issue in a text, but for those inside a phrase that means something else."""
    found = list(issue.pattern.finditer(text))
    if issue.topic is not None:
        found += issue.topic.finditer(text, from_here)
    if found and issue.besides is not None:
        besides = [match.span() for match in issue.besides.finditer(text)]
        found = [m for m in found if not any(a < m.end() and m.start() < b for a, b in besides)]
    yield from found


def _of_label(context: Context) -> Iterator[_Found]:
    """The heading that a digest puts before its sentence ("Syrian peace process: …")."""
    sentence = context.sentence
    label = "".join(a if b == " " else " " for a, b in zip(sentence.text, sentence.plain, strict=False))
    label = label[: label.rfind(":") + 1]
    for issue, match in _told(label):
        start, end = sentence.start + match.start(), sentence.start + match.end()
        text = sentence.text[match.start() : match.end()]
        evidence = Evidence(start=start, end=end, text=text, by=f"issues.label:{issue.id}")
        yield _Found(0.5, issue.root, evidence)


def _of_title(context: Context) -> Iterator[_Found]:
    """The title, where it names the subject of the contact that the document is about."""
    title = context.roster.title_text
    if context.roster.profile.kind not in _ABOUT_ONE:
        return
    for issue, match in _told(title):
        evidence = Evidence(
            start=match.start(), end=match.end(), text=match.group(), by=f"title:issues.cues:{issue.id}"
        )
        yield _Found(0.5, issue.root, evidence)


def _told(text: str) -> list[tuple[Issue, re.Match[str]]]:
    """The issues that a heading tells, the plainer ones first."""
    found = []
    for issue in tree():
        match = next(_matches(issue, text, len(text)), None)
        if match is not None and not _is_title(text, match):
            found.append((issue, match))
    return sorted(found, key=_plainness)


def _plainness(told: tuple[Issue, re.Match[str]]) -> tuple[bool, int]:
    return told[0].id in _GENERAL, told[1].start()


def _is_title(text: str, match: re.Match[str]) -> bool:
    """ "The Minister of Energy": an office is no subject; the finance ministers' meeting is one."""
    if match.group().lower().startswith(("finance minister", "defense minister", "defence minister")):
        return False
    before = _OFFICE.search(text[max(0, match.start() - 40) : match.start()]) is not None
    return match.group()[0].isupper() and (
        before or _OFFICE_AFTER.match(text[match.end() : match.end() + 40]) is not None
    )


def _names_a_party(context: Context, start: int, end: int) -> bool:
    known = set(context.contact.known())
    mentions = context.roster.mentions.get(context.sentence.index, ())
    return any(m.start < end and start < m.end and m.actor in known for m in mentions)


def _is_in_a_name(context: Context, sentence: Sentence, start: int, end: int) -> bool:
    """ "Asia-Pacific Economic Cooperation": a word of the name of a body is no subject; the whole name may be one."""
    mentions = context.roster.mentions.get(sentence.index, ())
    holders = [m for m in mentions if m.start <= start and end <= m.end and m.end - m.start > end - start]
    return any(m.sector != "GOV" and m.by == "dictionary:name" for m in holders)


def _specific(found: list[_Found]) -> list[_Found]:
    """Ties and the economy count beside a plainer subject only where they are the subject themselves."""
    if any(one.weight < 2.0 and one.issue not in _GENERAL for one in found):
        found = [one for one in found if one.weight < 2.0]
    roots = {one.issue for one in found}
    if roots - _GENERAL:
        found = [one for one in found if one.issue not in (_TIES, "economy") or one.weight < 1.0]
    if roots - {_TIES}:
        found = [one for one in found if one.issue != _TIES or " " in one.evidence.text]
    if roots - _GENERAL:
        found = [one for one in found if one.issue != "regional_conflict" or one.weight < 0.8]
    if roots & {"ukraine", "peace_process", "ceasefire"}:
        found = [one for one in found if one.issue != "regional_conflict" or one.evidence.text[:1].isupper()]
    return found


def _of_parties(context: Context, told: set[str]) -> Iterator[_Found]:
    """What follows from who deals with whom: the war between Russia and Ukraine, a settlement with an armed group."""
    contact = context.contact
    sides = {p.side.actor: p.side.evidence[0] for p in contact.placed if p.side.evidence and p.side.start is not None}
    for issue in tree():
        for dealing in issue.dealings:
            if not _holds(context, dealing):
                continue
            named = [a for a in sides if a in dealing.all or context.table.sector(a) == dealing.sector]
            if (dealing.alone and told - _BESIDE) or (issue.id == "peace_process" and told & _SETTLED):
                continue
            if named:
                yield _Found(0.2, issue.root, _as(sides[named[0]], issue.id))
            elif dealing.alone:
                told_by = words_as_evidence(context.sentence, [contact.word], f"issues.party:{issue.id}")
                yield _Found(0.2, issue.root, told_by)
            else:
                continue
            break


def _holds(context: Context, dealing: Dealing) -> bool:
    """Whether these parties deal with one another, in this form and in this time."""
    if dealing.forms and context.read["form"].value not in dealing.forms:
        return False
    known = set(context.contact.known())
    if not dealing.all <= known:
        return False
    if dealing.sector is not None and not any(context.table.sector(actor) == dealing.sector for actor in known):
        return False
    if not dealing.since and dealing.until == "9999":
        return True
    return context.on is not None and dealing.since <= context.on.isoformat() <= dealing.until


def _as(evidence: Evidence, issue: str) -> Evidence:
    return Evidence(start=evidence.start, end=evidence.end, text=evidence.text, by=f"issues.party:{issue}")


def _general(context: Context) -> Iterator[_Found]:
    """Two states that meet and name no subject attend to their relations."""
    contact, sentence = context.contact, context.sentence
    known = contact.known()
    states = [actor for actor in known if context.table.sector(actor) == "GOV"]
    if len(states) != 2 or len(known) != 2 or context.read["form"].value not in _GENERAL_FORMS:
        return
    if any(p.side.actor == UNKNOWN for p in contact.placed) or _TOPIC.search(sentence.plain):
        return
    evidence = words_as_evidence(sentence, [contact.word], f"issues.general:{_TIES}")
    yield _Found(0.0, _TIES, evidence)

"""Read how private a contact was: the cue on this contact first, then whether a party acknowledges it."""

from __future__ import annotations

import re
from functools import cache
from typing import cast

from backchannel import vocabulary
from backchannel.actors.roster import is_reporter
from backchannel.aspects.attribution import saying
from backchannel.aspects.base import Aspect, Context, aspect, evidence_at, words_as_evidence
from backchannel.contacts.contact import is_anaphoric
from backchannel.language.grammar import Sentence, Word
from backchannel.records import Evidence, Privacy, Voice

FILE = "privacy.yml"
_REACH = 48
_NOT_SECRET = re.compile(r"^(?:secret)\s+(?:ballot|service|police|document|documents|prison|weapon|report|memo)", re.I)
_DOORS = re.compile(r"closed[- ]doors?|behind closed", re.I)
_SECTOR = re.compile(
    r"^private\s+(?:sector|companies|company|firms?|e-?mail|citizen|school|life|equity|capital|industry|investment|investors?|letter to the editor|property|jet|plane|residence)|^public\s+(?:health|opinion|sector|affairs|works|safety|statements?|remarks|record)|^quiet\s+(?:day|street)",
    re.I,
)


_IN_PUBLIC = re.compile(
    r"\bReport to (?:the )?Congress|\b(?:Address|Remarks|Speech|Interview|Statement by|(?:Press|News) Conference|Message to (?:the )?Congress)\b"
)
_OPEN_BODY = re.compile(r"\bSecurity Council\b|\bGeneral Assembly\b|\bUNSC\b")
_HEARSAY = frozenset({"report", "rumor", "rumour", "speculation", "talk", "allegation", "claim"})
_SAID_TO_BE = frozenset({"reported", "rumored", "rumoured", "alleged", "purported"})
_OFFICIAL_MEDIA = re.compile(
    r"\b(?:[Ss]tate(?:-run|-owned)? (?:media|television|TV|radio|news)|Xinhua|KCNA|TASS|IRNA|SANA)\b"
)
_CONFIRMED = re.compile(r"\b(?:confirm|acknowledg|admit)", re.I)
_CONTAINER = frozenset(
    {"round", "series", "set", "form", "kind", "state", "mass", "volume", "number", "course", "channel", "means", "act"}
)


@cache
def _cues(scope: str) -> tuple[tuple[re.Pattern[str], Privacy, str], ...]:
    rows = vocabulary.load(FILE)["values"]
    vocabulary.check(
        FILE, rows, required=("id", "means", "source", "contact", "sentence", "yes", "no"), optional=(), sort=False
    )
    found = []
    for row in rows:
        for cue in row[scope]:
            found.append((_pattern(cue), row["id"], cue))
    return tuple(found)


@cache
def _pattern(cue: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-]){re.escape(cue)}(?![\w-])", re.I)


@aspect("privacy")
def read(context: Context) -> Aspect:
    """Give the privacy; ``closed`` without a sign is the documented default."""
    value, evidence = _cue(context)
    points_back = value is None and context.before is not None and context.value("status") != "denied"
    if points_back and context.before is not None and context.before["privacy"].evidence:
        return context.before["privacy"]
    voice: Voice = context.value("voice")
    trigger = context.contact.trigger
    if re.search(r"\b(?:press|news) conference\b", trigger.text):
        return Aspect(
            value="public",
            evidence=(
                Evidence(start=trigger.start, end=trigger.end, text=trigger.text, by="privacy.form:press conference"),
            ),
        )
    status = context.value("status")
    acknowledged = _is_acknowledged(context, voice)
    if value in ("secret", "public"):
        return Aspect(value=value, evidence=evidence)
    if status == "denied" and not _is_asked(context):
        return Aspect(value="undisclosed", evidence=context.read["status"].evidence)
    if (
        value == "undisclosed"
        and _DOORS.search(evidence[0].text)
        and voice.source_class in ("unattributed", "document")
    ):
        return Aspect(value="closed", evidence=evidence)
    if value == "undisclosed":
        return Aspect(value="closed" if acknowledged else "undisclosed", evidence=evidence)
    hearsay = _hearsay(context.sentence, context.contact.word)
    if hearsay is not None and not _CONFIRMED.search(context.sentence.text):
        return Aspect(value="undisclosed", evidence=(hearsay,))
    if _is_open_body(context):
        return Aspect(value="public", evidence=(_own(context),))
    if _is_presupposed(context) or _is_one_of_a_row(context) or _OFFICIAL_MEDIA.search(_told_by(context)):
        return Aspect(
            value="closed"
        )  # what is told of "the talks" may be hearsay; that they are held is taken as known
    if voice.source_class in ("unnamed_insider", "media_report", "collective") or (
        voice.source_class == "unnamed_official"
        and (context.roster.profile.kind in ("news", "digest", "memoir") or _is_foreign(context, voice))
    ):
        if status in ("cancelled", "refused") or not context.read["voice"].evidence:
            return Aspect(value="closed")
        return Aspect(value="undisclosed", evidence=context.read["voice"].evidence)
    return Aspect(value="closed")


def _is_acknowledged(context: Context, voice: Voice) -> bool:
    """Whether a party tells of the contact on record: an official text, a spokesman, a named speaker of a party."""
    kind = context.roster.profile.kind
    if kind in ("record", "memoir"):
        return _IN_PUBLIC.search(context.document.title or "") is not None
    if _is_not_to_be_told(context):
        return False
    if kind in ("transcript", "background_call"):
        if _is_asked(context) or voice.source_class in ("media_report", "unnamed_insider", "collective"):
            return False
        speaker = context.roster.speaker(context.sentence)
        return speaker is not None and speaker.actor in context.contact.known()
    if kind in ("readout", "announcement", "official", "joint"):
        return voice.source_class in ("institution", "named_person", "unnamed_official", "document")
    if voice.source_class not in ("institution", "named_person"):
        return False
    return _speaks_for_a_party(context, voice)


def _is_foreign(context: Context, voice: Voice) -> bool:
    """ "An Israeli official told CNN", in an American transcript: not the voice of the house that speaks there."""
    if voice.speaker is None or not context.roster.profile.is_transcript:
        return False
    mentions = context.roster.mentions.get(context.sentence.index, ())
    home = context.roster.profile.home
    return any(
        m.actor not in (None, home) and m.start < voice.speaker.end and m.end > voice.speaker.start for m in mentions
    )


def _is_presupposed(context: Context) -> bool:
    """ "The talks" are taken as known; "these discussions" are those told of before, perhaps by the same whisper."""
    below = context.sentence.below(context.contact.word.index)
    pointed = any(
        w.text.lower() in ("these", "those", "this", "that", "such") for w in below if w.relation == "determiner"
    )
    return is_anaphoric(context.contact) and not pointed


def _is_one_of_a_row(context: Context) -> bool:
    """ "The latest round of talks": the talks are taken as known."""
    sentence, word = context.sentence, context.contact.word
    above = sentence.words[word.head]
    return (
        word.preposition == "of"
        and above.lemma in _CONTAINER
        and any(w.text.lower() in ("the", "this") for w in sentence.below(above.index) if w.relation == "determiner")
    )


def _told_by(context: Context) -> str:
    return " ".join(one.text for one in context.read["voice"].evidence)


def _own(context: Context) -> Evidence:
    trigger = context.contact.trigger
    return Evidence(start=trigger.start, end=trigger.end, text=trigger.text, by="privacy.body")


def _is_open_body(context: Context) -> bool:
    """A sitting of the Security Council or the General Assembly is open unless its doors are closed."""
    sides = [p.side for p in context.contact.placed if p.side.actor == "UN" and p.kind in ("agent", "host", "object")]
    return context.contact.form == "meeting" and any(_OPEN_BODY.search(side.text or "") for side in sides)


def _hearsay(sentence: Sentence, word: Word) -> Evidence | None:
    """ "Reported talks", "reports of a meeting", "talk of a summit"."""
    above = sentence.words[word.head]
    if word.preposition in ("of", "about") and above.lemma in _HEARSAY and above.kind == "noun":
        return words_as_evidence(sentence, [above], "privacy.hearsay")
    for below in sentence.below(word.index):
        if below.relation in ("modifier", "compound") and below.text.lower() in _SAID_TO_BE:
            return words_as_evidence(sentence, [below], "privacy.hearsay")
    return None


def _is_asked(context: Context) -> bool:
    """Whether a reporter or a guest asks: a question acknowledges nothing."""
    label = context.sentence.speaker
    return (label is not None and is_reporter(label)) or context.sentence.text.rstrip(' ”"').endswith("?")


def _is_not_to_be_told(context: Context) -> bool:
    """ "I don't have any back-channel to speak to": whether there is one stays open."""
    sentence, word = context.sentence, context.contact.word
    verb = sentence.words[word.head]
    return (
        verb.lemma == "have"
        and "channel" in context.contact.trigger.text
        and word.relation == "patient"
        and any(w.relation == "negation" for w in sentence.below(verb.index))
    )


def _speaks_for_a_party(context: Context, voice: Voice) -> bool:
    """Whether the speaker is of one of the parties, or of nobody known: a third state's word acknowledges nothing."""
    if voice.speaker is None:
        return True
    mentions = context.roster.mentions.get(context.sentence.index, ())
    actors = {
        m.actor for m in mentions if m.actor is not None and m.start < voice.speaker.end and m.end > voice.speaker.start
    }
    return not actors or bool(actors & set(context.contact.known()))


def _cue(context: Context) -> tuple[Privacy | None, tuple[Evidence, ...]]:
    sentence = context.sentence
    for pattern, value, cue in _cues("sentence"):
        match = pattern.search(sentence.text)
        if match is not None:
            return value, (evidence_at(sentence, match.start(), match.end(), f"privacy.cues:{cue}"),)
    best: tuple[int, Privacy, Evidence] | None = None
    own = tuple((_pattern(cue), cast(Privacy, value), cue) for cue, value in context.roster.cues.privacy)
    for pattern, value, cue in (*_cues("contact"), *own):
        for match in pattern.finditer(sentence.text):
            rest = sentence.text[match.start() :]
            if re.search(r"\b(?:not?|n['’]t) (?:a )?$", sentence.text[: match.start()]):
                continue
            if (
                _NOT_SECRET.match(rest)
                or _SECTOR.match(rest)
                or sentence.text[match.start() : match.end() + 3].startswith("Secret")
            ):
                continue
            distance = _distance(sentence, match.start(), match.end(), context.contact.words)
            if distance is None or _is_of_the_source(sentence, match.start(), match.end()):
                continue
            if value == "public" and distance:
                continue  # "public" stands on many things; only on the contact's own word does it open it
            rank = {"secret": 0, "undisclosed": 1, "public": 2}[value] * 1000 + distance
            if best is None or rank < best[0]:
                best = (rank, value, evidence_at(sentence, match.start(), match.end(), f"privacy.cues:{cue}"))
    if best is None:
        return None, ()
    if best[1] == "public" and re.search(r"\bprivate(?:ly)?\b", sentence.text, re.I):
        return None, ()
    return best[1], (best[2],)


def _distance(sentence: Sentence, start: int, end: int, triggers: tuple[Word, ...]) -> int | None:
    """Characters between a cue and the nearest contact word, or ``None`` when it stands on something else."""
    words = [w for w in sentence.words if w.start - sentence.start < end and w.end - sentence.start > start]
    for word in words:
        if _stands_elsewhere(sentence, word, triggers):
            return None
        if _describes_another_thing(sentence, word, triggers):
            continue
        governors = {word.index, word.head, *(w.index for w in list(sentence.path(word.index))[:2])}
        if any(t.index in governors or t.head in governors or _shares_clause(sentence, word, t) for t in triggers):
            return 0
    if not words or (words[0].text.lower() == "secret" and words[-1].kind == "noun" and len(words) == 1):
        return None
    head = sentence.words[words[-1].head]
    if (
        words[-1].relation in ("modifier", "compound")
        and head.kind in ("noun", "name")
        and all(t.index != head.index for t in triggers)
    ):
        return None
    nearest = min(min(abs(start - (t.end - sentence.start)), abs((t.start - sentence.start) - end)) for t in triggers)
    return nearest if nearest <= _REACH else None


def _describes_another_thing(sentence: Sentence, word: Word, triggers: tuple[Word, ...]) -> bool:
    """ "Secret details of the conversation": the details are secret, not the conversation."""
    noun = sentence.words[word.head]
    if word.relation != "modifier" or noun.kind != "noun" or noun.lemma in _CONTAINER:
        return False
    return all(t.index not in (noun.index, word.index) for t in triggers) and any(
        t.head == noun.index for t in triggers
    )


def _stands_elsewhere(sentence: Sentence, word: Word, triggers: tuple[Word, ...]) -> bool:
    """ "Recordings leaked by a clerk" beside a visit; but "a cable leaked in May describes the visit"."""
    noun = sentence.words[word.head]
    if word.relation != "relative" or noun.kind not in ("noun", "name"):
        return False
    return all(
        t.index not in (noun.index, word.index) and t.head not in (noun.head, noun.index, word.index) for t in triggers
    )


def _shares_clause(sentence: Sentence, word: Word, trigger: Word) -> bool:
    """ "Secretly travelled to Kyiv and met the president": the adverb spans the coordinated verbs of one subject."""
    verb = sentence.words[word.head]
    if word.relation != "adverb" or verb.kind != "verb" or verb.lemma in saying():
        return False
    return trigger.index in {w.index for w in sentence.conjuncts(verb.index)} or any(
        w.head == verb.index and w.relation in ("purpose", "complement") and w.index == trigger.index
        for w in sentence.words
    )


def _is_of_the_source(sentence: Sentence, start: int, end: int) -> bool:
    """ "Officials acknowledge privately that …" makes the source private, not the contact."""
    for word in sentence.words:
        if word.start - sentence.start >= start and word.end - sentence.start <= end:
            head = sentence.words[word.head]
            if (
                head.kind == "verb"
                and head.lemma in saying() - {"tell", "express", "discuss"}
                and any(w.relation == "complement" for w in sentence.below(head.index))
            ):
                return True
    return False

"""Read on whose word a claim rests: the document's, its speaker's, or that of the source the sentence names."""

from __future__ import annotations

import re

from backchannel.actors.roster import is_reporter
from backchannel.aspects.attribution import Source, by_phrase, carried_on, find_source
from backchannel.aspects.base import Aspect, Context, aspect
from backchannel.attribution.anonymity import terms_of
from backchannel.attribution.classes import words
from backchannel.language.grammar import Sentence
from backchannel.records import Evidence, SourceClass, Span, Voice

_ANONYMOUS_LABEL = re.compile(r"SENIOR|OFFICIAL|MODERATOR", re.I)


@aspect("voice")
def read(context: Context) -> Aspect:
    """Give the voice: first the kind of document, then the source that the sentence itself names."""
    profile = context.roster.profile
    sentence = context.sentence
    source = find_source(context)
    label = sentence.speaker
    if profile.is_transcript or (label is not None and profile.home is not None):
        return _transcript(context, source)
    if profile.kind == "record":
        own_hand = source is not None and not source.was_said and _is_first_person(source)
        if (
            source is not None
            and not own_hand
            and source.source_class
            in ("named_person", "unnamed_official", "media_report", "unnamed_insider", "collective")
        ):
            return _aspect(context, source)
        carried = carried_on(context) if source is None else None
        return _aspect(context, carried) if carried is not None else _own(context, "document")
    if profile.kind == "joint":
        return _own(context, "document")
    if profile.kind in ("readout", "announcement", "official"):
        if (label is not None and not is_reporter(label)) or (profile.kind != "readout" and _is_speech(context)):
            return _transcript(context, source)
        return _own(context, "institution")
    if label is not None and source is None:
        return _transcript(context, None)
    if source is not None:
        return _aspect(context, source)
    return _own(context, profile.speaks)


_PERSONAL = re.compile(r"\b(?:I|I'm|I’m|[Ww]e|[Oo]ur|[Mm]y|me|us|[Yy]ou|[Yy]our)\b")


def _is_speech(context: Context) -> bool:
    """Whether the sentence, or the one before it in its paragraph, is somebody's speech."""
    return any(s is not None and _speaks_as_person(s) for s in (context.sentence, context.previous))


def _speaks_as_person(sentence: Sentence) -> bool:
    """Whether the sentence is somebody's speech: an official site's own account says neither "I" nor "we"."""
    found = _PERSONAL.search(sentence.plain)
    return (
        found is not None and '"' not in sentence.plain[: found.start()] and "“" not in sentence.plain[: found.start()]
    )


def _own(context: Context, value: SourceClass) -> Aspect:
    """The document's own voice; ``unattributed`` is the documented default."""
    profile = context.roster.profile
    if value == "unattributed":
        return Aspect(value=Voice(source_class=value, hedges=_hedges(context.sentence)))
    by = f"profile.{profile.kind}"
    evidence = _profile_evidence(context, by)
    return Aspect(value=Voice(source_class=value, hedges=_hedges(context.sentence)), evidence=(evidence,))


def _profile_evidence(context: Context, by: str) -> Evidence:
    heading = context.roster.profile.heading
    if heading is not None:
        start, end = heading
        return Evidence(start=start, end=end, text=context.document.text[start:end], by=f"head:{by}")
    title, cue = context.document.title or "", context.roster.profile.cue
    at = title.find(cue) if cue else -1
    if at >= 0 and cue is not None:
        return Evidence(start=at, end=at + len(cue), text=cue, by=f"title:{by}")
    source = context.document.source or context.document.url or ""
    return Evidence(start=0, end=len(source), text=source, by=f"source:{by}")


def _transcript(context: Context, source: Source | None) -> Aspect:
    sentence, label = context.sentence, context.sentence.speaker
    told = by_phrase(context)
    is_said = source is not None and source.source_class == "named_person" and source.was_said
    if (
        told is not None
        and told.source_class == "media_report"
        and (not is_said or "reportedly" in told.evidence.text.lower())
    ):
        return _aspect(context, told)
    if source is not None and source.source_class in ("media_report", "unnamed_official", "unnamed_insider"):
        return _aspect(context, source)
    asks = label is not None and is_reporter(label)
    if asks or (label is None and sentence.text.rstrip().endswith("?")):
        if source is not None and source.source_class == "named_person" and source.was_said:
            return _aspect(context, source)
        if asks and label is not None:
            evidence = Evidence(start=label.start, end=label.end, text=label.text, by="speaker:reporter")
            return Aspect(value=Voice(source_class="unattributed", hedges=_hedges(sentence)), evidence=(evidence,))
        return Aspect(value=Voice(source_class="unattributed", hedges=_hedges(sentence)))
    background = context.roster.profile.kind == "background_call"
    if label is not None:
        value: SourceClass = (
            "unnamed_official"
            if _ANONYMOUS_LABEL.search(label.text)
            and not re.search(r"[a-z]", label.text)
            and "GENERAL" not in label.text
            else "named_person"
        )
        if value == "named_person" and label.text.upper() in ("OFFICIAL", "SENIOR OFFICIAL"):
            value = "unnamed_official"
        evidence = Evidence(start=label.start, end=label.end, text=label.text, by="speaker:label")
        speaker = Span(start=label.start, end=label.end, text=label.text)
        return Aspect(value=Voice(source_class=value, speaker=speaker, hedges=_hedges(sentence)), evidence=(evidence,))
    value = "unnamed_official" if background else "named_person"
    return Aspect(
        value=Voice(source_class=value, hedges=_hedges(sentence)),
        evidence=(_profile_evidence(context, "profile.transcript"),),
    )


def _aspect(context: Context, source: Source) -> Aspect:
    sentence = context.sentence
    terms = None
    if source.source_class in ("unnamed_official", "unnamed_insider", "collective"):
        terms = terms_of(sentence, context.following)
    voice = Voice(
        source_class=source.source_class,
        speaker=source.speaker,
        terms=terms.terms.text if terms is not None else None,
        reason=terms.reason.text if terms is not None and terms.reason is not None else None,
        chain=tuple(link.text for link in source.chain),
        hedges=_hedges(sentence),
    )
    return Aspect(value=voice, evidence=(source.evidence,))


def _is_first_person(source: Source) -> bool:
    return source.speaker is not None and source.speaker.text.lower() in ("i", "we")


def _hedges(sentence: Sentence) -> tuple[str, ...]:
    lowered = sentence.text.lower()
    return tuple(one for one in words()["hedges"] if re.search(rf"\b{re.escape(one)}\b", lowered))

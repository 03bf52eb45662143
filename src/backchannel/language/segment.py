"""Cut a text into sentences without changing an offset: furniture is blanked, speakers and quotations are found."""

from __future__ import annotations

import re
from dataclasses import dataclass

from backchannel.language.grammar import Sentence, Speaker

_ABBREVIATIONS = frozenset(
    [
        "mr",
        "mrs",
        "mme",
        "mlle",
        "ms",
        "dr",
        "sen",
        "rep",
        "gov",
        "gen",
        "lt",
        "col",
        "maj",
        "capt",
        "cmdr",
        "adm",
        "prof",
        "hon",
        "rev",
        "st",
        "amb",
        "sec",
        "pres",
        "no",
        "nos",
        "vol",
        "vs",
        "etc",
        "inc",
        "ltd",
        "co",
        "corp",
        "jr",
        "sr",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sep",
        "sept",
        "oct",
        "nov",
        "dec",
        "a.m",
        "p.m",
        "u.s",
        "u.k",
        "u.n",
        "e.g",
        "i.e",
        "cf",
        "ca",
        "approx",
        "fig",
        "d.c",
        "messrs",
        "brig",
        "sgt",
        "min",
        "dept",
        "asst",
        "ave",
        "mt",
        "ft",
        "amemb",
        "al",
    ]
)
_BOUNDARY = re.compile(
    r"(?P<end>[.!?…][\"'”’)\]]*)(?P<gap>\s+)(?=[\"'“‘(\[]{0,2}\s?(?:[A-Z0-9À-Þ]|[a-z]{0,2}[A-Z]))|(?P<para>\n[ \t]*\n\s*)|(?P<dash>(?<=\s)[•·▪]\s)"
)
_INITIAL = re.compile(r"(?:^|[\s(\"“])(?:[A-Z]\.)*[A-Z]\.$")
_LAST_WORD = re.compile(r"([A-Za-z][A-Za-z.'’]*)\.[\"'”’)\]]*$")
_LABEL = re.compile(
    r"^\s*(?P<label>Q|(?:[A-Z][A-Z.'’\-]+)(?:\s+(?:[A-Z][A-Z.'’\-]*|AND|OF|THE)){0,7}(?:\s*\([^)\n]{1,40}\))?\s*:"
    r"|(?:[A-Z][\w.'’\-]+)(?:\s+(?:[A-Z][\w.'’\-]+|of|the|and|el|al|bin|von|van|de|der)){0,12}(?:\s*\((?:re)?transl[^)]*\))?\s*:)\s+(?=\S)"
)
_HEADLINE_END = re.compile(r"-[A-Z][A-Z .,'/]+ — -")
_OUTLET_HEAD = re.compile(r"^\s*\(?\s*(?:(?:[A-Z0-9][\w.&'’\-]*|via|of|the|and|for|in|de|al|el)[,;]?\s?){1,10}\)\s+")
_TOPIC = re.compile(r"^\s*[A-Z0-9][^:\"“”.]{3,140}:(?=\s+[A-Z0-9])")
_DATELINE = re.compile(
    r"^\s*(?:[A-Z][A-Z.'’\-]+(?:[ ,]+[A-Z][A-Za-z.'’\-]*){0,4}),?(?:\s+\d{1,2} [A-Z][a-z]+(?: \d{4})?|\s+[A-Z][a-z]{2,8}\.? \d{1,2}(?:, \d{4})?)?"
    r"\s*(?:\([^()\n]{2,40}\))?\s+(?:-{1,2}|–|—)\s+(?=\S)"
)
_OUTLET_TAIL = re.compile(r"\s*\((?:[^()]{0,120})?\)?\s*$")
_HOVER = re.compile(
    r"\b(?P<name>[A-Z][\w'’\-]+)(?P<glue> (?P=name) [A-Z][\w'’\-]*(?: [A-Z][\w'’\-]+){0,3}?"
    r"(?:President|Prime|Federal|Foreign|Minister|Chancellor|King|Secretary|Head|Chairman|Chairperson|Deputy|Aide|Crown|Emir|Governor|First|Special|"
    r"Former|General|Executive|Defen[cs]e|Leader|CEO|Director|Speaker|Presidential)"
    r"[^.,;:!?()\n]{0,70}?)(?=(?:\s+(?:and|agreed|said|in|to|at|on|had|has|have|was|were|is|continued|discussed|held|will|that|who|noted|expressed|also|with|for|"
    r"by|informed|spoke|met)\b|\s*[.,;:!?()’']|\s*$))"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Segments:
    """The sentences of a text and its quoted stretches as ``(start, end)`` offsets."""

    sentences: tuple[Sentence, ...]
    quotations: tuple[tuple[int, int], ...]


def segment(text: str, *, is_digest: bool = False, is_transcript: bool = False) -> Segments:
    """Cut ``text`` into sentences; offsets refer to ``text`` as given.

    Args:
        text: the document's text, unchanged.
        is_digest: cut source brackets such as ``(Reuters)`` out of what is parsed.
        is_transcript: carry a speaker's label on to the sentences after it.
    """
    sentences: list[Sentence] = []
    speaker: Speaker | None = None
    paragraph = 0
    previous_end = 0
    for start, end in spans(text):
        if "\n" in text[previous_end:start] and "\n\n" in text[previous_end:start].replace(" ", ""):
            paragraph += 1
        previous_end = end
        piece = text[start:end]
        found = _label(piece, start)
        if found is not None:
            speaker = found
        elif not is_transcript and speaker is not None and "\n" in text[max(0, start - 2) : start]:
            speaker = None
        plain = _blank(piece, is_digest=is_digest)
        if found is not None:
            cut = found.end - start
            plain = " " * cut + plain[cut:]
            plain = re.sub(r"^(\s*):", lambda m: m.group(1) + " ", plain)
        if plain.strip():
            sentences.append(
                Sentence(
                    index=len(sentences),
                    start=start,
                    end=end,
                    text=piece,
                    plain=plain,
                    paragraph=paragraph,
                    speaker=speaker,
                )
            )
    return Segments(sentences=tuple(sentences), quotations=quotations(text))


def spans(text: str) -> list[tuple[int, int]]:
    """Give the sentences' offsets, surrounding white space left out.

    >>> [("U.S. officials met. They left.")[a:b] for a, b in spans("U.S. officials met. They left.")]
    ['U.S. officials met.', 'They left.']
    """
    cuts: list[tuple[int, int]] = []
    start = 0
    for match in _BOUNDARY.finditer(text):
        if match.group("end") and not _ends(text, start, match):
            continue
        end = match.end("end") if match.group("end") else match.start()
        cuts.append((start, end))
        start = match.end()
    cuts.append((start, len(text)))
    trimmed = []
    for a, b in cuts:
        piece = text[a:b]
        left = len(piece) - len(piece.lstrip())
        if piece.strip():
            trimmed.append((a + left, a + len(piece.rstrip())))
    return trimmed


def _ends(text: str, start: int, match: re.Match[str]) -> bool:
    if not match.group("end").startswith("."):
        return True
    before = text[max(start, match.start() - 30) : match.start("end") + 1]
    if _INITIAL.search(before) and not re.search(r"\b(?:[A-Z]\.){2,}$", before):
        return False
    word = _LAST_WORD.search(before)
    if word is None:
        return True
    last = word.group(1).lower().rstrip(".")
    follows = text[match.end() : match.end() + 40]
    if last in (
        "u.s",
        "u.k",
        "u.n",
        "a.m",
        "p.m",
        "d.c",
        "e.u",
    ):  # may end a sentence: only before a plain function word
        return bool(
            re.match(
                r"(?:The|In|On|At|He|She|It|They|We|But|And|A|An|This|That|Both|Meanwhile|However|No(?!\.))\b", follows
            )
        )
    if last == "no":
        return not follows[:1].isdigit()
    return last not in _ABBREVIATIONS


def _label(piece: str, start: int) -> Speaker | None:
    match = _LABEL.match(piece)
    if match is None:
        return None
    label = match.group("label").rstrip(":").strip()
    if label != "Q" and label.upper() != label and len(label.split()) < 2 and label not in ("Moderator", "Question"):
        return None
    at = match.start("label")
    return Speaker(start=start + at, end=start + at + len(label), text=label)


def _blank(piece: str, *, is_digest: bool) -> str:
    def spaces(match: re.Match[str]) -> str:
        return " " * (match.end() - match.start())

    if is_digest:
        piece = _OUTLET_HEAD.sub(spaces, piece, count=1)
        piece = re.sub(r"\s*\((?:[^()]{0,120}\)\s*|[^()]{0,120})$", spaces, piece)
        piece = _TOPIC.sub(spaces, piece, count=1)
    if "  " in piece or re.search(r"[a-z][A-Z]", piece):
        piece = _HOVER.sub(lambda m: m.group("name") + " " * len(m.group("glue")), piece)
    piece = _DATELINE.sub(spaces, piece, count=1)
    return _HEADLINE_END.sub(spaces, piece, count=1)


def quotations(text: str) -> tuple[tuple[int, int], ...]:
    """Give the quoted stretches; an opening mark that is never closed quotes to the end of its paragraph."""
    found: list[tuple[int, int]] = []
    opened: int | None = None
    for match in re.finditer(r"[“”\"]|\n\s*\n", text):
        mark = match.group()
        if mark in '“”"':
            if opened is None and mark != "”":
                opened = match.start()
            elif opened is not None and mark != "“":
                found.append((opened, match.end()))
                opened = None
        elif opened is not None:
            found.append((opened, match.start()))
            opened = None
    if opened is not None:
        found.append((opened, len(text)))
    return tuple(found)

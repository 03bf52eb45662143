"""An item of a list of people becomes the people in it: where their name stands and what office the item gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from backchannel.sources.heads.lexicon import lexicon, plain

_TOKEN = re.compile(r"[^\s,;()]+")
_EDGE = ".,;:()[]\"'*>-"
_INITIAL = re.compile(r"[a-z]\.?|(?:[a-z][.-]){1,3}[a-z]?\.?")
_JUNIOR = re.compile(r"jr|sr|[1-3](?:st|nd|rd)|ii|iii|iv")


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """One word of an item with what it is: its plain form, and its offsets in the item."""

    start: int
    end: int
    text: str
    word: str

    @property
    def is_capital(self) -> bool:
        """Whether it begins as a name does."""
        return self.text.lstrip("[(\"'“‘")[:1].isupper()

    @property
    def is_initial(self) -> bool:
        """Whether it is one to four initials ("J.", "J.A.", "R.F.")."""
        bare = self.text.strip(",;:()")
        return bare[:1].isupper() and bool(_INITIAL.fullmatch(plain(bare)))


@dataclass(slots=True)
class Run:
    """Words in a row that are a name; ``titled``: a title stands before it; ``governed``: it hangs on "to", "of"."""

    tokens: list[Token]
    titled: bool
    governed: bool
    lead: int = 0

    @property
    def start(self) -> int:
        """Where it begins in the item."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Where it ends in the item, a mark after it left out."""
        last = self.tokens[-1]
        kept = (
            last.text.rstrip("]>:*–—") if last.word in ("jr", "sr") or last.is_initial else last.text.rstrip(".]>:*–—")
        )
        return last.start + len(kept)

    @property
    def is_sure(self) -> bool:
        """Whether it surely is somebody's name: a title, an initial or a known first name."""
        first = self.tokens[0]
        known = len(self.tokens) > 1 and first.word in lexicon().given
        return self.titled or known or any(one.is_initial for one in self.tokens[:-1])


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One of the people in an item, with offsets in it; ``name`` is ``None`` where only an office stands."""

    start: int
    end: int
    name: tuple[int, int] | None = None
    office: tuple[int, int] | None = None
    is_sure: bool = False


@dataclass(slots=True)
class _State:
    runs: list[Run] = field(default_factory=list)
    open: Run | None = None
    title: str = ""
    governed: bool = False
    lead: int | None = None

    def close(self) -> None:
        if self.open is not None:
            self.runs.append(self.open)
        self.open, self.title, self.lead = None, "", None

    def add(self, token: Token) -> None:
        if self.open is None:
            lead = token.start if self.lead is None else self.lead
            self.open = Run([token], bool(self.title), self.governed, lead)
        else:
            self.open.tokens.append(token)


def tokens(item: str, start: int = 0, end: int | None = None) -> list[Token]:
    """Give the words of an item, or of a part of it, with their offsets in the item."""
    found = _TOKEN.finditer(item, start, len(item) if end is None else end)
    return [Token(start=m.start(), end=m.end(), text=m.group(), word=plain(m.group()).strip(_EDGE)) for m in found]


def runs(some: Sequence[Token]) -> list[Run]:
    """Give the names in the words of one segment, in order."""
    state = _State()
    for place, token in enumerate(some):
        after = some[place + 1] if place + 1 < len(some) else None
        _step(state, token, after)
    state.close()
    apart = [one for run in state.runs for one in _apart(run)]
    return [run for run in apart if not all(one.is_initial or _JUNIOR.fullmatch(one.word) for one in run.tokens)]


def _apart(run: Run) -> Iterator[Run]:
    """Yield a run as the two names it is where no mark stands between them ("H. Alan Berg Peter Lund")."""
    own = run.tokens
    for place in range(len(own) - 2, 1, -1):
        has_initial = any(one.is_initial for one in own[: place - 1])
        if has_initial and own[place].word in lexicon().given and not own[place - 1].is_initial:
            yield Run(own[:place], run.titled, run.governed, run.lead)
            yield Run(own[place:], False, run.governed, own[place].start)
            return
    yield run


def _step(state: _State, token: Token, after: Token | None) -> None:
    """Let one word begin, go on with or end a name."""
    words, word = lexicon(), token.word
    if state.open is not None and _goes_on(state.open, token, after):
        state.add(token)
    elif word in lexicon().governs and token.text[:1].islower():
        state.close()
        state.governed = True
    elif _is_courtesy(token, after):
        state.close()
        state.title, state.lead = ("courtesy" if word not in words.weak else ""), token.start
    elif state.title == "courtesy" and token.is_capital and state.open is None:
        state.add(token)
    elif (word in words.ranks or word in words.holders) and not token.is_initial:
        _title(state, token)
    elif _opens_a_name(token, after):
        state.add(token)
    elif state.title == "rank" and after is None and token.is_capital and state.open is None:
        state.add(token)  # the last word behind a rank is a name, whatever else it means ("General Power")
    elif _is_office(token):
        state.close()
        state.governed = state.governed and word in words.light
        state.lead = None if state.governed else state.lead
    elif (token.is_capital and _may_name(token)) or _is_particle(token, after):
        state.add(token)
    else:
        state.close()


def _title(state: _State, token: Token) -> None:
    """A rank or office before a name is its title; one behind a name begins the next ("Counselor Lund Secretary Berg")."""
    lead = state.lead if state.open is None else None
    state.close()
    state.lead = token.start if lead is None else lead
    state.title = "rank" if token.word in lexicon().ranks - lexicon().services else "office"


def _goes_on(run: Run, token: Token, after: Token | None) -> bool:
    """Whether a word belongs to the name that is being read."""
    words, last = lexicon(), run.tokens[-1]
    if _JUNIOR.fullmatch(token.word) or (token.is_initial and token.word != "m"):
        return True
    if last.is_initial and len(run.tokens) < 4 and token.is_capital and token.word not in lexicon().governs:
        return True
    if token.text[:1].islower() and _is_particle(token, after):
        return True
    if token.word in words.courtesy | words.ranks | words.holders and not token.is_initial:
        return len(run.tokens) == 1 and after is None and last.word in words.given and token.is_capital
    if _is_office(token):
        return after is None and len(run.tokens) == 1 and token.is_capital and last.word in words.given
    return token.is_capital and _may_name(token)


def _opens_a_name(token: Token, after: Token | None) -> bool:
    """Whether a word is an initial with its dot, and a name goes on behind it ("A. J. Berg"); "U.S. Navy" is none."""
    is_dotted = token.is_initial and "." in token.text and (len(token.word) == 1 or token.word not in lexicon().office)
    return is_dotted and after is not None and after.is_capital


def _is_particle(token: Token, after: Token | None) -> bool:
    """Whether a word is one before a surname ("von der Groeben"): another or a name follows, no office ("de Cabinet")."""
    words = lexicon()
    if token.word not in words.particles or after is None:
        return False
    return (after.is_capital and not _is_office(after)) or (after.text[:1].islower() and after.word in words.particles)


def _is_courtesy(token: Token, after: Token | None) -> bool:
    if token.word not in lexicon().courtesy:
        return False
    if len(token.word) == 1:  # "M. Laloy" and "U Thant", but "M. J. Wilkinson" and "U. Alexis Johnson"
        is_dotted = token.text.endswith(".")
        return after is not None and not after.is_initial and (token.word == "m") == is_dotted
    return token.is_capital


def _is_office(token: Token) -> bool:
    words = lexicon()
    parts = [part.strip(".") for part in re.split(r"[-/]", token.word) if part]
    known = words.of_office
    if token.word in known:
        return True
    return len(parts) > 1 and all(part in known or f"{part}s" in known for part in parts)


def _may_name(token: Token) -> bool:
    """Whether a capitalised word can be a name: no sign of a bureau ("S/S", "EUR"), no figures."""
    bare = token.text.strip(_EDGE)
    if not bare or any(char.isdigit() or char in "/&" for char in bare):
        return False
    if re.search(r"['’][sS]$", bare):
        return False
    return token.is_initial or not ((bare.isupper() and len(bare) < 4) or token.word in lexicon().free)


def segments(item: str) -> Iterator[tuple[int, int]]:
    """Yield the parts between commas, semicolons and parentheses outside of brackets, as offsets."""
    start = 0
    for found in re.finditer(r"[,;()]", item):
        if item[start : found.start()].strip():
            yield start, found.start()
        start = found.end()
    if item[start:].strip():
        yield start, len(item)

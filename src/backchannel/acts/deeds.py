"""What one verb tells: the deed by its words, who does it and to whom, as CAMEO triples."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backchannel.acts.between import CONSULT, composed, entry_of
from backchannel.acts.cameo import ANY, Names, code_of, finer, form_of, phrases, turned, verbs
from backchannel.contacts.slots import is_passive
from backchannel.language.grammar import Sentence, Word, subject

_AFTER = frozenset(
    {"during", "despite", "after", "before", "since", "until", "following", "as", "over-time", "ahead", "amid"}
)
_PARTS = frozenset({"compound", "modifier"})
_ASIDE = frozenset({"relative", "adverbial", "complement", "purpose", "conjunct"})
_MUTUAL = frozenset({"negotiation", "negotiate", "talk", "discussion", "dialogue", "consultation"})
_FUTURE = frozenset({"will", "would", "shall"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Triple:
    """Who did what to whom: CAMEO codes; ``event`` is our type and ``word`` the one that tells it."""

    source: str
    target: str
    cameo: str
    event: str
    word: Word

    @property
    def root(self) -> str:
        """The two digits of the root."""
        return self.cameo[:2]


class Deeds:
    """Reads the verbs of one sentence, each by itself."""

    def __init__(self, sentence: Sentence, names: Names) -> None:
        self.sentence = sentence
        self.names = names

    def sources(self, verb: Word) -> list[str]:
        """Give the codes of whoever acts in a verb."""
        found = subject(self.sentence, verb.index)
        if found is None:
            return []
        if found.kind == "pronoun":
            found = self.antecedent(found) or found
        return self.names.of(found.index)

    def antecedent(self, pronoun: Word) -> Word | None:
        """Give the subject of the clause above: "Israel announced that it would free them"."""
        clauses = [w for w in self.sentence.path(pronoun.index) if w.kind in ("verb", "auxiliary")]
        for above in clauses[1:]:
            for word in self.sentence.below(above.index):
                if (
                    word.relation in ("agent", "passive_subject")
                    and word.kind != "pronoun"
                    and word.index < pronoun.index
                ):
                    return word
        return None

    def own(self, verb: Word) -> list[Triple]:
        """Give the triples that the verb tells by itself or by the noun it carries."""
        told = self.told(verb)
        if told is None:
            return []
        word, event, code = told
        refused = self._is_refused(verb) and event in (
            "AID",
            "COOPERATE",
            "CONCEDE",
            "RETREAT",
            "SUPPORT",
            "AGREE",
            CONSULT,
        )
        if refused:
            event, code = "REJECT", turned("REJECT", event)
        if is_passive(self.sentence, verb):
            return self._passive(verb, word, event, code)
        if verb.lemma in verbs("receiving") and (word is not verb or event == "REQUEST"):
            return self._received(verb, word, event, code)
        sources = self.sources(verb)
        if not sources:
            return []
        targets = self._placed(verb, self._targets(verb, sources), sources)
        return list(self._paired(sources, targets, word, event, code))

    def _received(self, verb: Word, word: Word, event: str, code: str) -> list[Triple]:
        """ "Faces pressure from Congress": who gives it acts."""
        near = (verb, word, *self._carried(verb))
        givers = [w for one in near for w in self.sentence.below(one.index) if w.preposition in ("from", "by")]
        sources = self._first(givers, ())
        return list(self._paired(sources, self.sources(verb), word, event, code))

    def told(self, verb: Word) -> tuple[Word, str, str] | None:
        """Give the word that tells what a verb is about, our type and the CAMEO code."""
        objects = {w.lemma for w in self.sentence.tree(verb.index, without=_ASIDE)}
        objects |= {
            mark.lemma
            for below in self.sentence.below(verb.index)
            if below.relation == "complement"
            for mark in self.sentence.below(below.index)
            if mark.relation == "marker"
        }
        for phrase in phrases():
            if verb.lemma in phrase.verbs and (not phrase.objects or objects & phrase.objects):
                return verb, phrase.event, phrase.code
        if verb.lemma in verbs("visiting"):
            summit = any(form_of(w) == "summit" for w in self._carried(verb))
            return verb, CONSULT, code_of(CONSULT, "summit" if summit else "visit", None)
        words = [*self._carried(verb)] if verb.lemma in verbs("receiving") else []
        for word in (*(words if not self._is_host(verb) else []), verb, *self._carried(verb)):
            if word is verb and verb.lemma in verbs("receiving") and not self._is_host(verb):
                continue
            entry = entry_of(self.sentence, word)
            form = form_of(word)
            if entry is not None and not (word is not verb and form is not None):
                if word is not verb and entry.event == "PROTEST" and verb.lemma in verbs("quelling"):
                    continue
                event, mode = composed(self.sentence, word, entry)
                held = self._through(word, event)
                if held is not None:
                    return held
                asked = self._asked(word) if event in ("REQUEST", "AGREE") else None
                code = (
                    turned(event, asked) if asked is not None and entry.event == event else code_of(event, mode, entry)
                )
                return word, event, finer(code, event, frozenset(objects))
            if form is not None:
                return word, CONSULT, code_of(CONSULT, "negotiation" if word.lemma in _MUTUAL else form, None)
        return None

    def _asked(self, word: Word) -> str | None:
        """The type of what is asked for or promised."""
        for below in self.sentence.below(word.index):
            entry = entry_of(self.sentence, below) if below.relation in ("complement", "purpose") else None
            if entry is not None:
                return entry.event
        return None

    def _is_host(self, verb: Word) -> bool:
        """Whether what a verb takes is somebody: "received ministers", not "received weapons"."""
        return any(
            self.names.role(w) is not None or w.kind == "name"
            for w in self.sentence.below(verb.index)
            if w.relation == "patient"
        )

    def _through(self, word: Word, event: str) -> tuple[Word, str, str] | None:
        """ "Agreed to lift", "pledged to expel": the deed counts, but help that is promised stays a promise."""
        if event not in ("AGREE", "THREATEN") or word.lemma in ("threaten", "warn"):
            return None
        for below in self.sentence.below(word.index):
            entry = entry_of(self.sentence, below) if below.relation == "complement" else None
            if entry is not None and entry.event not in ("AID", "COOPERATE", "AGREE"):
                return below, entry.event, code_of(entry.event, entry.mode, entry)
        return None

    def _carried(self, verb: Word) -> Iterator[Word]:
        """The nouns that a verb carries: "held **talks**", "staged a **protest**"."""
        for below in self.sentence.below(verb.index):
            if (below.kind == "noun" and below.relation in ("patient", "passive_subject", "predicate")) or (
                below.kind == "adjective" and below.relation == "predicate"
            ):
                yield below

    def _is_refused(self, verb: Word) -> bool:
        return any(w.relation == "negation" for w in self.sentence.below(verb.index))

    def _passive(self, verb: Word, word: Word, event: str, code: str) -> list[Triple]:
        acted = subject(self.sentence, verb.index)
        if acted is not None and acted.index == verb.index:
            acted = self.sentence.words[verb.head]
        targets = (
            self.names.of(acted.index) or self.names.inside(acted.index, without=_ASIDE) if acted is not None else []
        )
        obliques = [w for w in self.sentence.below(verb.index) if w.relation in ("passive_agent", "oblique")]
        obliques.sort(key=_by_first)
        agents = []
        for one in obliques:
            if one.preposition in ("at", "on", "against", "to") and not targets:
                pointed = self.antecedent(one) if one.kind == "pronoun" else one
                targets = self.names.of(pointed.index) if pointed is not None else []
            elif one.preposition not in _AFTER and one.preposition not in ("for", "to", "on"):
                agents.append(one)
        has_agent = bool(agents) and agents[0].relation == "passive_agent"
        if event == "MOBILIZE" and not has_agent:  # "troops were deployed in Tripoli": it is the troops that act
            return list(self._paired(targets, self._first(agents, targets), word, event, code))
        sources = self._first(agents[:1], ()) if has_agent else []
        sources = sources or self._first(agents, ())
        targets = self._placed(verb, targets, sources)
        return list(self._paired(sources, targets, word, event, code))

    def _placed(self, verb: Word, targets: list[str], sources: Sequence[str]) -> list[str]:
        """Victims without a nation belong to the place where it happened."""
        if not sources or not targets or not all(code.startswith(ANY) for code in targets):
            return targets
        after = (self.names.of(w.index) for w in self.sentence.tree(verb.index) if w.index > verb.index)
        places = [code for some in after for code in some if code[:3] not in (ANY, sources[0][:3])]
        return [places[0][:3] + code[3:] for code in targets] if places else targets

    def _targets(self, verb: Word, sources: Sequence[str]) -> list[str]:
        """The first phrase after the verb that names another: recipient and object, then what follows."""
        below = [w for w in self.sentence.below(verb.index) if w.index > verb.index]
        heads = [w for w in below if w.relation in ("recipient", "patient")]
        heads += [w for w in below if w.relation == "oblique" and w.preposition not in _AFTER]
        heads += [w for w in below if w.relation in ("purpose", "complement", "predicate")]
        found = self._first(heads, sources)
        return found or self._first([w for w in below if w.preposition in _AFTER], sources)

    def _first(self, heads: Sequence[Word], sources: Sequence[str]) -> list[str]:
        loose: list[str] = []
        for head in heads:
            of_it = [code for code in self.names.of(head.index) if code not in sources and not self._is_own(head)]
            named = [code for code in of_it if not code.startswith(ANY)]
            if named:
                return named
            inner = [code for code in self.names.inside(head.index) if code not in sources]
            if inner:
                return inner
            tree = (w for w in self.sentence.tree(head.index) if w.relation not in _PARTS and not self._is_own(w))
            below = (self.names.of(w.index) for w in tree)
            loose = loose or of_it or next((some for some in below if some), [])
        return loose

    def _is_own(self, word: Word) -> bool:
        """ "Their troops" are nobody else's."""
        return any(w.relation == "possessor" and w.kind == "pronoun" for w in self.sentence.below(word.index))

    def _paired(
        self, sources: Sequence[str], targets: Sequence[str], word: Word, event: str, code: str
    ) -> Iterator[Triple]:
        is_joint = event in (CONSULT, "AGREE", "SUPPORT", "COOPERATE", "CONCEDE", "RETREAT") or word.lemma in verbs(
            "fighting"
        )
        if not targets and len(sources) > 1 and is_joint:
            pairs = [(a, b) for a in sources for b in sources if a != b]
        elif not targets and event == "PROTEST":
            pairs = [(a, ANY) for a in sources]
        else:
            pairs = [(a, b) for a in sources for b in targets]
            if word.lemma == "clash" or (event == CONSULT and word.lemma in _MUTUAL):
                pairs += [(b, a) for a, b in pairs]
            if event == CONSULT and word.lemma in ("receive", "host", "welcome"):
                yield from (_visit(a, b, word) for a, b in pairs)
                code = code_of(CONSULT, "host", None)
        for source, target in pairs:
            told = _violence(source, target, word) if event in ("ASSAULT", "COERCE") else None
            yield Triple(source=source, target=target, cameo=told or code, event=event, word=word)


def _by_first(word: Word) -> tuple[bool, int]:
    return word.relation != "passive_agent", word.index


def _visit(host: str, guest: str, word: Word) -> Triple:
    return Triple(source=guest, target=host, cameo=code_of(CONSULT, "visit", None), event=CONSULT, word=word)


def _violence(source: str, target: str, word: Word) -> str | None:
    """CAMEO's own codes of violence between a state's forces and people in the street: riot one way, repression the other."""
    if word.lemma not in verbs("rioting"):
        return None
    if source.endswith("OPP"):
        return code_of("PROTEST", "riot", None)
    return (
        code_of("COERCE", "repress", None) if target.endswith("OPP") and source[3:] in ("MIL", "COP", "GOV") else None
    )

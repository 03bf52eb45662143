"""Learn the types of marked sentences inside the evaluation: four linear models voting, their weights thrown away."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from importlib import import_module, resources
from typing import Any

from backchannel import pipeline
from backchannel.errors import InputError
from backchannel.evaluate.plv import Marked, parse
from backchannel.evaluate.plv_features import Seen, view

FOLDS = 5
SETTINGS: dict[str, Any] = {
    "folds": FOLDS,
    "seed": 0,
    "words": {"ngrams": [1, 3], "C": 20.0, "weight": 1.0},
    "lemmas": {"ngrams": [1, 3], "C": 20.0, "weight": 1.0},
    "characters": {"ngrams": [2, 5], "at_least": 2, "C": 20.0, "weight": 1.0},
    "features": {"C": 1.0, "weight": 2.0},
}
"""What the learner is set to: n-grams, the inverse strength of the penalty and the weight of each model's vote."""
_FLOOR = 1e-6
_CODE = [
    "acts/between.py",
    "acts/lexicon.py",
    "acts/slots.py",
    "evaluate/plv.py",
    "evaluate/plv_features.py",
    "evaluate/plv_learner.py",
    "data/acts.yml",
    "data/acts_given.yml",
    "data/plv.yml",
]


def digest_of_code() -> str:
    """Give the SHA-256 of the code and words that the learner sees a sentence through."""
    total = hashlib.sha256()
    for name in _CODE:
        total.update(resources.files("backchannel").joinpath(*name.split("/")).read_bytes())
    return total.hexdigest()


def learn_and_tell(train: Sequence[Marked], data: Sequence[Marked]) -> list[str]:
    """Give a type for each line of ``data``, learnt on ``train``; where both are the same, out of fold (5 folds).

    Lines of one sentence always stand in the same fold.

    Raises:
        InputError: scikit-learn is not installed.
    """
    sklearn = _sklearn("sklearn.model_selection")
    kit = pipeline.load()
    seen = [view(one, sentences, kit) for one, sentences in zip(train, parse(train, kit), strict=True)]
    events = [one.event for one in train]
    if [*train] != [*data]:
        asked = [view(one, sentences, kit) for one, sentences in zip(data, parse(data, kit), strict=True)]
        return _told(seen, events, asked)
    splitter = sklearn.StratifiedGroupKFold(FOLDS, shuffle=True, random_state=SETTINGS["seed"])
    found = [""] * len(data)
    for known, left in splitter.split(seen, events, [one.text for one in train]):
        told = _told([seen[i] for i in known], [events[i] for i in known], [seen[i] for i in left])
        for index, event in zip(left, told, strict=True):
            found[index] = event
    return found


def _told(seen: Sequence[Seen], events: Sequence[str], asked: Sequence[Seen]) -> list[str]:
    """The types on which the models agree most: the sum of their weighted log-probabilities."""
    numpy, linear = import_module("numpy"), _sklearn("sklearn.linear_model")
    votes: Any = 0.0
    labels: Any = None
    for known, left, setting in _tables(seen, asked):
        model = linear.LogisticRegression(C=setting["C"], max_iter=400, class_weight="balanced").fit(known, events)
        votes = votes + setting["weight"] * numpy.log(model.predict_proba(left) + _FLOOR)
        labels = model.classes_
    return [str(labels[index]) for index in votes.argmax(axis=1)]


def _tables(seen: Sequence[Seen], asked: Sequence[Seen]) -> Iterator[tuple[Any, Any, dict[str, Any]]]:
    """Yield for each model the table it learns on, the table it is asked about, and its setting."""
    text = _sklearn("sklearn.feature_extraction.text")
    words = text.TfidfVectorizer(ngram_range=tuple(SETTINGS["words"]["ngrams"]), sublinear_tf=True)
    yield words.fit_transform([s.masked for s in seen]), words.transform([s.masked for s in asked]), SETTINGS["words"]
    lemmas = text.TfidfVectorizer(ngram_range=tuple(SETTINGS["lemmas"]["ngrams"]), sublinear_tf=True)
    yield (
        lemmas.fit_transform([s.lemmas for s in seen]),
        lemmas.transform([s.lemmas for s in asked]),
        SETTINGS["lemmas"],
    )
    setting = SETTINGS["characters"]
    characters = text.TfidfVectorizer(
        analyzer="char_wb", ngram_range=tuple(setting["ngrams"]), sublinear_tf=True, min_df=setting["at_least"]
    )
    yield characters.fit_transform([s.masked for s in seen]), characters.transform([s.masked for s in asked]), setting
    named = _sklearn("sklearn.feature_extraction").DictVectorizer()
    yield (
        named.fit_transform([s.features for s in seen]),
        named.transform([s.features for s in asked]),
        SETTINGS["features"],
    )


def _sklearn(module: str) -> Any:
    try:
        return import_module(module)
    except ModuleNotFoundError:
        raise InputError("learning needs scikit-learn; install backchannel[train], or leave --train away") from None

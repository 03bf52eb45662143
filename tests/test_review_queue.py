"""The queue of the desk: ordered by uncertainty times weight, by a definition that these tests repeat by hand."""

import math
import sys
from dataclasses import replace
from datetime import date

import pytest

from backchannel.conversations import Report, Teller, merge, weights
from backchannel.errors import VocabularyError
from backchannel.records import Judgement, Party, When
from backchannel.review import queue, stakes, uncertainty, weight
from backchannel.review.queue import paged
from backchannel.vocabulary import load
from store_samples import conversation

SHIPPED = weights()
# Two reports of one pair stand at the threshold; told for one day they are joined, for other days kept apart.
FLAT = dict.fromkeys(SHIPPED.points, 0)
WEIGHTS = replace(
    SHIPPED, points={**FLAT, "time.same_day": 200, "time.next_day": -100, "time.other_day": -900}, start=0, threshold=0
)


def report(name: str, day: str | None, *, score: float = 0.9, **more) -> Report:
    base = Report(
        id=name,
        document=f"d_{name}",
        published=date(2023, 5, 20),
        sentence=0,
        parties=(Party(actor="USA"), Party(actor="RUS")),
        form="meeting",
        status="occurred",
        when=None if day is None else When(start=day, end=day, precision="day"),
        score=score,
        teller=Teller(origin=f"outlet:{name}", kind="outlet"),
    )
    return replace(base, **more)


def asked(*reports: Report, judgements: tuple[Judgement, ...] = (), **more):
    found = merge(reports, weights=WEIGHTS)
    return queue(found, reports, judgements, weights=WEIGHTS, stakes=stakes(), **more)


def test_uncertainty_is_one_at_the_threshold_and_falls_away_from_it() -> None:
    assert uncertainty(40, 40) == 1.0
    assert uncertainty(140, 40) == uncertainty(-60, 40) == round(1 - abs(2 / (1 + math.exp(-1)) - 1), 4)


def test_weight_adds_what_hangs_on_an_item() -> None:
    plain, told = weight([conversation()], stakes())
    assert (plain, told) == (1.0, ())
    heavy, told = weight(
        [conversation(privacy="secret", disputed=True, independent=4, claims=tuple("abcdefgh"))], stakes()
    )
    assert heavy == 1.0 + 1.0 + 1.0 + math.log2(4) + 0.5 * math.log2(8)
    assert told == ("disputed", "hidden", "4 independent origins", "8 reports")


def test_items_come_by_uncertainty_times_weight() -> None:
    items = asked(report("c_1", "2023-05-01", score=0.3), report("c_2", "2023-05-02"), report("c_3", None, score=0.6))
    assert [one.priority for one in items] == sorted((one.priority for one in items), reverse=True)
    assert all(one.priority == pytest.approx(one.uncertainty * one.weight, abs=1e-4) for one in items)
    of_claims = {one.claims: (one.uncertainty, one.weight) for one in items if one.kind == "claim"}
    assert of_claims == {("c_1",): (0.7, 1.0), ("c_2",): (0.1, 1.0), ("c_3",): (0.4, 1.0)}
    pair = next(one for one in items if one.claims == ("c_1", "c_2"))
    assert (pair.kind, pair.uncertainty, pair.weight) == ("apart", uncertainty(-100, 0), 1.0 + 1.0 + 0.5)
    assert [reason.feature for reason in pair.reasons if reason.weight] == ["time.next_day"]


def test_the_order_of_the_reports_does_not_matter() -> None:
    reports = [report(f"c_{number}", f"2023-05-0{1 + number % 3}", score=0.5) for number in range(6)]
    assert asked(*reports) == asked(*reports[::-1])


def test_of_a_conversation_only_its_weakest_link_is_asked() -> None:
    days = {"c_1": "2023-05-01", "c_2": "2023-05-01", "c_3": "2023-05-01"}
    reports = [
        report(name, day, where=None, form=form)
        for (name, day), form in zip(days.items(), ("meeting", "call", None), strict=True)
    ]
    table = replace(WEIGHTS, points={**WEIGHTS.points, "form.conflict": -150})
    found = merge(reports, weights=table)
    assert [one.claims for one in found] == [("c_1", "c_2", "c_3")]
    items = queue(found, reports, weights=table, stakes=stakes(), kinds=frozenset(("joined",)))
    assert [(one.kind, one.uncertainty) for one in items] == [("joined", uncertainty(200, 0))]


def test_copies_make_no_question_of_their_own() -> None:
    copies = [report(f"c_{number}", "2023-05-01") for number in range(20)]
    assert [one for one in asked(*copies) if one.kind != "claim"] == []


def test_an_outcome_against_the_own_score_of_a_pair_is_marked() -> None:
    items = asked(report("c_1", "2023-05-01"), report("c_2", "2023-05-02"), kinds=frozenset(("apart",)))
    assert [one.is_outvoted() for one in items] == [False]
    assert replace(items[0], score=0.6).is_outvoted()


@pytest.mark.parametrize(
    ("judgement", "left"),
    [
        (Judgement(id="j_1", kind="different", target="c_2", other="c_1"), {("c_1",), ("c_2",)}),
        (Judgement(id="j_1", kind="unsure", target="c_1", other="c_2"), {("c_1",), ("c_2",)}),
        (Judgement(id="j_1", kind="reject", target="c_1"), {("c_1", "c_2"), ("c_2",)}),
        (Judgement(id="j_1", kind="correct", target="c_1", field="kind", value="contact"), {("c_1", "c_2"), ("c_2",)}),
        (
            Judgement(id="j_1", kind="correct", target="c_1", field="status", value="planned"),
            {("c_1", "c_2"), ("c_1",), ("c_2",)},
        ),
    ],
)
def test_what_somebody_has_decided_is_not_asked_again(judgement: Judgement, left: set[tuple[str, ...]]) -> None:
    reports = (report("c_1", "2023-05-01", score=0.5), report("c_2", "2023-05-02", score=0.5))
    assert {one.claims for one in asked(*reports, judgements=(judgement,))} == left


def test_what_was_undone_is_asked_again() -> None:
    reports = (report("c_1", "2023-05-01", score=0.5), report("c_2", "2023-05-02", score=0.5))
    said = Judgement(id="j_1", kind="reject", target="c_1")
    undo = Judgement(id="j_2", kind="unsure", target="c_1", supersedes="j_1")
    assert ("c_1",) in {one.claims for one in asked(*reports, judgements=(said, undo))}


def test_pages_are_made_of_what_a_sheet_names_in_its_order() -> None:
    reports = (report("c_1", "2023-05-01"), report("c_2", "2023-05-02"))
    found = merge(reports, weights=WEIGHTS)
    items = paged([("c_2",), ("c_1", "c_2"), ("c_9",)], reports, found, weights=WEIGHTS, stakes=stakes())
    assert [(one.kind, one.claims) for one in items] == [("claim", ("c_2",)), ("apart", ("c_1", "c_2"))]


def test_a_faulty_table_of_weights_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    content = load("review.yml")
    broken = {**content, "weights": {**content["weights"], "luck": {"weight": 1.0, "means": "luck"}}, "settings": {}}
    monkeypatch.setattr(sys.modules["backchannel.review.queue"], "load", lambda _: broken)
    with pytest.raises(VocabularyError) as told:
        stakes.__wrapped__()
    assert len(told.value.faults) == 2


def test_the_queue_compares_reports_as_merging_does() -> None:
    """What merging sets right before it compares, the queue does too: every joined pair lies in one conversation."""
    reports = [report(f"c_{number}", f"2023-05-0{1 + number % 3}", family="f_1", outlet="elm") for number in range(9)]
    found = merge(reports, weights=WEIGHTS)
    owner = {claim: one.id for one in found for claim in one.claims}
    items = queue(found, reports, weights=WEIGHTS, stakes=stakes(), kinds=frozenset(("joined", "apart")))
    assert all((owner[one.claims[0]] == owner[one.claims[1]]) == (one.kind == "joined") for one in items)
    assert {one.kind for one in items} == {"apart"}

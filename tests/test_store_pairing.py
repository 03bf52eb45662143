"""A claim keeps its id from reading to reading."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from backchannel.records import Claim, Party, Span
from backchannel.store.pairing import carry_ids
from store_samples import claim


def test_claim_with_moved_trigger_keeps_its_id():
    wider = claim(id="c_new", word="met Wang")
    assert [c.id for c in carry_ids([claim()], [wider])] == ["c_001_0"]


def test_claims_at_one_trigger_are_told_apart_by_parties():
    first, second = claim(1, 0, parties=("USA", "CHN")), claim(1, 1, parties=("USA", "IRN"))
    swapped = [replace(second, id="c_001_0"), replace(first, id="c_001_1")]
    assert {c.id: c.parties for c in carry_ids([first, second], swapped)} == {
        "c_001_0": first.parties,
        "c_001_1": second.parties,
    }


def test_other_word_of_the_sentence_with_the_same_parties_is_the_same_claim():
    moved = claim(id="c_new", word="Vienna", sentence=claim().sentence)
    assert [c.id for c in carry_ids([claim()], [moved])] == ["c_001_0"]
    others = replace(moved, parties=(Party(actor="IRN"),))
    assert [c.id for c in carry_ids([claim()], [others])] == ["c_new"]


def test_act_never_takes_the_id_of_a_contact():
    act = claim(id="c_act", kind="act")
    assert [c.id for c in carry_ids([claim()], [act])] == ["c_act"]


def test_new_claim_does_not_take_an_id_that_lives_on():
    known = claim(1, 0, parties=("USA", "CHN"))
    kept, new = claim(id="c_x", parties=("USA", "CHN")), claim(1, 0, parties=("PAK", "IND"))
    carried = carry_ids([known], [kept, new])
    assert carried[0].id == "c_001_0"
    assert carried[1].id not in {"c_001_0", "c_x"}


def test_claims_without_trigger_are_paired_by_id():
    row = replace(claim(), trigger=None, sentence=None, row="7")
    assert [c.id for c in carry_ids([row], [replace(row, status="denied")])] == ["c_001_0"]
    assert [c.id for c in carry_ids([row], [replace(row, id="c_other")])] == ["c_other"]


@st.composite
def readings(draw: st.DrawFn) -> list[Claim]:
    """Give what a reader may find in one document: ids unique, spans anywhere."""
    found = []
    for number in draw(st.lists(st.integers(0, 8), unique=True, max_size=6)):
        start = draw(st.integers(0, 12))
        parties = draw(st.sets(st.sampled_from(["USA", "CHN", "IRN"]), max_size=3))
        trigger = Span(start=start, end=start + draw(st.integers(1, 4)), text="x")
        party = tuple(Party(actor=actor) for actor in sorted(parties))
        found.append(Claim(id=f"c_{number}", document="d", trigger=trigger, parties=party))
    return found


@settings(max_examples=150, deadline=None)
@given(readings(), readings(), st.randoms(use_true_random=False))
def test_ids_stay_unique_and_depend_on_no_order(earlier, later, random):
    carried = carry_ids(earlier, later)
    assert len({c.id for c in carried}) == len(later)
    assert [replace(c, id="") for c in carried] == [replace(c, id="") for c in later]
    assert carry_ids(carried, carried) == carried
    mixed = random.sample(later, len(later))
    assert sorted(carry_ids(random.sample(earlier, len(earlier)), mixed), key=repr) == sorted(carried, key=repr)

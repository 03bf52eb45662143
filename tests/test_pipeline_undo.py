"""Judgements applied and undone leave what was there before, byte by byte, ids included."""

from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backchannel import pipeline
from backchannel.store import open_store
from judged_samples import by_chance, fill, rows, take_back

SMALL = settings(max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def places(tmp_path: Path):
    """Give a new place for a store each time it is asked."""
    return iter(tmp_path / f"{number}.db" for number in range(1000))


@settings(SMALL, max_examples=1)
@given(seed=st.integers(0, 10**6))
def test_500_judgements_applied_and_undone_in_random_order_leave_the_same_bytes(places, seed):
    path, random = next(places), Random(seed)
    with open_store(path) as store:
        claims = fill(store)
        before, made, seen, number = rows(path), [], set(), 0
        while number < 500 or made:
            if number < 500 and (not made or random.random() < 0.6):
                number += 1
                made.append(by_chance(store, random, number, claims).id)
            else:
                take_back(store, made.pop(random.randrange(len(made))), 1000 + number)
            if random.random() < 0.03:
                pipeline.merge_store(store)
                seen.add(rows(path))
        pipeline.merge_store(store)
        assert len(seen) > 10
        assert rows(path) == before


@SMALL
@given(seed=st.integers(0, 10**6))
def test_undo_of_any_judgement_restores_exactly_what_was_before(places, seed):
    path, random = next(places), Random(seed)
    with open_store(path) as store:
        claims = fill(store, range(12))
        states, made = [rows(path)], []
        for number in range(10):
            made.append(by_chance(store, random, number, claims).id)
            pipeline.merge_store(store)
            states.append(rows(path))
        for number, id in enumerate(reversed(made)):
            assert rows(path) == states.pop()
            take_back(store, id, 100 + number)
            pipeline.merge_store(store)
        assert rows(path) == states.pop()


@SMALL
@given(seed=st.integers(0, 10**6))
def test_the_order_in_which_judgements_are_kept_and_merged_does_not_matter(places, seed):
    one, other, random = next(places), next(places), Random(seed)
    with open_store(one) as store, open_store(other) as again:
        claims = fill(store, range(12))
        fill(again, range(12))
        for number in range(12):
            by_chance(store, random, number, claims)
            pipeline.merge_store(store)
        made = list(store.judgements(superseded=True))
        random.shuffle(made)
        for judgement in made:
            again.put_judgement(judgement)
        pipeline.merge_store(again)
        assert rows(one) == rows(other) != ""

"""What is not compared could not be linked: the bounds by which pairs are left out hold for the weights that ship."""

import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from backchannel.conversations import attracted, block_keys, plain, report, weights
from backchannel.conversations.features import points
from merging_samples import documents

TABLE = weights()


@settings(max_examples=40, deadline=None, derandomize=True)
@given(found=st.lists(documents(), min_size=2, max_size=7, unique_by=lambda one: one[0].id))
def test_no_pair_that_attracts_is_left_out(found):
    told = [report(claim, document) for document, claims in found for claim in claims]
    nodes = plain(told, {})
    compared = set(attracted(nodes, TABLE))
    for a, b in itertools.combinations(range(len(nodes)), 2):
        one, other = nodes[a], nodes[b]
        shares = set(block_keys(one, TABLE)) & set(block_keys(other, TABLE))
        first, second = sorted((one, other), key=lambda p: p.day() or 0)
        last = first.told[1] if first.told is not None else first.day()
        if shares and last is not None and (second.day() or 0) - last <= TABLE.far_days:
            assert (points(one, other, TABLE) > TABLE.threshold) == ((a, b) in compared)


@settings(max_examples=30, deadline=None, derandomize=True)
@given(found=st.lists(documents(), min_size=2, max_size=7, unique_by=lambda one: one[0].id), data=st.data())
def test_only_pairs_with_a_fresh_report_are_given_when_asked(found, data):
    told = [report(claim, document) for document, claims in found for claim in claims]
    nodes = plain(told, {})
    fresh = frozenset(data.draw(st.sets(st.sampled_from([one.id for one in told]), max_size=3)) if told else ())
    wanted = {(a, b) for a, b in attracted(nodes, TABLE) if fresh & {nodes[a].ids[0], nodes[b].ids[0]}}
    asked = {(a, b) for a, b in attracted(nodes, TABLE, fresh) if fresh & {nodes[a].ids[0], nodes[b].ids[0]}}
    assert asked == wanted

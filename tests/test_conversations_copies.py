"""Copies of a report and retellings of an outlet's sentence merge with what they repeat, on its word."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

from backchannel.conversations import Report, Teller, merge, pointed, ties, weights
from backchannel.conversations.blocks import profiles
from backchannel.conversations.copies import retold
from backchannel.conversations.repeats import sourced
from backchannel.records import Party, When

WIRE = Teller(origin="unnamed:harbour wire", kind="unnamed", source_class="unnamed_official")
WORDS = "met|the two envoys|in secret on monday in port elm"


def report(name: str, day: int = 2, **more) -> Report:
    known = {
        "document": f"d_{name}",
        "published": date(2021, 3, day),
        "sentence": 0,
        "outlet": "harbour wire",
        "family": f"d_{name}",
        "parties": (Party(actor="NOR"), Party(actor="UNKNOWN")),
        "form": "meeting",
        "status": "occurred",
        "wording": WORDS,
        "teller": WIRE,
    }
    return Report(id=f"c_{name}", **(known | more))


def on(day: int) -> When:
    return When(start=f"2021-03-{day:02}", end=f"2021-03-{day:02}", precision="day")


def test_reprint_of_the_day_after_means_the_day_of_its_original():
    first = report("a", when=on(1))
    reprint = report("b", day=3, family="d_a", outlet="oak post", when=on(2))
    (made,) = merge([reprint, first], weights=weights())
    assert made.when == on(1)
    assert made.claims == ("c_a", "c_b")
    assert made.independent == 1
    assert not made.disputed


def test_reports_of_other_families_with_one_wording_stay_apart():
    assert len(merge([report("a"), report("b")], weights=weights())) == 2


def test_second_of_a_text_copies_the_second():
    texts = [
        report("a"),
        report("b", document="d_a", family="d_a", sentence=90),
        report("c", family="d_a"),
        report("d", family="d_a"),
    ]
    texts[3] = replace(texts[3], document="d_c", sentence=90)
    of = {one.id: one.copies.id for one in pointed(texts) if one.copies is not None}
    assert of == {"c_c": "c_a", "c_d": "c_b"}


def test_copy_with_other_words_around_is_known_by_its_values():
    edited = report("b", family="d_a", wording="met|both envoys|secretly on monday")
    assert next(one for one in pointed([edited, report("a")]) if one.id == "c_b").copies == report("a")


def test_who_prints_a_readout_prints_a_partys_word():
    own = Teller(origin="official:NOR", kind="official", source_class="institution", actor="NOR")
    printed = report("a", teller=Teller(origin="outlet:oak post", kind="outlet"), outlet="oak post")
    readout = report("b", family="d_a", outlet="ministry", teller=own)
    assert {one.teller for one in pointed([printed, readout])} == {own}


def test_sentence_taken_over_from_a_named_outlet_rests_on_it():
    told = Teller(origin="outlet:harbour wire", kind="media", source_class="media_report")
    other = WORDS.replace("port elm", "port elm according to the harbour wire")
    late = report("c", day=20, outlet="elm gazette", wording=other, teller=told)
    taken = report("b", day=4, outlet="oak post", wording=other, teller=told, when=on(4))
    of = {one.id: one for one in pointed([late, taken, report("a", when=on(1))])}
    assert (of["c_b"].copies, of["c_b"].teller, of["c_b"].when) == (report("a", when=on(1)), WIRE, on(1))
    assert of["c_c"].copies is None


def test_sentence_of_an_official_taken_over_from_an_outlet_is_a_copy():
    official = Teller(origin="official:NOR", kind="official", source_class="institution", actor="NOR")
    first = report("a", teller=official, wording="met|the two envoys|in secret")
    tail = "met|the two envoys|in secret the harbour wire reported"
    taken = report("b", outlet="oak post", teller=official, wording=tail, repeats="harbour wire")
    of = {one.id: one.copies for one in pointed([taken, first])}
    assert of == {"c_a": None, "c_b": first}
    (other,) = (r for r in pointed([replace(taken, repeats="elm gazette"), first]) if r.id == "c_b")
    assert other.copies is None
    assert ties(taken) & ties(first)


def test_two_that_retell_one_outlet_alike_are_copies_and_differing_ends_are_not():
    told = {"outlet": "oak post", "repeats": "harbour wire"}
    first, second = report("a", **told), report("b", **told | {"outlet": "elm gazette"})
    other = report("c", **told, wording=WORDS.replace("in secret", "at last"))
    of = {one.id: one.copies for one in pointed([other, second, first])}
    assert of == {"c_a": None, "c_b": first, "c_c": None}


def test_retelling_of_an_outlet_rests_on_whatever_the_outlet_rests_on():
    official = Teller(origin="official:NOR", kind="official", actor="NOR")
    told = Teller(origin="outlet:harbour wire", kind="media", source_class="media_report")
    reports = [report("a", teller=official), report("b", outlet="oak post", teller=told)]
    assert retold(reports) == {"outlet:harbour wire": "official:NOR"}
    assert retold(reports[1:]) == {}
    assert retold([*reports, report("c")]) == {"outlet:harbour wire": "unnamed:harbour wire"}


def test_retelling_of_a_contact_does_not_rest_on_the_denial_that_its_outlet_prints():
    official = Teller(origin="official:NOR", kind="official", actor="NOR")
    told = Teller(origin="outlet:harbour wire", kind="media", source_class="media_report")
    denial = report("a", status="denied", teller=official)
    retelling = report("b", outlet="oak post", teller=told)
    assert [one.teller.origin for one in sourced([denial, retelling])] == ["official:NOR", "outlet:harbour wire"]
    also_denied = replace(retelling, status="denied")
    assert [one.teller.origin for one in sourced([denial, also_denied])] == ["official:NOR", "official:NOR"]


def test_retold_own_words_of_an_outlet_rest_on_the_source_that_its_text_names():
    both = {"parties": (Party(actor="NOR"), Party(actor="SWE")), "when": on(1)}
    own = Teller(origin="outlet:harbour wire", kind="outlet")
    named = Teller(origin="official:NOR", kind="official", source_class="institution", actor="NOR")
    told = Teller(origin="outlet:harbour wire", kind="media", source_class="media_report")
    first = report("a", teller=own, **both)
    source = report("b", document="d_a", family="d_a", sentence=90, teller=named, wording="held|both|talks", **both)
    retelling = report("c", day=3, outlet="oak post", teller=told, **both)
    (made,) = merge([first, source, retelling], weights=weights())
    assert [one.origin for one in made.origins] == ["official:NOR"]


def test_order_of_reports_does_not_matter_and_pointing_twice_changes_nothing():
    reports = [report(f"{n}", day=2 + n % 3, family=f"d_{n % 4}", outlet=f"outlet {n % 5}") for n in range(12)]
    once = pointed(reports)
    assert pointed(once) == once
    for seed in range(10):
        mixed = random.Random(seed).sample(reports, len(reports))
        assert pointed(mixed) == once


def test_a_text_copied_often_stays_one_profile():
    reports = [report(f"{n:04}", day=2 + n % 3, family="d_0000", outlet=f"outlet {n}") for n in range(2000)]
    (made,) = merge(reports, weights=weights())
    assert (made.documents, made.independent) == (2000, 1)


def test_copies_do_not_decide_between_links_of_one_score():
    plain = {"wording": None, "parties": (Party(actor="NOR"), Party(actor="SWE")), "teller": WIRE}
    days = [report(f"{name}", when=on(5), day=day, **plain) for name, day in (("m", 6), ("n", 7))]
    copies = [
        replace(one, id=f"{one.id}{n}", document=f"{one.document}{n}", family=one.family, copies=one)
        for one in days
        for n in range(3)
    ]
    early = replace(copies[-1], id="c_0", document="d_0")
    (made,) = profiles([*days, *copies, early], frozenset(), weights())
    assert made.ids[:2] == ("c_m", "c_n")


def test_copies_go_on_about_what_their_original_goes_on_about():
    plain = {"parties": (Party(actor="NOR"), Party(actor="SWE")), "when": on(1)}
    back = {"sentence": 90, "points_back": True, "wording": "talks|the|led to nothing", "when": None}
    reports = []
    for name in "abc":
        told = {"document": f"d_{name}", "family": "d_a", "outlet": f"outlet {name}"}
        reports += [report(name, **told, **plain), report(f"{name}2", **told, **back)]
    assert len(merge(reports, weights=weights())) == len(merge(reports[:2], weights=weights()))


def test_edition_that_was_replaced_counts_no_further():
    parties = {"parties": (Party(actor="NOR"), Party(actor="SWE")), "when": on(1), "wording": None}
    other = Teller(origin="unnamed:oak post", kind="unnamed", source_class="unnamed_official")
    old = report("a", day=1, state="updated", outlet="oak post", teller=other, **parties)
    (made,) = merge([old, report("b", **parties)], weights=weights())
    assert (made.independent, made.documents, made.first_reported) == (1, 1, "2021-03-01")
    assert made.flags == ("updated:d_a",)
    assert made.claims == ("c_a", "c_b")

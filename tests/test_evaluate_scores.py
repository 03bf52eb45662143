"""Scores: the same figures as the scorer beside the gold sets, and the rules of pairing on small hand-made gold."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from backchannel.errors import InputError, QueryError
from backchannel.evaluate import contacts, documents, evaluate_set, gold, items, read_all, score, show, unpaired
from backchannel.evaluate.article import tell
from backchannel.evaluate.sets import write_lines
from backchannel.records import Claim, Party, Span, Voice, When, Where, to_json

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"
SCORER = GOLD / "score_contacts.py"
BEFORE = "The envoys had left early."
TEXT = "Norway met Chile in Oslo on Friday."


def gold_claim(**changes: object) -> dict[str, object]:
    plain: dict[str, object] = {
        "trigger": "met",
        "form": "meeting",
        "parties": [{"text": "Norway", "actor": "NOR"}, {"text": "Chile", "actor": "CHL"}],
        "issues": ["trade"],
        "privacy": "closed",
        "channel": "front",
        "status": "occurred",
        "source_class": "unattributed",
        "when": "2023-05",
        "where": "Oslo",
    }
    return plain | changes


def line(name: str = "i1", *claims: dict[str, object], stratum: str = "a") -> dict[str, object]:
    return {"id": name, "stratum": stratum, "prev": BEFORE, "text": TEXT, "next": "", "claims": list(claims)}


def made(
    trigger: str = "met", *actors: str, document: str = "i1", start: int | None = None, status: str = "occurred"
) -> Claim:
    whole = f"{BEFORE} {TEXT}"
    at = whole.index(trigger) if start is None else start
    return Claim(
        id=f"c_{document}_{at}",
        document=document,
        trigger=Span(start=at, end=at + len(trigger), text=trigger),
        form="meeting",
        parties=tuple(Party(actor=actor) for actor in actors or ("NOR", "CHL")),
        issues=("trade",),
        privacy="closed",
        channel="front",
        status=status,  # type: ignore[arg-type]  # a status of the codebook
        voice=Voice(),
        when=When(start="2023-05-12", end="2023-05-12", precision="day"),
        where=Where(text="Oslo"),
    )


def one_item(*claims: dict[str, object]) -> tuple[gold.Item, ...]:
    return (gold.item(line("i1", *claims)),)


def test_a_right_claim_scores_full() -> None:
    scores = score(one_item(gold_claim()), [made()])
    assert (scores.detection.f, scores.end_to_end_f1["core"], scores.accuracy_on_matched["when"]) == (1.0, 1.0, 1.0)


def test_a_claim_outside_the_target_sentence_does_not_count() -> None:
    assert score(one_item(gold_claim()), [made("left")]).system_claims == 0


def test_a_trigger_beside_the_gold_counts_only_with_half_of_the_parties() -> None:
    assert score(one_item(gold_claim()), [made("Friday")]).matched == 1
    assert score(one_item(gold_claim()), [made("Friday", "NOR", "PER")]).matched == 0


def test_a_whole_sentence_as_trigger_is_no_hit() -> None:
    long = gold.item(line("i1", gold_claim()) | {"text": f"{TEXT[:-1]} " + "and so on " * 6, "prev": ""})
    claim = made("met", "PER", "ECU", start=0)
    wide = Claim(
        id="c", document="i1", trigger=Span(start=0, end=len(long.text), text=long.text), parties=claim.parties
    )
    assert score((long,), [wide]).matched == 0


def test_a_coarser_day_than_the_gold_is_wrong_and_a_finer_one_right() -> None:
    assert score(one_item(gold_claim(when="2023")), [made()]).accuracy_on_matched["when"] == 1.0
    assert score(one_item(gold_claim(when="2023-05-12/2023-05-13")), [made()]).accuracy_on_matched["when"] == 0.0


def test_a_claim_on_an_empty_item_is_a_false_alarm() -> None:
    scores = score(one_item(), [made()])
    assert (scores.false_alarm_items, scores.empty_items, scores.false_alarm_share) == (1, 1, 1.0)


def test_claims_pair_one_to_one_by_the_best_total() -> None:
    two = one_item(gold_claim(), gold_claim(parties=[{"actor": "NOR"}, {"actor": "PER"}]))
    scores = score(two, [made("met", "NOR", "PER"), made("met", "NOR", "CHL")])
    assert (scores.matched, scores.accuracy_on_matched["parties"]) == (2, 1.0)


def test_unpaired_items_are_named_up_to_the_limit() -> None:
    told = list(unpaired(one_item(gold_claim()), [], 3))
    assert told == [f"- i1 gold ['met'] system []: {TEXT}"]
    assert list(unpaired(one_item(gold_claim()), [], 0)) == []


def test_the_document_of_an_item_joins_its_neighbours() -> None:
    (document,) = documents(one_item())
    assert document.text == f"{BEFORE} {TEXT}"
    assert document.published is None


def test_the_article_counts_contacts_with_their_parties() -> None:
    nobody = gold_claim(parties=[{"actor": "UNKNOWN"}])
    told = tell(one_item(gold_claim(), nobody), [made()])
    assert (told.contacts, told.named, told.found, told.with_parties, told.on_word) == (2, 1, 1, 1, 1)


def test_show_names_the_group() -> None:
    assert show(score(one_item(gold_claim()), [made()]), "rare").startswith("rare: 1 items, 1 gold claims, 1 found;")


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps(line("i1")) + "\n{broken\n")
    with pytest.raises(InputError, match=r"gold\.jsonl:2: not JSON"):
        items(path)


def test_a_missing_set_says_what_to_give(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--data"):
        evaluate_set("contacts", tmp_path / "none.jsonl")


def test_an_unknown_set_gets_the_list_of_sets(tmp_path: Path) -> None:
    with pytest.raises(
        QueryError,
        match="actors, attribution, contacts, forecast, frus, links, merge, merge_text, petrarch, plv, readouts, rest, source_article, triage",
    ):
        evaluate_set("contcts", tmp_path)


def test_claims_are_written_one_a_line(tmp_path: Path) -> None:
    path, output = tmp_path / "gold.jsonl", tmp_path / "claims.jsonl"
    path.write_text(json.dumps(line("i1", gold_claim()) | {"date": "2023-05-15"}) + "\n")
    text, data = evaluate_set("contacts", path, by="stratum", output=output)
    assert "\na: 1 items" in text
    assert [json.loads(one)["document"] for one in output.read_text().splitlines()] == ["i1"] * data["system_claims"]


@pytest.mark.skipif(not SCORER.is_file(), reason="the gold sets are not on this machine")
def test_the_figures_are_those_of_the_scorer_beside_the_sets(tmp_path: Path) -> None:
    """Printed lines are equal; the macro-F1 of the scorer depends on its hash seed, so that is equal to 1e-12."""
    chosen = items(GOLD / "contacts_dev.jsonl")[::11][:60]
    claims = read_all(documents(chosen))
    sample, answers = tmp_path / "gold.jsonl", tmp_path / "claims.jsonl"
    sample.write_text("".join(f"{json.dumps(dict(item.fields))}\n" for item in chosen))
    write_lines(map(to_json, claims), answers)

    def scorer(*more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, str(SCORER), "score", str(sample), str(answers), *more]
        return subprocess.run(command, capture_output=True, text=True, check=True)

    listed = scorer("--by", "stratum", "--errors", "9")
    assert listed.stdout == contacts.listing(chosen, claims, by="stratum") + "\n"
    assert listed.stderr == "".join(f"{one}\n" for one in unpaired(chosen, claims, 9))
    wanted, given = json.loads(scorer("--json").stdout), json.loads(contacts.listing(chosen, claims, as_json=True))
    assert list(given) == list(wanted)
    macro = wanted.pop("macro_f1")
    assert given.pop("macro_f1") == pytest.approx(macro, abs=1e-12)
    assert given == wanted

"""A store's conversations and acts become events on the day they took place, or became known where they are plans."""

from dataclasses import replace
from datetime import date

from backchannel.forecast import EventStream, of_records
from backchannel.records import UNKNOWN, Claim, Conversation, ConversationParty, Party, When

HELD = Conversation(
    id="k_1",
    parties=(ConversationParty(actor="FRA"), ConversationParty(actor="DEU"), ConversationParty(actor=UNKNOWN)),
    form="call",
    issues=(),
    when=When(start="2024-05-02", end="2024-05-03", precision="day"),
    where=None,
    privacy=None,
    privacy_history=(),
    channel=None,
    status="occurred",
    status_history=(),
    claims=(),
    documents=1,
    origins=(),
    independent=1,
    disputed=False,
    denials=(),
    first_reported="2024-05-20",
    revealed_by=None,
    lag_days=None,
    score=1.0,
    reasons=(),
)
ACT = Claim(
    id="c_1",
    document="d",
    kind="act",
    event="SANCTION",
    parties=(Party(actor="FRA", role="source"), Party(actor="PRK", role="target")),
)


def _told(stream: EventStream) -> list[tuple[str, str, str, str]]:
    rows = zip(stream.subject, stream.relation, stream.object, stream.time, strict=True)
    return [
        (stream.actors[s], stream.relations[r], stream.actors[o], str(stream.date_of(int(day))))
        for s, r, o, day in rows
    ]


def test_a_contact_is_an_event_in_both_directions_on_its_first_day() -> None:
    both = [("DEU", "CONSULT/call", "FRA", "2024-05-02"), ("FRA", "CONSULT/call", "DEU", "2024-05-02")]
    assert _told(of_records([HELD])) == both
    assert _told(of_records([HELD], mirrored=False)) == both[:1]


def test_a_plan_is_an_event_of_the_day_it_became_known() -> None:
    planned = replace(HELD, status="planned", form="visit")
    assert _told(of_records([planned], mirrored=False)) == [("DEU", "AGREE/visit", "FRA", "2024-05-20")]


def test_denied_and_vaguely_dated_contacts_are_no_events() -> None:
    vague = replace(HELD, when=When(start="2024-05", end="2024-05", precision="month"))
    assert len(of_records([replace(HELD, status="denied"), vague, replace(HELD, when=None)])) == 0


def test_what_became_known_later_does_not_leak() -> None:
    assert len(of_records([HELD], known_by=date(2024, 5, 19))) == 0
    assert len(of_records([HELD], known_by=date(2024, 5, 20))) == 2
    assert len(of_records([], [(ACT, date(2024, 5, 4))], known_by=date(2024, 5, 3))) == 0


def test_an_act_goes_from_its_source_to_its_target() -> None:
    assert _told(of_records([], [(ACT, date(2024, 5, 4))])) == [("FRA", "SANCTION", "PRK", "2024-05-04")]
    assert len(of_records([], [(replace(ACT, status="planned"), date(2024, 5, 4)), (ACT, None)])) == 0

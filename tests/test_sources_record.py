"""The head of a record survives its way through ``Document.meta``, and what is no record is told at once."""

from datetime import date

import msgspec
import pytest

from backchannel.records import Document
from backchannel.sources import record
from backchannel.sources.record import Moment, Participant, Record, Words

SAMPLE = Record(
    kind="memcon",
    moment=Moment(start="1961-03-09T10:30", end="1961-03-09T11:15"),
    places=(Words(start=27, end=31, text="Oslo"),),
    participants=(Participant(line=Words(start=60, end=72, text="Mr. Aasgaard"), side="Norway", state="NOR"),),
    handling=("Limdis",),
)


def test_record_comes_back_from_meta_unchanged() -> None:
    document = Document(id="d_1", meta={record.KEY: record.kept(SAMPLE)})
    assert record.of(document) == SAMPLE
    assert SAMPLE.day == "1961-03-09"


def test_record_of_a_document_without_one_is_none() -> None:
    assert record.of(Document(id="d_1")) is None


def test_record_of_another_shape_names_the_path() -> None:
    with pytest.raises(msgspec.ValidationError, match=r"\$\.kind"):
        record.of(Document(id="d_1", meta={record.KEY: {"kind": "gossip"}}))


@pytest.mark.parametrize(
    ("told", "day"), [("1988", "1988-12-31"), ("2006-02", "2006-02-28"), ("2006-02-11", "2006-02-11"), ("soon", None)]
)
def test_record_came_out_by_the_end_of_what_its_volume_tells(told: str, day: str | None) -> None:
    meta = {record.KEY: record.kept(SAMPLE), "volume": {"released": told}}
    found = record.released(Document(id="d_1", meta=meta, published=date(1961, 3, 9)))
    assert found == (None if day is None else date.fromisoformat(day))

"""``code`` gives claims for texts: ids echoed, offsets true, broken lines told and passed over."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from backchannel import cli

MET = "Jake Sullivan secretly met Wang Yi in Vienna on 10 May 2023."
CALL = "  Café talk first.\nPresident Biden spoke with President Xi Jinping on Monday, the White House said."
GERMAN = "Der Außenminister traf seinen Amtskollegen am Montag in Wien, um über die Lage in der Ukraine zu sprechen."
LINES = [
    json.dumps({"id": "a", "text": MET, "date": "2023-05-11", "title": None, "url": None, "source": "Wire"}),
    "{broken",
    "",
    json.dumps({"id": 7, "text": CALL, "date": "2023-05-16"}),
    json.dumps({"id": "de", "text": GERMAN}),
    json.dumps({"id": "none"}),
    json.dumps({"id": "b", "text": MET, "date": "soon"}),
    json.dumps({"text": MET}),
    json.dumps({"id": "empty", "text": ""}),
]


class Run:
    """What one run gave."""

    def __init__(self, code: int, out: str, err: str) -> None:
        self.code, self.out, self.err = code, out, err
        self.claims: list[dict[str, Any]] = [json.loads(line) for line in out.splitlines()]

    def of(self, one: object) -> list[dict[str, Any]]:
        return [claim for claim in self.claims if claim["document"] == one]


def run(content: str, *arguments: str) -> Run:
    with pytest.MonkeyPatch.context() as patch:
        out, err = io.StringIO(), io.StringIO()
        patch.setattr(sys, "argv", ["backchannel", "code", *arguments])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BufferedReader(io.BytesIO(content.encode()))))
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        with pytest.raises(SystemExit) as ended:
            cli.main()
    return Run(int(ended.value.code or 0), out.getvalue(), err.getvalue())


@pytest.fixture(scope="module")
def lines() -> Run:
    return run("\n".join(LINES))


@pytest.fixture(scope="module")
def text() -> Run:
    return run(MET, "-", "--date", "2023-05-11", "--source", "Wire")


def test_a_line_gives_its_claims_under_its_id(lines: Run) -> None:
    (claim,) = lines.of("a")
    assert [party["actor"] for party in claim["parties"]] == ["USA", "CHN"]
    assert (claim["privacy"], claim["when"]["start"]) == ("secret", "2023-05-10")


def test_an_id_that_is_a_number_stays_one(lines: Run) -> None:
    assert lines.of(7)
    assert not lines.of("7")


def test_offsets_refer_to_the_text_as_given(lines: Run) -> None:
    for claim, given in ((lines.of("a")[0], MET), (lines.of(7)[0], CALL)):
        for span in (claim["trigger"], claim["sentence"]):
            assert given[span["start"] : span["end"]] == span["text"]


def test_broken_lines_are_told_by_number_and_the_rest_goes_on(lines: Run) -> None:
    assert lines.code == 1
    assert "line 2: not JSON" in lines.err
    assert 'line 6: no "text"' in lines.err
    assert "2 could not be coded" in lines.err
    assert lines.of("b")


def test_a_text_in_another_language_gets_a_note_and_no_claims(lines: Run) -> None:
    assert "line 5: its language is de" in lines.err
    assert lines.of("de") == []


def test_a_date_that_is_none_is_told_and_left_out(lines: Run) -> None:
    assert "line 7: date 'soon' is not an ISO date" in lines.err


def test_a_line_without_id_gets_one(lines: Run) -> None:
    assert [claim["document"][:2] for claim in lines.claims if str(claim["document"]).startswith("d_")] == ["d_"]


def test_claims_alone_are_on_stdout(text: Run) -> None:
    assert text.code == 0
    assert text.err == ""
    assert len(text.claims) == 1


def test_a_text_without_a_claim_ends_with_nought() -> None:
    ended = run("The harbour was quiet.")
    assert (ended.code, ended.out) == (0, "")


def test_plain_text_from_a_file_reads_as_from_stdin(tmp_path: Path, text: Run) -> None:
    file = tmp_path / "one.txt"
    file.write_text(MET)
    assert run("", str(file), "--date", "2023-05-11", "--source", "Wire").claims == text.claims


def test_a_pdf_is_sent_to_read() -> None:
    ended = run("%PDF-1.7 and more")
    assert ended.code == 1
    assert "give it to backchannel read" in ended.err


@pytest.mark.slow
def test_workers_change_nothing(lines: Run) -> None:
    several = run("\n".join(LINES), "--workers", "2")
    assert (several.code, several.claims) == (lines.code, lines.claims)

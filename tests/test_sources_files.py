"""Files, folders and stdin: every kind gives its document, every bad file its problem."""

from __future__ import annotations

import datetime
import io
import itertools
import json
import os
import sys
import time
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import pypdf
import pytest

from backchannel import sources
from backchannel.documents import identify
from backchannel.errors import SourceError
from backchannel.records import Document, Problem
from backchannel.sources import Fetched, Options

TODAY = datetime.date(2024, 5, 1)
NOW = datetime.datetime(2024, 5, 1, 9, 0, tzinfo=datetime.UTC)
OPTIONS = Options(today=TODAY, now=NOW)
TALKS = "Two envoys met in a quiet hotel near Oslo on Sunday, a person who was in the room said."
CORPUS = Path(__file__).parents[2] / "shared" / "corpus"

PAGE = f"""<!doctype html><html><head><title>Envoys met near Oslo | The Northern Post</title>
<meta property="og:site_name" content="The Northern Post">
<meta property="article:published_time" content="2023-06-18T10:00:00Z"></head>
<body><nav><a href="/">Home</a><a href="/world">World</a></nav><article><h1>Envoys met near Oslo</h1>
<p>{TALKS}</p><p>Neither side spoke about it in public before the evening.</p></article></body></html>"""


def put(folder: Path, name: str, content: str | bytes) -> str:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return str(path)


def every(target: str, **changes: object) -> list[Fetched]:
    known: dict[str, object] = {"today": TODAY, "now": NOW, **changes}
    return list(sources.read(target, Options(**known)))  # type: ignore[arg-type] # a test may set any field


def one(target: str, **changes: object) -> Fetched:
    (fetched,) = every(target, **changes)
    return fetched


def document(target: str, **changes: object) -> Document:
    fetched = one(target, **changes)
    assert fetched.document is not None, fetched.problem
    return fetched.document


def problem(target: str, **changes: object) -> Problem:
    fetched = one(target, **changes)
    assert fetched.problem is not None
    assert fetched.problem.at == NOW
    return fetched.problem


def test_text_is_kept_as_it_is(tmp_path):
    read = document(put(tmp_path, "a.txt", f"{TALKS}\r\n\r\nNo more.\r\n"))
    assert read.text == f"{TALKS}\r\n\r\nNo more.\r\n"
    assert (read.title, read.published, read.language) == (None, None, "en")


def test_id_hangs_on_bytes_source_and_address(tmp_path):
    read = document(put(tmp_path, "a.txt", TALKS), source="The Northern Post")
    assert read.id == identify(source="The Northern Post", url=None, payload=TALKS.encode())


def test_front_matter_gives_title_date_and_source(tmp_path):
    matter = "---\ntitle: Talks near Oslo\ndate: 2023-06-18\nsource: The Northern Post\ndesk: world\n---\n"
    read = document(put(tmp_path, "a.md", f"{matter}\n# Another heading\n\n{TALKS}\n"))
    assert (read.title, read.source, read.published) == (
        "Talks near Oslo",
        "The Northern Post",
        datetime.date(2023, 6, 18),
    )
    assert read.text.startswith("# Another heading")
    assert read.meta == {"desk": "world"}


def test_broken_front_matter_stays_in_the_text(tmp_path):
    text = f"---\ntitle: [unclosed\n---\n{TALKS}"
    assert document(put(tmp_path, "a.md", text)).text == text


def test_markdown_takes_its_first_heading_as_title(tmp_path):
    assert document(put(tmp_path, "a.md", f"# Talks near Oslo #\n\n{TALKS}")).title == "Talks near Oslo"


def test_html_gives_main_text_title_site_and_day(tmp_path):
    read = document(put(tmp_path, "a.html", PAGE))
    assert TALKS in read.text
    assert "Home" not in read.text
    assert (read.title, read.source, read.published) == (
        "Envoys met near Oslo",
        "The Northern Post",
        datetime.date(2023, 6, 18),
    )


def test_xhtml_with_a_declaration_is_read(tmp_path):
    assert TALKS in document(put(tmp_path, "a.htm", '<?xml version="1.0" encoding="utf-8"?>\n' + PAGE)).text


def test_html_in_the_encoding_it_declares_is_read(tmp_path):
    page = PAGE.replace("<head>", '<head><meta charset="windows-1251">').replace("quiet", "Тихий")
    assert "Тихий" in document(put(tmp_path, "a.html", page.encode("windows-1251"))).text


def test_html_without_main_text_falls_back_with_a_note(tmp_path):
    fetched = one(put(tmp_path, "a.html", "<html><body><footer>They met in Oslo.</footer></body></html>"))
    assert fetched.document is not None
    assert any("all visible text" in note for note in fetched.notes)


def test_html_without_any_text_is_a_problem(tmp_path):
    assert "no text on the page" in problem(put(tmp_path, "a.html", "<html><body><script>x</script></body>")).message


def test_html_impossible_date_is_left_out_and_noted(tmp_path):
    fetched = one(put(tmp_path, "a.html", PAGE.replace("2023-06-18T", "1246-06-18T")))
    assert fetched.document is not None
    assert fetched.document.published is None
    assert "1246-06-18" in fetched.document.meta["date_note"]


@pytest.mark.parametrize("tag", ["div", "b", "ul><li", "table><tr><td"])
def test_html_nested_too_deeply_is_a_problem(tmp_path, tag):
    page = "<html><body><script>var a = '</div>'</SCRIPT>" + f"<{tag}>" * 100_000 + TALKS
    assert "nested more than" in problem(put(tmp_path, "a.html", page)).message


def test_html_of_too_many_elements_or_bytes_is_a_problem(tmp_path):
    assert "elements on the page" in problem(put(tmp_path, "a.html", "<html>" + "<p>a</p>" * 60_000)).message
    assert "larger than" in problem(put(tmp_path, "b.html", "<html>" + "<p>They met.</p>" * 400_000)).message


def test_unclosed_paragraphs_and_comments_do_not_count_as_depth(tmp_path):
    page = "<html><body>" + "<!-- <div> -->" * 400 + f"<p>{TALKS}<br>" * 400
    assert TALKS in document(put(tmp_path, "a.html", page)).text


@pytest.mark.parametrize("piece", ["<!--", "<![x y[", "<a ", "<"])
def test_html_of_pieces_that_never_close_is_read_quickly(tmp_path, piece):
    began = time.monotonic()
    one(put(tmp_path, "a.html", f"<html><body><footer>{TALKS}" + piece * 200_000))
    assert time.monotonic() - began < 3


def pdf_bytes(*lines: str, info: str = "") -> bytes:
    """A PDF with one page of text, made by hand."""
    shown = " T* ".join(f"({line}) Tj" for line in lines)
    stream = f"BT /F1 12 Tf 14 TL 50 750 Td {shown} ET".encode()
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R"
        b" /Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>",
        b"<< /Length %d >>\nstream\n%b\nendstream" % (len(stream), stream),
        b"<< %b >>" % info.encode(),
    ]
    body = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + b"xref\n0 6\n0000000000 65535 f \n%btrailer\n<< /Size 6 /Root 1 0 R /Info 5 0 R >>\nstartxref\n%d\n%%%%EOF"
        % (
            table,
            len(body),
        )
    )


def test_pdf_joins_lines_and_takes_title_and_plausible_date(tmp_path):
    info = "/Title (Talks near Oslo) /CreationDate (D:20230618230000-05'00')"
    content = pdf_bytes("The two envoys met on Sunday in a hotel near the capi-", "tal and spoke for hours.", info=info)
    fetched = one(put(tmp_path, "a.pdf", content))
    assert fetched.document is not None
    assert fetched.document.text == "The two envoys met on Sunday in a hotel near the capital and spoke for hours."
    assert fetched.document.title == "Talks near Oslo"
    assert fetched.document.published == datetime.date(2023, 6, 19)
    assert any("creation date" in note for note in fetched.notes)


@pytest.mark.parametrize("year", ["1246", "1980", "3000"])
def test_pdf_implausible_creation_date_counts_as_none(tmp_path, year):
    content = pdf_bytes("They met.", info=f"/CreationDate (D:{year}0618000000Z)")
    assert document(put(tmp_path, "a.pdf", content)).published is None


def test_pdf_given_date_goes_before_creation_date(tmp_path):
    content = pdf_bytes("They met.", info="/CreationDate (D:20230618000000Z)")
    given = datetime.date(2020, 1, 2)
    assert document(put(tmp_path, "a.pdf", content), date=given).published == given


def test_pdf_truncated_is_a_problem(tmp_path):
    content = pdf_bytes("They met in the evening.")
    for end in (9, 60, 200, 300):
        found = problem(put(tmp_path, "a.pdf", content[:end]))
        assert found.room == "sources.pdf"


def test_pdf_encrypted_is_a_problem(tmp_path):
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf_bytes("They met.")))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(tmp_path / "a.pdf")
    assert "encrypted" in problem(str(tmp_path / "a.pdf")).message


def test_pdf_without_text_layer_is_a_problem(tmp_path):
    writer = pypdf.PdfWriter()
    writer.add_blank_page(100, 100)
    writer.write(tmp_path / "a.pdf")
    assert "no text layer" in problem(str(tmp_path / "a.pdf")).message


def test_docx_gives_paragraphs_and_tables_in_order(tmp_path):
    word = docx.Document()
    word.core_properties.title = "Talks near Oslo"
    word.add_paragraph(TALKS)
    table = word.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Monday", "The envoys left."
    word.add_paragraph("Nothing was signed.")
    word.save(str(tmp_path / "a.docx"))
    read = document(str(tmp_path / "a.docx"))
    assert read.text == f"{TALKS}\nMonday | The envoys left.\nNothing was signed."
    assert (read.title, read.published) == ("Talks near Oslo", None)


def test_docx_bomb_and_broken_archive_are_problems(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b" " * 30_000_000)
    assert "unpacks to" in problem(str(tmp_path / "a.docx"), max_bytes=1_000_000).message
    assert "Word file" in problem(str(tmp_path / "a.docx")).message
    assert "no archive" in problem(put(tmp_path, "b.docx", b"PK\x03\x04 cut off")).message


def mail(**headers: str) -> EmailMessage:
    message = EmailMessage()
    for name, value in headers.items():
        message[name] = value
    return message


def test_mail_prefers_plain_text_and_takes_its_headers(tmp_path):
    message = mail(
        From="Press Office <press@mission.example>", Subject="Readout", Date="Sun, 18 Jun 2023 23:30:00 -0500"
    )
    message.set_content(TALKS)
    message.add_alternative(f"<p>{TALKS} (HTML)</p>", subtype="html")
    read = document(put(tmp_path, "a.eml", bytes(message)))
    assert read.text.strip() == TALKS
    assert (read.title, read.source, read.published) == ("Readout", "Press Office", datetime.date(2023, 6, 19))


def test_mail_of_html_only_is_read_as_shown(tmp_path):
    message = mail(Subject="Readout")
    message.set_content(f"<html><style>p {{}}</style><p>{TALKS}</p><p>They left.</p></html>", subtype="html")
    assert document(put(tmp_path, "a.eml", bytes(message))).text == f"{TALKS}\nThey left."


def test_mail_without_text_or_headers_is_a_problem(tmp_path):
    message = mail(Subject="Picture")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png")
    assert "no text part" in problem(put(tmp_path, "a.eml", bytes(message))).message
    assert "no e-mail" in problem(put(tmp_path, "b.eml", TALKS)).message


@pytest.mark.parametrize("header", ["Subject: ", "Content-Type: text/plain; charset="])
def test_mail_with_a_header_without_end_is_judged_quickly(tmp_path, header):
    began = time.monotonic()
    one(put(tmp_path, "a.eml", f"From: a@mission.example\n{header}{'=?utf-8?q?a?= ' * 50_000}\n\n{TALKS}"))
    assert time.monotonic() - began < 3


def test_mail_with_an_unreadable_date_is_kept_without_one(tmp_path):
    read = document(put(tmp_path, "a.eml", f"Subject: Readout\nDate: some day\n\n{TALKS}"))
    assert read.published is None
    assert "some day" in read.meta["date_note"]


def test_lines_keep_ids_and_put_unknown_keys_into_meta(tmp_path):
    line = {
        "id": " x:1 ",
        "text": TALKS,
        "title": "T",
        "date": "2023-06-18",
        "license": "CC0",
        "lang": "en-GB",
        "why": 3,
    }
    read = document(put(tmp_path, "a.jsonl", json.dumps(line)))
    assert (read.id, read.licence, read.language, read.meta) == (" x:1 ", "CC0", "en", {"why": 3})
    assert read.published == datetime.date(2023, 6, 18)


def test_line_without_id_gets_one_from_its_bytes(tmp_path):
    line = json.dumps({"text": TALKS})
    assert document(put(tmp_path, "a.jsonl", line + "\n")).id == identify(source=None, url=None, payload=line.encode())


def test_broken_line_is_named_and_the_rest_is_read(tmp_path):
    lines = ['{"id": "a", "text": "They met."}', '{"id": "b", "text"', "", "[1]", '{"id": "c", "text": "He left."}']
    target = put(tmp_path, "a.jsonl", "\n".join(lines))
    found = every(target)
    assert [fetched.document.id for fetched in found if fetched.document] == ["a", "c"]
    assert [fetched.problem.document for fetched in found if fetched.problem] == [f"{target}:2", f"{target}:4"]
    assert all(fetched.problem.message.startswith("line ") for fetched in found if fetched.problem)


@pytest.mark.parametrize("line", ['{"id": "a"}', '{"text": null}', '{"text": 3}', '{"text": " "}', "[" * 100_000])
def test_line_without_text_is_a_problem(tmp_path, line):
    assert problem(put(tmp_path, "a.jsonl", line)).room == "sources.jsonl"


def test_line_of_50_megabytes_is_a_problem_and_the_next_is_read(tmp_path):
    path = tmp_path / "a.jsonl"
    with path.open("wb") as stream:
        stream.write(b'{"text": "')
        for _ in range(50):
            stream.write(b"a" * 1_000_000)
        stream.write(b'"}\n{"id": "b", "text": "They met."}\n')
    long, short = every(str(path))
    assert long.problem is not None
    assert "line 1: longer than 20,000,000 bytes" in long.problem.message
    assert short.document is not None
    assert short.document.id == "b"


def test_lines_in_utf_16_are_read(tmp_path):
    assert (
        document(put(tmp_path, "a.jsonl", '{"text": "Они встретились."}\n'.encode("utf-16"))).text == "Они встретились."
    )


@pytest.mark.parametrize("day", ["1246-03-01", "3000-01-01", "last Tuesday"])
def test_impossible_date_keeps_the_document_without_one(tmp_path, day):
    fetched = one(put(tmp_path, "a.jsonl", json.dumps({"text": TALKS, "date": day})))
    assert fetched.document is not None
    assert fetched.document.published is None
    assert fetched.document.meta["date_note"] in fetched.notes


def test_given_date_stands_in_for_a_missing_one_only(tmp_path):
    given = datetime.date(2024, 1, 2)
    own = put(tmp_path, "a.jsonl", json.dumps({"text": TALKS, "date": "2023-06-18"}))
    assert document(own, date=given).published == datetime.date(2023, 6, 18)
    assert document(put(tmp_path, "a.txt", TALKS), date=given).published == given


def test_missing_date_is_noted(tmp_path):
    assert "no date: read without one" in one(put(tmp_path, "a.txt", TALKS)).notes


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.pdf", "a.docx", "a.eml", "a.jsonl", "a.xml"])
def test_empty_and_binary_files_are_problems_of_every_kind(tmp_path, name):
    assert "empty" in problem(put(tmp_path, name, b"")).message
    assert problem(put(tmp_path, name, bytes(range(256)) * 20)).document == str(tmp_path / name)


def test_blank_text_is_a_problem(tmp_path):
    assert "no text" in problem(put(tmp_path, "a.txt", " \n\n")).message


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_encodings_with_marks_are_read_without_a_note(tmp_path, encoding):
    fetched = one(put(tmp_path, "a.txt", "Sie trafen sich in Zürich.".encode(encoding)), date=TODAY)
    assert fetched.document is not None
    assert (fetched.document.text, fetched.notes) == ("Sie trafen sich in Zürich.", ())


def test_other_encodings_are_read_with_a_note(tmp_path):
    fetched = one(put(tmp_path, "a.txt", "They met in Zürich – “quietly”.".encode("cp1252")))
    assert fetched.document is not None
    assert fetched.document.text == "They met in Zürich – “quietly”."
    assert any("not UTF-8" in note for note in fetched.notes)


def test_language_is_marked_not_dropped(tmp_path):
    german = "Die beiden Gesandten trafen sich am Sonntag in einem stillen Hotel in der Nähe der Hauptstadt."
    assert document(put(tmp_path, "a.txt", german)).language == "de"
    assert document(put(tmp_path, "b.txt", "They met.")).language is None


def test_file_larger_than_allowed_is_a_problem(tmp_path):
    assert "larger than 10 bytes" in problem(put(tmp_path, "a.txt", TALKS), max_bytes=10).message


def test_unknown_suffix_is_judged_by_its_content(tmp_path):
    assert document(put(tmp_path, "a.dat", PAGE)).title == "Envoys met near Oslo"
    assert document(put(tmp_path, "b", '{"id": "b", "text": "They met."}')).id == "b"


def test_folder_is_read_below_sorted_and_past_broken_files(tmp_path):
    (tmp_path / "b").mkdir()
    (tmp_path / ".git").mkdir()
    for name in ("b/two.txt", "a.txt", "c.TXT", ".hidden.txt", ".git/x.txt", "picture.png"):
        put(tmp_path, name, f"{name}: they met.")
    put(tmp_path, "b/broken.pdf", b"%PDF-1.4")
    os.mkfifo(tmp_path / "pipe.txt")
    found = every(str(tmp_path))
    texts = [fetched.document.text.split(":")[0] for fetched in found if fetched.document]
    assert texts == ["a.txt", "b/two.txt", "c.TXT"]
    assert [fetched.problem.room for fetched in found if fetched.problem] == ["sources.pdf"]


def test_missing_path_says_what_to_do(tmp_path):
    with pytest.raises(SourceError, match=r"no such file or folder; check the path"):
        sources.read(str(tmp_path / "none.txt"), OPTIONS)


def stdin(monkeypatch: pytest.MonkeyPatch, content: str) -> io.BytesIO:
    stream = io.BytesIO(content.encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(stream))
    return stream


def test_stdin_of_plain_text_is_left_as_it_is(monkeypatch):
    text = f"---\ntitle: Talks\n---\n{TALKS}\n"
    stream = stdin(monkeypatch, text)
    assert document("-").text == text
    assert not stream.closed


def test_stdin_of_json_lines_is_recognised(monkeypatch):
    stdin(monkeypatch, '\n {"id": "a", "text": "They met."}\n{"id": "b", "text": "He left."}\n')
    assert [fetched.document.id for fetched in every("-") if fetched.document] == ["a", "b"]


def test_stdin_empty_is_a_problem(monkeypatch):
    stdin(monkeypatch, "")
    assert problem("-").document == "-"


@pytest.mark.skipif(not CORPUS.is_dir(), reason="shared/corpus is absent")
def test_shared_corpus_is_read():
    found = list(
        itertools.islice(
            sources.read(str(CORPUS / "documents.jsonl"), Options(today=datetime.date(2026, 6, 1), now=NOW)), 30
        )
    )
    assert len(found) == 30
    assert all(fetched.document is not None and fetched.document.language == "en" for fetched in found)
    assert document(str(CORPUS / "source_article.txt")).text.strip()

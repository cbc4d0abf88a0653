"""PDF files, written byte by byte by the fixture: pages, metadata, damage."""

from __future__ import annotations

import io
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.reading.members import Budget
from explorer.reading.pdf import attachments, read_pdf, read_pdf_with_attachments
from explorer.reading.pdf_lines import join_lines

MakePdf = Callable[..., bytes]
LINES = [
    "The ferry left the harbour at dawn with forty passengers",
    "on board, the harbour master said on Monday. It reached",
    "the island an hour later.",
    "Nobody was hurt.",
]


def test_pages_become_paragraphs_and_metadata_fills_the_fields(make_pdf: MakePdf) -> None:
    info = "/Title (Ferry leaves) /Author (Ada Quill) /CreationDate (D:20010305101500Z)"
    reading = read_pdf(make_pdf([LINES, ["Second page probe."]], info))
    assert reading.text == (
        "The ferry left the harbour at dawn with forty passengers on board, the harbour master said on Monday. "
        "It reached the island an hour later.\nNobody was hurt.\n\nSecond page probe."
    )
    assert (reading.title, reading.author, reading.date) == ("Ferry leaves", "Ada Quill", "2001-03-05")
    assert reading.guessed == ("date",), "a creation date is not the document's own"
    assert (reading.state, reading.problems) == ("ok", ())


@pytest.mark.parametrize("title", ["", "Microsoft Word - report.doc", "untitled", "ferry.dvi", "()", "\\033[31m"], ids=str)
def test_titles_that_tools_leave_behind_are_replaced(make_pdf: MakePdf, title: str) -> None:
    reading = read_pdf(make_pdf([["Ferry leaves"]], f"/Title ({title})"))
    assert "\x1b" not in reading.title
    if "33" not in title:
        assert (reading.title, reading.guessed) == ("Ferry leaves", ("title",))


def test_an_impossible_creation_date_is_none(make_pdf: MakePdf) -> None:
    assert read_pdf(make_pdf([LINES], "/CreationDate (D:20011399)")).date is None


def test_a_page_that_fails_is_named_and_the_others_are_kept(make_pdf: MakePdf) -> None:
    reading = read_pdf(make_pdf([["First probe."], ["Lost."], ["Third probe."]], broken_page=1))
    assert "First probe." in reading.text and "Third probe." in reading.text
    assert reading.state == "partial"
    assert (reading.problems, reading.fault) == (("page 2 of 3 could not be read",), "damaged")
    assert reading.text[reading.pages[1] : reading.pages[2]] == "" and reading.pages[2] == reading.text.index("Third")


def test_a_file_without_a_text_layer_is_not_called_damaged(make_pdf: MakePdf) -> None:
    reading = read_pdf(make_pdf([[], []]))
    assert reading.state == "unreadable"
    assert reading.problems == ("no text layer: its pages are pictures or empty",)
    assert reading.fault == "no text"


def test_form_fields_and_notes_are_read_with_their_page(make_pdf: MakePdf) -> None:
    field = "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Fieldvalue) /Rect [50 600 200 620] >>"
    note = "<< /Type /Annot /Subtype /Text /Contents (Notecontent) /Rect [50 500 70 520] >>"
    data = make_pdf([["First page."], ["Second page."]], extra=f"/AcroForm << /Fields [{field}] >>")
    data = data.replace(b"/Contents 5 0 R", f"/Contents 5 0 R /Annots [{field} {note}]".encode(), 1)
    reading = read_pdf(data)
    assert (reading.state, reading.problems) == ("ok", ())
    first = reading.text[reading.pages[0] : reading.pages[1]]
    assert first.split("\n") == ["First page.", "Fieldvalue", "Notecontent", "", ""]
    assert reading.text[reading.pages[1] :] == "Second page."


def test_an_encrypted_file_needs_its_password(make_pdf: MakePdf) -> None:
    locked = f"<< /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>"
    data = make_pdf([LINES]).replace(b"/Info", f"/Encrypt {locked} /ID [<00> <00>] /Info".encode())
    reading = read_pdf(data)
    assert (reading.problems, reading.fault) == (("password needed",), "password")


@pytest.mark.parametrize("data", [b"%PDF-1.4\n", b"%PDF-1.4\n" + bytes(range(256)) * 20])
def test_damage_is_said(data: bytes) -> None:
    reading = read_pdf(data)
    assert reading.state == "unreadable"
    assert "damaged" in reading.problems[0] and reading.fault == "damaged"


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_any_damage_gives_a_reading(make_pdf: MakePdf, data: st.DataObject) -> None:
    whole = bytearray(make_pdf([LINES, LINES]))
    for _ in range(data.draw(st.integers(0, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    reading = read_pdf(bytes(whole[: data.draw(st.integers(0, len(whole)))]))
    assert reading.text or reading.problems
    assert reading.body_end == len(reading.text)
    assert list(reading.pages) == sorted(reading.pages) and all(0 <= page <= len(reading.text) for page in reading.pages)


def test_short_lines_are_left_apart() -> None:
    assert join_lines("Name\r\nTotal\r\n12\r\n") == "Name\nTotal\n12"


def test_rows_that_begin_with_codes_are_left_apart() -> None:
    rows = [f"{number:05}-7F message fault: invalid signal received" for number in (1, 2, 3)]
    assert join_lines("\r\n".join(rows)) == "\n".join(rows)


def test_soft_hyphens_and_ligatures_are_letters_again_and_bullets_seen() -> None:
    assert join_lines("co\xadoperate with the \ufb01rst of\ufb01ce") == "cooperate with the first office"
    assert join_lines("\uf0b7 first\n\uf0b7 second") == "• first\n• second"


def test_a_page_number_is_no_word_of_the_last_sentence() -> None:
    text = "The ferry left the harbour at dawn with forty passengers\non board, and the harbour master said that it reached the"
    assert join_lines(f"{text}\n12\n") == text.replace("\n", " ") + "\n12"


def test_a_heading_and_a_head_stay_apart_from_the_text(make_pdf: MakePdf) -> None:
    reading = read_pdf(make_pdf([["Ferry leaves on time", "Harbour Post, 2001-03-05", "By Ada Quill", *LINES]]))
    assert (reading.title, reading.source, reading.author) == ("Ferry leaves on time", "Harbour Post", "Ada Quill")
    assert (reading.date, reading.guessed) == ("2001-03-05", ())
    assert reading.text.startswith("Ferry leaves on time\nHarbour Post, 2001-03-05\nBy Ada Quill\nThe ferry left")


def test_a_sentence_that_runs_over_a_page_is_one_and_the_pages_stay_exact(make_pdf: MakePdf) -> None:
    first = [*LINES[:2], "the island where nobody at all had been waiting for its"]
    reading = read_pdf(make_pdf([[], first, [], ["forty passengers since the morning.", "The end."], []]))
    assert "waiting for its forty passengers since" in reading.text
    fourth = reading.text.index("forty passengers since")
    assert reading.pages == (0, 0, fourth, fourth, len(reading.text))


def test_a_heading_on_the_next_page_stays_apart(make_pdf: MakePdf) -> None:
    reading = read_pdf(make_pdf([LINES, ["Second chapter"], ["lower case after a short line"]]))
    assert reading.text.endswith("Nobody was hurt.\n\nSecond chapter\n\nlower case after a short line")


def test_xmp_tells_what_the_information_dictionary_does_not(make_pdf: MakePdf) -> None:
    packet = (
        "<x:xmpmeta><rdf:RDF><rdf:Description xmp:CreateDate='2001-03-05T10:00:00Z'>"
        "<dc:title><rdf:Alt><rdf:li xml:lang='x-default'>Ferry &amp; crew</rdf:li></rdf:Alt></dc:title>"
        "<dc:creator><rdf:Seq><rdf:li>Ada Quill</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
    )
    reading = read_pdf(make_pdf([LINES]) + packet.encode())
    assert (reading.title, reading.author, reading.date) == ("Ferry & crew", "Ada Quill", "2001-03-05")


def test_pages_that_name_each_other_or_more_than_there_are_end_in_time(make_pdf: MakePdf) -> None:
    whole = make_pdf([LINES, ["Second page."]])
    for damaged in (whole.replace(b"/Count 2", b"/Count 2000000000"), whole.replace(b"/Kids [4 0 R", b"/Kids [2 0 R")):
        start = time.process_time()
        reading = read_pdf(damaged)
        assert reading.text or reading.fault
        assert time.process_time() - start < 14


def test_time_that_runs_out_keeps_the_pages_that_were_read(make_pdf: MakePdf, monkeypatch: pytest.MonkeyPatch) -> None:
    clock = iter(range(0, 10_000, 5))
    monkeypatch.setattr("explorer.reading.pdf.time.monotonic", lambda: next(clock))
    reading = read_pdf(make_pdf([[f"Page number {n}."] for n in range(9)]))
    assert (reading.state, reading.fault) == ("partial", "too slow")
    assert reading.problems == ("only the first 2 of 9 pages read: it takes too long",)
    assert len(reading.pages) == 2 and reading.text.endswith("Page number 1.")


def test_attached_files_are_members_within_the_budget(make_pdf: MakePdf) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(make_pdf([LINES]))
    for name, content in (("annex.txt", b"Annexword"), ("../annex.txt", b"Second"), ("large.bin", b"x" * 100)):
        document.new_attachment(name).set_data(content)
    saved = io.BytesIO()
    document.save(saved)
    members = list(attachments(saved.getvalue(), Budget(inflated=50)))
    assert sorted((member.name, member.data) for member in members if not member.problem) == [
        (".._annex.txt", b"Second"),
        ("annex.txt", b"Annexword"),
    ]
    problem = next(member.problem for member in members if member.name == "large.bin")
    assert problem is not None and problem.fault == "too large"
    assert list(attachments(b"%PDF-1.4 nothing", Budget())) == []
    reading, inside = read_pdf_with_attachments(saved.getvalue())
    assert reading.text.startswith("The ferry") and len(list(inside)) == 3
    assert read_pdf_with_attachments(make_pdf([LINES]))[1] == ()


def test_a_file_whose_end_is_missing_gives_the_pages_that_are_there(make_pdf: MakePdf) -> None:
    whole = make_pdf([["First probe."], ["Second probe."], ["Third page."]])
    reading = read_pdf(whole[: whole.index(b"Third page")])
    assert (reading.state, reading.fault) == ("partial", "damaged")
    assert reading.problems[0] == "damaged: its end is missing"
    assert "First probe." in reading.text and "Second probe." in reading.text


def test_lines_of_turned_text_are_lines(make_pdf: MakePdf) -> None:
    data = make_pdf([["x" * 130]])
    upright = data[data.index(b"BT /F1") : data.index(b" ET\nendstream")]
    turned = b" ".join(b"0 1 -1 0 %d 50 Tm (It left on day %d.) Tj" % (100 + 14 * n, n) for n in range(3))
    reading = read_pdf(data.replace(upright, (b"BT /F1 10 Tf " + turned).ljust(len(upright))))
    assert reading.text == "It left on day 0.\nIt left on day 1.\nIt left on day 2."


def test_an_attachment_with_a_lock_of_its_own_needs_a_password(make_pdf: MakePdf) -> None:
    import pypdfium2

    document = pypdfium2.PdfDocument(make_pdf([LINES]))
    document.new_attachment("annex.txt").set_data(b"\x93\x01\xee")
    saved = io.BytesIO()
    document.save(saved)
    locked = saved.getvalue() + b"\n% /Encrypt << /StmF /Identity /EFF /StdCF >>"
    (member,) = attachments(locked, Budget())
    assert member.name == "annex.txt" and member.problem is not None and member.problem.fault == "password"
    (plain,) = attachments(saved.getvalue() + b"\n% /Encrypt << /EFF /Identity >>", Budget())
    assert plain.data == b"\x93\x01\xee"

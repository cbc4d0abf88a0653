"""What would help with a file that was not read."""

import shlex
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from explorer.library.remedies import annotate, command_in, remedy
from explorer.model import Fault, Note

ALL = str  # finds every program
NOTHING = {}.get  # finds none


@pytest.mark.parametrize(
    ("path", "command"),
    [
        ("scan.pdf", "ocrmypdf scan.pdf scan-ocr.pdf"),
        ("in box/it's.PDF", """ocrmypdf 'in box/it'"'"'s.PDF' 'in box/it'"'"'s-ocr.PDF'"""),
        ("-f.pdf", "ocrmypdf ./-f.pdf ./-f-ocr.pdf"),
        ("$(rm x); y.pdf", "ocrmypdf '$(rm x); y.pdf' '$(rm x); y-ocr.pdf'"),
        ("letter.jpg", "tesseract letter.jpg letter-ocr"),
        ("scan", "ocrmypdf scan scan-ocr"),
    ],
)
def test_a_scan_has_the_very_command(path, command):
    assert remedy("no text", path, ALL) == command
    assert command_in(Note(path, "no text layer", "no text", command)) == command


@pytest.mark.parametrize("path", ["a\nb.pdf", "a\x1b[31m.pdf", "a\u202e.pdf"])
def test_a_name_that_cannot_be_shown_has_no_command(path):
    assert remedy("no text", path, ALL) == "text recognition (ocrmypdf) would read it"


def test_what_is_inside_another_file_is_to_be_saved_first():
    assert remedy("no text", "mail.eml/annex.pdf", ALL).startswith("save it as a file of its own; text recognition")


def test_without_the_program_it_says_so():
    assert remedy("no text", "a.pdf", NOTHING) == "text recognition (ocrmypdf) would read it; it is not installed"
    assert remedy("no text", "a.png", NOTHING) == "text recognition (tesseract) would read it; it is not installed"


def test_only_pdf_files_and_pictures_can_be_recognised():
    assert remedy("no text", "a.odt", ALL).startswith("save it as PDF; text recognition")


def test_every_fault_has_its_line():
    lines = {fault: remedy(fault, "a.xyz", NOTHING) for fault in get_args(Fault)}
    assert {fault for fault, line in lines.items() if not line} == {"", "empty", "not a document"}
    assert all("\n" not in line and len(line) < 120 for line in lines.values())
    assert lines["password"] == "save a copy without the password"
    assert "--retry" in lines["too slow"] and "--retry" in lines["crashed"]


def test_each_program_is_looked_for_once():
    asked = []

    def which(program):
        asked.append(program)

    notes = annotate([Note(f"{n}.pdf", "no text layer", "no text") for n in range(50)], which)
    assert asked == ["ocrmypdf"]
    assert all(note.remedy for note in notes) and notes[7].path == "7.pdf"


@settings(max_examples=60)
@given(st.text())
def test_a_command_names_the_file_and_another(path):
    words = remedy("no text", path, ALL)
    if words.startswith(("ocrmypdf", "tesseract")):
        _, source, fresh = shlex.split(words)
        assert source.removeprefix("./") == path.removeprefix("./") and fresh != source and not source.startswith("-")


def test_what_is_no_matter_of_rights_is_not_called_one():
    assert "right" in remedy("no access", "a", NOTHING, "unreadable folder: permission denied")
    for reason in ("unreadable folder: path too long", "cannot be opened: input/output error"):
        assert "right" not in remedy("no access", "a", NOTHING, reason)

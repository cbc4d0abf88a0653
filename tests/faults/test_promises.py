"""What holds for the folder of faults as a whole, whatever is in it."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from explorer.cli.main import run as run_here
from tests.faults.build import SECRET
from tests.faults.conftest import READ_SECONDS, Faults

# C0 but line ends and tabs, DEL, C1, and what overrides the direction of text: nothing of it may reach a terminal.
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_TRACES = ("probeactran", "probeshell", *(f"probeslip{number}.txt" for number in range(1, 11)))


pytestmark = pytest.mark.usefixtures("index_of_faults")


def test_the_program_does_its_work_and_says_nothing_else(faults: Faults) -> None:
    for run in (faults.index, faults.again, faults.status):
        assert run.code == 0
        assert "Traceback" not in run.err
        assert not _CONTROLS.search(run.err)
    assert faults.index.report["documents"] > 300


def test_no_reader_fails_by_a_fault_of_ours(faults: Faults) -> None:
    log = faults.home / "explorer.log"
    assert "Traceback" not in (log.read_text(errors="replace") if log.exists() else "")
    failed = [note for note in faults.status.report["unreadable"] if "the reader failed" in note["reason"]]
    assert not failed


def test_nothing_in_the_folder_is_changed(faults: Faults) -> None:
    assert faults.unchanged


def test_nothing_is_run_or_written_elsewhere(faults: Faults) -> None:
    for place in (Path("/tmp"), Path.home(), Path.cwd(), faults.root, faults.corpus):
        assert not [name for name in _TRACES if (place / name).exists()]


def test_nothing_outside_the_folder_is_read(faults: Faults) -> None:
    assert not faults.with_word(SECRET)


def test_every_file_is_indexed_or_listed(faults: Faults) -> None:
    report = faults.status.report
    assert report["documents"] == len(faults.documents)
    for note in (*report["unreadable"], *report["partial"]):
        assert note["path"] and note["reason"] and (note.get("fault") or " in it " in note["reason"]), note


def test_no_file_takes_longer_than_its_limit_again(faults: Faults) -> None:
    tried_again = "what could not be read was tried again, though nothing had changed"
    assert faults.again.seconds < max(3 * READ_SECONDS, faults.index.seconds / 2), tried_again
    report, first = faults.again.report, faults.index.report
    assert (report["added"], report["changed"], report["removed"]) == (0, 0, 0)
    assert report["documents"] == first["documents"]
    assert {note["path"] for note in report["unreadable"]} == {note["path"] for note in first["unreadable"]}


def test_the_program_itself_stays_small(faults: Faults) -> None:
    assert 0 < faults.index.peak < 500 << 20


def test_reports_are_valid_and_steer_nothing(faults: Faults, capsys: pytest.CaptureFixture[str]) -> None:
    for run in (faults.index, faults.again, faults.status):
        assert not _CONTROLS.search(run.out)
        assert not _CONTROLS.search(json.dumps(run.report, ensure_ascii=False))
    assert run_here(["status", str(faults.corpus), "--no-update", "--format", "text"]) == 0
    assert not _CONTROLS.search(capsys.readouterr().out)


@pytest.mark.parametrize("format_", ["text", "json", "jsonl", "csv", "md"])
@pytest.mark.parametrize("query", ["before", "hard show", "word*", "literal"])
def test_answers_steer_nothing(faults: Faults, capsys: pytest.CaptureFixture[str], format_: str, query: str) -> None:
    found = run_here(["search", query, str(faults.corpus), "--no-update", "--format", format_, "--limit", "500"])
    out = capsys.readouterr().out
    assert found == 0 and len(out) > 100
    assert not _CONTROLS.search(out)
    if format_ == "json":
        assert not _CONTROLS.search(json.dumps(json.loads(out), ensure_ascii=False))


def test_no_text_title_or_author_holds_a_control(faults: Faults) -> None:
    for number in faults.documents.values():
        document = faults.library.document(number)
        for text in (document.text, document.title, document.author, document.source, document.path, *document.problems):
            assert not _CONTROLS.search(text), document.path
        assert len(document.title) <= 2000

"""Answers written to files of the reader's."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from explorer.export.answers import Terms
from explorer.export.files import free_name, save
from explorer.model import ExplorerError, TermCount

from .hostile import HOSTILE

REPORT = Terms((TermCount(HOSTILE, 1, 2, 3),))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


def test_the_ending_chooses_the_form(tmp_path, corpus):
    assert save(REPORT, tmp_path / "a.csv", corpus).read_text(encoding="utf-8").startswith("query,documents")
    assert save(REPORT, tmp_path / "a.MD", corpus).read_text(encoding="utf-8").startswith("| query |")
    assert json.loads(save(REPORT, tmp_path / "a.json", corpus).read_text(encoding="utf-8"))["terms"][0]["hits"] == 2


@pytest.mark.parametrize("name", ["a.txt", "a", "", ".csv", "a.csv/b.csv", "\0.csv", "~nobody-has-this-name/a.csv"])
def test_what_cannot_be_written_is_said_in_one_line(tmp_path, corpus, name, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").touch()
    with pytest.raises(ExplorerError) as fault:
        save(REPORT, Path(name), corpus)
    assert "\n" not in str(fault.value)


def test_a_file_that_is_there_is_kept(tmp_path, corpus):
    (tmp_path / "a.csv").write_text("mine")
    with pytest.raises(ExplorerError, match="is there already"):
        save(REPORT, tmp_path / "a.csv", corpus)
    assert (tmp_path / "a.csv").read_text() == "mine"


@pytest.mark.parametrize("inside", ["a.csv", "../corpus/a.csv", "link/a.csv"])
def test_nothing_is_written_into_the_folder_explored(tmp_path, corpus, inside):
    (tmp_path / "link").symlink_to(corpus, target_is_directory=True)
    path = tmp_path / inside if inside.startswith("link") else corpus / inside
    with pytest.raises(ExplorerError, match="inside the folder explored"):
        save(REPORT, path, corpus)
    assert list(corpus.iterdir()) == []


def test_a_current_folder_that_was_removed(tmp_path, corpus, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    assert free_name("terms.csv", corpus) == tmp_path / "terms.csv"
    assert save(REPORT, Path("terms.csv"), corpus) == tmp_path / "terms.csv"


def test_the_name_offered_is_free_and_outside_the_folder_explored(tmp_path, corpus, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert free_name("terms.csv", corpus) == tmp_path / "terms.csv"
    (tmp_path / "terms.csv").touch()
    assert free_name("terms.csv", corpus) == tmp_path / "terms-2.csv"
    monkeypatch.chdir(corpus)
    assert free_name("terms.csv", corpus) == tmp_path / "terms-2.csv"

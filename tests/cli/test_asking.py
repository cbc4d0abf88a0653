"""search, quotes, entities: what they find, and that every offset leads back to the words."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from explorer.demo import corpus_folder
from explorer.library.library import Library


@pytest.fixture
def demo(explore):
    folder = corpus_folder()
    assert explore("index", folder).code == 0
    return folder


def test_search_offsets_are_those_of_the_documents_text(explore, demo):
    found = json.loads(explore("search", "ferry OR smoke", demo, "--all-passages", "--format", "json").out)
    library = Library(Path(demo))
    try:
        assert len(found["passages"]) > found["total"] > 3
        for passage in found["passages"]:
            document = library.document(passage["document"])
            assert document.path == passage["path"]
            assert document.text[passage["start"] : passage["end"]] == passage["text"]
            hits = [document.text[start:end].lower() for start, end in passage["hits"]]
            assert hits
            assert all(hit.startswith(("ferr", "smok")) for hit in hits)
            assert all(passage["start"] <= start < end <= passage["end"] for start, end in passage["hits"])
            assert all(document.title[start:end].lower().startswith("ferr") for start, end in passage["title_hits"])
    finally:
        library.close()


def test_quotes_offsets_are_those_of_the_documents_text(explore, demo):
    found = json.loads(explore("quotes", demo, "--limit", 500, "--format", "json").out)
    library = Library(Path(demo))
    try:
        assert found["total"] == len(found["quotes"]) > 50
        for quote in found["quotes"]:
            text = library.document(quote["document"]).text
            assert text[quote["start"] : quote["end"]] == quote["text"]
            for part in (quote["speaker"], quote["cue"]):
                assert part is None or text[part["start"] : part["end"]] == part["text"]
    finally:
        library.close()


def test_quotes_of_one_speaker_only(explore, demo):
    found = json.loads(explore("quotes", "by:lanyon", demo, "--format", "json").out)
    assert found["total"] > 5
    assert all("Lanyon" in quote["speaker"]["name"] for quote in found["quotes"])


def test_limit_cuts_the_list_and_not_the_total(explore, demo):
    every = json.loads(explore("search", "the", demo, "--format", "json").out)
    few = json.loads(explore("search", "the", demo, "--limit", 2, "--format", "json").out)
    assert few["total"] == every["total"] > 2
    assert few["passages"] == every["passages"][:2]


def test_entities_of_one_type(explore, demo):
    found = json.loads(explore("entities", demo, "--type", "org", "--format", "json").out)
    assert {entity["type"] for entity in found["entities"]} == {"ORG"}


def test_json_lines_are_the_rows_of_json(explore, corpus):
    for command, key in (("search", "passages"), ("quotes", "quotes"), ("entities", "entities")):
        whole = json.loads(explore(command, "bridge", corpus, "--format", "json").out)
        lines = [json.loads(line) for line in explore(command, "bridge", corpus, "--format", "jsonl").out.splitlines()]
        assert lines == whole[key] != []


def test_csv_has_a_row_for_each_and_the_document_s_own_words(explore, corpus):
    rows = list(csv.DictReader(io.StringIO(explore("quotes", "by:keller", corpus, "--format", "csv").out)))
    assert "We will not open a bridge that we cannot trust," in [row["text"] for row in rows]
    assert {row["path"] for row in rows} <= {"bridge.txt", "school.txt"}


def test_markdown_cites_title_source_date_and_path(explore, corpus):
    page = explore("search", "trust", corpus, "--format", "md").out
    assert "> — Mill bridge closed after storm, Tarn Valley News, 2025-11-03, `bridge.txt`" in page


def test_nothing_found_is_exit_code_1_and_the_count_of_each_word(explore, corpus):
    ran = explore("search", "zeppelin bridge", corpus)
    assert (ran.code, ran.out) == (1, "")
    nothing, *repairs = ran.err.splitlines()[-3:]
    assert "zeppelin: 0; bridge: 2" in nothing
    assert repairs == [
        "explorer: without zeppelin: bridge (2 documents)",
        "explorer: any of the words, not all: zeppelin OR bridge (2 documents)",
    ]


def test_nothing_found_in_json_is_still_json(explore, corpus):
    ran = explore("quotes", "zeppelin", corpus, "--format", "json")
    assert ran.code == 1
    assert json.loads(ran.out) == {"total": 0, "quotes": []}


def test_an_index_is_brought_up_to_date_first(explore, corpus):
    assert explore("search", "zeppelin", corpus).code == 1
    (corpus / "new.txt").write_text("A zeppelin crossed the valley.", encoding="utf-8")
    assert explore("search", "zeppelin", corpus, "--no-update").code == 1
    assert explore("search", "zeppelin", corpus).code == 0


def test_no_update_on_a_folder_never_indexed_says_so(explore, corpus):
    ran = explore("search", "bridge", corpus, "--no-update")
    assert ran.code == 2
    assert "nothing is indexed of" in ran.err


def test_a_folder_left_out_is_the_current_one(explore, corpus, monkeypatch):
    monkeypatch.chdir(corpus)
    assert explore("search", "bridge").code == 0
    assert json.loads(explore("search", "storm", "--format", "json", "notes").out)["total"] == 1


def test_two_dashes_end_the_options(explore, corpus):
    ran = explore("search", "--format", "json", "--", "-bridge", corpus)
    assert json.loads(ran.out)["total"] == 1
    assert json.loads(ran.out)["query"] == "-bridge"


def test_options_may_stand_anywhere(explore, corpus):
    assert explore("search", "--limit", "1", "bridge", "--format", "json", corpus).code == 0


def test_exclude_leaves_files_out(explore, corpus):
    assert explore("search", "harbour", corpus, "--exclude", "notes", "--exclude", "school*").code == 1
    ran = explore("status", corpus, "--no-update", "--format", "json")
    assert {"notes", "school.txt"} <= {note["path"] for note in json.loads(ran.out)["skipped"]}


def test_a_new_unreadable_file_is_said_once_on_standard_error(explore, corpus):
    assert "1 file could not be read" in explore("search", "bridge", corpus).err
    assert explore("search", "bridge", corpus).err == ""
